package list

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ContactKeys are the keys of the columns that a contact card is made of.
var ContactKeys = []string{"name", "phone", "email", "address", "note"}

// cards writes vCard 3.0 (RFC 2426), the version that the contact programs of
// Android, iOS, Windows and Outlook all read; WeChat takes contacts from the
// phone's own. Version 4.0 is refused by Windows and Outlook.
type cards struct {
	w       *bufio.Writer
	columns [5]int // of ContactKeys; -1 where the list has none
	line    []byte
}

func newCards(w io.Writer, columns []Column) (*cards, error) {
	c := &cards{w: bufio.NewWriterSize(w, bufferSize)}
	for i, key := range ContactKeys {
		c.columns[i] = slices.IndexFunc(columns, func(c Column) bool { return c.Key == key })
	}
	if c.columns[1] < 0 && c.columns[2] < 0 {
		return nil, ErrNoContact
	}
	return c, nil
}

// row writes a card, unless the row has neither a phone nor an e-mail. A
// masked one is none: a phone book would dial it.
func (c *cards) row(values []Value) (bool, error) {
	var part [5]string
	for i, column := range c.columns {
		if column >= 0 {
			part[i] = strings.TrimSpace(values[column].text)
		}
	}
	name, phone, email, address, note := part[0], part[1], part[2], part[3], part[4]
	if strings.Contains(phone, "*") {
		phone = ""
	}
	if strings.Contains(email, "*") {
		email = ""
	}
	if phone == "" && email == "" {
		return false, nil
	}
	if name == "" { // FN must not be empty
		name = phone
	}
	if name == "" {
		name = email
	}
	c.put("BEGIN:VCARD", "")
	c.put("VERSION:3.0", "")
	// The whole name stands as the family name: where a name divides is not
	// told by an order, and phones sort by this part.
	c.put("N:", name, ";;;;")
	c.put("FN:", name)
	if phone != "" {
		c.put("TEL;TYPE=CELL:", phone)
	}
	if email != "" {
		c.put("EMAIL;TYPE=INTERNET:", email)
	}
	if address != "" {
		c.put("ADR;TYPE=HOME:;;", address, ";;;;")
	}
	if note != "" {
		c.put("NOTE:", note)
	}
	c.put("END:VCARD", "")
	return true, c.fault()
}

// foldAt is the number of octets that a line may have (RFC 2426, 2.6).
const foldAt = 75

// put writes one line: a property, its value, escaped, and what follows it.
func (c *cards) put(property, value string, rest ...string) {
	line := append(c.line[:0], property...)
	value = strings.ReplaceAll(value, "\r\n", "\n")
	for _, r := range value {
		switch {
		case r == '\\' || r == ';' || r == ',':
			line = append(line, '\\', byte(r))
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			line = append(line, '\\', 'n')
		case r == '\t' || !unicode.IsControl(r):
			line = utf8.AppendRune(line, r)
		}
	}
	for _, s := range rest {
		line = append(line, s...)
	}
	c.line = line
	for room := foldAt; len(line) > room; room = foldAt - 1 { // the space counts
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		_, _ = c.w.Write(line[:cut])
		_, _ = c.w.WriteString("\r\n ")
		line = line[cut:]
	}
	_, _ = c.w.Write(line)
	_, _ = c.w.WriteString("\r\n")
}

// fault returns the first error of the writer, which a bufio.Writer keeps.
func (c *cards) fault() error {
	_, err := c.w.Write(nil)
	return err
}

func (c *cards) close() error { return c.w.Flush() }
