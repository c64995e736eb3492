package phrase

import (
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kebu/assets"
)

// message is a text by plural form; one without has the form "other" alone.
type message map[string]string

// load reads the texts of a language as they stand in its file.
func load(t *testing.T, lang string) map[string]message {
	t.Helper()
	data, err := assets.Locales.ReadFile(path.Join("locales", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	out := make(map[string]message, len(raw))
	for key, v := range raw {
		m := message{}
		if json.Unmarshal(v, &m) != nil {
			var text string
			if err := json.Unmarshal(v, &text); err != nil {
				t.Fatalf("%s: %s: %v", lang, key, err)
			}
			m = message{"other": text}
		}
		out[key] = m
	}
	return out
}

var placeholder = regexp.MustCompile(`{{[^}]*}}`)

func placeholders(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))))
}

func TestLanguagesHaveTheSameTexts(t *testing.T) {
	english := load(t, "en")
	for _, lang := range languages[1:] {
		texts := load(t, lang.String())
		for key := range maps.Keys(texts) {
			if english[key] == nil {
				t.Errorf("%s: %s is not in English", lang, key)
			}
		}
		for key, m := range english {
			if texts[key] == nil {
				t.Errorf("%s: %s is in English alone", lang, key)
			}
			if got, want := placeholders(texts[key]["other"]), placeholders(m["other"]); !slices.Equal(got, want) {
				t.Errorf("%s: %s has %q, English has %q", lang, key, got, want)
			}
		}
	}
}

// TestTextsHaveTheirPluralForms holds for English what its plurals need: a text
// that counts and has no form for one cannot be said of one.
func TestTextsHaveTheirPluralForms(t *testing.T) {
	for _, lang := range languages {
		for key, m := range load(t, lang.String()) {
			if strings.TrimSpace(m["other"]) == "" {
				t.Errorf("%s: %s is blank", lang, key)
			}
			counts := strings.Contains(m["other"], "{{.Count}}") || m["one"] != ""
			if counts && lang == languages[0] && m["one"] == "" {
				t.Errorf("%s: %s counts and has no form for one", lang, key)
			}
			for _, text := range m {
				for _, p := range placeholders(text) {
					if !slices.Contains(placeholders(m["other"]), p) {
						t.Errorf("%s: %s has %s in one form only", lang, key, p)
					}
				}
			}
		}
	}
}

func TestTextsAreInTheirLanguage(t *testing.T) {
	// Names are the same in every language.
	name := regexp.MustCompile(`^(platform|letter|language)_|^(error_usage|kind_pdf|kind_xml|door_hans|door_hant|door_english|door_name|door_name_second)$`)
	placeholder := regexp.MustCompile(`{{.*?}}`)
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, lang := range languages {
		for key, m := range load(t, lang.String()) {
			text := placeholder.ReplaceAllString(m["other"], "")
			if name.MatchString(key) || !strings.ContainsFunc(text, unicode.IsLetter) {
				continue
			}
			if han(text) != (lang != languages[0]) {
				t.Errorf("%s: %s is in another language: %s", lang, key, m["other"])
			}
		}
	}
	// Characters that one script has and the other writes otherwise.
	for lang, foreign := range map[string]string{"zh-Hans": "檔訂單這個對應請導匯資錄沒開啟選擇為", "zh-Hant": "档订单这个对应请导汇资录没开启选择为"} {
		for key, m := range load(t, lang) {
			if i := strings.IndexAny(m["other"], foreign); i >= 0 {
				t.Errorf("%s: %s is in the other script: %s", lang, key, m["other"])
			}
		}
	}
}

// TestErrorsDoNotSpeakOfTheTerminal keeps flags and commands out of sentences
// that the window shows too.
func TestErrorsDoNotSpeakOfTheTerminal(t *testing.T) {
	for _, lang := range languages {
		for key, m := range load(t, lang.String()) {
			shared := strings.HasPrefix(key, "error_") && key != "error_usage" || strings.HasPrefix(key, "reason_") || strings.HasPrefix(key, "mapping_")
			if shared && (strings.Contains(m["other"], "--") || strings.Contains(m["other"], "kebuctl")) {
				t.Errorf("%s: %s names what the window does not have: %s", lang, key, m["other"])
			}
		}
	}
}

func TestLanguageFollowsTheTerminal(t *testing.T) {
	for _, c := range []struct{ env, value, want string }{
		{"LANG", "", "en"},
		{"LANG", "C", "en"},
		{"LANG", "C.UTF-8", "en"},
		{"LANG", "de_DE.UTF-8", "en"},
		{"LANG", "zh_CN.UTF-8", "zh-Hans"},
		{"LANG", "zh_SG", "zh-Hans"},
		{"LANG", "zh_TW.UTF-8", "zh-Hant"},
		{"LC_MESSAGES", "zh_HK.Big5", "zh-Hant"},
		{"LC_ALL", "zh", "zh-Hans"},
	} {
		p := FromEnvironment(func(name string) string {
			if name == c.env {
				return c.value
			}
			return ""
		})
		if p.tag.String() != c.want || p.Chinese() != strings.HasPrefix(c.want, "zh") {
			t.Errorf("%s=%s gives %s, want %s", c.env, c.value, p.tag, c.want)
		}
	}
}
