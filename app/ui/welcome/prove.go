package welcome

import (
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/ui/door"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// testStep asks for two groups of the code, from the paper.
type testStep struct {
	w      *wizard
	body   *fyne.Container
	asked  [2]int
	groups [2]*parts.Entry
	fields [2]*parts.Field
}

func newTestStep(w *wizard, update func()) *testStep {
	t := &testStep{w: w, asked: usecase.PickRecoveryGroups()}
	var rows []door.Row
	for i := range t.groups {
		e := parts.NewEntry("").SetHeight(door.FieldHeight)
		e.NoPaste = true // from the paper, not from the screen
		e.OnChanged = func(string) {
			t.fields[i].SetError("")
			t.body.Refresh()
			update()
		}
		t.groups[i] = e
		t.fields[i] = parts.NewField(w.desk.Text("welcome_group", map[string]any{"Group": t.asked[i]}), e)
		rows = append(rows, door.Row{Gap: 16, Object: t.fields[i]})
	}
	t.groups[0].OnSubmitted = func(string) { t.groups[1].Focus() }
	t.groups[1].OnSubmitted = func(string) { w.steps.Next() }
	t.body = door.Stack(rows...)
	return t
}

func (t *testStep) enter() { t.groups[0].Focus() }

func (t *testStep) filled() bool {
	for _, e := range t.groups {
		if strings.TrimSpace(e.Text) == "" {
			return false
		}
	}
	return true
}

// check compares what was typed with the code, and names the first group that
// differs.
func (t *testStep) check() bool {
	for i, e := range t.groups {
		if !usecase.SameRecoveryGroup(t.w.code, t.asked[i], e.Text) {
			t.fields[i].SetError(t.w.desk.Text("welcome_test_wrong", map[string]any{"Group": t.asked[i]}))
			t.body.Refresh()
			e.Focus()
			e.SelectAll()
			return false
		}
	}
	return true
}

func (t *testStep) clear() {
	for _, e := range t.groups {
		e.SetText("")
	}
}
