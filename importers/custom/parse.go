package custom

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/importers"
)

// keys are the keys of a mapping.
var keys = []string{
	"name", "platform", "currency", "time_zone", "country", "header_row", "columns", "sheet", "encoding",
	"date_order", "decimal", "status", "recipient_is_buyer",
}

// mostHeaderRow is the deepest row that may hold the headers: importers looks
// no further.
const mostHeaderRow = 20

// Parse reads a mapping. It fails with an *Error that has the position.
func Parse(data []byte) (*Mapping, error) {
	p := &parser{data: bytes.TrimPrefix(data, []byte("\ufeff"))}
	p.dec = json.NewDecoder(bytes.NewReader(p.data))
	m := &Mapping{}
	seen := map[string]bool{}
	err := p.object(func(key string) error {
		if seen[key] {
			return p.fail(Repeated, key, nil)
		}
		seen[key] = true
		return p.value(m, key)
	})
	if err != nil {
		return nil, err
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, p.bad(errors.New("text after the mapping"))
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

type parser struct {
	data []byte
	dec  *json.Decoder
}

func (p *parser) value(m *Mapping, key string) error {
	switch key {
	case "name":
		return p.text(&m.Name, key, nil)
	case "platform":
		return p.text(&m.Platform, key, nil)
	case "currency":
		return p.text(&m.Currency, key, func(s string) bool {
			return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
		})
	case "time_zone":
		return p.text(&m.TimeZone, key, zoneKnown)
	case "country":
		return p.text(&m.Country, key, func(s string) bool {
			return len(s) == 2 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
		})
	case "header_row":
		if err := p.decode(&m.HeaderRow, key); err != nil {
			return err
		}
		if m.HeaderRow < 0 || m.HeaderRow > mostHeaderRow {
			return p.fail(BadValue, key, nil)
		}
		return nil
	case "columns":
		return p.columns(m)
	case "sheet":
		return p.text(&m.Sheet, key, nil)
	case "encoding":
		return p.text(&m.Encoding, key, nil)
	case "date_order":
		return p.choice((*string)(&m.DateOrder), key, string(importers.DayFirst), string(importers.MonthFirst))
	case "decimal":
		return p.choice(&m.Decimal, key, ".", ",")
	case "status":
		return p.statuses(m)
	case "recipient_is_buyer":
		return p.decode(&m.RecipientIsBuyer, key)
	default:
		return p.fail(UnknownKey, key, keys)
	}
}

// object reads an object and calls member after each key.
func (p *parser) object(member func(key string) error) error {
	if err := p.delimiter('{'); err != nil {
		return err
	}
	for p.dec.More() {
		t, err := p.dec.Token()
		if err != nil {
			return p.bad(err)
		}
		key, ok := t.(string)
		if !ok {
			return p.bad(errors.New("key expected"))
		}
		if err := member(key); err != nil {
			return err
		}
	}
	return p.delimiter('}')
}

func (p *parser) delimiter(want json.Delim) error {
	t, err := p.dec.Token()
	if err != nil {
		return p.bad(err)
	}
	if t != want {
		return p.bad(errors.New("expected " + want.String()))
	}
	return nil
}

func (p *parser) columns(m *Mapping) error {
	known := make([]string, 0, len(importers.Fields()))
	for _, f := range importers.Fields() {
		known = append(known, f.String())
	}
	seen := map[string]bool{}
	return p.object(func(name string) error {
		field, ok := importers.FieldNamed(name)
		if !ok || !slices.Contains(importers.Fields(), field) {
			return p.fail(UnknownField, name, known)
		}
		if seen[name] {
			return p.fail(Repeated, name, nil)
		}
		seen[name] = true
		var v any
		if err := p.decode(&v, name); err != nil {
			return err
		}
		headers, ok := headersOf(v)
		if !ok {
			return p.fail(BadValue, name, nil)
		}
		m.Columns = append(m.Columns, importers.Column{Field: field, Headers: headers})
		return nil
	})
}

// headersOf takes one header or a list of them.
func headersOf(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var headers []string
	for _, x := range list {
		h, ok := x.(string)
		if !ok || strings.TrimSpace(h) == "" {
			return nil, false
		}
		headers = append(headers, h)
	}
	return headers, len(headers) > 0
}

func (p *parser) statuses(m *Mapping) error {
	known := []string{none}
	for _, s := range crm.Statuses {
		known = append(known, string(s))
	}
	m.Status = map[string]crm.Status{}
	return p.object(func(word string) error {
		var name string
		if err := p.choice(&name, word, known...); err != nil {
			return err
		}
		if name == none {
			name = string(crm.StatusUnknown)
		}
		m.Status[word] = crm.Status(name)
		return nil
	})
}

func (p *parser) text(to *string, key string, valid func(string) bool) error {
	if err := p.decode(to, key); err != nil {
		return err
	}
	if *to = strings.TrimSpace(*to); *to != "" && valid != nil && !valid(*to) {
		return p.fail(BadValue, key, nil)
	}
	return nil
}

func (p *parser) choice(to *string, key string, known ...string) error {
	if err := p.decode(to, key); err != nil {
		return err
	}
	for _, k := range known {
		if *to == k {
			return nil
		}
	}
	return p.fail(BadValue, key, known)
}

func (p *parser) decode(to any, key string) error {
	err := p.dec.Decode(to)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return p.fail(BadValue, key, nil)
	}
	if err != nil {
		return p.bad(err)
	}
	return nil
}

func (p *parser) fail(problem Problem, name string, known []string) *Error {
	line, column := p.position(p.dec.InputOffset())
	return &Error{Line: line, Column: column, Problem: problem, Name: name, Known: known}
}

func (p *parser) bad(err error) *Error {
	offset := p.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	}
	line, column := p.position(offset)
	return &Error{Line: line, Column: column, Problem: BadJSON, Err: err}
}

// position gives the line and the column, in bytes, of the byte before offset,
// which is the last one that was read.
func (p *parser) position(offset int64) (line, column int) {
	before := p.data[:min(max(offset-1, 0), int64(len(p.data)))]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, len(before) - bytes.LastIndexByte(before, '\n')
}
