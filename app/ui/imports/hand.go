package imports

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/importers"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// sampleRows is how many rows of a file show what its columns hold.
const sampleRows = 20

// hand are the choices of a person who says what the columns of a file mean.
type hand struct {
	request usecase.SampleRequest
	sample  usecase.Sample
	choices usecase.MappingChoices
	tried   bool // to go on: what is missing is told in red
	fields  []usecase.MappingField
}

// newHand begins with what the columns are likely to mean.
func newHand(path string) *hand {
	return &hand{
		request: usecase.SampleRequest{Path: path, Rows: sampleRows},
		fields:  usecase.MappingFields(),
		choices: usecase.MappingChoices{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))},
	}
}

// settle fills in what the book knows where nothing was chosen.
func (h *hand) settle(set usecase.Settings, language string) {
	c := &h.choices
	if c.Currency == "" {
		c.Currency = set.Currency
	}
	if c.Currency == "" && language != "en" {
		c.Currency = map[string]string{"zh-Hans": "CNY", "zh-Hant": "TWD"}[language]
	}
	if c.Zone == "" && set.Currency != "" && set.Zone != nil {
		c.Zone = set.Zone.String()
	}
	if c.Zone == "" {
		c.Zone = zoneHere(language)
	}
}

// zoneHere is the time zone of this computer, else that of the language.
func zoneHere(language string) string {
	if name := time.Local.String(); name != "Local" && name != "UTC" {
		return name
	}
	return map[string]string{"zh-Hans": "Asia/Shanghai", "zh-Hant": "Asia/Taipei"}[language]
}

// look takes a sample; choices of columns are kept by their headers.
func (h *hand) look(s usecase.Sample) {
	before := map[string]string{}
	for i, header := range h.choices.Headers {
		before[table.Normal(header)] = h.choices.Fields[i]
	}
	h.sample = s
	h.choices.Headers, h.choices.Encoding = s.Headers, h.request.Encoding
	h.choices.Fields = slices.Clone(s.Guess)
	for i, header := range s.Headers {
		if field, chosen := before[table.Normal(header)]; chosen {
			h.choices.Fields[i] = field
		}
	}
}

// forget drops what the sample says of people, when it is not on the screen.
func (h *hand) forget() { h.sample.Rows = nil }

// keptColumns takes the columns of a known format as the choices to begin with.
func (h *hand) keptColumns(kept []usecase.KeptColumn) {
	h.choices.Headers, h.choices.Fields = nil, nil
	for _, k := range kept {
		h.choices.Headers, h.choices.Fields = append(h.choices.Headers, k.Header), append(h.choices.Fields, k.Field)
	}
}

// keptMapping takes over a format that was made by hand before.
func (h *hand) keptMapping(m usecase.KeptMapping) {
	h.keptColumns(m.Columns)
	var text struct {
		Platform         string                `json:"platform"`
		Currency         string                `json:"currency"`
		TimeZone         string                `json:"time_zone"`
		Country          string                `json:"country"`
		DateOrder        importers.DateOrder   `json:"date_order"`
		Decimal          string                `json:"decimal"`
		Encoding         string                `json:"encoding"`
		Status           map[string]crm.Status `json:"status"`
		RecipientIsBuyer bool                  `json:"recipient_is_buyer"`
	}
	if json.Unmarshal(m.JSON, &text) != nil {
		return // it was read as a mapping before
	}
	c := &h.choices
	c.Name, c.Platform, c.Currency, c.Zone, c.Country = m.Name, text.Platform, text.Currency, text.TimeZone, text.Country
	c.DateOrder, c.Decimal, c.Statuses, c.RecipientIsBuyer = text.DateOrder, text.Decimal, text.Status, text.RecipientIsBuyer
	h.request.Encoding = text.Encoding
}

// choose says what a column means; "" drops it.
func (h *hand) choose(column int, field string) { h.choices.Fields[column] = field }

// options name the fields that a column can mean, the first that it is dropped.
func (s shop) options(h *hand) []string {
	list := []string{s.text("imports_drop_column")}
	for _, f := range h.fields {
		list = append(list, s.field(f.Name))
	}
	return list
}

// option is the place of a field among the options.
func (h *hand) option(field string) int {
	return 1 + slices.IndexFunc(h.fields, func(f usecase.MappingField) bool { return f.Name == field })
}

// fieldAt is the field of an option.
func (h *hand) fieldAt(option int) string {
	if option <= 0 {
		return ""
	}
	return h.fields[option-1].Name
}

// advice is what is missing or wrong, in words.
type advice struct {
	text  string
	field string // that it is about: name, currency, time_zone, or ""
	need  bool   // there is no going on without
}

// advise turns what is wrong with the choices into words.
func (s shop) advise(problems []usecase.MappingProblem) []advice {
	var list []advice
	for _, p := range problems {
		a := advice{field: p.Name, need: !p.Advice}
		missing := map[string]string{
			"order_no": "imports_miss_order_no", "name": "imports_miss_name", "time_zone": "imports_miss_time_zone",
			"currency": "imports_miss_currency", "ordered_at": "imports_miss_ordered_at",
			usecase.MissingAmount: "imports_miss_any_amount", usecase.MissingBuyer: "imports_miss_any_buyer",
		}
		bad := map[string]string{"time_zone": "imports_bad_time_zone", "currency": "imports_bad_currency"}
		switch {
		case p.Column >= 0:
			a.text = s.text("imports_bad_column", map[string]any{"Number": phrase.Count(p.Column + 1)})
		case p.Problem == custom.Missing && missing[p.Name] != "":
			a.text = s.text(missing[p.Name])
		case bad[p.Name] != "":
			a.text = s.text(bad[p.Name])
		default:
			a.text = s.text("imports_bad_other", map[string]any{"Name": p.Name})
		}
		list = append(list, a)
	}
	return list
}
