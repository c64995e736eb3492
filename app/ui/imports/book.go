package imports

import (
	"context"

	"kebu/app/usecase"
)

// Importer reads files into the book.
type Importer interface {
	Preview(context.Context, usecase.ImportRequest) (usecase.Preview, error)
	Import(context.Context, usecase.ImportRequest) (usecase.ImportReport, error)
	Sample(context.Context, usecase.SampleRequest) (usecase.Sample, error)
	SaveRejected(context.Context, usecase.RejectedRequest) (int, error)
	Mappings(context.Context) ([]usecase.KeptMapping, error)
}

// Past tells of the imports that were done, what would go back with them, and
// the currency and time zone that the book has from them.
type Past interface {
	Imports(context.Context) ([]usecase.Imported, error)
	ImportOf(ctx context.Context, step int64) (usecase.Imported, error)
	History(context.Context) ([]usecase.Change, error)
	UndoPreview(ctx context.Context, step int64) (usecase.UndoReport, error)
	Settings(context.Context) (usecase.Settings, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Importer
	Past
}
