package segments

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// countAfter is how long the count waits for the typing to rest.
const countAfter = 150 * time.Millisecond

// editor is the dialog in which a rule is written, with how many it finds.
type editor struct {
	page *Page
	old  string // name of the segment whose rule is changed, "" for a new one

	name      *parts.Entry
	nameField *parts.Field
	rule      *parts.Entry
	ruleField *parts.Field
	excerpt   *parts.Excerpt
	reads     *parts.Para
	finds     *parts.Text
	stack     *parts.Stack
	dialog    *parts.Dialog
	count     task.Latest
	checked   checked
}

// The size of the dialog.
const (
	editorWidth  = 560
	editorHeight = 440
)

// create writes a segment of its own.
func (p *Page) create() { p.write("", "", "") }

// edit changes the rule of a segment.
func (p *Page) edit(r row) { p.write(r.Name, r.Name, r.Rule) }

// duplicate writes a segment that starts as another one.
func (p *Page) duplicate(name, rule string) { p.write("", p.list.free(p.desk.Words, name), rule) }

// copyReady writes a segment that starts as one of those that are ready.
func (p *Page) copyReady(r ready) { p.duplicate(r.name, r.rule) }

// write opens the dialog; old is the segment that gets the rule, "" for a new one.
func (p *Page) write(old, name, rule string) {
	d := p.desk
	if parts.DialogOpen(d.Window.Canvas()) {
		return
	}
	e := &editor{page: p, old: old}
	e.count.Runner = d.Tasks
	e.name = parts.NewEntry(d.Text("segments_name_hint"))
	e.name.SetText(name)
	e.name.OnChanged = func(string) {
		e.nameField.SetError("")
		e.update()
	}
	e.nameField = parts.NewField(d.Text("segments_name"), e.name)
	e.rule = parts.NewMultiline(d.Text("part_filter_rule"), 4)
	e.rule.Wrapping = fyne.TextWrapWord
	e.rule.SetText(rule)
	e.rule.CursorColumn = len([]rune(rule))
	e.rule.OnChanged = func(string) { e.typed() }
	e.ruleField = parts.NewField(d.Text("segments_rule"), e.rule)
	e.ruleField.SetHint(d.Text("segments_rule_hint"))
	e.excerpt = parts.NewExcerpt()
	e.reads = parts.NewPara("", 0)
	e.finds = parts.NewTitle("", look.SizeCard)
	title := d.Text("segments_new")
	body := []fyne.CanvasObject{e.nameField, e.ruleField, e.excerpt, e.reads, e.finds}
	if old != "" {
		title = d.Text("segments_edit_title", map[string]any{"Name": old})
		body = slices.Delete(body, 0, 1)
	}
	e.stack = parts.NewStack(body...)
	e.dialog = parts.NewDialog(d.Window.Canvas(), d.Words, title, e.stack, fyne.NewSize(editorWidth, editorHeight))
	e.dialog.SetSecond(parts.DialogAction{Text: d.Text("segments_empty_action"), Icon: "people", Do: e.toCustomers})
	e.dialog.OnClosed = func(bool) { e.count.Cancel() }
	e.dialog.SetFirst(e.name)
	if old != "" || name != "" {
		e.dialog.SetFirst(e.rule)
	}
	e.check()
	e.dialog.Show()
}

// typed looks at the rule, and counts once the typing rests.
func (e *editor) typed() {
	e.check()
	e.stack.Refresh()
	e.dialog.Refresh()
}

// check says what the rule means or where it is wrong, and counts.
func (e *editor) check() {
	d := e.page.desk
	e.checked = e.page.shop.check(e.rule.Text)
	if hidden := d.Hidden(e.checked.rule); hidden != "" {
		e.checked = checked{problem: d.Words.Error(&usecase.HiddenError{Field: hidden})}
	}
	c := e.checked
	e.ruleField.SetError(c.problem)
	wrong := ""
	if c.problem != "" {
		wrong = strings.TrimSpace(e.rule.Text)
	}
	e.excerpt.Set(wrong, c.from, c.to)
	e.reads.SetText(c.reads)
	e.count.Cancel()
	e.finds.SetText("")
	if c.rule != "" {
		e.finds.SetText(d.Text("segments_counting"))
		e.count.After(countAfter, e.find)
	}
	e.update()
}

// find counts whom the rule finds.
func (e *editor) find() {
	var totals usecase.Totals
	rule := e.checked.rule
	e.count.Go(func(ctx context.Context) (err error) {
		totals, err = e.page.book.Totals(ctx, usecase.Selection{Where: rule})
		return err
	}, func(err error) {
		if err != nil {
			e.finds.SetText(e.page.desk.Words.Error(err))
			return
		}
		e.finds.SetText(e.page.shop.finds(totals.Customers))
	})
}

// update lets the segment be saved once it has a name and a rule.
func (e *editor) update() {
	if e.dialog == nil {
		return
	}
	text := "segments_save"
	if e.old != "" {
		text = "segments_save_rule"
	}
	e.dialog.SetPrimary(parts.DialogAction{
		Text: e.page.desk.Text(text), Do: e.save,
		Disabled: e.checked.rule == "" || strings.TrimSpace(e.name.Text) == "",
	})
}

// save keeps the segment; it can be taken back.
func (e *editor) save() bool {
	p, name, rule := e.page, strings.TrimSpace(e.name.Text), e.checked.rule
	said := "segments_rule_saved"
	if e.old == "" {
		said = "segments_saved"
		if p.list.find(name) >= 0 {
			e.nameField.SetError(p.desk.Text("segments_name_taken"))
			e.name.Focus()
			return false
		}
	}
	p.desk.Do(func(usecase.Done) string { return p.desk.Text(said, map[string]any{"Name": name}) },
		func(ctx context.Context) (usecase.Done, error) { return p.book.SaveSegment(ctx, name, rule) })
	return true
}

// toCustomers goes on with the rule where it is shown as chips.
func (e *editor) toCustomers() bool {
	e.page.desk.Open(place.Place{Page: place.Customers, Fresh: true, Rule: e.checked.rule, Segment: e.old})
	return true
}
