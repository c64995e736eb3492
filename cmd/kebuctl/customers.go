package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

type statsVerb struct {
	bookFlags
}

// Run prints the shop in numbers.
func (v *statsVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		n, err := s.Stats(ctx)
		if err != nil {
			return err
		}
		see := seenBy(s, access.Stats)
		facts := see(access.Facts) >= access.Aggregates
		if v.JSON {
			return p.json(map[string]any{
				"customers": n.Customers, "customers_with_purchases": told(facts, n.CustomersWithPurchases), "orders": told(facts, n.Orders),
				"orders_without_customer": told(facts, n.OrdersWithoutCustomer), "lines": told(facts, n.Lines),
				"purchases": told(facts, n.Purchases), "money": told(see(access.Amount) >= access.Aggregates, sumsOf(n.Money)),
			})
		}
		rows := [][]string{{p.phrase.Column("customers"), strconv.Itoa(n.Customers)}}
		if facts {
			rows = append(rows, [][]string{
				{p.phrase.Column("customers_with_purchases"), strconv.Itoa(n.CustomersWithPurchases)},
				{p.phrase.Column("orders"), strconv.Itoa(n.Orders)},
				{p.phrase.Column("orders_without_customer"), strconv.Itoa(n.OrdersWithoutCustomer)},
				{p.phrase.Column("lines"), strconv.Itoa(n.Lines)},
				{p.phrase.Column("purchases"), strconv.Itoa(n.Purchases)},
			}...)
		}
		for _, m := range n.Money {
			for _, f := range []struct {
				key    string
				amount crm.Money
			}{{"gross", m.Gross}, {"refunded", m.Refunded}, {"net", m.Net()}} {
				rows = append(rows, []string{p.phrase.Column(f.key), f.amount.Format(m.Currency) + " " + m.Currency})
			}
		}
		return p.table([]string{"figure", "value"}, rows)
	})
}

// customer is how a customer is printed for programs.
type customer struct {
	ID            string    `json:"id"`
	Name          string    `json:"name"`
	Phone         string    `json:"phone,omitempty"`
	Email         string    `json:"email,omitempty"`
	Address       string    `json:"address,omitempty"`
	Buyers        []account `json:"buyers"`
	Orders        *int      `json:"order_count"` // null like the next two when the role does not see it
	Purchases     *int      `json:"purchases"`
	Money         *[]sums   `json:"money"`
	FirstPurchase *string   `json:"first_purchase"`
	LastPurchase  *string   `json:"last_purchase"`
	Country       string    `json:"country"`
	Province      string    `json:"province"`
	City          string    `json:"city"`
	Tags          []string  `json:"tags"`
}

// account is a buyer's id on a platform.
type account struct {
	Platform string `json:"platform"`
	ID       string `json:"id"`
}

func customerJSON(c *usecase.Customer, zone *time.Location, see seen) customer {
	out := customer{
		ID: c.ID, Name: c.NameMask, Phone: c.PhoneMask, Email: c.EmailMask, Address: c.AddressMask,
		Buyers: make([]account, len(c.Buyers)),
		Orders: told(see.shows(access.Facts), c.Orders), Purchases: told(see.shows(access.Facts), c.Purchases), Money: told(see.shows(access.Amount), sumsOf(c.Money)),
		FirstPurchase: timeText(c.First, zone), LastPurchase: timeText(c.Last, zone),
		Country: c.Country, Province: c.Province, City: c.City, Tags: append([]string{}, c.Tags...),
	}
	for i, b := range c.Buyers {
		out.Buyers[i] = account(b)
	}
	if c.Clear != nil {
		if !c.Clear.Name.Empty() {
			out.Name = c.Clear.Name.Reveal()
		}
		out.Phone, out.Email, out.Address = c.Clear.Phone.Reveal(), c.Clear.Email.Reveal(), c.Clear.Address.Reveal()
	}
	return out
}

type customersVerb struct {
	bookFlags
	Where  string `placeholder:"RULE" help:"${help_where}"`
	Search string `placeholder:"TEXT" help:"${help_search}"`
	Sort   string `placeholder:"FIELD" help:"${help_sort}"`
	Limit  int    `placeholder:"N" help:"${help_limit}"`
}

// Run lists customers.
func (v *customersVerb) Run(ctx context.Context, p *program) error {
	order, err := p.sortBy(v.Sort)
	if err != nil {
		return err
	}
	if v.Limit < 0 {
		return p.wrongUsage("bad_limit", nil)
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		settings, err := s.Settings(ctx)
		if err != nil {
			return err
		}
		see := seenBy(s, access.Customers)
		var rows [][]string
		total, err := s.Customers(ctx, usecase.Selection{Where: v.Where, Search: v.Search, Sort: order, Limit: v.Limit}, func(c usecase.Customer) error {
			if v.JSON {
				return p.json(customerJSON(&c, settings.Zone, see))
			}
			rows = append(rows, []string{
				c.ID, c.NameMask, accounts(&c), see.count(c.Purchases), moneyText(c.Money), dayText(c.Last, settings.Zone),
				strings.TrimSpace(c.Country + " " + c.Province + " " + c.City), strings.Join(c.Tags, ", "),
			})
			return nil
		})
		if err != nil || v.JSON {
			return err
		}
		if err := p.table([]string{"id", "name", "accounts", "purchases", "net", "last_purchase", "place", "tags"}, rows); err != nil {
			return err
		}
		p.say("found_customers", map[string]any{"Shown": len(rows), "Count": total})
		return nil
	})
}

func accounts(c *usecase.Customer) string {
	texts := make([]string, len(c.Buyers))
	for i, b := range c.Buyers {
		texts[i] = b.Platform + ":" + b.ID
	}
	return strings.Join(texts, " ")
}

// sortBy reads --sort: a field, with a minus before it for the largest first.
func (p *program) sortBy(field string) ([]usecase.Sort, error) {
	if field == "" {
		return nil, nil
	}
	s := usecase.Sort{By: strings.TrimPrefix(field, "-"), Descending: strings.HasPrefix(field, "-")}
	if !slices.Contains(usecase.Sorts, s.By) {
		return nil, p.wrongUsage("no_sort", map[string]any{"Fields": strings.Join(usecase.Sorts, ", ")})
	}
	return []usecase.Sort{s}, nil
}

type showVerb struct {
	bookFlags
	ID     string `arg:"" name:"id" help:"${help_id}"`
	Reveal bool   `help:"${help_reveal}"`
	Reason string `placeholder:"TEXT" help:"${help_reason}"`
}

// Run shows one customer.
func (v *showVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		settings, err := s.Settings(ctx)
		if err != nil {
			return err
		}
		var profile usecase.Profile
		see := seenBy(s, access.Show)
		if v.Reveal {
			see = seenBy(s, access.Reveal)
			profile, err = s.Reveal(ctx, v.ID, strings.TrimSpace(v.Reason))
		} else {
			profile, err = s.Show(ctx, v.ID)
		}
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(profileJSON(&profile, settings.Zone, see))
		}
		return p.profile(&profile, settings.Zone, see)
	})
}

type noteVerb struct {
	bookFlags
	ID   string `arg:"" name:"id" help:"${help_id}"`
	Text string `arg:"" help:"${help_note_text}"`
}

// Run writes a note.
func (v *noteVerb) Run(ctx context.Context, p *program) error {
	return p.do(ctx, &v.bookFlags, func(s *usecase.Session) (usecase.Done, error) {
		return s.Note(ctx, v.ID, pii.New(v.Text))
	})
}

// do runs a verb on customers and prints its step.
func (p *program) do(ctx context.Context, f *bookFlags, fn func(*usecase.Session) (usecase.Done, error)) error {
	return p.with(ctx, f, func(s *usecase.Session) error {
		d, err := fn(s)
		switch {
		case err != nil:
			return err
		case f.JSON:
			return p.json(map[string]any{"step": stepText(d.Step), "customers": d.Customers})
		case d.Step == 0:
			p.say("nothing_changed", nil)
		default:
			p.say("done_customers", map[string]any{"Step": d.Step, "Count": d.Customers})
		}
		return nil
	})
}

// stepText is the id of a step, "" for none.
func stepText(step int64) string {
	if step == 0 {
		return ""
	}
	return strconv.FormatInt(step, 10)
}

type tagVerbs struct {
	Add    tagAddVerb    `cmd:"" help:"${help_tag_add}"`
	Remove tagRemoveVerb `cmd:"" help:"${help_tag_remove}"`
}

type tagFlags struct {
	bookFlags
	Tag   string   `arg:"" help:"${help_tag_name}"`
	IDs   []string `arg:"" optional:"" name:"id" help:"${help_id}"`
	Where string   `placeholder:"RULE" help:"${help_where}"`
}

// targets reads whom a tag is for: ids or a rule, one of them.
func (f *tagFlags) targets(p *program) (usecase.Targets, error) {
	if (len(f.IDs) == 0) == (f.Where == "") {
		return usecase.Targets{}, p.wrongUsage("ids_or_where", nil)
	}
	return usecase.Targets{IDs: f.IDs, Where: f.Where}, nil
}

type tagAddVerb struct{ tagFlags }

// Run gives customers a tag.
func (v *tagAddVerb) Run(ctx context.Context, p *program) error {
	to, err := v.targets(p)
	if err != nil {
		return err
	}
	return p.do(ctx, &v.bookFlags, func(s *usecase.Session) (usecase.Done, error) { return s.AddTag(ctx, v.Tag, to) })
}

type tagRemoveVerb struct{ tagFlags }

// Run takes a tag from customers.
func (v *tagRemoveVerb) Run(ctx context.Context, p *program) error {
	from, err := v.targets(p)
	if err != nil {
		return err
	}
	return p.do(ctx, &v.bookFlags, func(s *usecase.Session) (usecase.Done, error) { return s.RemoveTag(ctx, v.Tag, from) })
}

type fieldVerb struct {
	bookFlags
	ID    string `arg:"" name:"id" help:"${help_id}"`
	Value string `arg:"" name:"name=value" help:"${help_field_value}"`
}

// Run sets one of the shop's own fields.
func (v *fieldVerb) Run(ctx context.Context, p *program) error {
	name, value, ok := strings.Cut(v.Value, "=")
	if !ok {
		return p.wrongUsage("name_value", nil)
	}
	return p.do(ctx, &v.bookFlags, func(s *usecase.Session) (usecase.Done, error) {
		return s.SetField(ctx, v.ID, name, pii.New(value))
	})
}
