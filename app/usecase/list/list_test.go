package list

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
)

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{"a.XLSX": XLSX, "老客.csv": CSV, "b.c.vcf": VCF} {
		if f, err := FormatOf(name); err != nil || f != want {
			t.Errorf("%s is %v, %v", name, f, err)
		}
	}
	for _, name := range []string{"a", "a.xls", "csv", ""} {
		if _, err := FormatOf(name); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTextTable(t *testing.T) {
	at := crm.At(time.Date(2026, 3, 1, 20, 30, 5, 0, shanghai))
	rows := [][]Value{
		{TextValue(`林"青"`), TextValue("+86 154 0000 0001"), TextValue("a,b\r\nc"), MoneyValue(-125_000), IntegerValue(3), DayValue(at.Day(shanghai)), TimeValue(at)},
		{TextValue(" x"), {}, {}, TextValue("12 CNY; 3 USD"), {}, {}, TimeValue(0)},
	}
	want := "\ufeff称呼,电话 <b>,备注,净消费 ¥,购买,首购,最近\r\n" +
		"\"林\"\"青\"\"\",\"'+86 154 0000 0001\",\"a,b\r\nc\",-12.50,3,2026-03-01,2026-03-01 20:30:05\r\n" +
		"\" x\",,,\"12 CNY; 3 USD\",,,\r\n"
	if got := string(write(t, CSV, everyKind, rows, Options{Zone: shanghai})); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if got := string(write(t, CSV, everyKind[:1], [][]Value{{{}}}, Options{})); got != "\ufeff称呼\r\n\"\"\r\n" {
		t.Errorf("a blank row is %q", got)
	}
}

func TestContactCards(t *testing.T) {
	columns := []Column{{Key: "name"}, {Key: "net", Kind: Money}, {Key: "phone"}, {Key: "email"}, {Key: "address"}, {Key: "note"}}
	row := func(name, phone, email, address, note string) []Value {
		return []Value{TextValue(name), MoneyValue(1), TextValue(phone), TextValue(email), TextValue(address), TextValue(note)}
	}
	rows := [][]Value{
		row("林青", "15400000001", "a@example.test", "浙江省 杭州市; 1号", "送货前, 电话\n\\谢谢"),
		row("", "+44 20 7946 0001", "", "", ""),
		row("林**", "*******0002", "b***@example.test", "浙江省", ""),
		row("x", "*******0003", "c@example.test", "", "\x00\ttab"),
	}
	var b bytes.Buffer
	n, err := Write(context.Background(), &b, VCF, columns, each(rows), Options{})
	if err != nil || n != 3 {
		t.Fatalf("wrote %d, %v", n, err)
	}
	want := strings.ReplaceAll(`BEGIN:VCARD
VERSION:3.0
N:林青;;;;
FN:林青
TEL;TYPE=CELL:15400000001
EMAIL;TYPE=INTERNET:a@example.test
ADR;TYPE=HOME:;;浙江省 杭州市\; 1号;;;;
NOTE:送货前\, 电话\n\\谢谢
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:+44 20 7946 0001;;;;
FN:+44 20 7946 0001
TEL;TYPE=CELL:+44 20 7946 0001
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:x;;;;
FN:x
EMAIL;TYPE=INTERNET:c@example.test
NOTE:`+"\ttab"+`
END:VCARD
`, "\n", "\r\n")
	if b.String() != want {
		t.Errorf("got %s", b.String())
	}
	if _, err := Write(context.Background(), io.Discard, VCF, columns[:2], each(nil), Options{}); !errors.Is(err, ErrNoContact) {
		t.Errorf("without phone and e-mail: %v", err)
	}
}

func TestLongLinesOfCardsAreFolded(t *testing.T) {
	columns := []Column{{Key: "phone"}, {Key: "note"}}
	for n := range 90 {
		note := strings.Repeat("a", n) + strings.Repeat("茶𠮷é", 30)
		card := string(write(t, VCF, columns, [][]Value{{TextValue("1"), TextValue(note)}}, Options{}))
		for line := range strings.SplitSeq(card, "\r\n") {
			if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
				t.Fatalf("line of %d octets: %q", len(line), line)
			}
		}
		if !strings.Contains(strings.ReplaceAll(card, "\r\n ", ""), "NOTE:"+note+"\r\n") {
			t.Fatalf("note of %d is not kept", n)
		}
	}
}

// endless repeats one row and calls before each.
func endless(row []Value, before func(n int)) iter.Seq2[[]Value, error] {
	return func(yield func([]Value, error) bool) {
		for n := 0; ; n++ {
			before(n)
			if !yield(row, nil) {
				return
			}
		}
	}
}

func TestCancelStopsSoon(t *testing.T) {
	row := []Value{TextValue("林青"), TextValue("15400000001")}
	for _, f := range []Format{XLSX, CSV, VCF} {
		ctx, cancel := context.WithCancel(t.Context())
		var last int
		_, err := Write(ctx, io.Discard, f, everyKind[:2], endless(row, func(n int) {
			if last = n; n == 5000 {
				cancel()
			}
		}), Options{})
		if !errors.Is(err, context.Canceled) || last > 5000+checkEvery {
			t.Errorf("format %d: stopped at row %d, %v", f, last, err)
		}
	}
}

func TestProgressAndErrors(t *testing.T) {
	var told []int
	rows := make([][]Value, 600)
	for i := range rows {
		rows[i] = []Value{TextValue("x")}
	}
	write(t, CSV, everyKind[:1], rows, Options{Progress: func(n int) { told = append(told, n) }})
	if !slices.Equal(told, []int{0, 256, 512, 600}) {
		t.Errorf("told %v", told)
	}
	broken := errors.New("broken")
	_, err := Write(t.Context(), io.Discard, CSV, everyKind[:1], func(yield func([]Value, error) bool) { yield(nil, broken) }, Options{})
	if !errors.Is(err, broken) {
		t.Errorf("source: %v", err)
	}
	for _, f := range []Format{XLSX, CSV, VCF} {
		if _, err := Write(t.Context(), failing{broken}, f, everyKind[:2], each([][]Value{{TextValue("x"), TextValue("1")}}), Options{}); !errors.Is(err, broken) {
			t.Errorf("format %d, full disk: %v", f, err)
		}
	}
	if _, err := Write(t.Context(), io.Discard, CSV, everyKind[:2], each(rows), Options{}); err == nil {
		t.Error("a short row is written")
	}
	if _, err := Write(t.Context(), io.Discard, XLSX, make([]Column, maxColumns+1), each(nil), Options{}); !errors.Is(err, ErrTooManyColumns) {
		t.Errorf("too many columns: %v", err)
	}
	if _, err := Write(t.Context(), io.Discard, CSV, nil, each(nil), Options{}); !errors.Is(err, ErrNoColumns) {
		t.Errorf("no columns: %v", err)
	}
}

// failing is a writer on a full disk.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
