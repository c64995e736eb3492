package store

import (
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// BenchmarkLogPage opens the page of a log of 100,000 entries, of which all tell something:
// which fit, and the first 200 of them. The budget is a second.
func BenchmarkLogPage(b *testing.B) {
	const entries, page = 100_000, 200
	book := logBook(b)
	if err := book.Keep(b.Context(), func(tx *Tx) error {
		for n := range entries {
			m := &Matter{changes: []LoggedChange{{What: "note", After: pii.New("prefers green tea, in the large tin")}}}
			if err := tx.LogEvent(b.Context(), logTime+crm.Moment(n), "note", 1, m); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	work := func(name string, f func(tx *Tx) error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := book.View(b.Context(), f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	var places []int64
	work("all", func(tx *Tx) (err error) {
		places, err = tx.LogPlaces(b.Context(), &LogFilter{})
		return err
	})
	work("places", func(tx *Tx) (err error) {
		places, err = tx.LogPlaces(b.Context(), &LogFilter{User: "owner", Acts: []string{"note"}})
		return err
	})
	work("page", func(tx *Tx) error {
		list, err := tx.LoggedAt(b.Context(), places[:page])
		if err == nil && len(list) != page {
			b.Fatal(len(list))
		}
		return err
	})
	work("check", func(tx *Tx) error {
		_, err := tx.CheckLog(b.Context())
		return err
	})
}
