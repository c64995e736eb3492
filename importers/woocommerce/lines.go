package woocommerce

import (
	"strings"

	"kebu/app/crm"
)

// lineKeys open a line in the cell of lines; fields may hold the sign between lines.
var lineKeys = []string{"id:", "name:", "sku:"}

// splitLines takes a cell apart that holds lines as "name:…|sku:…|quantity:2|…"
// with a semicolon between them. An amount that cannot be read is not known.
func splitLines(cell string) []crm.Line {
	var texts []string
	for part := range strings.SplitSeq(cell, ";") {
		if len(texts) > 0 && !opensLine(part) {
			texts[len(texts)-1] += ";" + part
			continue
		}
		texts = append(texts, part)
	}
	var lines []crm.Line
	for _, text := range texts {
		if l := lineOf(text); l != (crm.Line{}) {
			lines = append(lines, l)
		}
	}
	return lines
}

func opensLine(part string) bool {
	part = strings.TrimSpace(part)
	for _, k := range lineKeys {
		if strings.HasPrefix(part, k) && strings.Contains(part, "|") {
			return true
		}
	}
	return false
}

func lineOf(text string) crm.Line {
	values := map[string]string{}
	for field := range strings.SplitSeq(text, "|") {
		if key, value, ok := strings.Cut(field, ":"); ok {
			values[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	money := func(key string) crm.Money {
		m, _ := crm.ParseMoney(values[key])
		return m
	}
	l := crm.Line{SKU: values["sku"], Product: values["name"], Variant: values["meta"], Amount: money("total") + money("total_tax")}
	l.Quantity, _ = crm.ParseQuantity(values["quantity"])
	if refunded := money("refunded"); refunded > 0 {
		l.Refund = crm.Known(refunded)
	}
	// Without tax, as the file with a row for each line has it.
	if pieces, net := crm.Money(l.Quantity/crm.One), money("total"); pieces > 0 && l.Quantity%crm.One == 0 && net%pieces == 0 {
		l.Price = net / pieces
	}
	return l
}
