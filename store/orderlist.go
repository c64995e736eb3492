package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// OrderSelection says which orders: those for which all holds that is set.
type OrderSelection struct {
	Platform string
	Shop     int64 // id
	Statuses []crm.Status
	Since    crm.Day    // placed on this day of the book's zone or later; 0: open
	Until    crm.Day    // placed on this day or earlier; 0: open
	Min      crm.Amount // paid, in the book's currency; at least
	Max      crm.Amount // at most
	Refunded bool       // something was given back
	NoBuyer  bool       // belongs to no customer
	Customer string     // id
	Import   int64      // step that made or changed it
	Search   string     // part of the order number, of a product's name or sku
	Sort     []Sort     // the first counts most; nil: the newest first
	Limit    int        // 0: no limit
	From     int        // how many to pass over
}

// OrderRow is an order in a list.
type OrderRow struct {
	ID           int64
	Number       string
	Shop         Shop
	Placed       crm.Moment
	Status       crm.Status
	RawStatus    string // of a Status that is not Known, the word that was not
	Currency     string
	Figures      crm.Figures
	Customer     string // id, "" for none
	CustomerName string // mask
	Alias        pii.Text
	Product      string // of the first line
	More         int    // lines beside
}

// OrderTotals are what orders add up to, the amounts in the book's currency.
type OrderTotals struct {
	Orders    int
	Purchases int
	Gross     crm.Money
	Refunded  crm.Money
	Net       crm.Money
	Others    bool // there are amounts in other currencies beside
	Few       bool // amounts are left out: they are of fewer than the role may know them of
}

// OrderSorts names what orders can be sorted by.
var OrderSorts = []string{"placed", "number", "shop", "status", "gross", "refunded", "net"}

var orderSortColumns = map[string]string{
	"placed": "nullif(o.placed, 0)", "number": "o.number", "gross": "o.gross", "refunded": "o.refunded", "net": "o.gross - o.refunded",
	"status": statusOrder(),
}

// statusOrder ranks statuses as an order passes them.
func statusOrder() string {
	var b strings.Builder
	b.WriteString("CASE o.status")
	for i, s := range crm.Statuses {
		fmt.Fprintf(&b, " WHEN '%s' THEN %d", s, i)
	}
	b.WriteString(" END")
	return b.String()
}

// shopOrder ranks shops by name.
func (t *Tx) shopOrder(ctx context.Context) (string, error) {
	shops, err := listOf[int64](ctx, t, "order shops", `SELECT id FROM shops ORDER BY `+textOrder+`(name), id`)
	if err != nil || len(shops) == 0 {
		return "o.shop", err
	}
	var b strings.Builder
	b.WriteString("CASE o.shop")
	for i, id := range shops {
		fmt.Fprintf(&b, " WHEN %d THEN %d", id, i)
	}
	b.WriteString(" END")
	return b.String(), nil
}

// FindOrders returns the ids of a selection in its order. Where the total, how
// many there are without limit, is known, a page in the second half of the list
// is found from its end; else it is -1.
func (t *Tx) FindOrders(ctx context.Context, s OrderSelection, total int, env crm.RuleEnv) ([]int64, error) {
	source, args, err := t.orderSource(ctx, s, env)
	if err != nil {
		return nil, err
	}
	limit, from := s.Limit, s.From
	if limit == 0 {
		limit = -1
	}
	backwards := s.Limit > 0 && s.From > total/2 && s.From < total
	if backwards {
		limit = min(s.Limit, total-s.From)
		from = total - s.From - limit
	}
	order, err := t.orderOrder(ctx, s.Sort, backwards)
	if err != nil {
		return nil, err
	}
	ids, err := listOf[int64](ctx, t, "find orders", `SELECT o.id FROM `+source+` ORDER BY `+order+` LIMIT ? OFFSET ?`, append(args, limit, from)...)
	if backwards {
		slices.Reverse(ids)
	}
	return ids, err
}

// orderOrder is what a list of orders is ordered by: the newest first, unless
// it is sorted; what is not known comes last.
func (t *Tx) orderOrder(ctx context.Context, sorts []Sort, backwards bool) (string, error) {
	down, up, last := " DESC, ", " ASC, ", " NULLS LAST, "
	if backwards {
		down, up, last = up, down, " NULLS FIRST, "
	}
	if len(sorts) == 0 {
		return "o.placed" + down + "o.id" + strings.TrimSuffix(down, ", "), nil
	}
	order := ""
	for _, k := range sorts {
		by := orderSortColumns[k.By]
		if k.By == "shop" {
			var err error
			if by, err = t.shopOrder(ctx); err != nil {
				return "", err
			}
		}
		if by == "" {
			return "", fmt.Errorf("sort orders by %s: %w", k.By, crm.ErrNotFound)
		}
		direction := up
		if k.Descending {
			direction = down
		}
		order += by + strings.TrimSuffix(direction, ", ") + last
	}
	return order + "o.id" + strings.TrimSuffix(down, ", "), nil
}

// CountOrders counts a selection, its limit apart.
func (t *Tx) CountOrders(ctx context.Context, s OrderSelection, env crm.RuleEnv) (int, error) {
	from, args, err := t.orderSource(ctx, s, env)
	if err != nil {
		return 0, err
	}
	var n int
	if err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM `+from, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count orders: %w", err)
	}
	return n, nil
}

// TotalOrders adds up a selection, its limit apart.
func (t *Tx) TotalOrders(ctx context.Context, s OrderSelection, env crm.RuleEnv) (OrderTotals, error) {
	from, args, err := t.orderSource(ctx, s, env)
	if err != nil {
		return OrderTotals{}, err
	}
	var sum OrderTotals
	// Not grouped by currency: that would sort them all.
	err = t.tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(o.purchase), 0), coalesce(sum(o.gross) FILTER (WHERE o.currency = ?1), 0),
			coalesce(sum(o.refunded) FILTER (WHERE o.currency = ?1), 0), count(*) FILTER (WHERE o.currency <> ?1 AND (o.gross <> 0 OR o.refunded <> 0)) > 0
		FROM `+from, append([]any{env.Currency}, args...)...).Scan(&sum.Orders, &sum.Purchases, &sum.Gross, &sum.Refunded, &sum.Others)
	if err != nil {
		return OrderTotals{}, fmt.Errorf("add orders up: %w", err)
	}
	sum.Net = sum.Gross - sum.Refunded
	return sum, nil
}

// BuyersOf counts the customers who made a selection of orders, up to a most.
func (t *Tx) BuyersOf(ctx context.Context, s OrderSelection, env crm.RuleEnv, most int) (int, error) {
	from, args, err := t.orderSource(ctx, s, env)
	if err != nil {
		return 0, err
	}
	var n int
	if err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT DISTINCT b.customer FROM (SELECT o.buyer FROM `+from+`) AS o
			JOIN buyers AS b ON b.num = o.buyer WHERE b.customer IS NOT NULL LIMIT ?)`, append(args, most)...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count buyers of orders: %w", err)
	}
	return n, nil
}

// orderSource is the FROM and WHERE of a selection over orders o. Where few
// orders are in question it begins with them; else it goes by the index that
// holds all that is asked.
func (t *Tx) orderSource(ctx context.Context, s OrderSelection, env crm.RuleEnv) (string, []any, error) {
	var few, where ruleWriter
	and := func(sql string, args ...any) { where.write(" AND "+sql, args...) }
	if s.Platform != "" {
		and("o.shop IN (SELECT id FROM shops WHERE platform = ?)", s.Platform)
	}
	if s.Shop != 0 {
		and("o.shop = ?", s.Shop)
	}
	if len(s.Statuses) > 0 {
		statuses := make([]string, len(s.Statuses))
		for i, status := range s.Statuses {
			statuses[i] = string(status)
		}
		list, err := jsonList(statuses)
		if err != nil {
			return "", nil, err
		}
		and("o.status IN (SELECT value FROM json_each(?))", list)
	}
	if s.Since != 0 {
		and("o.placed >= ?", int64(s.Since.Start(env.Zone)))
	}
	if s.Until != 0 {
		and("o.placed < ? AND o.placed <> 0", int64((s.Until + 1).Start(env.Zone)))
	}
	if s.Min.Known || s.Max.Known {
		and("o.currency = ?", env.Currency)
	}
	if s.Min.Known {
		and("o.gross >= ?", int64(s.Min.Value))
	}
	if s.Max.Known {
		and("o.gross <= ?", int64(s.Max.Value))
	}
	if s.Refunded {
		and("o.refunded > 0")
	}
	if s.NoBuyer {
		and("(o.buyer IS NULL OR o.buyer IN (SELECT num FROM buyers WHERE customer IS NULL))")
	}
	begin := func(sql string, args ...any) {
		if few.sql.Len() > 0 {
			few.write(" INTERSECT ")
		}
		few.write(sql, args...)
	}
	if s.Customer != "" {
		num, err := t.CustomerNum(ctx, s.Customer)
		if err != nil {
			return "", nil, err
		}
		begin("SELECT c.id FROM buyers AS b CROSS JOIN orders AS c INDEXED BY orders_buyer ON c.buyer = b.num WHERE b.customer = ?", num)
	}
	if s.Import != 0 {
		begin("SELECT id FROM (SELECT id FROM orders INDEXED BY orders_step WHERE step = ? UNION SELECT id FROM orders_was WHERE step = ?)", s.Import, s.Import)
	}
	if text := strings.TrimSpace(s.Search); text != "" {
		products, err := listOf[int64](ctx, t, "find products", `SELECT id FROM products WHERE instr(sku_folded, ?1) > 0 OR instr(name_folded, ?1) > 0`, crm.Fold(text))
		if err != nil {
			return "", nil, err
		}
		list, err := jsonList(products)
		if err != nil {
			return "", nil, err
		}
		// A number is looked for only where it can be one: that goes through all.
		number := strings.ContainsAny(text, "0123456789")
		if len(products) <= fewProducts || few.sql.Len() > 0 {
			sub := "SELECT 0 AS id WHERE 0"
			var subArgs []any
			if len(products) > 0 {
				sub = "SELECT order_id AS id FROM lines WHERE product IN (SELECT value FROM json_each(?))"
				subArgs = append(subArgs, list)
			}
			if number {
				sub += " UNION SELECT id FROM orders WHERE instr(number, ?) > 0"
				subArgs = append(subArgs, text)
			}
			begin("SELECT id FROM ("+sub+")", subArgs...)
		} else {
			and("(EXISTS (SELECT 1 FROM lines AS l WHERE l.order_id = o.id AND +l.product IN (SELECT value FROM json_each(?)))", list)
			if number {
				where.write(" OR instr(o.number, ?) > 0", text)
			}
			where.write(")")
		}
	}
	condition := " WHERE 1" + where.sql.String()
	if few.sql.Len() > 0 {
		return "(SELECT DISTINCT id FROM (" + few.sql.String() + ")) AS few CROSS JOIN orders AS o ON o.id = few.id" + condition, append(few.args, where.args...), nil
	}
	return "orders AS o INDEXED BY orders_placed" + condition, where.args, nil
}

// fewProducts is up to how many products it is faster to list their lines than
// to look through those of each order: the ways meet at about 40 of 2,000.
const fewProducts = 40

// LoadOrders returns the orders with the given ids, in that order.
func (t *Tx) LoadOrders(ctx context.Context, ids []int64) ([]OrderRow, error) {
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	rows := make([]OrderRow, len(ids))
	at := make(map[int64]*OrderRow, len(ids))
	for i, id := range ids {
		at[id] = &rows[i]
	}
	customerOf := make(map[int64]int64) // by order
	if err := t.each(ctx, "load orders", func(r *sql.Rows) error {
		var o OrderRow
		var customer sql.NullInt64
		if err := r.Scan(&o.ID, &o.Number, &o.Shop.ID, &o.Shop.Platform, &o.Shop.Name, &o.Placed, &o.Status, &o.RawStatus, &o.Currency,
			&o.Figures.Purchase, &o.Figures.Gross, &o.Figures.Refunded, &customer); err != nil {
			return err
		}
		if customer.Valid {
			customerOf[o.ID] = customer.Int64
		}
		*at[o.ID] = o
		return nil
	}, `SELECT o.id, o.number, s.id, s.platform, s.name, o.placed, o.status, o.raw_status, o.currency, o.purchase, o.gross, o.refunded, b.customer
		FROM json_each(?) AS j CROSS JOIN orders AS o ON o.id = j.value JOIN shops AS s ON s.id = o.shop LEFT JOIN buyers AS b ON b.num = o.buyer`, list); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(rows, func(o OrderRow) bool { return o.ID == 0 }) {
		return nil, fmt.Errorf("order: %w", crm.ErrNotFound)
	}
	if err := t.each(ctx, "load first lines", func(r *sql.Rows) error {
		var id int64
		var product string
		if err := r.Scan(&id, &product); err != nil {
			return err
		}
		if o := at[id]; o.Product == "" {
			o.Product = product
		} else {
			o.More++
		}
		return nil
	}, `SELECT l.order_id, coalesce(nullif(p.name, ''), p.sku) FROM json_each(?) AS j CROSS JOIN lines AS l ON l.order_id = j.value JOIN products AS p ON p.id = l.product
		WHERE NOT (l.summary AND EXISTS (SELECT 1 FROM lines AS r WHERE r.order_id = l.order_id AND NOT r.summary)) ORDER BY l.order_id, l.n`, list); err != nil {
		return nil, err
	}
	return rows, t.nameBuyers(ctx, at, customerOf)
}

// nameBuyers gives orders the faces of their customers.
func (t *Tx) nameBuyers(ctx context.Context, at map[int64]*OrderRow, customerOf map[int64]int64) error {
	var nums []int64
	for _, c := range customerOf {
		nums = append(nums, c)
	}
	slices.Sort(nums)
	customers, err := t.LoadCustomers(ctx, slices.Compact(nums), false)
	if err != nil {
		return err
	}
	of := make(map[int64]*Customer, len(customers))
	for i := range customers {
		of[customers[i].Num] = &customers[i]
	}
	for id, num := range customerOf {
		o, c := at[id], of[num]
		o.Customer, o.CustomerName, o.Alias = c.ID, c.NameMask, c.Alias
	}
	return nil
}

// OrderDetail is one order with all that is shown of it, masked.
type OrderDetail struct {
	OrderRow
	Paid, Shipped, Completed, Changed crm.Moment
	Lines                             []crm.Line
	Account                           Account // of the buyer, blank if not told
	Name, Phone, Address              string  // masks of the recipient's
	States                            []OrderState
	Payments                          []crm.Payment // that belong to it, without who paid; the oldest first
}

// OrderState is what an order was from a step on; the last one is what it is.
type OrderState struct {
	Step      int64
	Verb      string
	At        crm.Moment
	User      string
	File      string // of an import
	Status    crm.Status
	RawStatus string
	Currency  string
	Figures   crm.Figures
}

// OrderDetail returns the order with an id, or crm.ErrNotFound.
func (t *Tx) OrderDetail(ctx context.Context, id int64) (OrderDetail, error) {
	rows, err := t.LoadOrders(ctx, []int64{id})
	if err != nil {
		return OrderDetail{}, err
	}
	d := OrderDetail{OrderRow: rows[0]}
	var nick, country, province, city, district, street string
	err = t.tx.QueryRowContext(ctx, `SELECT o.paid, o.shipped, o.completed, o.changed, coalesce(b.platform, ''), coalesce(b.account, ''), coalesce(b.nick, ''),
			coalesce(r.name_mask, ''), coalesce(r.phone_mask, ''), coalesce(r.country, ''), coalesce(r.province, ''), coalesce(r.city, ''),
			coalesce(r.district, ''), coalesce(r.street_mask, '')
		FROM orders AS o LEFT JOIN buyers AS b ON b.num = o.buyer LEFT JOIN recipients AS r ON r.num = o.recipient WHERE o.id = ?`, id).
		Scan(&d.Paid, &d.Shipped, &d.Completed, &d.Changed, &d.Account.Platform, &d.Account.ID, &nick,
			&d.Name, &d.Phone, &country, &province, &city, &district, &street)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return OrderDetail{}, fmt.Errorf("load order: %w", err)
	}
	if d.Account.ID == "" {
		d.Account.ID = nick
	}
	d.Address = crm.JoinAddress(country, province, city, district, street)
	order := map[int64]*crm.Order{id: {}}
	if err := t.each(ctx, "load lines", func(r *sql.Rows) error { return scanLine(r, order) }, `
		SELECT l.order_id, l.key, l.summary, p.sku, p.name, p.variant, l.quantity, l.price, l.amount, l.status, l.refund
		FROM lines AS l JOIN products AS p ON p.id = l.product WHERE l.order_id = ? ORDER BY l.n`, id); err != nil {
		return OrderDetail{}, err
	}
	d.Lines = order[id].Lines
	err = t.each(ctx, "load states", func(r *sql.Rows) error {
		var s OrderState
		if err := r.Scan(&s.Step, &s.Verb, &s.At, &s.User, &s.File, &s.Status, &s.RawStatus, &s.Currency,
			&s.Figures.Purchase, &s.Figures.Gross, &s.Figures.Refunded); err != nil {
			return err
		}
		d.States = append(d.States, s)
		return nil
	}, `SELECT w.step, coalesce(s.verb, ''), coalesce(s.at, 0), coalesce(s.user, ''), coalesce(i.file, ''),
			w.status, w.raw_status, w.currency, w.purchase, w.gross, w.refunded
		FROM (SELECT by_step, step, status, raw_status, currency, purchase, gross, refunded FROM orders_was WHERE id = ?1
			UNION ALL SELECT NULL, step, status, raw_status, currency, purchase, gross, refunded FROM orders WHERE id = ?1) AS w
		LEFT JOIN steps AS s ON s.id = w.step LEFT JOIN imports AS i ON i.step = w.step ORDER BY w.by_step NULLS LAST`, id)
	if err != nil {
		return d, err
	}
	payments, err := t.PaymentsOf(ctx, []int64{id})
	d.Payments = payments[id]
	return d, err
}

// ShopCount is a shop and how many orders it has.
type ShopCount struct {
	Shop
	Orders int
}

// AllShops returns the shops in the order of their making.
func (t *Tx) AllShops(ctx context.Context) ([]Shop, error) {
	var list []Shop
	return list, t.each(ctx, "list shops", func(r *sql.Rows) error {
		var s Shop
		if err := r.Scan(&s.ID, &s.Platform, &s.Name); err != nil {
			return err
		}
		list = append(list, s)
		return nil
	}, `SELECT id, platform, name FROM shops ORDER BY id`)
}

// ShopCounts returns every shop, the one with the most orders first.
func (t *Tx) ShopCounts(ctx context.Context) ([]ShopCount, error) {
	var list []ShopCount
	return list, t.each(ctx, "count orders of shops", func(r *sql.Rows) error {
		var s ShopCount
		if err := r.Scan(&s.ID, &s.Platform, &s.Name, &s.Orders); err != nil {
			return err
		}
		list = append(list, s)
		return nil
	}, `SELECT s.id, s.platform, s.name, (SELECT count(*) FROM orders AS o WHERE o.shop = s.id) AS n FROM shops AS s
		WHERE n > 0 OR NOT EXISTS (SELECT 1 FROM payments AS p WHERE p.shop = s.id) ORDER BY n DESC, s.id`)
}
