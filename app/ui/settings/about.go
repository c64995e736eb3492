package settings

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/act"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// libraries are the modules that Kebu is made of, with the names of their
// licences in the list of SPDX.
var libraries = []struct{ module, licence string }{
	{"filippo.io/age", "BSD-3-Clause"},
	{"fyne.io/fyne/v2", "BSD-3-Clause"},
	{"github.com/alecthomas/kong", "MIT"},
	{"github.com/go-pdf/fpdf", "MIT"},
	{"github.com/godbus/dbus/v5", "BSD-2-Clause"},
	{"github.com/gofrs/flock", "BSD-3-Clause"},
	{"github.com/klauspost/compress", "BSD-3-Clause"},
	{"github.com/makiuchi-d/gozxing", "MIT"},
	{"github.com/mozillazg/go-pinyin", "MIT"},
	{"github.com/nicksnyder/go-i18n/v2", "MIT"},
	{"github.com/nyaruka/phonenumbers", "MIT"},
	{"github.com/piglig/go-qr", "MIT"},
	{"github.com/richardlehane/mscfb", "Apache-2.0"},
	{"github.com/trustelem/zxcvbn", "MIT"},
	{"github.com/xuri/excelize/v2", "BSD-3-Clause"},
	{"golang.org/x/crypto", "BSD-3-Clause"},
	{"golang.org/x/mod", "BSD-3-Clause"},
	{"golang.org/x/net", "BSD-3-Clause"},
	{"golang.org/x/sys", "BSD-3-Clause"},
	{"golang.org/x/term", "BSD-3-Clause"},
	{"golang.org/x/text", "BSD-3-Clause"},
	{"modernc.org/libc", "BSD-3-Clause"},
	{"modernc.org/sqlite", "BSD-3-Clause"},
}

// versions returns that of the program and those of the modules in it.
func versions() (program string, modules map[string]string) {
	modules = map[string]string{}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "0", modules
	}
	for _, m := range info.Deps {
		modules[m.Path] = strings.TrimPrefix(m.Version, "v")
	}
	return strings.Trim(cmp.Or(info.Main.Version, "0"), "v()"), modules
}

// about is the section of what Kebu is, and of the file.
func (p *Page) about() fyne.CanvasObject {
	d := p.desk
	program, modules := versions()
	last := act.NewLastCheck(d, p.book)
	check := parts.Second(d.Text("shell_check"), "shield", func() { act.Check(d, p.book, last.Read) })
	lines := []fyne.CanvasObject{parts.NewPara(d.Text("settings_licences"), 0), parts.NewRule()}
	for _, l := range libraries {
		if version, in := modules[l.module]; in {
			lines = append(lines, parts.NewPairLine(l.module+"  "+version, l.licence, look.Muted))
		}
	}
	lines = append(lines, parts.NewPairLine("Go  "+strings.TrimPrefix(runtime.Version(), "go"), "BSD-3-Clause", look.Muted))
	return parts.NewStack(
		parts.NewCard(d.Text("shell_title"), nil, parts.NewStack(
			parts.NewText(d.Text("settings_version", map[string]any{"Version": program}), look.SizeBody, look.Plain),
			parts.NewPara(d.Text("settings_about_text"), 0))),
		parts.NewCard(d.Text("settings_file"), nil, parts.NewStack(
			parts.NewPara(d.Book, 0), parts.NewPara(d.Text("settings_check_text"), 0).SetTone(look.Muted), last.Line, container.NewHBox(check))),
		parts.NewCard(d.Text("settings_licences_title"), nil, parts.NewStack(lines...)),
	)
}
