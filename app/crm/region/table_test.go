package region

import (
	"cmp"
	"strings"
	"testing"

	"kebu/app/crm/han"
)

func TestTable(t *testing.T) {
	const most = 500_000 // bytes, of the program that carries it
	known := theTable()
	if len(regions) > most || len(known.divisions) < 3_500 {
		t.Errorf("%d bytes, %d divisions", len(regions), len(known.divisions))
	}
	for _, d := range known.divisions {
		if d.local != "" && han.Fold(d.local) != han.Fold(d.name) {
			t.Errorf("%s is no spelling of %s", d.local, d.name)
		}
		if strings.ContainsAny(d.name, " /") || len([]rune(d.name)) < 2 {
			t.Errorf("name %q", d.name)
		}
	}
}

// Every division is found by its own names.
func TestEveryDivisionIsFound(t *testing.T) {
	known := theTable()
	for n, d := range known.divisions {
		path := known.divisions[d.province].name
		want := Place{Province: path}
		if d.level > Province {
			want.City = known.divisions[d.city].name
			path += want.City
		}
		if d.level == District {
			want.District = d.name
			path += d.name
		}
		if d.level == Province && int(d.city) == n {
			want.City = d.name
		}
		if got := Parse(path + "示例路1号"); got.Place != want {
			t.Errorf("%s: got %v, want %v", path, got.Place, want)
		}
		if d.level != District || d.local == "" {
			continue
		}
		city := known.divisions[d.city]
		local := cmp.Or(city.local, city.name) + d.local
		if got := Parse(local + "示例路1號"); got.City+got.District != local {
			t.Errorf("%s: got %v", local, got.Place)
		}
	}
}
