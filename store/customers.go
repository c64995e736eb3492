package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/crm/region"
	"kebu/crypto/field"
)

// Customer is a customer's profile. Personal values are there only when they
// were asked for and the user's keys open them; masks always are.
type Customer struct {
	Num           int64
	ID            string // opaque, for people and programs
	NameMask      string
	Alias         pii.Text // what the shop calls the customer; numbers in it masked unless clear
	Refused       bool     // wants no contact
	Buyers        []Account
	Orders        int
	Purchases     int
	Money         []crm.Sums // by currency
	First, Last   crm.Moment // purchases
	PurchaseDays  int        // distinct days with a purchase
	Country       string
	Province      string
	City          string
	District      string
	Tags          []string
	PhoneMask     string
	EmailMask     string
	AddressMask   string
	Clear         *Clear  // nil when masked
	Habits        *Habits // nil unless asked for
	nameBuyer     int64
	nameRecipient int64
	place         int64
}

// Account is what a buyer is called on a platform; a phone or an e-mail is masked.
type Account struct{ Platform, ID string }

// Clear holds a customer's personal values.
type Clear struct {
	Name, Phone, Email, Address pii.Text
}

// Habits are what is worked out from a customer's orders and notes each time.
type Habits struct {
	Favourite Favourite  // bought most; zero for who bought nothing
	LastNote  crm.Moment // written
}

// AddHabits fills in the habits of loaded customers.
func (t *Tx) AddHabits(ctx context.Context, customers []Customer) error {
	nums := make([]int64, len(customers))
	for i := range customers {
		nums[i] = customers[i].Num
	}
	favourites, err := t.Favourites(ctx, nums, 1)
	if err != nil {
		return err
	}
	notes, err := t.LastNotes(ctx, nums)
	if err != nil {
		return err
	}
	for i, n := range nums {
		h := &Habits{LastNote: notes[n]}
		if list := favourites[n]; len(list) > 0 {
			h.Favourite = list[0]
		}
		customers[i].Habits = h
	}
	return nil
}

// Sort is a key by which a list is ordered.
type Sort struct {
	By         string // for customers one of Sorts
	Descending bool
}

// Sorts names what customers can be sorted by.
var Sorts = []string{
	"last_purchase", "first_purchase", "purchases", "gross", "refunded", "net", "interval", "late_by",
	"name", "account", "city", "province", "country", "id",
}

// sortColumns are expressions over profiles p, beside which stands given
// (sorter). What is NULL comes last.
var sortColumns = map[string]string{
	"last_purchase": "p.last", "first_purchase": "p.first", "purchases": "p.purchases",
	"gross": "p.gross", "refunded": "p.refunded", "net": "p.net",
	"interval": "CASE WHEN p.days >= 3 THEN 1.0 * (p.last_day - p.first_day) / (p.days - 1) END",
	"late_by":  lateBy("(SELECT day FROM given)"),
	"name":     "p.name_order", "account": "p.account_order",
	"city": placeRank("p.city"), "province": placeRank("p.province"), "country": placeRank("p.country"),
	"id": "(SELECT c.id FROM customers AS c WHERE c.num = p.customer)",
}

// interval is crm.Interval in whole days over profiles p, NULL without one.
const interval = "CASE WHEN p.days >= 3 THEN (2 * (p.last_day - p.first_day) + p.days - 1) / (2 * (p.days - 1)) END"

// lateBy is crm.LateBy over profiles p, NULL for who is not late.
func lateBy(today string) string {
	return "nullif(max(0, " + today + " - p.last_day - " + interval + "), 0)"
}

// Selection says which customers.
type Selection struct {
	Where   *crm.Rule // nil: all
	Nums    []int64   // of these, in this order, unless nil
	Without []int64   // but these
	Import  int64     // only those that the import of this step made, unless 0
	Sort    []Sort    // the first counts most; what is left open, by number
	Limit   int       // 0: no limit
	From    int       // how many to pass over
}

// CountCustomers counts a selection, its limit apart.
func (t *Tx) CountCustomers(ctx context.Context, s Selection, env crm.RuleEnv) (int, error) {
	where, err := t.condition(ctx, s, env)
	if err != nil {
		return 0, err
	}
	return t.countWhere(ctx, where)
}

func (t *Tx) countWhere(ctx context.Context, where condition) (n int, err error) {
	if where.counted != nil {
		n, err := t.countWhere(ctx, condition{sql: "1"})
		return where.counted(n), err
	}
	if err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM profiles AS p WHERE `+where.sql, where.whole()...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count customers: %w", err)
	}
	return n, nil
}

// FindCustomers returns the numbers of a selection in its order and how many
// there are without limit. With Nums and no sort they keep the order of Nums.
func (t *Tx) FindCustomers(ctx context.Context, s Selection, env crm.RuleEnv) (nums []int64, total int, err error) {
	where, err := t.condition(ctx, s, env)
	if err != nil {
		return nil, 0, err
	}
	if len(s.Sort) == 0 && s.Nums != nil {
		return t.findAmong(ctx, s, where)
	}
	by, err := t.newSorter(ctx, s.Sort, env.Today)
	if err != nil {
		return nil, 0, err
	}
	if s.Limit > 0 && s.From+s.Limit <= longestPage {
		p := firstPage{where: where, by: by, need: s.From + s.Limit}
		nums, total, err := p.find(ctx, t)
		return cut(nums, s.From, s.Limit), total, err
	}
	limit := s.Limit
	if limit == 0 {
		limit = -1
	}
	// The rule is evaluated once, for the count and for the page.
	query := `WITH ` + given + `, found AS MATERIALIZED (SELECT p.customer AS num` + by.columns + ` FROM profiles AS p WHERE ` + where.sql + `)
		SELECT num, (SELECT count(*) FROM found) FROM found ORDER BY ` + by.order + ` LIMIT ? OFFSET ?`
	err = t.each(ctx, "find customers", func(r *sql.Rows) error {
		var n int64
		if err := r.Scan(&n, &total); err != nil {
			return err
		}
		nums = append(nums, n)
		return nil
	}, query, slices.Concat(by.given, where.whole(), []any{limit, s.From})...)
	if err == nil && len(nums) == 0 && s.From > 0 {
		total, err = t.countWhere(ctx, where)
	}
	return nums, total, err
}

// findAmong keeps those of s.Nums for whom the condition holds, in their order.
func (t *Tx) findAmong(ctx context.Context, s Selection, where condition) (nums []int64, total int, err error) {
	found, err := listOf[int64](ctx, t, "find customers", `SELECT p.customer FROM profiles AS p WHERE `+where.sql, where.whole()...)
	if err != nil {
		return nil, 0, err
	}
	in := make(map[int64]bool, len(found))
	for _, n := range found {
		in[n] = true
	}
	list := slices.DeleteFunc(slices.Clone(s.Nums), func(n int64) bool { return !in[n] })
	return cut(list, s.From, s.Limit), len(list), nil
}

func cut(list []int64, from, limit int) []int64 {
	list = list[min(from, len(list)):]
	if limit > 0 && limit < len(list) {
		list = list[:limit]
	}
	return list
}

// condition is the condition of a selection.
func (t *Tx) condition(ctx context.Context, s Selection, env crm.RuleEnv) (condition, error) {
	w := ruleWriter{tx: t, env: env}
	if err := w.rule(ctx, s.Where); err != nil {
		return condition{}, err
	}
	if s.Nums != nil {
		w.write(" AND ")
		w.among(new(setOf(s.Nums)))
	}
	if s.Without != nil {
		w.write(" AND NOT ")
		w.among(new(setOf(s.Without)))
	}
	if s.Import != 0 {
		made, err := listOf[int64](ctx, t, "list customers of import",
			`SELECT num FROM customers WHERE step = ? UNION SELECT num FROM customers_was WHERE step = ?`, s.Import, s.Import)
		if err != nil {
			return condition{}, err
		}
		w.write(" AND ")
		w.among(new(setOf(made)))
	}
	if s.Nums != nil || s.Without != nil || s.Import != 0 {
		w.counted = nil
	}
	return condition{w.sql.String(), w.args, w.counted}, nil
}

// LoadCustomers returns the profiles with the given numbers, in that order;
// with clear, their personal values as well.
func (t *Tx) LoadCustomers(ctx context.Context, nums []int64, clear bool) ([]Customer, error) {
	list, err := jsonList(nums)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]*Customer, len(nums))
	customers := make([]Customer, len(nums))
	for i, n := range nums {
		customers[i].Num = n
		at[n] = &customers[i]
	}
	err = t.each(ctx, "load profiles", func(r *sql.Rows) error { return scanProfile(r, at) }, `
		SELECT c.num, lower(hex(c.id)), p.orders, p.purchases, p.first, p.last, p.days, p.place, p.name_buyer, p.name_recipient,
			EXISTS (SELECT 1 FROM refusals AS f WHERE f.customer = c.num), coalesce(nb.name_mask, nr.name_mask, ''), coalesce(pl.country, ''), coalesce(pl.province, ''),
			coalesce(pl.city, ''), coalesce(pl.district, ''), coalesce(pl.street_mask, ''), coalesce(pl.phone_mask, '')
		FROM customers AS c JOIN profiles AS p ON p.customer = c.num LEFT JOIN buyers AS nb ON nb.num = p.name_buyer
		LEFT JOIN recipients AS nr ON nr.num = p.name_recipient LEFT JOIN recipients AS pl ON pl.num = p.place
		WHERE c.num IN (SELECT value FROM json_each(?))`, list)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(customers, func(c Customer) bool { return c.ID == "" }); i >= 0 {
		return nil, crm.ErrNotFound
	}
	if err := t.loadAccounts(ctx, list, at); err != nil {
		return nil, err
	}
	if err := t.each(ctx, "load sums", func(r *sql.Rows) error {
		var n int64
		var s crm.Sums
		if err := r.Scan(&n, &s.Currency, &s.Gross, &s.Refunded); err != nil {
			return err
		}
		at[n].Money = append(at[n].Money, s)
		return nil
	}, `SELECT customer, currency, gross, refunded FROM profile_money WHERE customer IN (SELECT value FROM json_each(?)) ORDER BY customer, currency`, list); err != nil {
		return nil, err
	}
	tags, err := t.tagsOf(ctx, list)
	if err != nil {
		return nil, err
	}
	aliases, err := t.aliasesOf(ctx, list)
	if err != nil {
		return nil, err
	}
	for n, c := range at {
		c.Tags, c.Alias = tags[n], aliases[n]
		if !clear {
			c.Alias = pii.New(pii.MaskProse(c.Alias.Reveal()))
		}
	}
	if clear {
		return customers, t.reveal(ctx, list, at)
	}
	return customers, nil
}

func scanProfile(r *sql.Rows, customers map[int64]*Customer) error {
	var num int64
	var id, district, street string
	var first, last, place, nameBuyer, nameRecipient sql.NullInt64
	var c Customer
	if err := r.Scan(&num, &id, &c.Orders, &c.Purchases, &first, &last, &c.PurchaseDays, &place, &nameBuyer, &nameRecipient, &c.Refused,
		&c.NameMask, &c.Country, &c.Province, &c.City, &district, &street, &c.PhoneMask); err != nil {
		return err
	}
	c.Num, c.ID = num, id
	c.First, c.Last = crm.Moment(first.Int64), crm.Moment(last.Int64)
	c.place, c.nameBuyer, c.nameRecipient = place.Int64, nameBuyer.Int64, nameRecipient.Int64
	at := region.Settle(region.Place{Province: c.Province, City: c.City, District: district})
	c.Province, c.City, c.District = at.Province, at.City, at.District
	if street != "" {
		c.AddressMask = crm.JoinAddress(c.Country, c.Province, c.City, c.District, street)
	}
	*customers[num] = c
	return nil
}

func (t *Tx) loadAccounts(ctx context.Context, list string, at map[int64]*Customer) error {
	return t.each(ctx, "load accounts", func(r *sql.Rows) error {
		var n int64
		var a Account
		var nick, phone, email string
		if err := r.Scan(&n, &a.Platform, &a.ID, &nick, &phone, &email); err != nil {
			return err
		}
		c := at[n]
		if phone != "" {
			c.PhoneMask = phone
		}
		if email != "" {
			c.EmailMask = email
		}
		if a.ID == "" {
			a.ID = nick
		}
		if a.ID != "" && !slices.Contains(c.Buyers, a) {
			c.Buyers = append(c.Buyers, a)
		}
		if c.NameMask == "" && nick != "" {
			c.NameMask = nick
		}
		return nil
	}, `SELECT customer, platform, account, nick, phone_mask, email_mask FROM buyers WHERE customer IN (SELECT value FROM json_each(?)) ORDER BY num`, list)
}

// reveal fills in the personal values of profiles: the name and the place that
// the profile shows, the newest phone and e-mail of the buyer, else the phone of
// that place.
func (t *Tx) reveal(ctx context.Context, list string, at map[int64]*Customer) error {
	if !t.keys.Can(field.Contact) && !t.keys.Can(field.Address) {
		return fmt.Errorf("reveal profiles: %w", crm.ErrDenied)
	}
	for _, c := range at {
		c.Clear = &Clear{}
	}
	if err := t.each(ctx, "reveal recipients", func(r *sql.Rows) error {
		var customer, num int64
		var id, contact, address []byte
		if err := r.Scan(&customer, &num, &id, &contact, &address); err != nil {
			return err
		}
		rcp, err := t.openRecipient([16]byte(id), contact, address)
		if err != nil {
			return err
		}
		c := at[customer]
		if num == c.nameRecipient {
			c.Clear.Name = rcp.Name
		}
		if num == c.place {
			c.Clear.Phone = rcp.Phone
			if !rcp.Street.Empty() {
				c.Clear.Address = pii.New(crm.JoinAddress(c.Country, c.Province, c.City, c.District, rcp.Street.Reveal()))
			}
		}
		return nil
	}, `SELECT p.customer, r.num, r.id, r.contact, r.address FROM profiles AS p JOIN recipients AS r ON r.num IN (p.name_recipient, p.place)
		WHERE p.customer IN (SELECT value FROM json_each(?))`, list); err != nil {
		return err
	}
	return t.each(ctx, "reveal buyers", func(r *sql.Rows) error {
		var customer, num int64
		var id, contact []byte
		var account, nick string
		if err := r.Scan(&customer, &num, &id, &account, &nick, &contact); err != nil {
			return err
		}
		b, err := t.openBuyer([16]byte(id), account, nick, contact)
		if err != nil {
			return err
		}
		c := at[customer]
		if num == c.nameBuyer {
			c.Clear.Name = b.Name
		}
		if !b.Phone.Empty() {
			c.Clear.Phone = b.Phone
		}
		if !b.Email.Empty() {
			c.Clear.Email = b.Email
		}
		return nil
	}, `SELECT customer, num, id, account, nick, contact FROM buyers WHERE contact IS NOT NULL
		AND customer IN (SELECT value FROM json_each(?)) ORDER BY num`, list)
}
