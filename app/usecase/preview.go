package usecase

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/importers"
	"kebu/store"
)

// ListLimit is how many entries a List holds at most: of half a million rows
// nobody reads more.
const ListLimit = 1000

// List is the beginning of a list, at most ListLimit entries, with the number
// of all.
type List[T any] struct {
	First []T
	Total int
}

func (l *List[T]) add(v T) {
	if l.Total++; len(l.First) < ListLimit {
		l.First = append(l.First, v)
	}
}

func listOf[T any](all []T) List[T] {
	return List[T]{First: slices.Clone(all[:min(ListLimit, len(all))]), Total: len(all)}
}

// Preview says in detail what an import would do. Everything personal in it is
// masked. Its lists hold at most ListLimit entries each.
type Preview struct {
	File      string // name
	Seen      FileMark
	Encoding  string
	HeaderRow int
	Format    string
	Platform  string
	// Beside are the formats of marketplaces that the file may be read as instead
	// of a person's own, which comes first.
	Beside  []importers.Candidate
	Rows    int // of data, rejected ones too
	Lines   int
	Masked  int // cells of people that the marketplace hid
	Skipped int // rows that are no data

	// Shop is the shop that the orders were compared with: the one named, else
	// that of the last such file. Shops are those of the platform; an import
	// must name one if there are several. NewShop: the import makes it.
	Shop    string
	Shops   []string
	NewShop bool
	// OtherShop names the shop that took the same file before.
	OtherShop string
	// DateDoubt and DateOrder are those of ImportReport.
	DateDoubt string
	DateOrder importers.DateOrder

	Orders    OrderCounts
	Customers CustomerCounts
	Payments  PaymentCounts
	Anonymous int // orders that belong to no customer
	Erased    int // of them, those whose buyer was erased
	// InReview counts the customers of the file that may be another one.
	InReview int

	New     List[PreviewOrder]
	Changed List[ChangedOrder]
	Same    List[OrderDay]
	Review  List[Doubt]
	// Net is by how much all changed orders change what was earned, by currency.
	Net      []NetChange
	Rejected List[Rejected]
	Warnings List[Rejected]
	Unknown  []UnknownWord

	Kept    []KeptColumn
	Dropped []DroppedColumn

	changed []int64 // ids of those in Changed.First
	all     []int64 // ids of the file's orders
	net     map[string]crm.Money
}

// PreviewOrder is an order as a list shows it.
type PreviewOrder struct {
	Platform  string
	Number    string
	Placed    crm.Moment
	Status    crm.Status
	RawStatus string
	Name      string // masked, of the buyer, else of the recipient, else the account
	Product   string // of the first line
	More      int    // lines beside it
	Currency  string
	Figures   crm.Figures
}

// ChangedOrder is an order that the file tells otherwise than the book.
type ChangedOrder struct {
	PreviewOrder        // as it would be
	Customer     string // id of the customer who has it, "" if there is none in the book yet
	Changes      []crm.Change
	Net          crm.Money // by how much what was earned changes
}

// OrderDay is an order that does not change.
type OrderDay struct {
	Number string
	Placed crm.Moment
}

// NetChange is an amount in a currency.
type NetChange struct {
	Currency string
	Net      crm.Money
}

// Doubt is two customers who may be one person.
type Doubt = store.Doubt

// DroppedColumn is a column that is not read, and why.
type DroppedColumn struct {
	Sheet  string
	Header string
	Reason importers.Dropped
}

// Preview reads an export and says what importing it would do. It changes
// nothing.
func (s *Session) Preview(ctx context.Context, r ImportRequest) (Preview, error) {
	r.DryRun = true
	p := &Preview{net: map[string]crm.Money{}}
	report, err := s.importing(ctx, r, p)
	if err != nil {
		return Preview{}, err
	}
	p.File, p.Format, p.Platform, p.Shop, p.OtherShop = report.File, report.Format, report.Platform, report.Shop, report.OtherShop
	p.DateDoubt, p.DateOrder = report.DateDoubt, report.DateOrder
	p.Rows, p.Lines, p.Masked, p.Skipped = report.Rows, report.Lines, report.Masked, report.Skipped
	p.Orders, p.Customers, p.InReview = report.Orders, report.Customers, report.Review
	p.Anonymous, p.Erased = report.Anonymous, report.Erased
	if report.Payments != nil {
		p.Payments = *report.Payments
	}
	p.Rejected, p.Warnings, p.Unknown = listOf(report.Rejected), listOf(report.Warnings), report.Unknown
	for _, currency := range slices.Sorted(maps.Keys(p.net)) {
		p.Net = append(p.Net, NetChange{currency, p.net[currency]})
	}
	p.changed, p.all, p.net = nil, nil, nil
	return *p, nil
}

// describe takes what the file itself tells.
func (p *Preview) describe(f *export, r *importers.Result, mark FileMark) {
	p.Seen = mark
	p.Encoding, p.HeaderRow = f.book.Encoding(), f.matches[0].HeaderRow
	p.all = make([]int64, 0, len(r.Orders))
	for _, m := range f.matches {
		for _, c := range m.Beside {
			if !slices.ContainsFunc(p.Beside, func(o importers.Candidate) bool { return o.Format == c.Format }) {
				p.Beside = append(p.Beside, c)
			}
		}
		for _, k := range m.Kept {
			p.Kept = append(p.Kept, KeptColumn{m.SheetName, k.Header, k.Field.String(), k.Field.Sealed()})
		}
		for _, h := range m.Dropped {
			p.Dropped = append(p.Dropped, DroppedColumn{m.SheetName, h, importers.WhyDropped(h)})
		}
	}
}

// watch has the lists of orders filled while they are compared.
func (p *Preview) watch(w *store.Watch) {
	w.New = func(id int64, o *crm.Order) {
		p.all = append(p.all, id)
		p.New.add(previewOrder(o))
	}
	w.Same = func(id int64, o *crm.Order) {
		p.all = append(p.all, id)
		p.Same.add(OrderDay{o.Number, o.Placed})
	}
	w.Changed = func(id int64, before, after *crm.Order) {
		p.all = append(p.all, id)
		order := ChangedOrder{PreviewOrder: previewOrder(after)}
		// Sums that do not fit fail the import when it saves the order.
		was, _ := before.Figures()
		order.Net = order.Figures.Net() - was.Net()
		p.net[after.Currency] += order.Net
		if len(p.changed) < ListLimit {
			order.Changes = before.Changes(after)
			p.changed = append(p.changed, id)
		}
		p.Changed.add(order)
	}
}

// complete adds what is known once the buyers are matched.
func (p *Preview) complete(ctx context.Context, tx *store.Tx, report *ImportReport) error {
	customers, err := tx.CustomersOf(ctx, p.changed)
	if err != nil {
		return err
	}
	for i, id := range p.changed {
		p.Changed.First[i].Customer = customers[id]
	}
	if report.Review == 0 {
		return nil
	}
	p.Review.First, p.Review.Total, err = tx.Doubts(ctx, p.all, ListLimit)
	return err
}

func previewOrder(o *crm.Order) PreviewOrder {
	f, _ := o.Figures() // see watch
	p := PreviewOrder{
		Platform: o.Platform, Number: o.Number, Placed: o.Placed, Status: o.Status, RawStatus: o.RawStatus, Currency: o.Currency, Figures: f,
		Name: cmp.Or(pii.MaskName(o.Buyer.Name.Reveal()), pii.MaskName(o.Recipient.Name.Reveal()), crm.MaskAccount(o.Buyer.Nick), crm.MaskAccount(o.Buyer.ID)),
		More: max(0, len(o.Lines)-1),
	}
	if len(o.Lines) > 0 {
		p.Product = cmp.Or(o.Lines[0].Product, o.Lines[0].Variant, o.Lines[0].SKU)
	}
	return p
}
