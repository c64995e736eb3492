package welcome

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/paper"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/app/usecase/sheet"
)

// The steps.
const (
	stepPlace = iota
	stepPass
	stepSheet
	stepTest
	stepDone
)

// wizard leads to a new book, which is made on the last step only.
type wizard struct {
	page  *Page
	desk  *desk.Desk
	body  *fyne.Container
	steps *parts.Wizard
	code  usecase.RecoveryCode

	name      *parts.Entry
	path      *parts.Entry
	pathField *parts.Field
	doubt     *parts.Banner
	placeBody *fyne.Container

	pass     *door.Passphrase
	passBody *fyne.Container

	sheet *paper.Sheet
	test  *testStep

	session  *usecase.Session // once the book is made
	doneBody *fyne.Container
	title    *parts.Text
	problem  *parts.Banner
	summary  *fyne.Container
}

func newWizard(p *Page) *wizard {
	d := p.desk
	w := &wizard{page: p, desk: d, code: usecase.NewRecoveryCode()}
	update := func() { w.steps.Update() }
	w.pass = door.NewPassphrase(d, func() {
		w.passBody.Refresh()
		w.steps.Update()
	}, func() { w.steps.Next() })
	w.sheet = paper.New(w.desk, w.onSheet, update)
	w.test = newTestStep(w, update)
	w.steps = parts.NewWizard(d.Words, d.Text("welcome_wizard"), []parts.WizardPage{
		stepPlace: {
			Title: d.Text("welcome_step_place"), Heading: d.Text("welcome_place_title"), Intro: d.Text("welcome_place_text"),
			Body: w.places(), Leave: w.checkPlace,
		},
		stepPass: {
			Title: d.Text("welcome_step_pass"), Heading: d.Text("welcome_pass_title"), Intro: d.Text("welcome_pass_text"),
			Body: w.passes(), Ready: unless(w.pass.Ready), Enter: w.pass.Focus,
		},
		stepSheet: {
			Title: d.Text("welcome_step_sheet"), Heading: d.Text("welcome_sheet_title"), Intro: d.Text("welcome_sheet_text"),
			Body: w.sheet.Body, Ready: unless(w.sheet.Kept), Enter: w.sheet.Draw,
		},
		stepTest: {
			Title: d.Text("welcome_step_test"), Heading: d.Text("welcome_test_title"), Intro: d.Text("welcome_test_text"),
			Body: w.test.body, Ready: unless(w.test.filled), Enter: w.test.enter, Leave: w.test.check,
			Next: d.Text("welcome_test_next"),
		},
		stepDone: {
			Title: d.Text("welcome_step_done"),
			Body:  w.done(), Ready: unless(func() bool { return w.session != nil }), Enter: w.create,
			Next: d.Text("welcome_done_import"),
		},
	}, func() { w.finish(place.Place{Page: place.Imports, Choose: true}) })
	w.steps.OnCancel = func() {
		if w.session == nil {
			p.leave()
		}
	}
	w.body = door.Centre(w.steps)
	return w
}

// errNotYet holds the wizard on a step.
var errNotYet = errors.New("not yet")

func unless(ready func() bool) func() error {
	return func() error {
		if ready() {
			return nil
		}
		return errNotYet
	}
}

// places is the first step.
func (w *wizard) places() fyne.CanvasObject {
	d := w.desk
	w.name = parts.NewEntry(d.Text("welcome_name_example")).SetHeight(door.FieldHeight)
	w.name.OnSubmitted = func(string) { w.steps.Next() }
	w.path = parts.NewEntry("").SetHeight(door.FieldHeight)
	w.path.OnChanged = func(string) { w.judgePlace(false) }
	w.path.OnLeave = func() { w.judgePlace(true) }
	w.path.OnSubmitted = func(string) { w.steps.Next() }
	choose := parts.Second(d.Text("welcome_choose"), "", w.choosePlace)
	w.pathField = parts.NewField(d.Text("welcome_file"), w.path)
	w.doubt = parts.NewBanner(look.Late, "")
	w.doubt.Hide()
	w.placeBody = door.Stack(
		door.Row{Object: parts.NewField(d.Text("welcome_name"), w.name)},
		door.Row{Gap: 16, Object: w.pathField},
		door.Row{Gap: 10, Object: choose, Narrow: true},
		door.Row{Gap: 16, Object: w.doubt},
	)
	w.path.SetText(door.FreeName(filepath.Join(door.Documents(), d.Text("welcome_folder")), "shop"))
	return w.placeBody
}

func (w *wizard) choosePlace() {
	path := door.WholePath(w.path.Text)
	name := filepath.Base(path)
	files.Save(w.desk, name[:len(name)-len(filepath.Ext(name))], door.Extension, func(path string) {
		w.path.SetText(path)
		w.judgePlace(true)
	})
}

// judgePlace warns of a place; what is wrong with it is said once it is left.
func (w *wizard) judgePlace(left bool) bool {
	path, problem := door.WholePath(w.path.Text), ""
	if left {
		if key := door.PlaceProblem(path); key != "" {
			problem = w.desk.Text(key)
		}
	}
	w.pathField.SetError(problem)
	if key := door.DoubtKey(path); key != "" {
		w.doubt.SetText(w.desk.Text(key))
		w.doubt.Show()
	} else {
		w.doubt.Hide()
	}
	w.placeBody.Refresh()
	return problem == ""
}

func (w *wizard) checkPlace() bool {
	if !w.judgePlace(true) {
		w.path.Focus()
		return false
	}
	return true
}

// passes is the second step.
func (w *wizard) passes() fyne.CanvasObject {
	d := w.desk
	w.passBody = door.Stack(
		door.Row{Object: w.pass.Body},
		door.Row{Gap: 16, Object: parts.NewBanner(look.Late, d.Text("welcome_pass_note")).SetTitle(d.Text("welcome_pass_note_title"))},
	)
	return w.passBody
}

// done is the last step: it makes the book and says what is where.
func (w *wizard) done() fyne.CanvasObject {
	d := w.desk
	w.title = parts.NewTitle("", look.SizeTitle)
	w.problem = parts.NewBanner(look.Bad, "", parts.Second(d.Text("welcome_retry"), "", w.create))
	w.problem.Hide()
	w.summary = container.NewStack()
	w.summary.Hide()
	w.doneBody = door.Stack(
		door.Row{Object: w.title},
		door.Row{Gap: 20, Object: w.problem},
		door.Row{Gap: 20, Object: w.summary},
	)
	return w.doneBody
}

// create makes the book and opens it.
func (w *wizard) create() {
	if w.session != nil {
		return
	}
	d := w.desk
	path, shop, pass := door.WholePath(w.path.Text), w.name.Text, w.pass.Bytes()
	request := usecase.CreateRequest{Path: path, Owner: d.Text("welcome_owner"), Shop: shop, Passphrase: pass, Code: w.code}
	w.problem.Hide()
	w.title.SetText(d.Text("welcome_making"))
	w.doneBody.Refresh()
	w.steps.SetBusy(d.Text("welcome_making"))
	var session *usecase.Session
	d.Tasks.Go(func(ctx context.Context) (err error) {
		defer clear(pass)
		session, err = create(ctx, request, d.Clock)
		return err
	}, func(err error) {
		w.steps.SetBusy("")
		if err != nil {
			w.title.SetText(d.Text("welcome_not_made"))
			w.problem.SetText(d.Words.Error(err))
			w.problem.Show()
			w.doneBody.Refresh()
			return
		}
		w.session = session
		w.title.SetText(d.Text("welcome_made"))
		door.Remember(d.Prefs, path, shop, d.Clock())
		w.tell(path)
		w.wipe()
		w.steps.NoBack()
	})
}

// create makes a book in a folder that may not be there yet, and opens it.
func create(ctx context.Context, r usecase.CreateRequest, clock usecase.Clock) (*usecase.Session, error) {
	if err := os.MkdirAll(filepath.Dir(r.Path), 0o700); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	r.Cost = usecase.Calibrate(clock)
	if _, err := usecase.Create(ctx, r); err != nil {
		return nil, err
	}
	return usecase.Open(ctx, r.Path, "", r.Passphrase, clock)
}

// tell says what is where.
func (w *wizard) tell(path string) {
	d := w.desk
	sign := door.NewSign("book")
	name := w.name.Text
	if name == "" {
		name = filepath.Base(path)
	}
	sign.Set(name, path, 0)
	rows := []door.Row{{Object: sign}}
	lock := d.Text("welcome_done_lock", map[string]any{"Count": int(desk.AutoLock(d.Prefs).Minutes())})
	for _, text := range []string{d.Text("welcome_done_sheet"), d.Text("welcome_done_copy"), lock} {
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewPara(text, 0)})
	}
	later := parts.Second(d.Text("welcome_done_later"), "", func() { w.finish(place.Place{}) })
	rows = append(rows, door.Row{Gap: 16, Object: later, Narrow: true})
	w.summary.Objects = []fyne.CanvasObject{door.Stack(rows...)}
	w.summary.Show()
	w.doneBody.Refresh()
	w.steps.Update()
}

// finish shows the pages of the new book.
func (w *wizard) finish(first place.Place) {
	session := w.session
	w.session = nil // the window's now
	w.page.o.Opened(session, door.WholePath(w.path.Text), first)
}

// wipe forgets what was typed and shown.
func (w *wizard) wipe() {
	w.pass.Clear()
	w.test.clear()
	w.sheet.Clear()
	w.code = usecase.RecoveryCode{}
}

// onSheet is what stands on the recovery sheet: the shop and the place as they are now.
func (w *wizard) onSheet() sheet.Sheet {
	path := door.WholePath(w.path.Text)
	return sheet.Sheet{
		Shop: w.name.Text, File: filepath.Base(path), Folder: filepath.Dir(path),
		Made: w.desk.Clock(), Code: w.code,
	}
}
