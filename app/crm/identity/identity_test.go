package identity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
)

func TestOf(t *testing.T) {
	full := pii.New("15400001234")
	for name, c := range map[string]struct {
		order crm.Order
		want  []identity.Kind
	}{
		"nothing":       {crm.Order{}, nil},
		"id and nick":   {crm.Order{Buyer: crm.Buyer{ID: "b1", Nick: "小茶"}}, []identity.Kind{identity.Account, identity.Nick}},
		"masked nick":   {crm.Order{Buyer: crm.Buyer{Nick: "t**8"}}, nil},
		"own phone":     {crm.Order{Buyer: crm.Buyer{Phone: full}}, []identity.Kind{identity.Phone}},
		"masked phone":  {crm.Order{Buyer: crm.Buyer{Phone: pii.New("154****1234")}}, nil},
		"virtual phone": {crm.Order{Buyer: crm.Buyer{Phone: pii.New("15400001234-1234")}}, nil},
		"phone that ends": {
			crm.Order{Recipient: crm.Recipient{Phone: full}, RecipientIsBuyer: true, PhoneUntil: 1}, nil,
		},
		"recipient who may be another": {crm.Order{Recipient: crm.Recipient{Phone: full}}, nil},
		"recipient who is the buyer":   {crm.Order{Recipient: crm.Recipient{Phone: full}, RecipientIsBuyer: true}, []identity.Kind{identity.Phone}},
		"the same phone twice":         {crm.Order{Buyer: crm.Buyer{Phone: full}, Recipient: crm.Recipient{Phone: full}, RecipientIsBuyer: true}, []identity.Kind{identity.Phone}},
		"relay address":                {crm.Order{Buyer: crm.Buyer{Email: pii.New("x1@marketplace.amazon.com")}}, nil},
		"own address":                  {crm.Order{Buyer: crm.Buyer{Email: pii.New("Lin@Example.test ")}}, []identity.Kind{identity.Email}},
		"name and street alone":        {crm.Order{Recipient: crm.Recipient{Name: pii.New("林某"), Street: pii.New("虚构路 1 号")}}, nil},
		"name and street as a hint": {
			crm.Order{Buyer: crm.Buyer{ID: "b1"}, Recipient: crm.Recipient{Name: pii.New("林某"), Street: pii.New("虚构路 1 号")}},
			[]identity.Kind{identity.Account, identity.Hint},
		},
	} {
		var got []identity.Kind
		for _, e := range identity.Of(&c.order) {
			got = append(got, e.Kind)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestAccountsBelongToTheirPlatform(t *testing.T) {
	a := identity.Of(&crm.Order{Platform: "taobao", Buyer: crm.Buyer{ID: "b1"}})
	b := identity.Of(&crm.Order{Platform: "douyin", Buyer: crm.Buyer{ID: "b1"}})
	if a[0].Value.Equal(b[0].Value) {
		t.Error("one id on two platforms is one person")
	}
}

func name(kind identity.Kind, value string) identity.Name {
	n := identity.Name{Kind: kind}
	copy(n.Token[:], value)
	return n
}

func mark(buyer int64, kind identity.Kind, value string) identity.Mark {
	return identity.Mark{Buyer: buyer, Name: name(kind, value)}
}

func TestGroupJoinsByEvidence(t *testing.T) {
	got := identity.Group([]identity.Mark{
		mark(1, identity.Account, "a"), mark(1, identity.Phone, "p"),
		mark(2, identity.Account, "b"), mark(2, identity.Phone, "p"), mark(2, identity.Email, "e"),
		mark(3, identity.Email, "e"),
		mark(4, identity.Account, "c"), mark(4, identity.Hint, "h"),
		mark(5, identity.Account, "d"), mark(5, identity.Hint, "h"),
		mark(6, identity.Account, "c"),
	}, nil, nil)
	want := [][]int64{{1, 2, 3}, {4, 6}, {5}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPhoneOfMoreThanFiveAccountsJoinsNothing(t *testing.T) {
	sharing := func(accounts, tellings int) int {
		var marks []identity.Mark
		buyer := int64(0)
		for a := range accounts {
			for range tellings {
				buyer++
				marks = append(marks, mark(buyer, identity.Account, fmt.Sprint("a", a)), mark(buyer, identity.Phone, "p"))
			}
		}
		return len(identity.Group(marks, nil, nil))
	}
	for _, tellings := range []int{1, 3} {
		if n := sharing(5, tellings); n != 1 {
			t.Errorf("5 accounts with one phone are %d people", n)
		}
		if n := sharing(6, tellings); n != 6 {
			t.Errorf("6 accounts with one phone are %d people", n)
		}
	}
	var noAccounts []identity.Mark
	for b := range int64(20) {
		noAccounts = append(noAccounts, mark(b, identity.Phone, "p"))
	}
	if n := len(identity.Group(noAccounts, nil, nil)); n != 1 {
		t.Errorf("20 orders with one phone and no account are %d people", n)
	}
}

func TestGroupDoesNotMindTheOrderOfMarks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		var marks []identity.Mark
		for b := range int64(40) {
			marks = append(marks, mark(b, identity.Account, fmt.Sprint("a", r.IntN(25))), mark(b, identity.Phone, fmt.Sprint("p", r.IntN(6))))
		}
		want := fmt.Sprint(identity.Group(marks, nil, nil))
		r.Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
		if got := fmt.Sprint(identity.Group(marks, nil, nil)); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}
