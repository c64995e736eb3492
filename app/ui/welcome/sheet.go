package welcome

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/app/usecase/sheet"
)

// sheetStep shows the recovery sheet, prints and saves it.
type sheetStep struct {
	w    *wizard
	body *fyne.Container

	paper  *fyne.Container // holds the preview
	told   *parts.Para
	copied *parts.Check
	out    bool // it was printed or saved
	update func()
}

// paperWidth is that of the preview.
const paperWidth = 224

func newSheetStep(w *wizard, update func()) *sheetStep {
	d := w.desk
	s := &sheetStep{w: w, update: update, paper: container.NewStack(), told: parts.NewPara("", 0)}
	s.told.Hide()
	s.copied = parts.NewCheck(d.Text("welcome_sheet_copied"), func(bool) { update() })
	side := door.Stack(
		door.Row{Object: door.Beside(
			parts.Second(d.Text("welcome_sheet_print"), "print", s.print),
			parts.Second(d.Text("welcome_sheet_save"), "file", s.save),
		)},
		door.Row{Gap: 6, Object: parts.Link(d.Text("welcome_sheet_large"), "search", s.large), Link: true},
		door.Row{Gap: 8, Object: s.told},
		door.Row{Gap: 12, Object: parts.NewBanner(look.Late, d.Text("welcome_sheet_warning"))},
		door.Row{Gap: 12, Object: s.copied},
	)
	s.body = container.New(besidePaper{}, s.paper, side)
	return s
}

func (s *sheetStep) ready() bool { return s.out || s.copied.Checked() }

// enter draws the sheet anew: the shop or the place may be another one now.
func (s *sheetStep) enter() {
	s.paper.Objects = []fyne.CanvasObject{paper(sheet.Make(s.w.desk.Words, s.content()), paperWidth)}
	s.paper.Refresh()
}

// clear takes the code from the screen.
func (s *sheetStep) clear() {
	s.paper.Objects = nil
	s.paper.Refresh()
}

func (s *sheetStep) content() sheet.Sheet {
	path := whole(s.w.path.Text)
	return sheet.Sheet{
		Shop: s.w.name.Text, File: filepath.Base(path), Folder: filepath.Dir(path),
		Made: s.w.desk.Clock(), Code: s.w.code,
	}
}

// tell says what came of printing or saving.
func (s *sheetStep) tell(text string, tone look.Tone) {
	s.told.SetText(text)
	s.told.SetTone(tone)
	s.told.Show()
	s.body.Refresh()
	s.update()
}

func (s *sheetStep) print() {
	d := s.w.desk
	content := s.content()
	s.tell(d.Text("welcome_sheet_printing"), look.Muted)
	d.Tasks.Go(func(ctx context.Context) error {
		pdf, err := sheet.Make(d.Words, content).PDF()
		if err != nil {
			return err
		}
		defer clear(pdf)
		return sheet.Print(ctx, pdf, func() {
			d.Tasks.Do(func() {
				s.out = true
				s.tell(d.Text("welcome_sheet_printed"), look.Good)
			})
		})
	}, func(err error) {
		switch {
		case errors.Is(err, sheet.ErrNoPrinter):
			s.tell(d.Text("welcome_sheet_no_printer"), look.Bad)
		case err != nil && !errors.Is(err, context.Canceled):
			s.tell(d.Words.Error(err), look.Bad)
		}
	})
}

func (s *sheetStep) save() {
	d := s.w.desk
	files.Save(d, d.Text("welcome_sheet_file"), ".pdf", func(path string) {
		content := s.content()
		d.Tasks.Go(func(context.Context) error {
			pdf, err := sheet.Make(d.Words, content).PDF()
			if err != nil {
				return err
			}
			defer clear(pdf)
			if err := os.WriteFile(path, pdf, 0o600); err != nil {
				return fmt.Errorf("save recovery sheet: %w", err)
			}
			return nil
		}, func(err error) {
			switch {
			case err != nil:
				s.tell(d.Words.Error(err), look.Bad)
			case usecase.DoubtOf(path) == usecase.Synchronised:
				s.out = true
				s.tell(d.Text("welcome_sheet_saved_cloud"), look.Late)
			default:
				s.out = true
				s.tell(d.Text("welcome_sheet_saved"), look.Good)
			}
		})
	})
}

// large shows the sheet so that it can be read and copied by hand.
func (s *sheetStep) large() {
	c := s.w.desk.Window.Canvas()
	room := c.Size()
	width := min(720, room.Width-80)
	show := parts.NewDialog(c, s.w.desk.Words, s.w.desk.Text("welcome_step_sheet"),
		container.NewCenter(paper(sheet.Make(s.w.desk.Words, s.content()), width-60)),
		fyne.NewSize(width, min(760, room.Height-40)))
	show.Show()
}

// paper draws a sheet: dark on white in every look, as it is printed.
func paper(p *sheet.Page, width float32) fyne.CanvasObject {
	scale := width / sheet.Width
	height := look.Px(sheet.Height * scale)
	return door.NewDrawing(func() fyne.Size { return fyne.NewSize(width, height) }, func(fyne.Size) []fyne.CanvasObject {
		k := look.Now()
		ground := canvas.NewRectangle(k.OnBrand)
		ground.StrokeColor, ground.StrokeWidth = k.Border, 1
		ground.Resize(fyne.NewSize(width, height))
		objects := []fyne.CanvasObject{ground}
		for _, l := range p.Lines {
			line := canvas.NewRectangle(look.Fade(k.Brand, 0x50))
			line.Move(fyne.NewPos(float32(l.X)*scale, look.Px(float32(l.Y)*scale)))
			line.Resize(fyne.NewSize(float32(l.Width)*scale, 1))
			objects = append(objects, line)
		}
		for _, t := range p.Texts {
			text := canvas.NewText(t.Text, k.Brand)
			if t.Tone != sheet.Ink {
				text.Color = look.Fade(k.Brand, 0xB0)
			}
			text.TextSize = float32(t.Points) * sheet.Point * scale
			text.TextStyle.Bold = t.Semibold
			// So small, letters are wider than their size says.
			for room := float32(t.Width)*scale + 1; text.MinSize().Width > room && text.TextSize > 1; {
				text.TextSize *= 0.97
			}
			size, base := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, text.TextSize, text.TextStyle, nil)
			text.Move(fyne.NewPos(float32(t.X)*scale, float32(t.Y)*scale-base))
			text.Resize(size)
			objects = append(objects, text)
		}
		return objects
	})
}

// besidePaper puts the preview at the left and what is done with it beside it.
type besidePaper struct{}

const paperGap = 20

// MinSize is both beside each other.
func (besidePaper) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(paperWidth) * sheet.Height / sheet.Width
	side := objects[1].MinSize()
	return fyne.NewSize(paperWidth+paperGap+side.Width, max(look.Px(height), side.Height))
}

// Layout gives the preview its size, and its neighbour the rest.
func (besidePaper) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := look.Px(float32(paperWidth) * sheet.Height / sheet.Width)
	objects[0].Resize(fyne.NewSize(paperWidth, height))
	objects[1].Move(fyne.NewPos(paperWidth+paperGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-paperWidth-paperGap, size.Height))
}
