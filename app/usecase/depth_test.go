package usecase_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

// crewSecrets are what the crew's customers are called and reached by.
var crewSecrets = map[access.Field][]string{
	access.Name:    {"Ottilie Wrenfold", "Bartholomew Gladeview"},
	access.Phone:   {"13000004711", "13000004713", "13000004731", "13000004733", "wrenfold@canary.example.test", "ottilie@canary.example.test"},
	access.Account: {"13000004712", "13000004732"},
	access.Writing: {"Till 13000004719"},
}

// crewShown is what of them a role may be shown by a search.
func crewShown(level func(access.Field) access.Level) []string {
	shown := []string{"Springfield", "b1", "b2"}
	for f, values := range crewSecrets {
		for _, v := range values {
			switch {
			case level(f) < access.Masked:
			case f == access.Name:
				shown = append(shown, pii.MaskName(v))
			case f == access.Writing:
				shown = append(shown, pii.MaskProse(v))
			default:
				shown = append(shown, pii.MaskNick(v))
			}
		}
	}
	return shown
}

// TestSearchTellsNoMoreThanIsShown: parts of what is hidden from a role find nobody.
func TestSearchTellsNoMoreThanIsShown(t *testing.T) {
	const queries = 150
	crew := newCrew(t)
	random := rand.New(rand.NewPCG(4, 7))
	for _, r := range access.Roles {
		crew.as(t, r, func(s *usecase.Session) {
			shown := strings.ToLower(strings.Join(crewShown(func(f access.Field) access.Level { return access.Sees(r, f) }), "\n"))
			tried := 0
			for range queries {
				f := slices.Sorted(maps.Keys(crewSecrets))[random.IntN(len(crewSecrets))]
				values := crewSecrets[f]
				v := values[random.IntN(len(values))]
				from := random.IntN(len(v) - 2)
				query := v[from : from+2+random.IntN(len(v)-from-1)]
				hidden := slices.ContainsFunc(strings.Fields(query), func(word string) bool { return !strings.Contains(shown, strings.ToLower(word)) })
				if query == v || !hidden {
					continue
				}
				tried++
				found, err := listed(t.Context(), s, usecase.Selection{Search: query})
				leads := access.FindsParts(r) && (f == access.Name || f == access.Phone)
				if err != nil || leads && len(found) == 0 || len(found) > 0 && !access.FindsParts(r) {
					t.Errorf("%s finds %d by the part %q of a %s: %v", r, len(found), query, f, err)
				}
			}
			if tried < queries/3 {
				t.Errorf("%d queries tell little", tried)
			}
		})
	}
}

// TestWhoMayRevealFindsByAllOfAValue: typed whole, however it is written.
func TestWhoMayRevealFindsByAllOfAValue(t *testing.T) {
	for name, most := range map[string]access.Level{"as the table says": access.Reveals, "masked": access.Masked} {
		crew := newCrew(t)
		crew.as(t, access.Owner, func(s *usecase.Session) {
			narrow := access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Phone: most}}}
			if err := s.SetHouse(t.Context(), narrow); err != nil {
				t.Fatal(err)
			}
		})
		crew.as(t, access.Service, func(s *usecase.Session) {
			for query, whole := range map[string]bool{
				"13000004711": true, "+86 130 0000 4711": true, "0086-13000004711": true, "4711": false, "wrenfold@canary.example.test": true,
			} {
				found, err := listed(t.Context(), s, usecase.Selection{Search: query})
				if want := !whole || most == access.Reveals; err != nil || (len(found) == 1) != want {
					t.Errorf("%s: %d found by %q: %v", name, len(found), query, err)
				}
			}
			for _, query := range []string{"ottilie wrenfold", "OTTILIE  Wrenfold"} {
				if found, err := listed(t.Context(), s, usecase.Selection{Search: query}); err != nil || len(found) != 2 {
					t.Errorf("%s: %d found by a name typed whole: %v", name, len(found), err)
				}
			}
		})
	}
}
