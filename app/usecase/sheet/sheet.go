// Package sheet lays out what a book has on paper, its recovery sheet and checkpoints of
// its log, writes it as PDF and hands it to the printer.
//
// The recovery sheet is the only copy of the code. This package keeps nothing of it on
// disk, except on Windows the file that is being printed; what a printer or its
// queue keeps is beyond it.
package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-pdf/fpdf"

	"kebu/app/usecase"
	"kebu/app/usecase/qr"
	"kebu/assets"
)

// Words gives texts in the user's language.
type Words interface {
	Text(key string, data ...map[string]any) string
}

// Sheet is what stands on a recovery sheet.
type Sheet struct {
	Shop   string // may be blank
	File   string // name of the book's file
	Folder string // where it lies
	Made   time.Time
	Code   usecase.RecoveryCode
}

// The size of A4 in millimetres.
const (
	Width  = 210
	Height = 297
)

// Point is the unit of text sizes in millimetres.
const Point = 25.4 / 72

// Tone is how dark something is.
type Tone int

// The tones.
const (
	Ink   Tone = iota
	Muted      // labels, numbers
	Faint      // lines
)

// Text is a line of text. Lengths are millimetres from the upper left corner.
type Text struct {
	X, Y     float64 // of the left end of the base line
	Width    float64
	Points   float64
	Text     string
	Semibold bool
	Tone     Tone
}

// Line is a thin line across.
type Line struct{ X, Y, Width float64 }

// Square is a QR code in a square that holds its quiet ground.
type Square struct {
	X, Y, Side float64 // of the upper left corner
	Code       *qr.Code
}

// Page is a sheet as it is drawn.
type Page struct {
	Texts []Text
	Lines []Line
	Code  Square

	title string
	made  time.Time
	pdf   *fpdf.Fpdf
	y     float64
}

// Margins and measures of the sheet, in millimetres.
const (
	left    = 24
	right   = Width - 24
	columns = 3
	point   = Point
)

// Make lays a recovery sheet out.
func Make(words Words, s Sheet) *Page {
	p := begin(words, "sheet_title", "sheet_what", s.Made, [][2]string{
		{"sheet_shop", s.Shop},
		{"sheet_file", s.File},
		{"sheet_folder", s.Folder},
		{"sheet_made", s.Made.Format("2006-01-02")},
	})
	p.text(left, 13, words.Text("sheet_code"), true, Ink)
	p.y += 13
	p.code(s.Code)
	p.square(s.Code.Reveal(), right-codeSide, p.y-20, codeSide)
	p.wrap(words.Text("sheet_letters"), left, right-left-codeSide-4, 10)
	p.wrap(words.Text("sheet_square"), left, right-left-codeSide-4, 10)
	p.y = max(p.y, p.Code.Y+codeSide)
	p.line()
	p.y += 12
	p.text(left, 13, words.Text("sheet_use"), true, Ink)
	p.y += 9
	for i, key := range []string{"sheet_use_open", "sheet_use_type", "sheet_use_new"} {
		p.text(left, 11, strconv.Itoa(i+1), true, Muted)
		p.wrap(words.Text(key), left+8, right-left-8, 11)
		p.y++
	}
	p.y += 7
	p.text(left, 13, words.Text("sheet_keep"), true, Ink)
	p.y += 9
	p.wrap(words.Text("sheet_keep_text"), left, right-left, 11)
	return p
}

// begin lays out what stands above: the title, what the sheet is for, and facts that are
// known.
func begin(words Words, title, what string, made time.Time, facts [][2]string) *Page {
	p := &Page{title: words.Text(title), made: made, pdf: fpdf.New("P", "mm", "A4", "")}
	p.pdf.AddUTF8FontFromBytes(family, "", assets.Regular)
	p.pdf.AddUTF8FontFromBytes(family, "B", assets.Semibold)

	p.y = 32
	p.text(left, 24, p.title, true, Ink)
	brand := words.Text("sheet_brand")
	p.text(right-p.width(brand, 11, false), 11, brand, false, Muted)
	p.y += 12
	p.wrap(words.Text(what), left, right-left, 11)
	p.y += 5
	p.line()
	p.y += 9
	for _, fact := range facts {
		if fact[1] == "" {
			continue
		}
		p.text(left, 11, words.Text(fact[0]), false, Muted)
		p.lines(p.cut(fact[1], right-left-30, 11), left+30, 11)
		p.y++
	}
	p.y += 2
	p.line()
	p.y += 12
	return p
}

// family is the font's name inside the PDF.
const family = "kebu"

// code writes the groups in three columns, numbered along the rows.
func (p *Page) code(c usecase.RecoveryCode) {
	const row = 11.5
	for i, group := range c.Groups() {
		x := left + float64(i%columns)*(right-left)/columns
		number := strconv.Itoa(i + 1)
		p.text(x+7-p.width(number, 10, false), 10, number, false, Muted)
		p.text(x+10, 21, strings.Join(strings.Split(group, ""), " "), true, Ink)
		if i%columns == columns-1 {
			p.y += row
		}
	}
	p.y += row
}

// codeSide is the side of the recovery code as a QR code.
const codeSide = 34

// square writes a text as a QR code.
func (p *Page) square(text string, x, y, side float64) {
	code, _ := qr.New(text) // what sheets hold is short enough
	p.Code = Square{x, y, side, code}
}

func (p *Page) text(x, points float64, text string, semibold bool, tone Tone) {
	p.Texts = append(p.Texts, Text{x, p.y, p.width(text, points, semibold), points, text, semibold, tone})
}

func (p *Page) line() { p.Lines = append(p.Lines, Line{left, p.y, right - left}) }

// wrap writes a text in lines, and goes below them.
func (p *Page) wrap(text string, x, width, points float64) {
	p.lines(p.broken(text, width, points), x, points)
}

func (p *Page) lines(lines []string, x, points float64) {
	for _, line := range lines {
		p.text(x, points, line, false, Ink)
		p.y += points * point * 1.5
	}
}

// factLines is the number of lines that a fact may take: the sheet is one page.
const factLines = 2

// cut breaks a fact into lines, of which it shows the first.
func (p *Page) cut(fact string, width, points float64) []string {
	lines := p.broken(fact, width, points)
	if len(lines) <= factLines {
		return lines
	}
	lines = lines[:factLines]
	last := []rune(lines[factLines-1])
	for len(last) > 0 && p.width(string(last)+"…", points, false) > width {
		last = last[:len(last)-1]
	}
	lines[factLines-1] = string(last) + "…"
	return lines
}

// broken cuts a text into lines: between words, and between any two Chinese
// characters but before a mark.
func (p *Page) broken(text string, width, points float64) []string {
	var lines []string
	line, word := "", ""
	flush := func() {
		if line != "" && p.width(strings.TrimRight(line+word, " "), points, false) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += word
		word = ""
	}
	before := rune(0)
	for _, r := range text {
		han := unicode.Is(unicode.Han, r) || unicode.Is(unicode.Han, before)
		if before == ' ' || before == '\\' || before == '/' || han && !strings.ContainsRune("，。、；：？）」”", r) {
			flush()
		}
		word += string(r)
		for p.width(word, points, false) > width { // a word without a break
			cut := []rune(word)
			lines = append(lines, string(cut[:len(cut)-1]))
			word = string(cut[len(cut)-1:])
		}
		before = r
	}
	flush()
	return append(lines, line)
}

func (p *Page) width(text string, points float64, semibold bool) float64 {
	p.font(points, semibold)
	return p.pdf.GetStringWidth(text)
}

func (p *Page) font(points float64, semibold bool) {
	style := ""
	if semibold {
		style = "B"
	}
	p.pdf.SetFont(family, style, points)
}

// PDF returns the sheet as a file. It may be called once.
func (p *Page) PDF() ([]byte, error) {
	f := p.pdf
	f.SetTitle(p.title, true)
	f.SetProducer("Kebu", true)
	f.SetCreationDate(p.made)
	f.SetModificationDate(p.made)
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	f.AddPage()
	f.SetLineWidth(0.2)
	f.SetDrawColor(0xB0, 0xB8, 0xC2)
	for _, l := range p.Lines {
		f.Line(l.X, l.Y, l.X+l.Width, l.Y)
	}
	for _, t := range p.Texts {
		p.font(t.Points, t.Semibold)
		if t.Tone == Ink {
			f.SetTextColor(0, 0, 0)
		} else {
			f.SetTextColor(0x56, 0x62, 0x72)
		}
		f.Text(t.X, t.Y, t.Text)
	}
	f.SetFillColor(0, 0, 0)
	p.Code.path(f)
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	return out.Bytes(), nil
}

// path fills the squares in one go: filled one by one, hairs would show between them.
func (s Square) path(f *fpdf.Fpdf) {
	unit := s.Side / float64(s.Code.Size()+2*qr.Quiet)
	s.Code.Each(func(x, y, width int) {
		left, top := s.X+float64(x+qr.Quiet)*unit, s.Y+float64(y+qr.Quiet)*unit
		f.MoveTo(left, top)
		f.LineTo(left+float64(width)*unit, top)
		f.LineTo(left+float64(width)*unit, top+unit)
		f.LineTo(left, top+unit)
		f.ClosePath()
	})
	f.DrawPath("f")
}
