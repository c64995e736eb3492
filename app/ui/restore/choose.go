package restore

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Room in the wizard.
const (
	listWidth = 474 // of the list of backups
	ringRoom  = 6   // beside it, for the ring of the focus
)

// chooseStep is the list of the book's backups, and any other file.
type chooseStep struct {
	page *Page
	body *fyne.Container

	list   *parts.CardList
	under  *fyne.Container // the list, or why there is none
	other  *door.Sign      // a file that is not in the list
	found  []usecase.BackupFile
	chosen string
}

func newChooseStep(p *Page) *chooseStep {
	s := &chooseStep{page: p, other: door.NewSign("file"), under: container.NewStack()}
	d := p.desk
	s.list = parts.NewCardList(
		parts.CardColumn{Title: d.Text("restoring_when"), Width: 138}, parts.CardColumn{Title: d.Text("restoring_why")},
		parts.CardColumn{Title: d.Text("restoring_holds"), Width: 110}, parts.CardColumn{Title: d.Text("files_size"), Width: 54, Right: true},
	)
	s.list.OnOpen = func(i int) { s.choose(s.found[i].Path) }
	s.other.Hide()
	s.body = door.Stack(
		door.Row{Object: s.under},
		door.Row{Gap: 12, Object: s.other},
		door.Row{Gap: 12, Object: parts.Second(d.Text("restoring_other"), "", s.browse), Narrow: true},
	)
	return s
}

// enter reads the list, once.
func (s *chooseStep) enter() {
	d := s.page.desk
	if s.found != nil || s.page.o.Book == "" {
		s.show()
		s.focus()
		return
	}
	var found []usecase.BackupFile
	d.Tasks.Go(func(context.Context) error {
		found = usecase.BackupsOf(s.page.o.Keeper, s.page.o.Book)
		return nil
	}, func(error) {
		s.found = append([]usecase.BackupFile{}, found...)
		s.show()
		s.focus()
	})
}

// focus gives the list the focus, as long as one chooses.
func (s *chooseStep) focus() {
	if s.page.steps != nil && s.page.steps.Page() == stepBackup && len(s.found) > 0 {
		s.page.desk.Window.Canvas().Focus(s.list)
	}
}

// choose takes a backup, listed or not.
func (s *chooseStep) choose(path string) {
	s.chosen = path
	s.page.pass.of(path)
	s.show()
}

// browse chooses any other file.
func (s *chooseStep) browse() {
	files.Open(s.page.desk, []string{door.Extension}, false, func(paths []string) { s.choose(paths[0]) })
}

func (s *chooseStep) show() {
	lines, at := lines(s.page.desk.Words, s.found, s.chosen)
	s.list.SetLines(lines)
	switch {
	case len(lines) > 0:
		s.under.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(0, 0, ringRoom, ringRoom), s.list.Whole(listWidth-2*ringRoom))}
	case s.page.o.Book == "":
		s.under.Objects = []fyne.CanvasObject{parts.NewPara(s.page.desk.Text("restoring_any"), 0).SetTone(look.Muted)}
	default:
		s.under.Objects = []fyne.CanvasObject{parts.NewEmptyLine("shield", s.page.desk.Text("restoring_none"))}
	}
	s.other.Hide()
	if s.chosen != "" && at < 0 {
		s.other.Set(filepath.Base(s.chosen), filepath.Dir(s.chosen), 0)
		s.other.Show()
	}
	s.body.Refresh()
	if s.page.steps != nil {
		s.page.steps.Update()
	}
}
