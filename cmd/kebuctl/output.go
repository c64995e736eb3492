package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// json prints one object on one line.
func (p *program) json(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// say prints a sentence.
func (p *program) say(key string, data map[string]any) {
	fmt.Fprintln(p.out, p.phrase.Text(key, data))
}

// warn prints a sentence beside the result.
func (p *program) warn(key string, data map[string]any) {
	fmt.Fprintln(p.errs, p.phrase.Text(key, data))
}

// table prints rows in columns under headings. A cell is one line: what would
// break the columns becomes a space.
func (p *program) table(headings []string, rows [][]string) error {
	titles := make([]string, len(headings))
	for i, h := range headings {
		titles[i] = p.phrase.Column(h)
	}
	rows = slices.Concat([][]string{titles}, rows)
	widths := make([]int, len(headings))
	for _, r := range rows {
		for i := range r {
			r[i] = printable(r[i])
			widths[i] = max(widths[i], columns(r[i]))
		}
	}
	const gap = 2
	var text strings.Builder
	for _, r := range rows {
		line := ""
		for i, cell := range r {
			line += cell + strings.Repeat(" ", widths[i]-columns(cell)+gap)
		}
		text.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	if _, err := p.out.WriteString(text.String()); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// printable makes a text one line that cannot steer the terminal: white space,
// control and formatting characters become a space.
func printable(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
}

// columns is how many columns of a terminal a text takes: two for each wide
// character (Unicode annex 11).
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// seen tells what of a field the user's role sees.
type seen func(access.Field) access.Level

// told is a value for programs, null when the role does not see it.
func told[T any](shown bool, value T) *T {
	if !shown {
		return nil
	}
	return &value
}

// shows reports whether of a field one's own values are shown.
func (s seen) shows(f access.Field) bool { return s(f) >= access.Masked }

// count prints a customer's number of purchases for people, nothing for who does not see it.
func (s seen) count(n int) string {
	if !s.shows(access.Facts) {
		return ""
	}
	return strconv.Itoa(n)
}

// gross prints an order's amount for people, nothing for who does not see it.
func (s seen) gross(amount crm.Money, currency string) string {
	if !s.shows(access.Amount) {
		return ""
	}
	return amount.Format(currency) + " " + currency
}

// amount is an amount for programs, null for who does not see it.
func (s seen) amount(m crm.Money) *string { return told(s.shows(access.Amount), m.String()) }

// seenBy returns what a verb shows the user.
func seenBy(s *usecase.Session, v access.Verb) seen {
	return func(f access.Field) access.Level { return s.Shows(v, f) }
}

// sums is how amounts are printed for programs.
type sums struct {
	Currency string `json:"currency"`
	Gross    string `json:"gross"`
	Refunded string `json:"refunded"`
	Net      string `json:"net"`
}

func sumsOf(list []crm.Sums) []sums {
	out := make([]sums, len(list))
	for i, s := range list {
		out[i] = sums{s.Currency, s.Gross.String(), s.Refunded.String(), s.Net().String()}
	}
	return out
}

// moneyText prints net amounts for people.
func moneyText(list []crm.Sums) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.Net().Format(s.Currency) + " " + s.Currency
	}
	return strings.Join(texts, ", ")
}

// timeText prints a time as RFC 3339 in zone, null when it is not known.
func timeText(m crm.Moment, zone *time.Location) *string {
	if !m.Known() {
		return nil
	}
	s := m.In(zone).Format(time.RFC3339)
	return &s
}

// dayText prints the day of a time for people.
func dayText(m crm.Moment, zone *time.Location) string {
	if !m.Known() {
		return ""
	}
	return m.Day(zone).String()
}

// progressPart returns what shows a part from 0 to 1 on a terminal.
func (p *program) progressPart() func(float64) {
	if !p.terminal {
		return func(float64) {}
	}
	last := -1
	return func(part float64) {
		percent := int(100 * part)
		if percent == last {
			return
		}
		last = percent
		fmt.Fprintf(p.errs, "\r%3d%%", percent)
		if percent >= 100 {
			fmt.Fprint(p.errs, "\r    \r")
		}
		_ = p.errs.Flush() // who watches sees that it stands still
	}
}

// progressOfImport returns what shows the progress of an import.
func (p *program) progressOfImport() func(usecase.Progress) {
	show := p.progressPart()
	return func(g usecase.Progress) { show(g.Part) }
}

// progressSteps returns what shows how many of how many are done.
func (p *program) progressSteps() func(done, total int) {
	show := p.progressPart()
	return func(done, total int) { show(float64(done) / float64(max(1, total))) }
}
