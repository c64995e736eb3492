package usecase

import (
	"context"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/insight"
	"kebu/store"
)

// OverviewRequest says of what an overview is.
type OverviewRequest struct {
	Shop   int64 // id; 0: all
	Months int   // how many, the running one last; 0: 12, at most insight.MaxMonths
}

// Overview is the shop at a glance. Amounts are in the book's currency, days in
// its zone. Of one shop alone, nothing outside it counts, a customer's first
// purchase neither; then no rule finds the customers, and rules are "".
type Overview struct {
	Today    crm.Day
	Currency string
	Others   bool // amounts in other currencies are left out
	Shops    int  // all of the book

	// Oldest and Newest are the days of the first and the last order, 0 where
	// there is none, and Span the months from one to the other, both counted.
	Oldest, Newest crm.Day
	Span           int

	Months  []OverviewMonth // the running one last, whole, should orders lie ahead of today
	Earlier OverviewMonth   // of the month before, the days up to today's

	// The repeat rate of a month is its Repeat; these find the two parts of the
	// running one's.
	RepeatRule, RepeatOfRule string

	Due      []OverviewDue // the most valuable of those who should be back
	DueCount int           // how many there are
	DueRule  string

	Mix       []MixPart // together all customers with purchases, but those of one without a date
	Purchased int       // customers with purchases
}

// OverviewMonth is a month, or some days of it.
type OverviewMonth struct {
	insight.Month
	Total  insight.Part // of all orders
	Nobody insight.Part // of those without customer
	Few    bool         // amounts are left out: they are of fewer than the role may know them of
	Mixed  bool         // the amounts of all stand at the larger of New and Returning: of one kind there are few
	// Rules that find the customers who bought, the new ones and the others.
	BuyersRule, NewRule, ReturningRule string
}

// OverviewDue is a customer who should be back.
type OverviewDue struct {
	Customer
	Interval int // whole days
	LateBy   int
	Net      crm.Money
}

// MixPart is a kind of customers.
type MixPart struct {
	Kind      MixKind
	Customers int
	Rule      string
}

// MixKind names a kind of customers.
type MixKind string

// The kinds of customers, by their purchases.
const (
	MixRegular  MixKind = "regular"  // 4 or more
	MixReturned MixKind = "returned" // 2 or 3
	MixNew      MixKind = "new"      // one, in the last 90 days
	MixOnce     MixKind = "once"     // one, longer ago
)

const (
	overviewMonths = 12
	overviewDue    = 7
)

// Overview works out the shop at a glance.
func (s *Session) Overview(ctx context.Context, r OverviewRequest) (Overview, error) {
	if r.Months == 0 {
		r.Months = overviewMonths
	}
	var o Overview
	err := s.gate.View(ctx, access.Overview, func(tx *store.Tx) error {
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		o = Overview{Today: env.Today, Currency: env.Currency}
		if err := o.period(ctx, tx, r.Shop, env); err != nil {
			return err
		}
		survey := insight.NewSurvey(insight.Scope{Shop: r.Shop, Today: env.Today, Months: r.Months})
		if err := tx.Histories(ctx, func(customer int64, deals []insight.Deal) error {
			survey.Add(customer, deals)
			return nil
		}); err != nil {
			return err
		}
		survey.Finish()
		for _, m := range survey.Months {
			month, err := o.month(ctx, tx, r.Shop, env, m)
			if err != nil {
				return err
			}
			o.Months = append(o.Months, month)
		}
		if o.Earlier, err = o.month(ctx, tx, r.Shop, env, survey.Earlier); err != nil {
			return err
		}
		o.Earlier.BuyersRule, o.Earlier.ReturningRule = "", "" // a rule knows whole months
		o.Purchased = survey.Mix.Purchased
		o.Mix = []MixPart{
			{MixRegular, survey.Mix.Regular, fmt.Sprintf("purchases >= %d", insight.Regular)},
			{MixReturned, survey.Mix.Returned, fmt.Sprintf("purchases >= 2 and purchases < %d", insight.Regular)},
			{MixNew, survey.Mix.New, fmt.Sprintf("purchases = 1 and first_purchase >= %dd ago", insight.NewDays)},
			{MixOnce, survey.Mix.Once, fmt.Sprintf("purchases = 1 and first_purchase < %dd ago", insight.NewDays)},
		}
		o.RepeatRule = fmt.Sprintf("previous_purchase > %dd ago", insight.YearDays)
		o.RepeatOfRule = fmt.Sprintf("last_purchase > %dd ago", insight.YearDays)
		o.DueRule = fmt.Sprintf("overdue >= %d", insight.DueOverdue)
		if r.Shop != 0 {
			o.forgetRules()
		}
		return o.due(ctx, tx, survey.Due)
	})
	s.sight(access.Customers).overview(&o, s.asks("net"))
	s.monthsOfMany(&o)
	return o, err
}

func (o *Overview) period(ctx context.Context, tx *store.Tx, shop int64, env crm.RuleEnv) error {
	shops, err := tx.AllShops(ctx)
	if err != nil {
		return err
	}
	o.Shops = len(shops)
	oldest, newest, err := tx.Period(ctx, shop)
	if err != nil || !newest.Known() {
		return err
	}
	o.Oldest, o.Newest = oldest.Day(env.Zone), newest.Day(env.Zone)
	from, to := oldest.In(env.Zone), newest.In(env.Zone)
	o.Span = (to.Year()-from.Year())*12 + int(to.Month()-from.Month()) + 1
	return nil
}

// month adds to what customers bought what nobody known did.
func (o *Overview) month(ctx context.Context, tx *store.Tx, shop int64, env crm.RuleEnv, m insight.Month) (OverviewMonth, error) {
	sum, err := tx.TotalOrders(ctx, store.OrderSelection{Shop: shop, Since: m.First, Until: m.Last}, env)
	if err != nil {
		return OverviewMonth{}, err
	}
	o.Others = o.Others || sum.Others
	known := insight.Part{
		Customers: m.New.Customers + m.Returning.Customers, Purchases: m.New.Purchases + m.Returning.Purchases,
		Gross: m.New.Gross + m.Returning.Gross, Refunded: m.New.Refunded + m.Returning.Refunded,
	}
	total := insight.Part{Customers: known.Customers, Purchases: sum.Purchases, Gross: sum.Gross, Refunded: sum.Refunded}
	bought := "month = " + m.First.Month()
	return OverviewMonth{
		Month: m, Total: total,
		Nobody:        insight.Part{Purchases: total.Purchases - known.Purchases, Gross: total.Gross - known.Gross, Refunded: total.Refunded - known.Refunded},
		BuyersRule:    bought,
		NewRule:       fmt.Sprintf("first_purchase >= %s and first_purchase <= %s", m.First, m.Last),
		ReturningRule: fmt.Sprintf("%s and first_purchase < %s", bought, m.First),
	}, nil
}

// forgetRules leaves no rule where none finds the customers that were counted.
func (o *Overview) forgetRules() {
	o.RepeatRule, o.RepeatOfRule, o.DueRule = "", "", ""
	for i := range o.Mix {
		o.Mix[i].Rule = ""
	}
	o.Earlier.NewRule = ""
	for i := range o.Months {
		o.Months[i].BuyersRule, o.Months[i].NewRule, o.Months[i].ReturningRule = "", "", ""
	}
}

func (o *Overview) due(ctx context.Context, tx *store.Tx, list []insight.Due) error {
	o.DueCount = len(list)
	list = list[:min(len(list), overviewDue)]
	nums := make([]int64, len(list))
	for i, d := range list {
		nums[i] = d.Customer
	}
	customers, err := tx.LoadCustomers(ctx, nums, false)
	if err != nil {
		return err
	}
	for i, d := range list {
		o.Due = append(o.Due, OverviewDue{customers[i], d.Interval, d.LateBy, d.Net})
	}
	return nil
}
