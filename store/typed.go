package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// AddTag gives customers a tag and returns how many did not have it.
func (t *Tx) AddTag(ctx context.Context, customers []int64, tag string) (int, error) {
	return t.changeTags(ctx, customers, "add tag", `INSERT INTO tags (customer, folded, step, tag, home)
		SELECT value, ?2, ?3, ?4, `+homeOf("value")+` FROM json_each(?1)
		WHERE NOT EXISTS (SELECT 1 FROM tags AS g WHERE g.customer = value AND g.folded = ?2) ON CONFLICT DO NOTHING RETURNING customer`, pii.Text{}, pii.New(tag))
}

// RemoveTag takes a tag from customers and returns how many had it.
func (t *Tx) RemoveTag(ctx context.Context, customers []int64, tag string) (int, error) {
	return t.changeTags(ctx, customers, "remove tag", `DELETE FROM tags WHERE customer IN (SELECT value FROM json_each(?1)) AND folded = ?2 AND ?3 AND ?4 <> '' RETURNING customer`, pii.New(tag), pii.Text{})
}

func (t *Tx) changeTags(ctx context.Context, customers []int64, doing, query string, before, after pii.Text) (int, error) {
	tag := before.Reveal() + after.Reveal()
	list, err := jsonList(customers)
	if err != nil {
		return 0, err
	}
	changed, err := listOf[int64](ctx, t, doing, query, list, crm.Fold(tag), t.step, tag)
	if err != nil || len(changed) == 0 {
		return 0, err
	}
	n := distinct(changed)
	if err := t.tell(ctx, changed[:n], "tag", "", before, after); err != nil {
		return 0, err
	}
	return n, t.retag(ctx, list)
}

// distinct brings the different ones of nums to its front and counts them.
func distinct(nums []int64) int {
	slices.Sort(nums)
	return len(slices.Compact(nums))
}

// TagCount is a tag and how many customers have it.
type TagCount struct {
	Tag       string
	Customers int
}

// CountTags returns all tags, the most used first.
func (t *Tx) CountTags(ctx context.Context) ([]TagCount, error) { return t.countTags(ctx, "true") }

// CountTagsOf returns the tags of customers, the most used first.
func (t *Tx) CountTagsOf(ctx context.Context, customers []int64) ([]TagCount, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	return t.countTags(ctx, "customer IN (SELECT value FROM json_each(?))", list)
}

func (t *Tx) countTags(ctx context.Context, where string, args ...any) ([]TagCount, error) {
	var tags []TagCount
	return tags, t.each(ctx, "count tags", func(r *sql.Rows) error {
		var c TagCount
		if err := r.Scan(&c.Tag, &c.Customers); err != nil {
			return err
		}
		tags = append(tags, c)
		return nil
	}, `SELECT max(tag), count(DISTINCT customer) AS n FROM tags WHERE `+where+` GROUP BY folded ORDER BY n DESC, folded`, args...)
}

// retag writes the tags of customers in a JSON list into their profiles.
func (t *Tx) retag(ctx context.Context, list string) error {
	return t.exec(ctx, "show tags in profiles", `UPDATE profiles SET tags = coalesce((
			SELECT char(31) || group_concat(g.folded, char(31) ORDER BY g.folded) || char(31)
			FROM (SELECT DISTINCT folded FROM tags WHERE customer = profiles.customer) AS g), '')
		WHERE customer IN (SELECT value FROM json_each(?))`, list)
}

// SetField gives one of the shop's own fields of a customer a value; a blank
// value removes the field.
func (t *Tx) SetField(ctx context.Context, customer int64, name string, value pii.Text) error {
	id, old, was := newID(), []byte(nil), []byte(nil)
	err := t.tx.QueryRowContext(ctx, `SELECT id, body FROM fields WHERE customer = ? AND name = ?`, customer, name).Scan(&old, &was)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find field: %w", err)
	}
	if old != nil {
		id = [16]byte(old)
	}
	before, err := t.keys.open(field.Text, place("fields", "body", id), was, 1)
	if err != nil {
		return err
	}
	if err := t.tell(ctx, []int64{customer}, "field", name, before[0], value); err != nil {
		return err
	}
	if value.Empty() {
		return t.exec(ctx, "remove field", `DELETE FROM fields WHERE customer = ? AND name = ?`, customer, name)
	}
	body, err := t.keys.seal(field.Text, place("fields", "body", id), value)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, "set field", `INSERT INTO fields (id, step, customer, name, body) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET step = excluded.step, body = excluded.body`, id[:], t.step, customer, name, body); err != nil {
		return err
	}
	return t.giveHomes(ctx, "fields")
}

// aliasField is the field that holds a customer's alias: the one without a name.
const aliasField = ""

// secondAlias is the field in which the alias of a customer stands that was
// joined to one with an alias.
const secondAlias = "alias"

// SetAlias sets what the shop calls a customer, nothing when blank, and
// returns whether that is 1 change or 0.
func (t *Tx) SetAlias(ctx context.Context, customer int64, alias pii.Text) (int, error) {
	list, err := jsonList([]int64{customer})
	if err != nil {
		return 0, err
	}
	old, err := t.aliasesOf(ctx, list)
	if err != nil || old[customer].Equal(alias) {
		return 0, err
	}
	return 1, t.SetField(ctx, customer, aliasField, alias)
}

// aliasesOf returns the aliases of customers in a JSON list.
func (t *Tx) aliasesOf(ctx context.Context, list string) (map[int64]pii.Text, error) {
	aliases := make(map[int64]pii.Text)
	return aliases, t.each(ctx, "load aliases", func(r *sql.Rows) error {
		var customer int64
		var id, body []byte
		if err := r.Scan(&customer, &id, &body); err != nil {
			return err
		}
		alias, err := t.keys.open(field.Text, place("fields", "body", [16]byte(id)), body, 1)
		if err != nil {
			return err
		}
		aliases[customer] = alias[0]
		return nil
	}, `SELECT customer, id, body FROM fields WHERE customer IN (SELECT value FROM json_each(?)) AND name = ?`, list, aliasField)
}

// refusedWord is what the log says of a refusal.
const refusedWord = "refused"

// SetRefusal records that customers want no contact, or takes that back, and
// returns of how many it was not so before. A refusal has a home with each buyer of
// its customer: whoever comes of it refused, if it turns out to be several.
func (t *Tx) SetRefusal(ctx context.Context, customers []int64, refused bool) (int, error) {
	list, err := jsonList(customers)
	if err != nil {
		return 0, err
	}
	query := `DELETE FROM refusals WHERE customer IN (SELECT value FROM json_each(?1)) AND ?2 RETURNING customer`
	if refused {
		query = `INSERT INTO refusals (customer, step, home) SELECT value, ?2, coalesce(b.num, 0) FROM json_each(?1) LEFT JOIN buyers AS b ON b.customer = value
			WHERE NOT EXISTS (SELECT 1 FROM refusals AS f WHERE f.customer = value) ON CONFLICT DO NOTHING RETURNING customer`
	}
	changed, err := listOf[int64](ctx, t, "set refusal", query, list, t.step)
	if err != nil {
		return 0, err
	}
	n := distinct(changed)
	before, after := pii.New(refusedWord), pii.Text{}
	if refused {
		before, after = after, before
	}
	return n, t.tell(ctx, changed[:n], "contact", "", before, after)
}

// Field is one of the shop's own fields of a customer.
type Field struct {
	Name  string
	Value pii.Text
}

// Fields returns a customer's own fields by name, without the alias.
func (t *Tx) Fields(ctx context.Context, customer int64) ([]Field, error) {
	var fields []Field
	return fields, t.each(ctx, "load fields", func(r *sql.Rows) error {
		var f Field
		var id, body []byte
		if err := r.Scan(&id, &f.Name, &body); err != nil {
			return err
		}
		value, err := t.keys.open(field.Text, place("fields", "body", [16]byte(id)), body, 1)
		if err != nil {
			return err
		}
		f.Value = value[0]
		fields = append(fields, f)
		return nil
	}, `SELECT id, name, body FROM fields WHERE customer = ? AND name <> ? ORDER BY name`, customer, aliasField)
}
