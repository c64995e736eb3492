package imports

import (
	"context"

	"kebu/app/usecase"
)

// Importer reads files into the book.
type Importer interface {
	Preview(context.Context, usecase.ImportRequest) (usecase.Preview, error)
	Import(context.Context, usecase.ImportRequest) (usecase.ImportReport, error)
	SaveRejected(context.Context, usecase.RejectedRequest) (int, error)
	Mappings(context.Context) ([]usecase.KeptMapping, error)
}

// Past tells of the imports that were done, and takes them back.
type Past interface {
	Imports(context.Context) ([]usecase.Imported, error)
	ImportOf(ctx context.Context, step int64) (usecase.Imported, error)
	UndoPreview(ctx context.Context, step int64) (usecase.UndoReport, error)
}

// Settings tells the book's currency and time zone, and what the page remembers.
type Settings interface {
	Settings(context.Context) (usecase.Settings, error)
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Importer
	Past
	Settings
}
