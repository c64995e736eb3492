package export

import (
	"context"
	"encoding/json"
	"time"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// verdict is what the dialog says of a long list in clear, and what its button does.
type verdict struct {
	tone        look.Tone
	title, text string
	button      string // in place of that which exports, "" for that one
	shut        bool   // the button does nothing now
}

// verdictOf says how a list stands; nil is one that needs no approval.
func verdictOf(w *phrase.Phrases, st *usecase.Standing, now time.Time, zone *time.Location) verdict {
	if st == nil {
		return verdict{}
	}
	at := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04") }
	a := st.Asked
	data := map[string]any{
		"Most": st.Most, "Count": int(st.Wait.Hours()), "Until": at(st.Until), "By": a.Decider, "ID": a.ID,
		"Asked": at(a.At.In(zone)), "Decided": at(a.Decided.In(zone)),
	}
	say := func(tone look.Tone, key, button string, shut bool) verdict {
		v := verdict{tone: tone, title: w.Text("export_approval_"+key, data), text: w.Text("export_approval_"+key+"_text", data), shut: shut}
		if button != "" {
			v.button = w.Text("export_approval_"+button, data)
		}
		return v
	}
	switch {
	case a.Verdict == usecase.VerdictNo:
		return say(look.Bad, "no", "no_do", true)
	case a.Verdict == usecase.VerdictYes:
		return say(look.Good, "yes", "", false)
	case st.Ready(now):
		return say(look.Good, "over", "", false)
	case a.ID == 0 && st.Alone:
		return say(look.Late, "alone", "alone_do", false)
	case a.ID == 0:
		return say(look.Late, "ask", "ask_do", false)
	case st.Alone:
		return say(look.Accent, "later", "later_do", true)
	default:
		return say(look.Accent, "waits", "waits_do", true)
	}
}

func (x *dialog) verdict() verdict {
	return verdictOf(x.desk.Words, x.preview.Standing, x.desk.Clock(), x.shop.Zone)
}

// asked is a list that waits for approval, as it was asked for: made again, it has to be
// the same.
type asked struct {
	List    List     `json:"list"`
	Kind    int      `json:"kind"`
	Purpose string   `json:"purpose"`
	Columns []string `json:"columns"`
	Clear   []string `json:"clear"`
	Format  int      `json:"format"`
}

const askedName = "export.asked"

// form is the one that asked for it.
func (a asked) form(folder, name string, offered []string) *form {
	f := newForm(a.List, folder, name, offered)
	f.kind, f.purpose = a.Kind, a.Purpose
	f.take(a.Format)
	f.choose(a.Columns)
	for i := range f.lines {
		for _, id := range a.Clear {
			if f.lines[i].id == id {
				f.lines[i].clear = true
			}
		}
	}
	return f
}

// remember keeps what was asked for, for when it is approved.
func (x *dialog) remember() {
	f := x.form
	text, err := json.Marshal(asked{f.list, f.kind, f.purpose, f.columns(), f.clear(), f.format})
	if err != nil {
		return // names and numbers
	}
	x.desk.Tasks.Go(func(ctx context.Context) error { return x.book.Remember(ctx, askedName, string(text)) },
		func(err error) { x.desk.Failed(err) })
}

// recall looks whether a list was asked for that is not made yet, and offers it.
func (x *dialog) recall() {
	if !x.desk.May(access.Export) {
		return
	}
	var last asked
	var preview usecase.ExportPreview
	x.recalling.Go(func(ctx context.Context) error {
		text, err := x.book.Recall(ctx, askedName)
		if err != nil || json.Unmarshal([]byte(text), &last) != nil {
			return err
		}
		f := last.form(x.form.folder, x.form.name, x.form.offered)
		request := f.request()
		request.To = f.path()
		preview, err = x.book.ExportPreview(ctx, request)
		return err
	}, func(err error) {
		if err != nil || preview.Standing == nil || preview.Standing.Asked.ID == 0 {
			return // it cannot be made as it was asked for, or was made
		}
		v := verdictOf(x.desk.Words, preview.Standing, x.desk.Clock(), x.shop.Zone)
		text := x.desk.Text("export_asked", map[string]any{"Count": preview.Rows, "Customers": phrase.Count(preview.Rows), "State": v.title})
		x.before.RemoveAll()
		x.before.Show()
		x.before.Add(parts.NewBanner(v.tone, text, parts.Link(x.desk.Text("export_asked_take"), "", func() { x.take(last) })))
		x.half.Refresh()
		x.sheet.Refresh()
	})
}

// take shows the list that was asked for.
func (x *dialog) take(a asked) {
	x.form = a.form(x.form.folder, suggest(x.desk.Words, a.List, x.desk.Clock()), x.form.offered)
	x.before.Hide()
	x.kind.Set(x.form.kind)
	x.purpose.SetText(x.form.purpose)
	x.format.Set(x.form.format)
	x.path.SetText(x.form.path())
	x.lock.password.SetText(x.form.password)
	x.sheet.SetNote(x.note())
	x.relock()
	x.fill(-1)
	x.ask()
}
