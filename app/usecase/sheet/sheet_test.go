package sheet_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

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
