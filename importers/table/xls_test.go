package table

import (
	"os"
	"slices"
	"testing"

	"kebu/importers/table/tabletest"
)

func TestOldWorkbooksAreRead(t *testing.T) {
	data, err := os.ReadFile("xls/testdata/biff8-sst.xls")
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, data, Options{})
	if got := kinds(t, w, 1); !slices.Equal(got, []string{"1: t h", "3: n 7"}) {
		t.Errorf("rows %q", got)
	}
	if w.Kind() != KindXLS || w.Encoding() != "xls" || !w.Date1904() {
		t.Errorf("kind %v, encoding %s, 1904 %t", w.Kind(), w.Encoding(), w.Date1904())
	}
	if done, total := w.Progress(); done == 0 || done > total {
		t.Errorf("progress %d of %d", done, total)
	}
}

// TestBothFormsOfAnOldWorkbook prefers the newer of the two that Excel 97 can save
// beside each other.
func TestBothFormsOfAnOldWorkbook(t *testing.T) {
	label := func(text []byte) tabletest.BIFFSheet {
		return tabletest.BIFFSheet{Name: "S", Records: []tabletest.Record{{Kind: 0x0204, Data: append(make([]byte, 6), text...)}}}
	}
	older := tabletest.Stream{Name: "Book", Data: tabletest.BIFF5(nil, label([]byte{3, 0, 'o', 'l', 'd'}))}
	newer := tabletest.Stream{Name: "Workbook", Data: tabletest.BIFF8(nil, label(tabletest.Text8("new")))}
	for want, data := range map[string][]byte{"1: t old": tabletest.Compound(older), "1: t new": tabletest.Compound(older, newer)} {
		if got := kinds(t, open(t, data, Options{}), 0); !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %s", got, want)
		}
	}
}
