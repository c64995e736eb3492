package linkage_test

import (
	"context"
	"errors"
	"testing"

	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
)

// quality compares proposals with the truth.
func quality(t *testing.T, list []person, records []linkage.Record, second int) (f1 float64, found linkage.Result) {
	t.Helper()
	found, err := linkage.Find(t.Context(), records, linkage.Options{Second: second})
	if err != nil {
		t.Fatal(err)
	}
	side := func(i int) bool { return second > 0 && i >= second }
	right, truth := 0, 0
	of := make(map[int][]int)
	for i, p := range list {
		for _, other := range of[p.id] {
			if second == 0 || side(i) != side(other) {
				truth++
			}
		}
		of[p.id] = append(of[p.id], i)
	}
	for _, p := range found.Pairs {
		if list[p.A].id == list[p.B].id {
			right++
		}
	}
	if len(found.Pairs)+truth == 0 {
		return 1, found
	}
	return 2 * float64(right) / float64(len(found.Pairs)+truth), found
}

// TestFindsPeopleWhoAreListedTwice: F1 of 0.98 at an even chance, on lists with
// typing errors, swapped fields, missing values and several copies of one.
func TestFindsPeopleWhoAreListedTwice(t *testing.T) {
	all := columns{birth: true, phone: true, email: true, address: true, place: true, postal: true, code: true}
	light, usual, heavy := noise{2, 0.02, 0.05}, noise{4, 0.05, 0.05}, noise{8, 0.08, 0.10}
	for _, c := range []struct {
		name                    string
		chinese                 bool
		originals, copies, most int
		noise                   noise
		columns                 columns
	}{
		{"all columns", false, 1500, 1500, 5, heavy, all},
		{"no phone, e-mail or number", false, 1500, 1000, 1, usual, columns{birth: true, address: true, place: true, postal: true}},
		{"few columns", false, 1500, 1000, 3, light, columns{fullName: true, birth: true, address: true}},
		{"names, phones, addresses", true, 1500, 1000, 3, usual, columns{fullName: true, phone: true, address: true}},
		{"Chinese, all columns", true, 1500, 1500, 5, heavy, all},
		{"Chinese, with birthdays", true, 1500, 500, 1, usual, columns{fullName: true, birth: true, phone: true, place: true}},
		{"few people", false, 40, 12, 1, usual, all},
		{"few people with names and phones", true, 40, 12, 1, light, columns{fullName: true, phone: true, address: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.originals > 1000 { // with the race detector
				c.originals, c.copies = c.originals/3, c.copies/3
			}
			list := newWorld(11, c.chinese).list(c.originals, c.copies, c.most, c.noise)
			if f1, found := quality(t, list, records(list, c.columns), 0); f1 < 0.98 {
				t.Errorf("F1 = %.4f with %d proposals, want 0.98", f1, len(found.Pairs))
			}
		})
	}
}

func TestFindsPeopleOfTwoLists(t *testing.T) {
	all := columns{birth: true, address: true, place: true, postal: true}
	w := newWorld(5, false)
	var first, second []person
	for i := range 1500 {
		p := w.person(i)
		first = append(first, p)
		if i%2 == 0 {
			second = append(second, w.again(p, noise{4, 0, 0.05}))
		} else {
			second = append(second, w.person(10_000+i))
		}
	}
	list := append(first, second...)
	f1, found := quality(t, list, records(list, all), len(first))
	if f1 < 0.98 {
		t.Errorf("F1 = %.4f, want 0.98", f1)
	}
	for _, p := range found.Pairs {
		if p.A >= len(first) || p.B < len(first) {
			t.Fatalf("pair %d, %d is not between the lists", p.A, p.B)
		}
	}
}

// TestProposesNobodyInCleanLists: different people share names, birthdays,
// cities and postcodes by chance.
func TestProposesNobodyInCleanLists(t *testing.T) {
	for _, chinese := range []bool{false, true} {
		for _, n := range []int{2, 10, 300, 3000} {
			if testing.Short() {
				n = min(n, 1000)
			}
			list := newWorld(3, chinese).list(n, 0, 0, noise{1, 0.05, 0})
			for _, c := range []columns{
				{birth: true, phone: true, email: true, address: true, place: true, postal: true, code: true},
				{fullName: true, phone: true, address: true},
				{fullName: true, place: true},
			} {
				_, found := quality(t, list, records(list, c), 0)
				if len(found.Pairs) > 0 {
					t.Errorf("%d people, Chinese %v, %+v: %d proposals", n, chinese, c, len(found.Pairs))
				}
			}
		}
	}
}

// TestHouseholdsAreNotOnePerson: a family shares surname, phone and address.
func TestHouseholdsAreNotOnePerson(t *testing.T) {
	for _, chinese := range []bool{false, true} {
		w := newWorld(9, chinese)
		var list []person
		for i := 0; i < 600; i += 2 {
			a, b := w.person(i), w.person(i+1)
			b.surname, b.phone, b.street, b.number, b.city, b.province, b.postcode = a.surname, a.phone, a.street, a.number, a.city, a.province, a.postcode
			list = append(list, a, b)
		}
		_, found := quality(t, list, records(list, columns{birth: true, phone: true, address: true, place: true, postal: true}), 0)
		if len(found.Pairs) > 3 { // two of a family may be named alike, and born on one day
			t.Errorf("Chinese %v: %d of 300 families were taken for one person", chinese, len(found.Pairs))
		}
	}
}

func record(name, phone, street string) linkage.Record {
	r := linkage.Record{Names: []linkage.Name{{Full: pii.New(name)}}}
	if phone != "" {
		r.Phones = []pii.Text{pii.New(phone)}
	}
	if street != "" {
		r.Streets = []pii.Text{pii.New(street)}
	}
	return r
}

// TestMasksAreComparedAsMasks: they agree with what they can hide.
func TestMasksAreComparedAsMasks(t *testing.T) {
	const street = "文汇路88号3幢1201室"
	base := record("张伟", "13800001234", street)
	for _, c := range []struct {
		name  string
		other linkage.Record
		kind  linkage.Kind
		want  linkage.Level
	}{
		{"a name typed by its sound", record("张玮", "13800001234", street), linkage.Given, linkage.Close},
		{"surname of a mask", record("张**", "13800001234", street), linkage.Surname, linkage.Equal},
		{"another surname", record("李**", "13800001234", street), linkage.Surname, linkage.Different},
		{"end of a mask", record("张*伟", "13800001234", street), linkage.Given, linkage.MaskDiffers},
		{"phone", record("张伟", "138****1234", street), linkage.Phone, linkage.MaskAgrees},
		{"phone, last digits only", record("张伟", "*******1234", street), linkage.Phone, linkage.MaskAgrees},
		{"phone with other digits", record("张伟", "138****9999", street), linkage.Phone, linkage.MaskDiffers},
		{"virtual number", record("张伟", "13800001234-5678", street), linkage.Phone, linkage.Missing},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := linkage.Find(t.Context(), []linkage.Record{base, c.other}, linkage.Options{Least: 1e-9})
			if err != nil || len(found.Pairs) != 1 {
				t.Fatalf("%d pairs, %v", len(found.Pairs), err)
			}
			got := linkage.Missing
			for _, e := range found.Pairs[0].Evidence {
				if e.Kind == c.kind {
					got = e.Level
				}
			}
			if got != c.want {
				t.Errorf("level %d, want %d", got, c.want)
			}
		})
	}
}

// TestMasksTellLess: the end of a phone and a surname make a good guess in a
// short list, and none in one of many more people.
func TestMasksTellLess(t *testing.T) {
	w := newWorld(21, true)
	list := w.list(800, 400, 1, noise{1, 0, 0})
	f1, _ := quality(t, list, records(list, columns{masked: true, phone: true, address: true}), 0)
	if f1 < 0.95 {
		t.Errorf("F1 with addresses = %.4f, want 0.95", f1)
	}
	list = w.list(20_000, 10, 1, noise{1, 0, 0})
	if _, found := quality(t, list, records(list, columns{masked: true, phone: true}), 0); len(found.Pairs) > 0 {
		t.Errorf("%d proposals by masks alone", len(found.Pairs))
	}
}

func TestFindIsDeterministic(t *testing.T) {
	list := newWorld(4, false).list(800, 300, 2, noise{4, 0.05, 0.05})
	r := records(list, columns{birth: true, address: true, place: true})
	_, first := quality(t, list, r, 0)
	_, again := quality(t, list, r, 0)
	if len(first.Pairs) != len(again.Pairs) {
		t.Fatalf("%d and %d pairs", len(first.Pairs), len(again.Pairs))
	}
	for i := range first.Pairs {
		if first.Pairs[i].A != again.Pairs[i].A || first.Pairs[i].B != again.Pairs[i].B || first.Pairs[i].Score != again.Pairs[i].Score {
			t.Fatalf("pair %d differs", i)
		}
	}
}

func TestFindStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	list := newWorld(4, false).list(800, 300, 2, noise{4, 0.05, 0.05})
	if _, err := linkage.Find(ctx, records(list, columns{birth: true}), linkage.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestNothingToCompare(t *testing.T) {
	for _, r := range [][]linkage.Record{nil, {record("张伟", "", "")}, make([]linkage.Record, 5)} {
		if found, err := linkage.Find(t.Context(), r, linkage.Options{}); err != nil || len(found.Pairs) > 0 {
			t.Errorf("%d records: %d pairs, %v", len(r), len(found.Pairs), err)
		}
	}
}

// BenchmarkFind10k is a list of 10,000 records: 20 CPU seconds at most.
func BenchmarkFind10k(b *testing.B) {
	list := newWorld(1, false).list(6000, 4000, 5, noise{6, 0.05, 0.05})
	r := records(list, columns{birth: true, phone: true, email: true, address: true, place: true, postal: true, code: true})
	for b.Loop() {
		if _, err := linkage.Find(context.Background(), r, linkage.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
