// Shots draws the window into pictures, without a display: each scene in the languages,
// looks and sizes that a person should look at before a change of the window lands.
//
//	shots [-only REGEXP] FOLDER
//
// A picture is named scene-language-look-height.png; -only chooses by that name. Shots does
// not compare: what is right is seen, not computed. It fails if a scene does not come about.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/usecase"
)

// now is when every picture is taken, so that they differ only where the program does.
var now = time.Date(2026, 6, 30, 10, 12, 0, 0, time.FixedZone("", 8*3600))

// size is the inside of the window on a common laptop, or the smallest that is designed for.
var sizes = []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 560}}

var looks = []look.Theme{look.Light, look.Dark}

// languages, and that of the demo shop's people for each.
var languages = []struct{ tag, shop string }{{"zh-Hans", "zh"}, {"zh-Hant", "zh"}, {"en", "en"}}

func main() {
	only := flag.String("only", "", "`regexp` of the pictures to draw")
	flag.Parse()
	if err := run(flag.Arg(0), *only); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(folder, only string) error {
	if folder == "" {
		return errors.New("name the folder for the pictures")
	}
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("read -only: %w", err)
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	temp, err := os.MkdirTemp("", "kebu-shots-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()

	shops := map[string]string{}
	var failed error
	for _, language := range languages {
		words := phrase.New(language.tag)
		for _, theme := range looks {
			for _, size := range sizes {
				for _, scene := range slices.Concat(scenes, rolesScenes(), logScenes) {
					name := fmt.Sprintf("%s-%s-%s-%.0f.png", scene.name, language.tag, theme, size.Height)
					if !wanted.MatchString(name) {
						continue
					}
					shop, err := demo(shops, temp, language.shop)
					if err != nil {
						return err
					}
					s := newStage(words, theme, size)
					if err := s.play(scene, shop); err != nil { // its picture shows why
						failed = errors.Join(failed, fmt.Errorf("%s: %w", name, err))
					}
					err = s.save(filepath.Join(folder, name))
					s.close()
					if err != nil {
						return err
					}
				}
			}
		}
	}
	return failed
}

// demo returns the file of the demo shop, made when it is first wanted.
func demo(shops map[string]string, folder, lang string) (string, error) {
	if shop, ok := shops[lang]; ok {
		return shop, nil
	}
	shop := filepath.Join(folder, lang+".kebu")
	_, err := usecase.Demo(context.Background(), usecase.DemoRequest{Path: shop, Lang: lang, Clock: clock})
	if err != nil {
		return "", fmt.Errorf("make demo shop: %w", err)
	}
	shops[lang] = shop
	return shop, nil
}

func clock() time.Time { return now }

func (s *stage) save(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save picture: %w", err)
	}
	if err := png.Encode(file, s.window.Canvas().Capture()); err != nil {
		return fmt.Errorf("save picture: %w", err)
	}
	return file.Close()
}
