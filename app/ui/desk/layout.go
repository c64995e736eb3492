package desk

import (
	"context"
	"encoding/json"

	"kebu/app/ui/parts"
)

// Rememberer keeps choices of the user in the book.
type Rememberer interface {
	Remember(ctx context.Context, name, value string) error
}

// KeepLayout keeps how the user arranged a table, under a name.
func (d *Desk) KeepLayout(book Rememberer, name string, l parts.TableLayout) {
	text, err := json.Marshal(l)
	if err != nil {
		return // a layout is numbers and names
	}
	d.Tasks.Go(func(ctx context.Context) error { return book.Remember(ctx, name, string(text)) }, func(err error) { d.Failed(err) })
}

// KeptLayout reads a layout that was kept; known is false for none and for one that
// nobody understands.
func KeptLayout(text string) (l parts.TableLayout, known bool) {
	if json.Unmarshal([]byte(text), &l) != nil {
		return parts.TableLayout{}, false
	}
	return l, true
}
