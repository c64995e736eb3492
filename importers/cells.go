package importers

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/importers/table"
)

// mostTexts bounds the table of repeated texts; past it, it starts anew.
const mostTexts = 1 << 20

// refusal is why a row is refused: the field to blame and the reason.
type refusal struct {
	field  Field
	reason Reason
}

func (r *refusal) Error() string { return fmt.Sprintf("%v: %s", r.field, r.reason) }

// cells holds the kept cells of one row by field and reads them. The first
// refusal stays; what is read after it is of no use.
type cells struct {
	format   *Format
	zone     *time.Location
	date1904 bool
	order    DateOrder // unknown until the file is surveyed

	list [fieldCount]table.Cell
	more []moreMoney // amounts that are part of a field's
	// difference marks refunds that are made of two amounts.
	difference [fieldCount]bool
	refused    *refusal
	unread     []refusal // warnings of this row
	masked     int

	texts map[string]string
	times [fieldCount]timed
	named string // the IANA name of the zone of the last time that had one
}

// timed is the last time read of a field: the rows of an order repeat it.
type timed struct {
	cell   table.Cell
	moment crm.Moment
	err    error
}

// moreMoney is an amount that is added to that of a field, or taken off.
type moreMoney struct {
	field Field
	cell  table.Cell
	taken bool
}

// take fills the cells from a row by the columns of a match.
func (c *cells) take(row []table.Cell, kept []KeptColumn) {
	c.list = [fieldCount]table.Cell{}
	c.more, c.refused, c.unread = c.more[:0], nil, c.unread[:0]
	for i := range kept {
		k := &kept[i]
		if k.index >= len(row) || k.part == choice && c.list[k.Field].Kind != table.CellEmpty {
			continue
		}
		cell := row[k.index]
		if cell.Kind == table.CellEmpty || cell.Kind == table.CellText && blank(cell.Text) {
			continue
		}
		switch k.part {
		case choice:
			c.list[k.Field] = cell
		case joined:
			c.list[k.Field] = join(c.list[k.Field], cell, k.join)
		case added, taken:
			c.more = append(c.more, moreMoney{k.Field, cell, k.part == taken})
		}
	}
}

// join puts a cell behind another. A number that a spreadsheet has rounded
// stays one, so that it is refused or warned of.
func join(first, next table.Cell, between string) table.Cell {
	before, after := textOf(first), textOf(next)
	switch {
	case first.Kind == table.CellEmpty || long(next, after):
		return next
	case long(first, before):
		return first
	default:
		return table.Cell{Kind: table.CellText, Text: before + between + after}
	}
}

func (c *cells) has(f Field) bool { return c.list[f].Kind != table.CellEmpty }

func (c *cells) refuse(f Field, reason Reason) {
	if c.refused == nil {
		c.refused = &refusal{f, reason}
	}
}

func (c *cells) warn(f Field, reason Reason) { c.unread = append(c.unread, refusal{f, reason}) }

// text returns the trimmed text of a cell, valid as long as its row; "" for a
// blank cell and for one that holds an error.
func (c *cells) text(f Field) string { return textOf(c.list[f]) }

func textOf(cell table.Cell) string {
	switch cell.Kind {
	case table.CellText, table.CellBool:
		return strings.TrimSpace(cell.Text)
	case table.CellNumber:
		s, err := cell.Decimal()
		if err != nil {
			return ""
		}
		return s
	default:
		return ""
	}
}

// shared returns a text that many rows have, kept once.
func (c *cells) shared(f Field) string { return c.intern(c.text(f)) }

// title is shared for the name of a product or of one of its kinds.
func (c *cells) title(f Field) string {
	s := c.text(f)
	if c.format.EscapedProducts {
		s = html.UnescapeString(s)
	}
	return c.intern(s)
}

func (c *cells) intern(s string) string {
	if s == "" {
		return ""
	}
	if t, ok := c.texts[s]; ok {
		return t
	}
	if len(c.texts) >= mostTexts {
		clear(c.texts)
	}
	s = strings.Clone(s)
	c.texts[s] = s
	return s
}

// code is shared for a text that a rounded number would spoil.
func (c *cells) code(f Field) string {
	if c.list[f].Long() {
		c.warn(f, NumberRounded)
		return ""
	}
	return c.shared(f)
}

// key returns a number that tells orders, lines or buyers apart, valid as long
// as its row. The 17850.0 of a program that takes all for fractions is 17850.
func (c *cells) key(f Field, rounded Reason) string {
	if !c.has(f) {
		return ""
	}
	s := c.text(f)
	if long(c.list[f], s) {
		c.refuse(f, rounded)
		return ""
	}
	if whole, zero := strings.CutSuffix(s, ".0"); zero && whole != "" && isDigits(whole) {
		return whole
	}
	return s
}

// long reports whether a cell, with its text, holds a number that a program has
// rounded.
func long(cell table.Cell, text string) bool {
	whole, zero := strings.CutSuffix(text, ".0")
	return cell.Long() || zero && isDigits(whole) && len(strings.TrimLeft(whole, "0")) > 15
}

// person returns the text of a person's cell, "" where it is masked.
func (c *cells) person(f Field) string {
	s := c.text(f)
	if s != "" && pii.Masked(s) {
		c.masked++
		return ""
	}
	return s
}

// own sets a personal value that is not known yet.
func (c *cells) own(value *pii.Text, f Field) {
	if !c.has(f) || !value.Empty() {
		return
	}
	if c.list[f].Long() { // a name is no number, so this is a phone or a login
		c.warn(f, NumberRounded)
		return
	}
	*value = pii.New(strings.Clone(c.person(f)))
}

// place sets a part of an address that is not known yet.
func (c *cells) place(value *string, f Field) {
	if *value == "" && c.has(f) {
		*value = c.intern(c.person(f))
	}
}

// mostMoney is the largest amount that is read, a trillion units: more is a
// mistake in every currency, and sums of such lines would not fit.
const mostMoney crm.Money = 1e16

// amount reads an amount of money with all that is added to it and taken off,
// refusing the row if there is none to read. What was given back is positive,
// however it is written.
func (c *cells) amount(f Field) crm.Amount {
	if !c.has(f) {
		return crm.Amount{}
	}
	a := c.money(f, c.list[f])
	if f == Refund || f == LineRefund {
		a.Value = max(a.Value, -a.Value)
	}
	if !a.Known {
		return a
	}
	extra, less := c.extra(f)
	a.Value += extra
	if c.difference[f] && (!less || a.Value <= 0) {
		return crm.Amount{}
	}
	return a
}

// extra sums what other columns add to an amount and take off it; less says
// that something is taken off.
func (c *cells) extra(f Field) (sum crm.Money, less bool) {
	for _, m := range c.more {
		if m.field != f {
			continue
		}
		part := c.money(f, m.cell)
		if m.taken {
			less = less || part.Known
			part.Value = -max(part.Value, -part.Value)
		}
		sum += part.Value
	}
	return sum, less
}

// money reads the amount of one cell.
func (c *cells) money(f Field, cell table.Cell) crm.Amount {
	number, err := c.number(f, cell)
	if number == "" && err == nil {
		return crm.Amount{}
	}
	var m crm.Money
	if err == nil {
		m, err = crm.ParseMoney(number)
	}
	switch {
	case err == nil && (m > mostMoney || m < -mostMoney):
		c.refuse(f, AmountTooLarge)
	case err == nil:
		return crm.Known(m)
	case errors.Is(err, crm.ErrTooFine):
		c.refuse(f, AmountTooFine)
	case errors.Is(err, crm.ErrTooLarge):
		c.refuse(f, AmountTooLarge)
	default:
		c.refuse(f, BadAmount)
	}
	return crm.Amount{}
}

// number returns the decimal number that a cell of f spells.
func (c *cells) number(f Field, cell table.Cell) (string, error) {
	switch cell.Kind {
	case table.CellNumber:
		return cell.Decimal()
	case table.CellText:
		if noRefunds[strings.TrimSpace(cell.Text)] && (f == Refund || f == LineRefund) {
			return "", nil
		}
		return plain(cell.Text, c.format.Decimal)
	default:
		return "", errNotAmount
	}
}

// quantity reads a number of pieces; known is false where there is none.
func (c *cells) quantity(f Field) (q crm.Quantity, known bool) {
	if !c.has(f) {
		return 0, false
	}
	number, err := c.number(f, c.list[f])
	if err == nil {
		q, err = crm.ParseQuantity(number)
	}
	switch {
	case err == nil:
		return q, true
	case errors.Is(err, crm.ErrTooFine):
		c.refuse(f, QuantityTooFine)
	default:
		c.refuse(f, BadQuantity)
	}
	return 0, false
}

// time reads a time; the error is errNotDate or errAmbiguousDate.
func (c *cells) time(f Field) (crm.Moment, error) {
	if !c.has(f) {
		return 0, nil
	}
	last := &c.times[f]
	if last.cell == c.list[f] {
		return last.moment, last.err
	}
	cell := c.list[f]
	cell.Text = strings.Clone(cell.Text)
	*last = timed{cell: cell}
	last.moment, last.err = c.parseTime(cell)
	return last.moment, last.err
}

func (c *cells) parseTime(cell table.Cell) (crm.Moment, error) {
	var date civil
	var err error
	in := c.zone
	switch cell.Kind {
	case table.CellText:
		var zone *time.Location
		if date, zone, err = parseZoned(strings.TrimSpace(cell.Text), c.order); zone != nil {
			in, c.named = zone, zone.String()
		}
	case table.CellNumber:
		date, err = c.serial(cell)
	default:
		err = errNotDate
	}
	if err != nil || date.unset() {
		return 0, err
	}
	return date.moment(in), nil
}

// serial reads a number: the count of days of a spreadsheet, or 20261111.
func (c *cells) serial(cell table.Cell) (civil, error) {
	if len(cell.Text) == 8 && isDigits(cell.Text) {
		return parseDate(cell.Text, c.order)
	}
	n, err := cell.Serial()
	if err != nil {
		return civil{}, errNotDate
	}
	if n == 0 {
		return civil{}, nil
	}
	t, err := table.SerialTime(n, c.date1904)
	if err != nil {
		return civil{}, errNotDate
	}
	date := civil{
		year: t.Year(), month: t.Month(), day: t.Day(),
		hour: t.Hour(), minute: t.Minute(), second: t.Second(),
	}
	if !date.valid() {
		return civil{}, errNotDate
	}
	return date, nil
}

// forgetTimes makes the next times be read anew, in another date order.
func (c *cells) forgetTimes() { c.times = [fieldCount]timed{} }
