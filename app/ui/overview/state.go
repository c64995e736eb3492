package overview

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fewRepeat is below how many repeat buyers a rate says too little: the
// fraction stands in its place.
const fewRepeat = 30

// moneyUnit is what one of a currency is in crm.Money.
const moneyUnit = 10_000

// smallBars is how many months a tile shows.
const smallBars = 12

// periods are the choices of how many months are shown.
var periods = []int{6, 12, 24, 36}

// choice is what the page remembers in the book.
type choice struct {
	Shop   int64 `json:"shop,omitempty"`
	Months int   `json:"months"`
}

// sane returns a choice that the page can show: a shop may be gone.
func (c choice) sane(shops []usecase.ShopCount) choice {
	if !slices.Contains(periods, c.Months) {
		c.Months = 12
	}
	if !slices.ContainsFunc(shops, func(s usecase.ShopCount) bool { return s.ID == c.Shop }) {
		c.Shop = 0
	}
	return c
}

// mood is whether a text is good news.
type mood int

const (
	plain mood = iota
	muted
	good
	late
	bad
)

// tile is one of the four figures above.
type tile struct {
	label, figure string
	change, note  string
	mood          mood // of the change
	bars          []float64
	why           string // how it comes about, a sentence
	parts         []part
	to            *place.Place // who or what is behind it, nil for nowhere
	link          string       // says where to leads
}

// part is a line of the reason of a figure.
type part struct {
	label, value string
	sum          bool // what the lines above come to
	muted        bool
}

// chart is what is sold by month.
type chart struct {
	note    string
	labels  []string
	series  [][]float64 // returning, new
	tips    [][]string
	rules   [][3]string // of a month: returning, new, all who bought
	running bool        // the last month is not over
	advice  string      // below the chart, "" for none
}

// dueLine is a customer who should be back.
type dueLine struct{ id, name, alias, interval, late, net string }

// mixLine is a kind of customers.
type mixLine struct {
	label, count, rule string
	part               float64 // of the largest
	soft               bool
}

// segmentLine is a segment that moved.
type segmentLine struct {
	name, rule, count, moved string
	mood                     mood
}

// todoLine is something that waits.
type todoLine struct {
	icon, text, link string
	mood             mood
	to               *place.Place // nil: the rest of the notes
}

// shop says what the book holds in the user's language.
type shop struct {
	words *phrase.Phrases
	usecase.Overview
}

func (s shop) text(key string, data ...map[string]any) string { return s.words.Text(key, data...) }

// empty reports whether the book has no order yet.
func (s shop) empty(c choice) bool { return s.Newest == 0 && c.Shop == 0 }

// fact says of when the figures are.
func (s shop) fact() string {
	if s.Newest == 0 {
		return ""
	}
	return s.text("overview_fact", map[string]any{"Day": s.Newest.String(), "Count": s.Shops})
}

func (s shop) now() usecase.OverviewMonth { return s.Months[len(s.Months)-1] }

// tiles are the four figures above.
func (s shop) tiles() [4]tile {
	return [4]tile{s.net(), s.buyers(), s.repeat(), s.refunds()}
}

func (s shop) net() tile {
	now, before := s.now(), s.Earlier.Total.Net()
	t := tile{
		label: s.text("overview_net"), figure: s.sum(now, now.Total.Net()), note: s.text("overview_net_note"),
		bars: s.bars(func(m usecase.OverviewMonth) float64 { return float(m.Total.Net()) }),
		why:  s.text("overview_why_net"),
		parts: []part{
			{label: s.text("overview_part_gross"), value: s.sum(now, now.Total.Gross)},
			{label: s.text("overview_part_refunded"), value: s.sum(now, -now.Total.Refunded)},
			{label: s.text("overview_part_net"), value: s.sum(now, now.Total.Net()), sum: true},
		},
	}
	if nobody := now.Nobody.Net(); nobody != 0 {
		t.parts = append(t.parts, part{label: s.text("overview_part_nobody"), value: s.price(nobody), muted: true})
	}
	t.parts = append(t.parts, part{label: s.before(), value: s.sum(s.Earlier, before), muted: true})
	switch {
	case now.Few:
		t.note = s.text("overview_few")
	case before > 0:
		t.change, t.mood = s.change(float(now.Total.Net())/float(before)-1, phrase.Percent)
	case !s.Earlier.Few:
		t.note = s.text("overview_net_first")
	}
	s.leadToOrders(&t, false)
	return t
}

func (s shop) buyers() tile {
	now, before := s.now(), s.Earlier.Total.Customers
	t := tile{
		label:  s.text("overview_buyers"),
		figure: s.text("overview_buyers_value", map[string]any{"Customers": phrase.Count(now.Total.Customers)}),
		note: s.text("overview_buyers_note", map[string]any{
			"New": phrase.Count(now.New.Customers), "Returning": phrase.Count(now.Returning.Customers),
		}),
		bars: s.bars(func(m usecase.OverviewMonth) float64 { return float64(m.Total.Customers) }),
		why:  s.text("overview_why_buyers"),
		parts: []part{
			{label: s.text("overview_part_new"), value: phrase.Count(now.New.Customers)},
			{label: s.text("overview_part_returning"), value: phrase.Count(now.Returning.Customers)},
			{label: s.text("overview_part_all"), value: phrase.Count(now.Total.Customers), sum: true},
			{label: s.before(), value: phrase.Count(before), muted: true},
		},
	}
	if before > 0 {
		t.change, t.mood = s.change(float64(now.Total.Customers-before), func(n float64) string { return phrase.Count(int(n)) })
	}
	s.leadToCustomers(&t, now.BuyersRule)
	return t
}

func (s shop) repeat() tile {
	now, before := s.now().Repeat, s.Earlier.Repeat
	t := tile{
		label: s.text("overview_repeat"), figure: "—", note: s.text("overview_repeat_none"),
		bars: s.bars(func(m usecase.OverviewMonth) float64 { return share(m.Repeat.Part, m.Repeat.Of) }),
		why:  s.text("overview_why_repeat"),
		parts: []part{
			{label: s.text("overview_part_bought"), value: phrase.Count(now.Of)},
			{label: s.text("overview_part_again"), value: phrase.Count(now.Part)},
		},
	}
	if now.Of > 0 {
		t.parts = append(t.parts, part{label: s.text("overview_part_rate"), value: phrase.Percent(share(now.Part, now.Of)), sum: true})
	}
	if before.Of > 0 {
		t.parts = append(t.parts, part{label: s.before(), value: phrase.Percent(share(before.Part, before.Of)), muted: true})
	}
	switch {
	case now.Of == 0:
	case now.Part < fewRepeat:
		t.figure = phrase.Count(now.Part) + " / " + phrase.Count(now.Of)
		t.note = s.text("overview_repeat_few")
	default:
		t.figure, t.note = phrase.Percent(share(now.Part, now.Of)), s.text("overview_repeat_note")
		if before.Of > 0 {
			t.change, t.mood = s.change(100*(share(now.Part, now.Of)-share(before.Part, before.Of)), phrase.Mean)
			if t.change != "" {
				t.note = s.text("overview_points_repeat")
			}
		}
	}
	s.leadToCustomers(&t, s.RepeatRule)
	return t
}

func (s shop) refunds() tile {
	month := s.now()
	now, before := month.Total, s.Earlier.Total
	rate := func(refunded, gross crm.Money) float64 {
		if gross <= 0 {
			return 0
		}
		return float(refunded) / float(gross)
	}
	t := tile{
		label: s.text("overview_refunds"), figure: "—", note: s.text("overview_refunds_none"),
		bars: s.bars(func(m usecase.OverviewMonth) float64 { return rate(m.Total.Refunded, m.Total.Gross) }),
		why:  s.text("overview_why_refunds"),
		parts: []part{
			{label: s.text("overview_part_refunded"), value: s.sum(month, now.Refunded)},
			{label: s.text("overview_part_gross"), value: s.sum(month, now.Gross)},
		},
	}
	if now.Gross > 0 {
		share := rate(now.Refunded, now.Gross)
		t.figure, t.note = phrase.Percent(share), s.text("overview_refunds_note")
		t.parts = append(t.parts, part{label: s.text("overview_part_share"), value: t.figure, sum: true})
		if before.Gross > 0 {
			t.parts = append(t.parts, part{label: s.before(), value: phrase.Percent(rate(before.Refunded, before.Gross)), muted: true})
			t.change, t.mood = s.change(100*(share-rate(before.Refunded, before.Gross)), phrase.Mean)
			if t.change != "" {
				t.note = s.text("overview_points_refunds")
				t.mood = good + bad - t.mood // more is worse
			}
		}
	}
	if month.Few {
		t.note = s.text("overview_few")
	}
	s.leadToOrders(&t, true)
	return t
}

// change says how a figure moved, "" if it did not as far as it is shown.
func (s shop) change(by float64, show func(float64) string) (text string, m mood) {
	key, m := "overview_up", good
	if by < 0 {
		key, m, by = "overview_down", bad, -by
	}
	if shown := show(by); shown != show(0) {
		return s.text(key, map[string]any{"Change": shown}), m
	}
	return "", plain
}

func (s shop) before() string {
	return s.text("overview_part_before", map[string]any{"Day": s.Earlier.Last.String()})
}

// leadToOrders lets a tile open the orders of the running month. Those of one
// shop alone no page can show yet.
func (s shop) leadToOrders(t *tile, refunded bool) {
	if s.now().BuyersRule == "" {
		return
	}
	t.link = s.text("overview_see_orders")
	t.to = &place.Place{
		Page: place.Orders, Fresh: true, From: s.now().First.String(), To: s.now().Last.String(), Refunded: refunded,
	}
}

func (s shop) leadToCustomers(t *tile, rule string) {
	if rule != "" {
		t.link, t.to = s.text("overview_see_customers"), customers(rule)
	}
}

// customers is the list of those whom a rule finds.
func customers(rule string) *place.Place {
	return &place.Place{Page: place.Customers, Rule: rule, Fresh: true}
}

func (s shop) price(m crm.Money) string { return phrase.Price(m, s.Currency) }

// float returns an amount for a chart, where no cent counts.
func float(m crm.Money) float64 { return float64(m) / moneyUnit }

// bars are the last months of a tile.
func (s shop) bars(of func(usecase.OverviewMonth) float64) []float64 {
	months := s.Months[max(0, len(s.Months)-smallBars):]
	list := make([]float64, len(months))
	for i, m := range months {
		list[i] = of(m)
	}
	return list
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}

// chart is what is sold by month, by new customers and by returning ones.
func (s shop) chart() chart {
	unit := s.Currency
	if unit == "CNY" {
		unit = s.text("overview_yuan")
	}
	c := chart{note: s.text("overview_chart_note", map[string]any{"Currency": unit}), series: make([][]float64, 2)}
	if s.Others {
		c.note = s.text("overview_chart_others", map[string]any{"Currency": s.Currency})
	}
	c.running = s.Today < s.now().Last
	names := strings.Fields(s.text("overview_months"))
	sold := false
	for i, m := range s.Months {
		year, month, _ := time.Unix(int64(m.First)*86400, 0).UTC().Date()
		name := names[month-1]
		label := name
		if i == 0 || month == time.January {
			label = s.text("overview_month_year", map[string]any{"Year": strconv.Itoa(year % 100), "Month": name})
		}
		c.labels = append(c.labels, label)
		c.series[0] = append(c.series[0], float(m.Returning.Net()))
		c.series[1] = append(c.series[1], float(m.New.Net()))
		tip := []string{
			s.text("overview_month_full", map[string]any{"Year": year, "Month": name}),
			s.text("overview_tip_returning", map[string]any{"Net": s.sum(m, m.Returning.Net()), "Customers": phrase.Count(m.Returning.Customers)}),
			s.text("overview_tip_new", map[string]any{"Net": s.sum(m, m.New.Net()), "Customers": phrase.Count(m.New.Customers)}),
		}
		if m.Mixed {
			tip = append(tip[:1], s.text("overview_tip_all", map[string]any{"Net": s.sum(m, m.Total.Net()), "Customers": phrase.Count(m.Total.Customers)}))
		}
		if nobody := m.Nobody.Net(); nobody != 0 {
			tip = append(tip, s.text("overview_tip_nobody", map[string]any{"Net": s.price(nobody)}))
		}
		c.tips = append(c.tips, tip)
		c.rules = append(c.rules, [3]string{m.ReturningRule, m.NewRule, m.BuyersRule})
		sold = sold || m.Total.Purchases > 0
	}
	switch {
	case !sold && s.Newest != 0:
		c.advice = s.text("overview_no_orders", map[string]any{"Day": s.Newest.String()})
	case s.Span < 2:
		c.advice = s.text("overview_few_months")
	}
	return c
}

// sum is an amount of a month, if it is told.
func (s shop) sum(m usecase.OverviewMonth, amount crm.Money) string {
	if m.Few {
		return "—"
	}
	return s.price(amount)
}

// axis writes an amount at the side of the chart.
func (s shop) axis(v float64) string {
	unit, key := 1.0, ""
	switch size := max(v, -v); {
	case s.words.Chinese() && size >= 10_000:
		unit, key = 10_000, "overview_axis_myriad"
	case s.words.Chinese():
	case size >= 1_000_000:
		unit, key = 1_000_000, "overview_axis_million"
	case size >= 1_000:
		unit, key = 1_000, "overview_axis_thousand"
	}
	if key == "" {
		if v == math.Trunc(v) {
			return phrase.Count(int(v))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return s.text(key, map[string]any{"Value": strconv.FormatFloat(v/unit, 'f', -1, 64)})
}

// due are the customers who should be back, the most valuable first.
func (s shop) due() []dueLine {
	list := make([]dueLine, len(s.Due))
	for i, d := range s.Due {
		list[i] = dueLine{
			id: d.ID, name: s.name(d.Customer), alias: d.Alias.Reveal(),
			interval: s.words.Span(float64(d.Interval)), late: s.words.Span(float64(d.LateBy)), net: phrase.Money(d.Net, s.Currency),
		}
	}
	return list
}

func (s shop) name(c usecase.Customer) string {
	if c.NameMask == "" {
		return s.text("overview_unnamed")
	}
	return c.NameMask
}

func (s shop) dueNote() string {
	if s.DueCount == 0 {
		return ""
	}
	return s.text("overview_due_note", map[string]any{"Customers": phrase.Count(s.DueCount)})
}

// mix are the kinds of customers.
func (s shop) mix() []mixLine {
	most := 1
	for _, m := range s.Mix {
		most = max(most, m.Customers)
	}
	list := make([]mixLine, len(s.Mix))
	for i, m := range s.Mix {
		list[i] = mixLine{
			label: s.text("overview_mix_" + string(m.Kind)), count: phrase.Count(m.Customers), rule: m.Rule,
			part: share(m.Customers, most), soft: m.Kind == usecase.MixNew || m.Kind == usecase.MixOnce,
		}
	}
	return list
}

func (s shop) mixNote() string {
	return s.text("overview_mix_note", map[string]any{"Customers": phrase.Count(s.Purchased)})
}

// segmentLines lists segments, those first that moved most.
func segmentLines(w *phrase.Phrases, list []usecase.Segment) []segmentLine {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b usecase.Segment) int { return b.Entered + b.Left - a.Entered - a.Left })
	lines := make([]segmentLine, len(list))
	for i, g := range list {
		lines[i] = segmentLine{name: g.Name, rule: g.Rule, count: phrase.Count(g.Customers)}
		lines[i].moved, lines[i].mood = moved(w, g)
	}
	return lines
}

// moved says how many came and went, "" if nobody knows.
func moved(w *phrase.Phrases, g usecase.Segment) (string, mood) {
	var list []string
	if g.Entered > 0 {
		list = append(list, w.Text("overview_entered", map[string]any{"Customers": phrase.Count(g.Entered)}))
	}
	if g.Left > 0 {
		list = append(list, w.Text("overview_left", map[string]any{"Customers": phrase.Count(g.Left)}))
	}
	switch {
	case g.Since == 0:
		return "", plain
	case len(list) == 0:
		return w.Text("overview_same"), muted
	case g.Left == 0:
		return list[0], good
	default:
		return strings.Join(list, " "), plain
	}
}

// What waits is not shown for ever, nor all of it.
const (
	rejectedFor = 30 // days after an import
	shownNotes  = 3
)

// todo lists what waits: rows of late that were not read, customers who may be
// one person, and notes that are due.
func (s shop) todo(imports []usecase.Imported, notes []usecase.DueNote, review int, now time.Time) []todoLine {
	var lines []todoLine
	rows, last := 0, int64(0)
	for _, i := range imports {
		n := len(i.Report.Rejected) + i.Report.Unlisted
		if i.Undone || n == 0 || now.Sub(i.At.In(time.UTC)) > rejectedFor*24*time.Hour {
			continue
		}
		rows += n
		if last == 0 {
			last = i.Step
		}
	}
	if rows > 0 {
		lines = append(lines, todoLine{
			icon: "warn", mood: late, text: s.text("overview_todo_rows", map[string]any{"Count": rows}),
			link: s.text("overview_todo_view"), to: &place.Place{Page: place.Imports, Import: last},
		})
	}
	if review > 0 {
		lines = append(lines, todoLine{
			icon: "merge", text: s.text("overview_todo_review", map[string]any{"Count": review}),
			link: s.text("overview_todo_view"), to: &place.Place{Page: place.Review},
		})
	}
	shown := len(notes)
	if shown > shownNotes {
		shown = shownNotes - 1
	}
	for _, n := range notes[:shown] {
		lines = append(lines, s.noteLine(n))
	}
	if rest := len(notes) - shown; rest > 0 {
		lines = append(lines, todoLine{
			icon: "clock", mood: plain, text: s.text("overview_todo_rest", map[string]any{"Count": rest}), link: s.text("overview_todo_open"),
		})
	}
	return lines
}

// noteLine is a note that is due; it leads to its customer.
func (s shop) noteLine(n usecase.DueNote) todoLine {
	name := n.Customer.Alias.Reveal()
	if name == "" {
		name = s.name(n.Customer)
	}
	return todoLine{
		icon: "clock", text: s.text("overview_todo_note", map[string]any{"Name": name, "Text": n.Text.Reveal()}),
		link: s.text("overview_todo_open"), to: &place.Place{Page: place.Customer, Customer: n.Customer.ID},
	}
}

// alarm says in a sentence what is wrong with the backups, "" for nothing.
func alarm(w *phrase.Phrases, safe usecase.Safety, now time.Time) string {
	if safe.Alarm == usecase.NoAlarm {
		return ""
	}
	data := map[string]any{"Count": safe.Days, "When": w.Text("overview_alarm_never"), "Why": ""}
	if !safe.Last.IsZero() {
		data["When"] = w.When(safe.Last, now)
	}
	for _, p := range safe.Places {
		if p.Failed != usecase.NoFailure {
			data["Why"] = w.Text("backup_failed_" + string(p.Failed))
			data["Folder"] = p.Folder
		}
	}
	return w.Text("overview_alarm_"+string(safe.Alarm), data)
}
