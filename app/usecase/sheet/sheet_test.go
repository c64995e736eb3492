package sheet_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/app/usecase/sheet"
)

func TestSheetShowsTheWholeCodeInEachLanguage(t *testing.T) {
	for _, language := range []string{"en", "zh-Hans", "zh-Hant"} {
		t.Run(language, func(t *testing.T) {
			code := usecase.NewRecoveryCode()
			page := sheet.Make(phrase.New(language), sheet.Sheet{
				Shop: "Pomelo Store", File: "shop.kebu", Folder: `C:\Users\owner\Documents\` + strings.Repeat("a very long folder ", 8),
				Made: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Code: code,
			})
			texts := map[string]bool{}
			for _, line := range page.Texts {
				texts[strings.ReplaceAll(line.Text, " ", "")] = true
				if c := page.Code; line.X+line.Width > c.X && line.X < c.X+c.Side && line.Y > c.Y && line.Y < c.Y+c.Side {
					t.Errorf("%q stands in the QR code", line.Text)
				}
				if line.X < 10 || line.Y < 10 || line.Y > sheet.Height-12 {
					t.Errorf("%q stands at %.0f, %.0f", line.Text, line.X, line.Y)
				}
			}
			wanted := code.Groups()
			for i, group := range wanted {
				if !texts[group] || !texts[strconv.Itoa(i+1)] {
					t.Errorf("group %d is missing", i+1)
				}
			}
			if !texts["shop.kebu"] || !texts["2026-11-23"] || !texts["PomeloStore"] {
				t.Error("the book is not named")
			}
			pdf, err := page.PDF()
			if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) > 300_000 {
				t.Errorf("%d bytes, %v", len(pdf), err)
			}
			if got := scan(t, pdf); got != code.Reveal() {
				t.Errorf("a scanner reads %d bytes that are not the code", len(got))
			}
		})
	}
}

func TestSheetIsOnePageWhateverTheNames(t *testing.T) {
	for _, language := range []string{"en", "zh-Hans", "zh-Hant"} {
		page := sheet.Make(phrase.New(language), sheet.Sheet{
			Shop: strings.Repeat("柚子杂货铺", 30), File: strings.Repeat("shop", 40) + ".kebu", Folder: "/home/" + strings.Repeat("名字很长的文件夹/", 30),
			Made: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Code: usecase.NewRecoveryCode(),
		})
		for _, line := range page.Texts {
			if line.Y > sheet.Height-12 || line.X+line.Width > sheet.Width-20 {
				t.Errorf("%s: a line stands at %.0f, %.0f", language, line.X+line.Width, line.Y)
			}
		}
	}
}

func TestTheSheetOfACheckpointIsReadByAScanner(t *testing.T) {
	text := "kebu/8f14e45fceea167a\n100000\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2026-11-11T09:30:00Z\n\n— kebu/8f14e45fceea167a " + strings.Repeat("WwW9+/", 16) + "=\n"
	for _, language := range []string{"en", "zh-Hans", "zh-Hant"} {
		page := sheet.MakeCheckpoint(phrase.New(language), sheet.Checkpoint{
			Shop: strings.Repeat("柚子杂货铺", 30), File: strings.Repeat("shop", 40) + ".kebu", Made: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
			Entries: 100_000, Text: text, Key: "kebu/8f14e45fceea167a+5c7071d3+" + strings.Repeat("WwW9", 11),
		})
		written := ""
		for _, line := range page.Texts {
			written += line.Text
			if c := page.Code; line.Y > sheet.Height-12 || line.X+line.Width > sheet.Width-20 || line.Y > c.Y && line.Y < c.Y+c.Side {
				t.Errorf("%s: a line stands at %.0f, %.0f", language, line.X+line.Width, line.Y)
			}
		}
		if !strings.Contains(written, strings.ReplaceAll(text, "\n", "")) {
			t.Errorf("%s: the text is not on the sheet", language)
		}
		pdf, err := page.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if got := scan(t, pdf); got != text {
			t.Errorf("%s: a scanner reads %q", language, got)
		}
	}
}

// dot is how many pixels a point of the paper has when it is scanned.
const dot = 4

// scan reads the QR code of a PDF as it is printed: of the shapes that are filled.
func scan(t *testing.T, pdf []byte) string {
	t.Helper()
	paper := image.NewGray(image.Rect(0, 0, 596*dot, 842*dot))
	for i := range paper.Pix {
		paper.Pix[i] = 0xFF
	}
	shape := regexp.MustCompile(`([0-9.]+) ([0-9.]+) m\s+([0-9.]+) [0-9.]+ l\s+[0-9.]+ ([0-9.]+) l`)
	number := func(b []byte) int {
		n, err := strconv.ParseFloat(string(b), 64)
		if err != nil {
			t.Fatal(err)
		}
		return int(n*dot + 0.5)
	}
	for _, part := range bytes.Split(pdf, []byte("stream\n"))[1:] {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // a font that is not compressed, or the end of a stream
		}
		content, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range shape.FindAllSubmatch(content, -1) {
			left, top, right, bottom := number(m[1]), 842*dot-number(m[2]), number(m[3]), 842*dot-number(m[4])
			for y := top; y < bottom; y++ {
				for x := left; x < right; x++ {
					paper.SetGray(x, y, color.Gray{})
				}
			}
		}
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(paper)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}
