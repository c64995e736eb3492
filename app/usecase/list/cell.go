package list

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"kebu/app/crm"
)

// ErrTooLong means that a text is longer than a cell of a workbook takes.
var ErrTooLong = errors.New("text longer than 32,767 characters")

// maxText is the length of a cell's text in UTF-16 units.
const maxText = 32_767

// style is a place in the cellXfs of stylesheet.
type style int

const (
	_ style = iota
	styleHeader
	styleText // shown and edited as text, so that a retyped number stays one
	styleMoney
	styleWhole
	styleDay
	styleTime
)

const stylesheet = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00##"/>` +
	`<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

// style returns the style of the column, which blank cells have too.
func (c *column) style() style {
	switch c.Kind {
	case Money:
		return c.money
	case Integer:
		return styleWhole
	case Day:
		return styleDay
	case Time:
		return styleTime
	default:
		return styleText
	}
}

// width returns the width of the column in characters: enough for usual
// values, and for the title.
func (c *column) width() int {
	width := map[Kind]int{Text: 16, Prose: 40, Phone: 18, Money: 14, Integer: 10, Day: 12, Time: 20}[c.Kind]
	title := 4 // the filter's arrow
	for _, r := range c.Title {
		title++
		if r >= 0x1100 { // most that stand beyond are wide
			title++
		}
	}
	return max(width, min(title, 60))
}

// appendCell appends the cell of value v in a row to b.
func (c *column) appendCell(b []byte, row int, v Value, zone *time.Location) ([]byte, error) {
	switch v.kind {
	case Money:
		if s := crm.Money(v.number).String(); exact(s) {
			return appendNumber(b, c.ref, row, c.money, s), nil
		}
	case Integer:
		if s := strconv.FormatInt(v.number, 10); exact(s) {
			return appendNumber(b, c.ref, row, styleWhole, s), nil
		}
	case Day:
		if serial := v.number + unixSerial; firstSerial <= serial && serial < endSerial {
			return appendNumber(b, c.ref, row, styleDay, strconv.FormatInt(serial, 10)), nil
		}
	case Time:
		if s, ok := timeSerial(crm.Moment(v.number).In(zone)); ok {
			return appendNumber(b, c.ref, row, styleTime, s), nil
		}
	case Number:
		// What is typed in its place stays as typed.
		return appendNumber(b, c.ref, row, styleText, v.text), nil
	default:
		return appendText(b, c.ref, row, styleText, v.text)
	}
	// A number that a sheet cannot hold exactly, or a date that it does not
	// know, is told as text.
	return appendText(b, c.ref, row, styleText, v.plain(c.Currency, zone))
}

// Days of a sheet are counted from 1899-12-30. Those before March 1900 are one
// off in Excel, which believes in 29 February 1900; those from year 10000 on
// are not known to it.
const (
	unixSerial  = 25_569
	firstSerial = 61
	endSerial   = 2_958_466
)

// timeSerial returns the time that t's wall clock shows as a date serial to
// the second.
func timeSerial(t time.Time) (string, bool) {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset) + unixSerial*86_400
	if seconds < firstSerial*86_400 || seconds >= endSerial*86_400 {
		return "", false
	}
	// Nine decimals tell seconds apart, and a float64 holds them.
	return strconv.FormatFloat(float64(seconds)/86_400, 'f', 9, 64), true
}

// exact reports whether a sheet, which keeps 15 digits, holds the number s.
func exact(s string) bool {
	digits := strings.TrimLeft(strings.Replace(strings.TrimPrefix(s, "-"), ".", "", 1), "0")
	return len(digits) <= 15
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

func appendNumber(b []byte, ref string, row int, s style, number string) []byte {
	b = append(appendCellStart(b, ref, row, s), `><v>`...)
	return append(append(b, number...), `</v></c>`...)
}

func appendText(b []byte, ref string, row int, s style, text string) ([]byte, error) {
	if len(text) > maxText && len(utf16.Encode([]rune(text))) > maxText {
		return b, ErrTooLong
	}
	b = append(appendCellStart(b, ref, row, s), ` t="inlineStr"><is><t`...)
	if strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\t") {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = appendEscaped(append(b, '>'), text)
	return append(b, `</t></is></c>`...), nil
}

func appendCellStart(b []byte, ref string, row int, s style) []byte {
	b = append(append(b, `<c r="`...), ref...)
	b = append(appendInt(b, row), `" s="`...)
	return append(appendInt(b, int(s)), '"')
}

// appendEscaped appends s as the text of an XML element. What XML 1.0 cannot
// hold, and a carriage return, which it would lose, stand as _x000D_ (ECMA-376
// part 1, 22.9.2.19, ST_Xstring), and what already looks so has its first
// underscore escaped. Invalid UTF-8 becomes U+FFFD.
func appendEscaped(b []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' && c != '_' {
			i++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var instead string
		switch {
		case r == '&':
			instead = "&amp;"
		case r == '<':
			instead = "&lt;"
		case r == '>':
			instead = "&gt;"
		case r == '_' && looksEscaped(s[i:]):
			instead = "_x005F_"
		case r == utf8.RuneError && size == 1:
			instead = "\uFFFD"
		case r < ' ' && r != '\t' && r != '\n':
			instead = "_x00" + strings.ToUpper(strconv.FormatInt(int64(r)|0x100, 16)[1:]) + "_"
		case r == 0xfffe || r == 0xffff:
			instead = "_x" + strings.ToUpper(strconv.FormatInt(int64(r), 16)) + "_"
		}
		if instead != "" {
			b = append(append(b, s[start:i]...), instead...)
			start = i + size
		}
		i += size
	}
	return append(b, s[start:]...)
}

// looksEscaped reports whether s begins like _x000D_.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// escape escapes s for an attribute.
func escape(s string) string {
	return strings.NewReplacer(`&`, "&amp;", `<`, "&lt;", `>`, "&gt;", `"`, "&#34;", `'`, "&#39;").Replace(s)
}
