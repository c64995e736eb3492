package find

import (
	"slices"
	"testing"
)

func TestWholeValuesAreFoundHoweverTheyAreWritten(t *testing.T) {
	one, other := NewBuilder(), NewBuilder()
	one.Add(1, 1, Fields{})
	one.AddWhole(1, Name, "Greta Ferngate")
	one.AddWhole(1, Phone, "+86 130-0000-1234")
	one.AddWhole(1, Account, "greta@example.test")
	other.Add(2, 2, Fields{})
	other.AddWhole(2, Name, "greta  FERNGATE")
	other.AddWhole(2, Phone, "+49 30 000 1234")
	other.AddWhole(2, Phone, "*******1234")
	x := Build(one, other)
	for query, want := range map[string][]int64{
		"Greta Ferngate": {1, 2}, "GRETA FERNGATE ": {1, 2}, "Greta": nil, "Greta Ferngat": nil, "": nil, " ": nil,
		"13000001234": {1}, "008613000001234": {1}, "1300000123": nil, "3000001234": nil, "1234": {1, 2}, "234": nil, "001234": nil, "*1234": nil,
		"0049300001234": {2}, "+49 (30) 0001234": {2},
		"Greta@Example.test": {1}, "example.test": nil,
	} {
		if got := x.Whole(query); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
	if Build(NewBuilder()).Whole("Greta") != nil {
		t.Error("an index without any finds some")
	}
}
