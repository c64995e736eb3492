// Package paper shows a recovery sheet, prints and saves it. The code on it stands on
// the screen and on paper, and in a file only where the user says so.
package paper

import (
	"context"
	"errors"
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/app/usecase/sheet"
)

// Sheet is a recovery sheet on the screen, with what can be done with it beside it:
// Body, to be placed.
type Sheet struct {
	Body *fyne.Container

	desk    *desk.Desk
	content func() sheet.Sheet
	changed func()
	paper   *fyne.Container // holds the preview
	told    *parts.Para
	copied  *parts.Check
	out     bool // it was printed or saved
}

// previewWidth is that of the preview.
const previewWidth = 224

// New returns a sheet that shows nothing until Draw. Content is asked for what stands
// on it; changed is called when Kept may have changed.
func New(d *desk.Desk, content func() sheet.Sheet, changed func()) *Sheet {
	s := &Sheet{desk: d, content: content, changed: changed, paper: container.NewStack(), told: parts.NewPara("", 0)}
	s.told.Hide()
	s.copied = parts.NewCheck(d.Text("welcome_sheet_copied"), func(bool) { changed() })
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
	s.Body = container.New(besidePaper{}, s.paper, side)
	return s
}

// Kept reports whether the sheet was printed or saved, or is said to be copied by hand.
func (s *Sheet) Kept() bool { return s.out || s.copied.Checked() }

// Draw shows the sheet, anew: what stands on it may be another.
func (s *Sheet) Draw() {
	s.paper.Objects = []fyne.CanvasObject{paper(sheet.Make(s.desk.Words, s.content()), previewWidth)}
	s.paper.Refresh()
}

// Clear takes the code from the screen.
func (s *Sheet) Clear() {
	s.paper.Objects = nil
	s.paper.Refresh()
}

// Blank reports whether no code is on the screen.
func (s *Sheet) Blank() bool { return len(s.paper.Objects) == 0 }

// tell says what came of printing or saving.
func (s *Sheet) tell(text string, tone look.Tone) {
	s.told.SetText(text)
	s.told.SetTone(tone)
	s.told.Show()
	s.Body.Refresh()
	s.changed()
}

func (s *Sheet) print() {
	d, content := s.desk, s.content()
	s.tell(d.Text("welcome_sheet_printing"), look.Muted)
	Print(d, func() *sheet.Page { return sheet.Make(d.Words, content) }, func() {
		s.out = true
		s.tell(d.Text("welcome_sheet_printed"), look.Good)
	}, func(err error) {
		if errors.Is(err, sheet.ErrNoPrinter) {
			s.tell(d.Text("welcome_sheet_no_printer"), look.Bad)
		} else {
			s.tell(d.Words.Error(err), look.Bad)
		}
	})
}

// Print hands a page to the printer apart from the window. Sent is called once the printer
// has it, failed if that does not come about.
func Print(d *desk.Desk, page func() *sheet.Page, sent func(), failed func(error)) {
	d.Tasks.Go(func(ctx context.Context) error {
		pdf, err := page().PDF()
		if err != nil {
			return err
		}
		defer clear(pdf)
		return sheet.Print(ctx, pdf, func() { d.Tasks.Do(sent) })
	}, func(err error) {
		if err != nil && !errors.Is(err, context.Canceled) {
			failed(err)
		}
	})
}

func (s *Sheet) save() {
	d := s.desk
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
func (s *Sheet) large() {
	c := s.desk.Window.Canvas()
	room := c.Size()
	width := min(720, room.Width-80)
	show := parts.NewDialog(c, s.desk.Words, s.desk.Text("welcome_step_sheet"),
		container.NewCenter(paper(sheet.Make(s.desk.Words, s.content()), width-60)),
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
		code := parts.NewQR(p.Code.Code, 0)
		code.Move(fyne.NewPos(look.Px(float32(p.Code.X)*scale), look.Px(float32(p.Code.Y)*scale)))
		code.Resize(fyne.NewSquareSize(look.Px(float32(p.Code.Side) * scale)))
		return append(objects, code)
	})
}

// besidePaper puts the preview at the left and what is done with it beside it.
type besidePaper struct{}

const paperGap = 20

// MinSize is both beside each other.
func (besidePaper) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(previewWidth) * sheet.Height / sheet.Width
	side := objects[1].MinSize()
	return fyne.NewSize(previewWidth+paperGap+side.Width, max(look.Px(height), side.Height))
}

// Layout gives the preview its size, and its neighbour the rest.
func (besidePaper) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := look.Px(float32(previewWidth) * sheet.Height / sheet.Width)
	objects[0].Resize(fyne.NewSize(previewWidth, height))
	objects[1].Move(fyne.NewPos(previewWidth+paperGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-previewWidth-paperGap, size.Height))
}
