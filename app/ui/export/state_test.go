package export

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

func TestNothingIsClearUnlessChosen(t *testing.T) {
	f := newForm(List{Count: 3}, "/home", "list", usecase.ExportColumns())
	if len(f.clear()) != 0 || !slices.Equal(f.columns(), usecase.DefaultColumns) {
		t.Errorf("columns %v, clear %v", f.columns(), f.clear())
	}
	for i := range f.lines {
		if f.lines[i].id == "phone" {
			f.lines[i].clear = true
		}
	}
	f.kind = 0
	some := usecase.ExportPreview{Rows: 3}
	if got := f.problem(some); got != "export_need_purpose" {
		t.Errorf("a phone in clear without a reason: %q", got)
	}
	f.purpose = "tea season"
	if got := f.problem(some); got != "" {
		t.Errorf("problem %q", got)
	}
	if got := f.problem(usecase.ExportPreview{}); got != "export_nobody" {
		t.Errorf("nobody left: %q", got)
	}
	f.choose(nil)
	if got := f.problem(some); got != "export_need_column" {
		t.Errorf("no column: %q", got)
	}
	if len(f.lines) != len(usecase.ExportColumns()) {
		t.Errorf("%d columns on offer", len(f.lines))
	}
}

func TestThePathFollowsTheFormat(t *testing.T) {
	f := newForm(List{}, "/home", "list", usecase.ExportColumns())
	f.setPath(filepath.Join("/tmp", "老客.1.CSV"))
	if f.format != 1 || f.path() != filepath.Join("/tmp", "老客.1.csv") {
		t.Errorf("%s", f.path())
	}
	f.format = 0
	if f.path() != filepath.Join("/tmp", "老客.1.xlsx") {
		t.Errorf("%s", f.path())
	}
	f.setPath(filepath.Join("/tmp", "old.xls"))
	if f.path() != filepath.Join("/tmp", "old.xls.xlsx") {
		t.Errorf("%s", f.path())
	}
}

func TestTheNameOfASegmentNamesTheFile(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if got := suggest(phrase.New("zh-Hans"), List{Name: "老客/回访?"}, now); got != "老客_回访__20261123" {
		t.Error(got)
	}
}

func TestColumnsMove(t *testing.T) {
	f := newForm(List{}, "", "", usecase.ExportColumns())
	first, second := f.lines[0].id, f.lines[1].id
	if !f.move(0, 1) || f.lines[0].id != second || f.lines[1].id != first {
		t.Errorf("%v", f.columns())
	}
	if f.move(0, -1) {
		t.Error("moved out of the list")
	}
}

func TestTheSampleShowsAmountsAsTheFileDoes(t *testing.T) {
	yuan := crm.Sums{Currency: "CNY", Gross: 82042000, Refunded: 2990000}
	pound := crm.Sums{Currency: "GBP", Gross: 610000}
	for _, c := range []struct {
		money []crm.Sums
		want  string
	}{
		{nil, "0.00"},
		{[]crm.Sums{yuan}, "7,905.20"},
		{[]crm.Sums{pound}, "61.00 GBP"},
		{[]crm.Sums{yuan, pound}, "7,905.20 CNY; 61.00 GBP"},
	} {
		if got := sample(phrase.New("zh-Hans"), usecase.Customer{Money: c.money}, "net", "CNY", time.UTC); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
