package importers

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kebu/app/crm"
)

var (
	errNotDate       = errors.New("not a date")
	errAmbiguousDate = errors.New("day and month cannot be told apart")
)

// civil is a date and a time of day as an export writes it.
type civil struct {
	year         int
	month        time.Month
	day          int
	hour, minute int
	second       int

	zoned  bool
	offset int // seconds east of UTC, where zoned

	// proves is the date order that a date in figures leaves no doubt of.
	proves DateOrder
}

// unset reports whether the date is one that programs write for no date: the
// year 0, or the first day of 1970.
func (c civil) unset() bool {
	return c.year == 0 || c.year == 1970 && c.month == time.January && c.day == 1
}

// moment returns the time in zone, unless the text had an offset of its own.
func (c civil) moment(zone *time.Location) crm.Moment {
	if c.zoned {
		return crm.At(time.Date(c.year, c.month, c.day, c.hour, c.minute, c.second, 0, time.FixedZone("", c.offset)))
	}
	return crm.At(crm.LocalTime(c.year, c.month, c.day, c.hour, c.minute, c.second, zone))
}

// valid reports whether the date is in the calendar and within 1971 to 2199,
// beyond which no shop has traded.
func (c civil) valid() bool {
	if c.unset() {
		return true
	}
	if c.year < 1971 || c.year > 2199 || c.month < 1 || c.month > 12 || c.day < 1 ||
		c.hour > 23 || c.minute > 59 || c.second > 59 {
		return false
	}
	return c.day <= time.Date(c.year, c.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Settle writes a date such as 03/04/2026, whose order of day and month its
// file told, in a form that needs no file to tell; ok is false for any other text.
func Settle(date string, order DateOrder) (settled string, ok bool) {
	s := strings.TrimSpace(date)
	if _, err := parseDate(s, DateOrderUnknown); !errors.Is(err, errAmbiguousDate) || order == DateOrderUnknown {
		return "", false
	}
	c, err := parseDate(s, order)
	if err != nil || c.zoned {
		return "", false
	}
	return time.Date(c.year, c.month, c.day, c.hour, c.minute, c.second, 0, time.UTC).Format(time.DateTime), true
}

// halves sets the Chinese words of a date apart from each other.
var halves = strings.NewReplacer("上午", " am ", "下午", " pm ", "日", "日 ")

// offsets finds the name of a zone with its offset behind it, as in PDT(UTC-7).
var offsets = regexp.MustCompile(`[A-Z]{2,5} ?\(UTC([+-]\d{1,2}(?::\d{2})?)\)`)

// parseDate reads a date with or without a time: year first, in figures or
// with Chinese units, a month by its name, or figures in the given order. It
// fails with errAmbiguousDate where the order is needed and not known.
func parseDate(s string, order DateOrder) (civil, error) {
	if c, ok := parseISO(s); ok {
		return c, nil
	}
	p := dateParser{order: order}
	s = halves.Replace(narrow(s))
	if strings.Contains(s, "(UTC") {
		s = offsets.ReplaceAllString(s, "UTC$1")
	}
	p.scan(s)
	if p.overflow || len(p.tokens()) == 0 {
		return civil{}, errNotDate
	}
	if err := p.date(); err != nil {
		return civil{}, err
	}
	if !p.time() || !p.zone() || p.at < len(p.tokens()) || !p.valid() {
		return civil{}, errNotDate
	}
	return p.civil, nil
}

// parseZoned is parseDate of a text that may end with the name of a zone, which is
// nil if it does not.
func parseZoned(s string, order DateOrder) (civil, *time.Location, error) {
	c, err := parseDate(s, order)
	if !errors.Is(err, errNotDate) {
		return c, nil, err
	}
	rest, zone := cutZone(s)
	if zone == nil {
		return c, nil, err
	}
	c, err = parseDate(rest, order)
	return c, zone, err
}

// doubtful returns the figures of a date such as 03/04/2026, "" for any other text.
func doubtful(s string) string {
	if _, _, err := parseZoned(s, DateOrderUnknown); !errors.Is(err, errAmbiguousDate) {
		return ""
	}
	var p dateParser
	p.scan(narrow(s))
	p.number(1, 2)
	p.separator()
	p.number(1, 2)
	p.separator()
	p.number(2, 4)
	var b strings.Builder
	for _, t := range p.list[:p.at] {
		b.WriteString(t.text)
	}
	return b.String()
}

// parseISO reads the form that most exports write, 2006-01-02 15:04:05.
func parseISO(s string) (civil, bool) {
	const form = "0000-00-00 00:00:00"
	if len(s) != len(form) {
		return civil{}, false
	}
	for i := range len(form) {
		if form[i] == '0' && !digit(s[i]) || form[i] != '0' && s[i] != form[i] {
			return civil{}, false
		}
	}
	n := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	c := civil{
		year: n(0)*100 + n(2), month: time.Month(n(5)), day: n(8),
		hour: n(11), minute: n(14), second: n(17),
	}
	return c, c.valid()
}

func (p *dateParser) monthName() bool {
	t := p.peek()
	if t.kind != letters || utf8.RuneCountInString(t.text) < 3 {
		return false
	}
	name := []rune(t.text)
	m, ok := monthNames[string(name[:min(len(name), 4)])]
	if !ok {
		m, ok = monthNames[string(name[:3])]
	}
	if ok {
		p.month = m
		p.at++
		p.skip(".") // of an abbreviation
	}
	return ok
}

// monthNames are the first letters of the months, by which they are told apart,
// in English, German, French, Spanish, Portuguese, Italian and Indonesian.
var monthNames = map[string]time.Month{
	"jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "mär": 3, "apr": 4, "abr": 4, "avr": 4,
	"may": 5, "mai": 5, "mag": 5, "mei": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7, "lug": 7,
	"aug": 8, "ago": 8, "aoû": 8, "agu": 8, "sep": 9, "set": 9, "oct": 10, "out": 10, "okt": 10, "ott": 10,
	"nov": 11, "dec": 12, "déc": 12, "dic": 12, "dez": 12, "des": 12,
}

func (p *dateParser) date() error {
	var ok bool
	switch t := p.peek(); {
	case t.kind == digits && (len(t.text) == 8 || len(t.text) == 14):
		p.at++
		p.compact(t.text)
		return nil
	case t.kind == digits && len(t.text) == 4:
		p.year, p.at = t.value, p.at+1
		p.skip("-", "/", ".", "年")
		month, monthOK := p.number(1, 2)
		p.month = time.Month(month)
		p.skip("-", "/", ".", "月")
		p.day, ok = p.number(1, 2)
		if !monthOK || !ok {
			return errNotDate
		}
		p.skip("日")
		return nil
	case t.kind == letters: // Sep 30, 2026
		if !p.monthName() {
			return errNotDate
		}
		p.separator()
		if p.day, ok = p.number(1, 2); !ok {
			return errNotDate
		}
		p.separator()
		return p.shortYear()
	}
	first, ok := p.number(1, 2)
	if !ok {
		return errNotDate
	}
	separator := p.peek().text
	p.separator()
	if p.monthName() { // 30 Sep 2026
		p.day = first
		p.separator()
		return p.shortYear()
	}
	second, ok := p.number(1, 2)
	if !ok {
		return errNotDate
	}
	p.separator()
	if err := p.shortYear(); err != nil {
		return err
	}
	return p.figures(first, second, separator)
}

func (p *dateParser) separator() {
	p.skip("de")
	p.skip("-", "/", ".", ",")
	p.skip("de")
}

// shortYear reads a year of four digits, or of two in this century.
func (p *dateParser) shortYear() error {
	t := p.peek()
	year, ok := p.number(2, 4)
	if !ok || len(t.text) == 3 {
		return errNotDate
	}
	if len(t.text) == 2 {
		year += 2000
	}
	p.year = year
	return nil
}

// figures settles which of two figures is the month. Points are written
// between them only where the day comes first.
func (p *dateParser) figures(first, second int, separator string) error {
	order := p.order
	switch {
	case first > 12 && second > 12:
		return errNotDate
	case separator == ".":
		order = DayFirst
	case first > 12:
		order, p.proves = DayFirst, DayFirst
	case second > 12:
		order, p.proves = MonthFirst, MonthFirst
	case first == second:
		order = DayFirst
	}
	switch order {
	case DayFirst:
		p.day, p.month = first, time.Month(second)
	case MonthFirst:
		p.month, p.day = time.Month(first), second
	case DateOrderUnknown:
		return errAmbiguousDate
	}
	return nil
}

func (p *dateParser) compact(s string) {
	n := func(from, to int) int {
		v, _ := strconv.Atoi(s[from:to]) // digits only
		return v
	}
	p.year, p.month, p.day = n(0, 4), time.Month(n(4, 6)), n(6, 8)
	if len(s) == 14 {
		p.hour, p.minute, p.second = n(8, 10), n(10, 12), n(12, 14)
	}
}

// time reads the time of day, if there is one.
func (p *dateParser) time() bool {
	p.skip("t", ",")
	if p.at == p.count {
		return true
	}
	p.halfOfDay() // Chinese writes it before the hour
	hour, ok := p.number(1, 2)
	if !ok || !p.skip(":", "时", ".") {
		return false
	}
	p.hour = hour
	if p.minute, ok = p.number(1, 2); !ok {
		return false
	}
	p.skip("分")
	if p.skip(":") || p.peek().kind == digits {
		if p.second, ok = p.number(1, 2); !ok {
			return false
		}
		p.skip("秒")
		if p.skip(".", ",") { // thousandths say nothing about an order
			if _, ok = p.number(1, 9); !ok {
				return false
			}
		}
	}
	p.halfOfDay()
	if p.skip("hs", "h") {
		p.skip(".")
	}
	switch {
	case p.half == "":
		return true
	case p.hour > 12: // 15:30 in the afternoon is written as well
		return p.half == "pm"
	}
	p.hour %= 12
	if p.half == "pm" {
		p.hour += 12
	}
	return true
}

func (p *dateParser) halfOfDay() {
	if t := p.peek().text; p.half == "" && (t == "am" || t == "pm") {
		p.half = t
		p.at++
	}
}

// zone reads an offset, or one of the few names that mean only one.
func (p *dateParser) zone() bool {
	switch p.peek().text {
	case "":
		return true
	case "z", "utc", "gmt":
		p.zoned = true
		p.at++
		if p.at == p.count {
			return true
		}
	case "pst": // Amazon writes Pacific time so
		p.zoned, p.offset, p.at = true, -8*3600, p.at+1
		return true
	case "pdt":
		p.zoned, p.offset, p.at = true, -7*3600, p.at+1
		return true
	}
	east := p.skip("+")
	if !east && !p.skip("-") {
		return false
	}
	t := p.peek()
	n, ok := p.number(1, 4)
	if !ok || len(t.text) == 3 {
		return false
	}
	hours, minutes := n, 0
	if len(t.text) == 4 {
		hours, minutes = n/100, n%100
	} else if p.skip(":") {
		if minutes, ok = p.number(2, 2); !ok {
			return false
		}
	}
	p.zoned = true
	p.offset = hours*3600 + minutes*60
	if !east {
		p.offset = -p.offset
	}
	return hours <= 14 && minutes < 60
}
