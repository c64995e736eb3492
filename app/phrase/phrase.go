// Package phrase gives the program's texts in the user's language: sentences
// by key, headings, and what to tell a person of an error.
package phrase

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"kebu/assets"
)

// Phrases are the texts of one language.
type Phrases struct {
	local *i18n.Localizer
	tag   language.Tag
}

// languages are those of assets/locales; the first is for all others.
var languages = []language.Tag{language.English, language.MustParse("zh-Hans"), language.MustParse("zh-Hant")}

// read gives the texts of each language, and reads their file the first time.
var read = [...]func() *Phrases{reading(0), reading(1), reading(2)}

func reading(i int) func() *Phrases {
	return sync.OnceValue(func() *Phrases {
		tag := languages[i]
		bundle := i18n.NewBundle(tag)
		bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
		if _, err := bundle.LoadMessageFileFS(assets.Locales, path.Join("locales", tag.String()+".json")); err != nil {
			panic("phrase: " + err.Error()) // the files are part of the program, and tested
		}
		return &Phrases{i18n.NewLocalizer(bundle, tag.String()), tag}
	})
}

// New returns the texts of the language that suits wish best, a BCP 47 tag.
func New(wish string) *Phrases {
	tag, err := language.Parse(wish)
	if err != nil {
		tag = languages[0]
	}
	_, i, _ := language.NewMatcher(languages).Match(tag)
	return read[i]()
}

// FromEnvironment returns the texts of the language of a terminal, by LC_ALL,
// LC_MESSAGES or LANG: zh_CN.UTF-8 is zh-CN.
func FromEnvironment(getenv func(string) string) *Phrases {
	wish := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	wish, _, _ = strings.Cut(wish, ".")
	return New(strings.ReplaceAll(wish, "_", "-"))
}

// Chinese reports whether the language is Chinese.
func (p *Phrases) Chinese() bool {
	base, _ := p.tag.Base()
	return base.String() == "zh"
}

// Text returns the text of a key, filled with data; its plural form follows
// data's Count, which is shown in groups of three. An unknown key is a programmer's mistake and panics.
func (p *Phrases) Text(key string, data ...map[string]any) string {
	text, err := p.find(key, data...)
	if err != nil {
		panic("phrase: " + err.Error())
	}
	return text
}

func (p *Phrases) find(key string, data ...map[string]any) (string, error) {
	c := &i18n.LocalizeConfig{MessageID: key}
	if len(data) > 0 {
		c.TemplateData = data[0]
		if n, ok := data[0]["Count"]; ok {
			c.PluralCount = n
			c.TemplateData = grouped(data[0])
		}
	}
	text, err := p.local.Localize(c)
	if err != nil {
		return "", fmt.Errorf("text %s: %w", key, err)
	}
	return text, nil
}

// grouped returns data with its Count as it is read: 3,128.
func grouped(data map[string]any) map[string]any {
	n, ok := data["Count"].(int)
	if !ok {
		return data
	}
	data = maps.Clone(data)
	data["Count"] = Count(n)
	return data
}

// Column returns the heading of a column, its key where there is none.
func (p *Phrases) Column(key string) string { return p.or("column_"+key, key) }

// Reason says why a row was not read; an unknown reason stays as it is.
func (p *Phrases) Reason(code string) string { return p.or("reason_"+code, code) }

func (p *Phrases) or(key, other string) string {
	text, err := p.find(key)
	if err != nil {
		return other
	}
	return text
}
