package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/insight"
	"kebu/app/crm/region"
)

// A profile is what a customer's orders and tags come to. It is remade from
// them whenever they change, never patched.

// profile is one in the making.
type profile struct {
	customer      int64
	orders        int
	purchases     int
	sums          map[string]sums // by currency
	first, last   crm.Moment
	previous      crm.Moment // the last purchase of an earlier day than the last
	days          int
	firstDay      crm.Day
	lastDay       crm.Day
	months        []string
	history       history
	products      []int64 // bought
	live          where
	account       string // of the buyer with the lowest number that has one
	accountBuyer  int64
	nick          string // likewise
	nickBuyer     int64
	name          string // masked
	platforms     map[string]bool
	place         int64
	nameBuyer     int64
	nameRecipient int64
}

type sums struct{ gross, refunded crm.Money }

// refreshProfiles remakes the profiles of the customers touched.
func (t *Tx) refreshProfiles(ctx context.Context) error {
	if len(t.dirty) == 0 {
		return nil
	}
	if t.figured != nil {
		t.figured(0, len(t.dirty))
	}
	list, err := jsonList(slices.Sorted(maps.Keys(t.dirty)))
	if err != nil {
		return err
	}
	for _, table := range []string{"profiles", "profile_money", "histories", "sent"} {
		if err := t.exec(ctx, "clear "+table, `DELETE FROM `+table+` WHERE customer IN (SELECT value FROM json_each(?))`, list); err != nil {
			return err
		}
	}
	if err := t.makeProfiles(ctx, list); err != nil {
		return err
	}
	clear(t.dirty)
	if t.swept {
		if err := t.sweepPlaces(ctx); err != nil {
			return err
		}
	}
	return t.exec(ctx, "list to whom orders went", `INSERT INTO sent (customer, recipient)
		SELECT DISTINCT b.customer, o.recipient FROM buyers AS b JOIN orders AS o ON o.buyer = b.num
		WHERE b.customer IN (SELECT value FROM json_each(?)) AND o.recipient IS NOT NULL ORDER BY b.customer, o.recipient`, list)
}

func (t *Tx) makeProfiles(ctx context.Context, list string) error {
	settings, err := t.Settings(ctx)
	if err != nil {
		return err
	}
	tags, err := t.tagsOf(ctx, list)
	if err != nil {
		return err
	}
	rows := t.newBulk(`profiles (customer, orders, purchases, gross, refunded, net, first, last, previous, days, first_day, last_day,
		country, province, city, district, name_order, account_order, platforms, tags, months, place, name_buyer, name_recipient)`)
	defer rows.close()
	histories := t.newBulk(`histories (customer, body)`)
	defer histories.close()
	money := t.newBulk(`profile_money (customer, currency, gross, refunded)`)
	defer money.close()
	places, err := t.newPlaceIndex(ctx)
	if err != nil {
		return err
	}
	defer places.rows.close()
	bought, abroad := make(map[int64][]byte), make(map[int64][]byte)
	made := 0
	save := func(p *profile) error {
		if p == nil {
			return nil
		}
		if made++; t.figured != nil && made%figureStride == 0 {
			t.figured(made, len(t.dirty))
		}
		at, err := places.of(ctx, p.live)
		if err != nil {
			return err
		}
		own := p.sums[settings.Currency]
		if err := rows.add(ctx, p.customer, p.orders, p.purchases, int64(own.gross), int64(own.refunded), int64(own.gross-own.refunded),
			nullNum(int64(p.first)), nullNum(int64(p.last)), nullNum(int64(p.previous)), p.days, dayNum(p.firstDay, p.days > 0), dayNum(p.lastDay, p.days > 0),
			at.country, at.province, at.city, at.district, orderKey(cmp.Or(p.name, p.nick)), orderKey(p.account),
			set(slices.Sorted(maps.Keys(p.platforms))), set(tags[p.customer]), set(p.months), nullNum(p.place), nullNum(p.nameBuyer), nullNum(p.nameRecipient)); err != nil {
			return err
		}
		if len(p.products) > 0 {
			bought[p.customer] = listProducts(p.products)
		}
		if len(p.history.body) > 0 {
			if err := histories.add(ctx, p.customer, p.history.body); err != nil {
				return err
			}
		}
		for _, currency := range slices.Sorted(maps.Keys(p.sums)) {
			s := p.sums[currency]
			if err := money.add(ctx, p.customer, currency, int64(s.gross), int64(s.refunded)); err != nil {
				return err
			}
			if currency != settings.Currency {
				abroad[p.customer] = foreignSums(abroad[p.customer]).add(currency, s)
			}
		}
		return nil
	}
	var p *profile
	err = t.each(ctx, "read orders for profiles", func(r *sql.Rows) error {
		var o profileRow
		if err := o.scan(r); err != nil {
			return err
		}
		if p == nil || p.customer != o.customer {
			if err := save(p); err != nil {
				return err
			}
			p = &profile{customer: o.customer, sums: map[string]sums{}, platforms: map[string]bool{}}
		}
		p.call(&o)
		return p.add(&o, &settings)
	}, `SELECT c.num, b.num, b.account, b.nick, b.name_mask, o.id, o.shop, o.placed, o.purchase, o.gross, o.refunded, o.currency, s.platform, o.recipient, o.to_buyer,
			r.name_mask, r.country, r.province, r.city, r.district, `+productsBought+`
		FROM customers AS c LEFT JOIN buyers AS b ON b.customer = c.num LEFT JOIN orders AS o ON o.buyer = b.num
		LEFT JOIN shops AS s ON s.id = o.shop LEFT JOIN recipients AS r ON r.num = o.recipient
		WHERE c.num IN (SELECT num FROM customers WHERE num IN (SELECT value FROM json_each(?)) AND NOT (`+emptied+`))
		ORDER BY c.num, o.placed, s.platform, o.number`, list)
	if err != nil {
		return err
	}
	if err := save(p); err != nil {
		return err
	}
	for _, b := range []*bulk{rows, histories, money, places.rows} {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	if err := t.saveSpans(ctx, "bought", bought); err != nil {
		return err
	}
	return t.saveSpans(ctx, "foreign_sums", abroad)
}

func dayNum(d crm.Day, known bool) sql.NullInt64 { return sql.NullInt64{Int64: int64(d), Valid: known} }

// profileRow is one order of a customer, or none for a buyer or a customer without.
type profileRow struct {
	customer            int64
	buyer               sql.NullInt64
	account, nick       sql.NullString
	buyerName, name     sql.NullString // masked
	order, shop, placed sql.NullInt64
	purchase, toBuyer   sql.NullBool
	gross, refunded     sql.NullInt64
	currency, platform  sql.NullString
	recipient           sql.NullInt64
	country, province   sql.NullString
	city, district      sql.NullString
	products            sql.NullString // bought, for eachNum
}

// productsBought is what was bought with an order o: the products of the
// positive lines of a purchase.
const productsBought = `CASE WHEN o.purchase THEN (SELECT group_concat(l.product) FROM lines AS l
	WHERE l.order_id = o.id AND l.quantity > 0 AND l.amount >= 0 AND l.status NOT IN ('cancelled', 'pending_payment')
		AND NOT (l.summary AND EXISTS (SELECT 1 FROM lines AS r WHERE r.order_id = o.id AND NOT r.summary))) END`

func (o *profileRow) scan(r *sql.Rows) error {
	return r.Scan(&o.customer, &o.buyer, &o.account, &o.nick, &o.buyerName, &o.order, &o.shop, &o.placed, &o.purchase, &o.gross, &o.refunded, &o.currency, &o.platform, &o.recipient,
		&o.toBuyer, &o.name, &o.country, &o.province, &o.city, &o.district, &o.products)
}

// call takes in what the buyer of an order is called.
func (p *profile) call(o *profileRow) {
	if account := cmp.Or(o.account.String, o.nick.String); account != "" && (p.account == "" || o.buyer.Int64 < p.accountBuyer) {
		p.account, p.accountBuyer = account, o.buyer.Int64
	}
	if o.nick.String != "" && (p.nick == "" || o.buyer.Int64 < p.nickBuyer) {
		p.nick, p.nickBuyer = o.nick.String, o.buyer.Int64
	}
}

// add takes in the next order by time placed.
func (p *profile) add(o *profileRow, settings *Settings) error {
	if !o.order.Valid {
		return nil
	}
	p.orders++
	p.platforms[o.platform.String] = true
	s := p.sums[o.currency.String]
	var err error
	if s.gross, err = s.gross.Plus(crm.Money(o.gross.Int64)); err != nil {
		return fmt.Errorf("add up gross: %w", err)
	}
	if s.refunded, err = s.refunded.Plus(crm.Money(o.refunded.Int64)); err != nil {
		return fmt.Errorf("add up refunds: %w", err)
	}
	if s != (sums{}) {
		p.sums[o.currency.String] = s
	}
	placed := crm.Moment(o.placed.Int64)
	var day crm.Day
	if placed.Known() {
		day = placed.Day(settings.Zone)
	}
	if err := eachNum(o.products.String, func(n int64) { p.products = append(p.products, n) }); err != nil {
		return err
	}
	if o.purchase.Bool {
		p.purchases++
		if placed.Known() {
			p.bought(placed, day)
		}
	}
	p.history.add(insight.Deal{
		Shop: o.shop.Int64, Day: day, Dated: placed.Known(), Purchase: o.purchase.Bool, Foreign: o.currency.String != settings.Currency,
		Gross: crm.Money(o.gross.Int64), Refunded: crm.Money(o.refunded.Int64),
	})
	if o.country.String != "" || o.province.String != "" || o.city.String != "" {
		p.live = where{o.country.String, region.Place{Province: o.province.String, City: o.city.String, District: o.district.String}}
		p.place = o.recipient.Int64
	}
	switch {
	case o.buyerName.String != "":
		p.nameBuyer, p.nameRecipient, p.name = o.buyer.Int64, 0, o.buyerName.String
	case o.toBuyer.Bool && o.name.String != "":
		p.nameBuyer, p.nameRecipient, p.name = 0, o.recipient.Int64, o.name.String
	}
	return nil
}

// bought takes in the next purchase.
func (p *profile) bought(placed crm.Moment, day crm.Day) {
	if p.days == 0 {
		p.first, p.firstDay = placed, day
	}
	if p.days == 0 || day != p.lastDay {
		p.days++
		p.previous, p.lastDay = p.last, day
		if month := day.Month(); len(p.months) == 0 || p.months[len(p.months)-1] != month {
			p.months = append(p.months, month)
		}
	}
	p.last = placed
}

// remakeProfiles makes all profiles where there is none, as after a migration.
func (b *Book) remakeProfiles(ctx context.Context) error {
	var missing bool
	if err := b.write.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM customers) AND NOT EXISTS (SELECT 1 FROM profiles)`).Scan(&missing); err != nil || !missing {
		return err
	}
	return b.Keep(ctx, func(t *Tx) error {
		all, err := listOf[int64](ctx, t, "list customers", `SELECT num FROM customers`)
		if err != nil {
			return err
		}
		for _, n := range all {
			t.dirty[n] = true
		}
		return t.refreshProfiles(ctx)
	})
}

// set renders folded texts so that one of them can be found with instr.
func set(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	folded := make([]string, len(texts))
	for i, t := range texts {
		folded[i] = crm.Fold(t)
	}
	return unit + strings.Join(folded, unit) + unit
}

// tagsOf returns the tags of customers in a JSON list.
func (t *Tx) tagsOf(ctx context.Context, list string) (map[int64][]string, error) {
	tags := make(map[int64][]string)
	return tags, t.each(ctx, "list tags", func(r *sql.Rows) error {
		var c int64
		var tag string
		if err := r.Scan(&c, &tag); err != nil {
			return err
		}
		tags[c] = append(tags[c], tag)
		return nil
	}, `SELECT customer, max(tag) FROM tags WHERE customer IN (SELECT value FROM json_each(?)) GROUP BY customer, folded ORDER BY customer, folded`, list)
}

// Settings are the book's own.
type Settings struct {
	Name     string         // of the shop; "" if nobody said
	Currency string         // of the first import, ISO 4217; "" before
	Zone     *time.Location // of the first import; UTC before
	Demo     bool           // the book was made as a demo shop of invented people
}

// Settings reads the settings.
func (t *Tx) Settings(ctx context.Context) (Settings, error) {
	s := Settings{Zone: time.UTC}
	err := t.each(ctx, "read settings", func(r *sql.Rows) error {
		var name, value string
		if err := r.Scan(&name, &value); err != nil {
			return err
		}
		switch name {
		case "name":
			s.Name = value
		case "currency":
			s.Currency = value
		case "zone":
			zone, err := time.LoadLocation(value)
			if err != nil {
				return err
			}
			s.Zone = zone
		case "demo":
			s.Demo = true
		}
		return nil
	}, `SELECT name, value FROM settings`)
	return s, err
}

// firstSettings sets what a book is made with; no step is taken back that far.
func (t *Tx) firstSettings(ctx context.Context, s Settings) error {
	values := map[string]string{"name": s.Name}
	if s.Demo {
		values["demo"] = "yes"
	}
	for name, value := range values {
		if value == "" {
			continue
		}
		if err := t.exec(ctx, "set first settings", `INSERT INTO settings (name, value, step) VALUES (?, ?, ?)`, name, value, t.step); err != nil {
			return err
		}
	}
	return nil
}

// DefaultSettings sets what is not set yet: the first import decides.
func (t *Tx) DefaultSettings(ctx context.Context, currency, zone string) error {
	for name, value := range map[string]string{"currency": currency, "zone": zone} {
		if value == "" {
			continue
		}
		if err := t.exec(ctx, "set defaults", `INSERT INTO settings (name, value, step) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING`, name, value, t.step); err != nil {
			return err
		}
	}
	return nil
}
