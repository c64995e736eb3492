package phrase

import (
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

func TestEachVerbThatIsRefusedIsNamed(t *testing.T) {
	for _, lang := range languages {
		p := New(lang.String())
		for _, r := range append(access.Table, access.Rule{Verb: "open"}) {
			e := usecase.LogEntry{Verb: "denied", Of: string(r.Verb)}
			if got := p.Logged(&e); !strings.Contains(got, p.Text("verb_"+worded(string(r.Verb)))) {
				t.Errorf("%s: %s reads %q", lang, r.Verb, got)
			}
		}
		// What changes the book is worded as done, too.
		for _, r := range access.Table {
			if e := (usecase.LogEntry{Verb: string(r.Verb)}); access.Undoable(r.Verb) && p.Logged(&e) == string(r.Verb) {
				t.Errorf("%s: %s has no words", lang, r.Verb)
			}
		}
	}
}

func TestAnEntryInPlainWords(t *testing.T) {
	p := New("en")
	named := func(what, name string) usecase.LogMatter {
		return usecase.LogMatter{Changes: []usecase.LogChange{{What: what, Name: name}}}
	}
	for want, e := range map[string]usecase.LogEntry{
		"Opened the book":                                           {Verb: "login"},
		"Book sealed anew under new keys":                           {Verb: "reseal"},
		"Found a copy of the book's keys damaged and wrote it anew": {Verb: "mended"},
		"Found users, keys or passphrases changed without an entry": {Verb: "found", LogMatter: named("user", "owner")},
		"Opened the book after 1 wrong passphrase on that computer": {Verb: "login", Rows: 1},
		"Import of may.csv":                                         {Verb: "import", LogMatter: usecase.LogMatter{File: "may.csv"}},
		"Own field changed: sister":                                 {Verb: "field", LogMatter: named("field", "sister")},
		"Approval of a list asked for":                              {Verb: "ask"},
		"Folders for backups chosen":                                {Verb: "folders"},
		"Backup by hand: kebu-00.kebu":                              {Verb: "backup", LogMatter: usecase.LogMatter{File: "kebu-00.kebu"}},
		"Backup by hand":                                            {Verb: "backup"},
		"List decided on":                                           {Verb: "approve", LogMatter: named("approval", "7")},
		"Values of the log seen":                                    {Verb: "reveal", LogMatter: usecase.LogMatter{Rule: "log 4"}},
		"Clear values seen":                                         {Verb: "reveal", LogMatter: usecase.LogMatter{Rule: "id 00"}},
		"Tried to export a list in clear; refused":                  {Verb: "denied", Of: "export clear"},
		"A verb of later":                                           {Verb: "a verb of later"},
	} {
		if got := p.Logged(&e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAValueOfTheLogInPlainWords(t *testing.T) {
	p := New("en")
	for _, c := range [][3]string{
		{"user", "warehouse", "Warehouse"},
		{"user", "", ""},
		{"user", "role of later", "role of later"},
		{"approval", "no", "refused"},
		{"note", "warehouse", "warehouse"},
		{"rules", `{}`, ""},
		{"rules", `no rules`, "no rules"},
		{"rules", `{"most":{"service":{"phone":-1}}}`, `{"most":{"service":{"phone":-1}}}`},
		{
			"rules", `{"most":{"service":{"phone":2}},"off":{"marketing":["export"]},"daily":{"owner":1},"rows":50,"delay":0,"until":{"3":1795000000000}}`,
			"Owner may reveal 1 person a day; Customer service, Phone, e-mail: masked; Marketing may not: Export; " +
				"a list of up to 50 people needs no approval; who is alone waits 0 hours; access number 3 ends 2026-11-18",
		},
	} {
		if got := p.LoggedValue(c[0], c[1]); got != c[2] {
			t.Errorf("%s %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
