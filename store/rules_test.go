package store_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/ruletest"
	"kebu/store"
	"kebu/store/storetest"
)

func TestRulesFindWhatTheSlowEvaluatorFinds(t *testing.T) {
	shops, rules := 4, 300
	if testing.Short() { // with the race detector
		shops, rules = 1, 60
	}
	found, some := 0, 0
	for seed := range uint64(shops) {
		rng := rand.New(rand.NewPCG(seed, 8))
		people := ruletest.RandomShop(rng, 60)
		b, person := shopOf(t, people)
		env := ruletest.Env()
		for n := range rules {
			rule := ruletest.RandomRule(rng)
			if n%20 == 0 { // more comparisons of products than are looked up at once
				var terms []crm.Condition
				for range 60 {
					if root := ruletest.RandomRule(rng).Root; root != nil {
						terms = append(terms, crm.Not{Term: root})
					}
				}
				rule.Root = crm.Any(terms[0], crm.All(terms[1:]...), crm.Not{Term: crm.Any(terms[1:]...)})
			}
			var want []int
			for i, p := range people {
				if ruletest.Matches(rule, p, env) {
					want = append(want, i)
				}
			}
			got := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int, error) {
				sel := store.Selection{Where: &rule}
				nums, total, err := tx.FindCustomers(ctx, sel, env)
				if err != nil {
					return nil, err
				}
				n, err := tx.CountCustomers(ctx, sel, env)
				if err == nil && (n != len(nums) || n != total) {
					t.Errorf("%s: counted %d and %d, found %d", rule, n, total, len(nums))
				}
				sel.Limit = 7
				page, total, err := tx.FindCustomers(ctx, sel, env)
				if err == nil && (total != len(nums) || !slices.Equal(page, nums[:min(7, len(nums))])) {
					t.Errorf("%s: of %d the first are %v, of all %d %v", rule, total, page, len(nums), nums)
				}
				var list []int
				for _, n := range nums {
					list = append(list, person[n])
				}
				return list, err
			})
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("shop %d, rule %s: got %v, want %v", seed, rule, got, want)
			}
			found += len(got)
			if len(got) > 0 && len(got) < len(people) {
				some++
			}
		}
	}
	if some < shops*rules/4 {
		t.Errorf("only %d of %d rules tell customers apart (%d found): the test tells little", some, shops*rules, found)
	}
}

// shopOf imports the orders of people, tags them, and returns who is who.
func shopOf(t *testing.T, people []ruletest.Customer) (*store.Book, map[int64]int) {
	b := storetest.New(t)
	env := ruletest.Env()
	byPlatform := map[string][]*crm.Order{}
	owner := map[string]int{}
	for i, p := range people {
		for j := range p.Orders {
			o := &p.Orders[j]
			byPlatform[o.Platform] = append(byPlatform[o.Platform], o)
			owner[o.Platform+" "+o.Number] = i
		}
	}
	update(t, b, "settings", func(tx *store.Tx) error {
		return tx.DefaultSettings(t.Context(), env.Currency, env.Zone.String())
	})
	for platform, orders := range byPlatform {
		load(t, b, platform, clone(orders))
	}
	person := map[int64]int{}
	for _, c := range customers(t, b) {
		orders := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.StoredOrder, error) { return tx.OrdersOf(ctx, c.Num) })
		for _, o := range orders {
			i := owner[o.Platform+" "+o.Number]
			if j, known := person[c.Num]; known && i != j {
				t.Fatal("two people became one customer")
			}
			person[c.Num] = i
		}
	}
	if len(person) != len(people) {
		t.Fatalf("%d customers of %d people", len(person), len(people))
	}
	for num, i := range person {
		for _, tag := range people[i].Tags {
			update(t, b, "tag add", func(tx *store.Tx) error {
				_, err := tx.AddTag(t.Context(), []int64{num}, tag)
				return err
			})
		}
	}
	check(t, b)
	return b, person
}

func TestLongRulesAreEvaluated(t *testing.T) {
	b := storetest.New(t)
	env := ruletest.Env()
	for _, text := range []string{
		strings.TrimSuffix(strings.Repeat("net > 1 or ", 900), " or "),
		strings.TrimSuffix(strings.Repeat("net > 1 and ", 830), " and "),
		"tag in (" + strings.TrimSuffix(strings.Repeat("a,", 3000), ",") + ")",
		"first_purchase in (" + strings.TrimSuffix(strings.Repeat("1d ago, ", 1100), ", ") + ")",
		strings.Repeat("not ", 90) + "net = 1",
	} {
		rule, err := crm.ParseRule(text)
		if err != nil {
			t.Fatalf("%.40s: %v", text, err)
		}
		view(t, b, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.CountCustomers(ctx, store.Selection{Where: &rule}, env)
		})
	}
}
