//go:build unix

package store_test

import (
	"testing"

	"kebu/store"
	"kebu/store/storetest"
)

// BenchmarkLogged reports the processor time that entries of the log take in a
// sealed book: all of them in one transaction, each in one of its own, and each
// with a step of the journal in one of its own.
func BenchmarkLogged(b *testing.B) {
	const at = 1795000020000
	about := &store.Matter{Purpose: "a purpose of a usual length"}
	log := func(tx *store.Tx) error { return tx.LogEvent(b.Context(), at, "note", 1, about) }
	run := func(name string, entries int, write func(book *store.Book) error) {
		b.Run(name, func(b *testing.B) {
			total := 0.0
			for b.Loop() {
				book := storetest.New(b)
				total += used(b, func() {
					if err := write(book); err != nil {
						b.Fatal(err)
					}
				})
			}
			b.ReportMetric(total*1e6/float64(b.N*entries), "cpu-us/entry")
		})
	}
	const many, few = 100_000, 2_000
	run("one", many, func(book *store.Book) error {
		return book.Keep(b.Context(), func(tx *store.Tx) error {
			for range many {
				if err := log(tx); err != nil {
					return err
				}
			}
			return nil
		})
	})
	run("each", few, func(book *store.Book) error {
		for range few {
			if err := book.Keep(b.Context(), log); err != nil {
				return err
			}
		}
		return nil
	})
	run("steps", few, func(book *store.Book) error {
		for range few {
			if err := book.Update(b.Context(), store.Step{Verb: "note", User: "owner", At: at}, func(tx *store.Tx) error { return tx.LogSteps(b.Context()) }); err != nil {
				return err
			}
		}
		return nil
	})
}
