package usecase

import (
	"context"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/app/crm/pii"
	"kebu/store"
)

// lastToBuy is the order of a list for which nobody chose one.
var lastToBuy = []store.Sort{{By: "last_purchase", Descending: true}}

// profileBatch is how many profiles are loaded at once.
const profileBatch = 1000

// Selection says which customers: those that a rule and a search both find.
type Selection struct {
	Where  string       // rule; "" for all
	Search string       // as typed; "" for all
	IDs    []string     // of these only, unless nil; without a sort in this order
	Except []string     // but these
	Import int64        // only those that the import of this step made; 0: all
	Sort   []store.Sort // the first counts most; nil: the best hits of a search, else the last to buy, first
	Limit  int          // 0: no limit
	From   int          // how many to pass over
	Habits bool         // Customers tells them too, which takes longer
}

// Customers calls yield for each customer of a selection, masked, in its
// order, and returns how many there are without limit. It stops at the first
// error of yield.
func (s *Session) Customers(ctx context.Context, sel Selection, yield func(store.Customer) error) (total int, err error) {
	index, err := s.indexFor(ctx, sel)
	if err != nil {
		return 0, err
	}
	see := s.sight(access.Customers)
	err = s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
		var nums []int64
		var err error
		if nums, total, err = s.find(ctx, tx, sel, index); err != nil {
			return err
		}
		for batch := range slices.Chunk(nums, profileBatch) {
			list, err := tx.LoadCustomers(ctx, batch, false)
			if err != nil {
				return err
			}
			if sel.Habits {
				if err := tx.AddHabits(ctx, list); err != nil {
					return err
				}
			}
			for i := range list {
				see.customer(&list[i])
				if err := yield(list[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return total, err
}

// indexFor returns the search index if the selection needs it.
func (s *Session) indexFor(ctx context.Context, sel Selection) (*find.Index, error) {
	if sel.Search == "" {
		return nil, nil
	}
	return s.index(ctx)
}

// find returns the numbers of a selection and how many there are without limit.
func (s *Session) find(ctx context.Context, tx *store.Tx, sel Selection, index *find.Index) (nums []int64, total int, err error) {
	q, env, err := s.selection(ctx, tx, sel, index)
	if err != nil {
		return nil, 0, err
	}
	return tx.FindCustomers(ctx, q, env)
}

func (s *Session) selection(ctx context.Context, tx *store.Tx, sel Selection, index *find.Index) (store.Selection, crm.RuleEnv, error) {
	q := store.Selection{Sort: sel.Sort, Limit: sel.Limit, From: sel.From}
	if err := s.sortable(sel.Sort); err != nil {
		return q, crm.RuleEnv{}, err
	}
	if sel.Where != "" {
		rule, err := s.rule(sel.Where)
		if err != nil {
			return q, crm.RuleEnv{}, err
		}
		q.Where = &rule
	}
	if index != nil {
		var err error
		if q.Nums, err = hits(ctx, index, sel.Search); err != nil {
			return q, crm.RuleEnv{}, err
		}
	} else if len(q.Sort) == 0 && sel.IDs == nil {
		q.Sort = s.usual()
	}
	if err := among(ctx, tx, sel, &q); err != nil {
		return q, crm.RuleEnv{}, err
	}
	env, err := s.env(ctx, tx)
	return q, env, err
}

// among narrows a selection to the customers that sel names.
func among(ctx context.Context, tx *store.Tx, sel Selection, q *store.Selection) error {
	q.Import = sel.Import
	if sel.Except != nil {
		spared, err := tx.CustomerNums(ctx, sel.Except)
		if err != nil {
			return err
		}
		q.Without = spared
	}
	if sel.IDs == nil {
		return nil
	}
	named, err := tx.CustomerNums(ctx, sel.IDs)
	if err != nil {
		return err
	}
	if q.Nums == nil {
		q.Nums = []int64{} // none is not all
		seen := make(map[int64]bool, len(named))
		for _, n := range named {
			if !seen[n] {
				seen[n] = true
				q.Nums = append(q.Nums, n)
			}
		}
		return nil
	}
	slices.Sort(named)
	q.Nums = slices.DeleteFunc(q.Nums, func(n int64) bool {
		_, found := slices.BinarySearch(named, n)
		return !found
	})
	return nil
}

// env is what rules mean today in this book.
func (s *Session) env(ctx context.Context, tx *store.Tx) (crm.RuleEnv, error) {
	settings, err := tx.Settings(ctx)
	return crm.RuleEnv{Currency: settings.Currency, Zone: settings.Zone, Today: crm.DayOf(s.gate.Now().In(settings.Zone))}, err
}

// Profile is one customer with a timeline.
type Profile struct {
	store.Customer
	// Interval is the mean of the days between purchase days, LateBy by how
	// much the time since the last exceeds it; 0 with fewer than 3 such days.
	Interval, LateBy float64
	Reasons          Reasons
	Phone            store.Contact // how the phone may be used
	Favourites       []store.Favourite
	Fields           []store.Field
	Orders           []store.StoredOrder
	Notes            []store.Note
	Events           []store.Event
}

// favourites is how many favourite products a profile shows.
const favourites = 5

// Show returns a customer's profile, personal values masked, the numbers and
// addresses inside notes and fields too; messages are left out.
func (s *Session) Show(ctx context.Context, id string) (Profile, error) {
	var p Profile
	err := s.gate.View(ctx, access.Show, func(tx *store.Tx) error {
		var err error
		p, err = s.profile(ctx, tx, id, false)
		return err
	})
	s.sight(access.Show).profile(&p)
	return p, err
}

func (s *Session) profile(ctx context.Context, tx *store.Tx, id string, clear bool) (Profile, error) {
	var p Profile
	num, err := tx.CustomerNum(ctx, id)
	if err != nil {
		return p, err
	}
	list, err := tx.LoadCustomers(ctx, []int64{num}, clear)
	if err != nil {
		return p, err
	}
	p.Customer = list[0]
	bought, err := tx.Favourites(ctx, []int64{num}, favourites)
	if err != nil {
		return p, err
	}
	p.Favourites = bought[num]
	if p.Fields, err = tx.Fields(ctx, num); err != nil {
		return p, err
	}
	if p.Orders, err = tx.OrdersOf(ctx, num); err != nil {
		return p, err
	}
	contacts, err := tx.Contacts(ctx, []int64{num})
	if err != nil {
		return p, err
	}
	p.Phone = contacts[0]
	if p.Notes, err = tx.Notes(ctx, num); err != nil {
		return p, err
	}
	if p.Events, err = tx.Events(ctx, num); err != nil {
		return p, err
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return p, err
	}
	if interval, known := crm.Interval(p.First.Day(settings.Zone), p.Last.Day(settings.Zone), p.PurchaseDays); known {
		p.Interval = interval
		p.LateBy = crm.LateBy(p.Last.Day(settings.Zone), crm.DayOf(s.gate.Now().In(settings.Zone)), interval)
	}
	p.Reasons = reasonsOf(&p, settings.Zone)
	if p.Reasons.FirstSeen, err = tx.FirstSeen(ctx, num); err != nil {
		return p, err
	}
	if !clear {
		p.mask()
	}
	return p, nil
}

// mask takes personal values out of orders, and the numbers and addresses out
// of what people wrote.
func (p *Profile) mask() {
	prose := func(t *pii.Text) { *t = pii.New(pii.MaskProse(t.Reveal())) }
	for i := range p.Notes {
		prose(&p.Notes[i].Text)
	}
	for i := range p.Fields {
		prose(&p.Fields[i].Value)
	}
	for i := range p.Orders {
		o := &p.Orders[i].Order
		o.Buyer.Name, o.Buyer.Phone, o.Buyer.Email = pii.Text{}, pii.Text{}, pii.Text{}
		o.Recipient.Name, o.Recipient.Phone, o.Recipient.Street, o.Recipient.Postcode = pii.Text{}, pii.Text{}, pii.Text{}, ""
		o.Message, o.Memo = pii.Text{}, pii.Text{}
	}
}

// one returns the number of the customer with an id, for verbs on one.
func one(ctx context.Context, tx *store.Tx, id string) (int64, error) {
	num, err := tx.CustomerNum(ctx, id)
	if err != nil {
		return 0, fmt.Errorf("find customer: %w", err)
	}
	return num, nil
}
