package files

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
)

// chooser is the dialog: places at the left, a folder beside them, and to save
// a name below.
type chooser struct {
	desk       *desk.Desk
	title      string
	action     parts.DialogAction
	extensions []string
	many       bool
	none       string // key of what an empty folder says

	folder  string
	entries []entry
	reading task.Latest

	dialog *parts.Dialog
	places []place
	up     *parts.Button
	where  *parts.Text
	table  *parts.DataTable[entry]
	body   *fyne.Container

	name      *parts.Entry // nil to open
	field     *parts.Field
	extension string
	agreed    string // path of a file that may be replaced
}

const (
	width       = 820
	tableHeight = 330
	besideTable = 310 // what else stands in the dialog and around it
	listWidth   = 150
	gap         = 16
)

func newChooser(d *desk.Desk, extensions []string) *chooser {
	c := &chooser{desk: d, extensions: extensions, none: "files_none", places: places(), reading: task.Latest{Runner: d.Tasks}}
	c.up = parts.IconButton("up", d.Text("files_up"), c.above)
	c.where = parts.NewText("", look.SizeBody, look.Muted).Shrink()
	c.table = parts.NewDataTable(d.Words, d.Tasks, []parts.Column[entry]{
		{ID: "name", Title: d.Text("files_name"), Min: 160, Start: 280, Max: 600, Grow: true, Cell: func(e entry) parts.Cell {
			icon := "file"
			if e.folder {
				icon = "folder"
			}
			return parts.Cell{Icon: icon, IconTone: look.Muted, Text: e.name}
		}},
		{ID: "size", Title: d.Text("files_size"), Min: 70, Start: 80, Max: 120, Align: parts.Right, Cell: func(e entry) parts.Cell {
			if e.folder {
				return parts.Cell{Number: true}
			}
			return parts.Cell{Text: phrase.Size(e.size), Number: true, Tone: look.Muted}
		}},
		{ID: "modified", Title: d.Text("files_modified"), Min: 100, Start: 110, Max: 160, Cell: func(e entry) parts.Cell {
			now := d.Clock()
			return parts.Cell{Text: d.Words.When(e.modified.In(now.Location()), now), Tone: look.Muted}
		}},
	}, c)
	c.table.OnOpen = c.enter
	c.table.OnSelect = c.selected
	return c
}

// Count returns how many entries the folder has.
func (c *chooser) Count() int { return len(c.entries) }

// At returns an entry.
func (c *chooser) At(i int) (entry, bool) {
	if i < 0 || i >= len(c.entries) {
		return entry{}, false
	}
	return c.entries[i], true
}

// naming adds the field for a name.
func (c *chooser) naming(name, extension string) {
	c.extension = extension
	c.name = parts.NewEntry("")
	c.name.SetText(name)
	c.name.OnChanged = func(string) {
		c.field.SetError("")
		c.body.Refresh()
	}
	c.field = parts.NewField(c.desk.Text("files_name"), c.name)
}

func (c *chooser) show() {
	titles := make([]string, len(c.places))
	for i, p := range c.places {
		titles[i] = p.folder
		if p.key != "" {
			titles[i] = c.desk.Text(p.key)
		}
	}
	side := parts.NewSideList(titles, func(i int) { c.open(c.places[i].folder) })
	objects := []fyne.CanvasObject{side, c.up, c.where, c.table}
	if c.field != nil {
		objects = append(objects, c.field)
	}
	canvas := c.desk.Window.Canvas()
	c.body = container.New(columns{min(tableHeight, canvas.Size().Height-besideTable)}, objects...)
	c.dialog = parts.NewDialog(canvas, c.desk.Words, c.title, c.body, fyne.NewSize(min(width, canvas.Size().Width-40), 0))
	c.dialog.SetPrimary(c.action)
	c.dialog.SetFirst(c.table)
	if c.name != nil && c.extension != "" {
		c.dialog.SetFirst(c.name)
	}
	c.dialog.OnKey = func(p parts.Press) bool {
		if p == (parts.Press{Key: fyne.KeyUp, Mod: fyne.KeyModifierAlt}) ||
			p == (parts.Press{Key: fyne.KeyBackspace}) {
			c.above()
			return true
		}
		return false
	}
	c.dialog.OnClosed = func(bool) { c.reading.Cancel() }
	if !c.many {
		c.table.Plain()
	}
	c.folder = Folder(c.desk) // a name counts before the folder is read
	c.open(c.folder)
	c.dialog.Show()
	if c.name != nil && c.extension != "" {
		c.name.SelectAll()
	}
}

// open shows a folder.
func (c *chooser) open(folder string) {
	var entries []entry
	c.reading.Go(func(context.Context) (err error) {
		entries, err = list(folder, c.extensions)
		return err
	}, func(err error) {
		c.folder, c.entries = folder, entries
		c.where.SetText(folder)
		c.up.SetEnabled(filepath.Dir(folder) != folder)
		c.table.Selection().None()
		c.table.SetCursor(-1)
		switch {
		case err != nil:
			c.table.SetState(parts.NewEmptyState("warn", c.desk.Words.Error(err), "", nil, ""))
		case len(entries) == 0:
			c.table.SetState(parts.NewEmptyState("folder", c.desk.Text(c.none), "", nil, ""))
		default:
			c.table.SetState(nil)
		}
		c.table.RowsChanged()
		c.table.ScrollToOffset(fyne.Position{})
	})
}

// above shows the folder that holds this one.
func (c *chooser) above() {
	if up := filepath.Dir(c.folder); up != c.folder {
		c.open(up)
	}
}

// enter opens the folder of a row, or chooses its file.
func (c *chooser) enter(row int) {
	e, ok := c.At(row)
	switch {
	case !ok:
	case e.folder:
		c.open(filepath.Join(c.folder, e.name))
	case c.name != nil:
		c.name.SetText(e.name)
	default:
		c.table.Selection().Only(row)
		if c.action.Do() {
			c.dialog.Hide()
		}
	}
}

// selected keeps to one row where only one may be chosen, and takes its name.
func (c *chooser) selected() {
	s := c.table.Selection()
	if !c.many && s.Len(len(c.entries)) > 1 && c.table.Cursor() >= 0 {
		s.Only(c.table.Cursor())
		c.table.RefreshRows()
	}
	if e, ok := c.At(c.table.Cursor()); ok && c.name != nil && !e.folder {
		c.name.SetText(e.name)
	}
}

// chosen returns the selected files. A folder that is selected alone is opened.
func (c *chooser) chosen() ([]string, bool) {
	var paths []string
	var folder string
	c.table.Selection().Each(len(c.entries), func(i int) {
		e := c.entries[i]
		if e.folder {
			folder = filepath.Join(c.folder, e.name)
		} else {
			paths = append(paths, filepath.Join(c.folder, e.name))
		}
	})
	if len(paths) == 0 && folder != "" {
		c.open(folder)
	}
	return paths, len(paths) > 0
}

// named returns the path of the name that was typed; to replace a file it has
// to be agreed to once more.
func (c *chooser) named() (string, bool) {
	path := target(c.folder, c.name.Text, c.extension)
	problem := ""
	switch {
	case path == "":
		problem = "files_name_blank"
	case isFolder(path):
		problem = "files_is_folder"
	case !isFolder(filepath.Dir(path)):
		problem = "files_no_folder"
	case there(path) && c.agreed != path:
		problem = "files_replace"
		c.agreed = path
	default:
		return path, true
	}
	c.field.SetError(c.desk.Text(problem))
	c.body.Refresh()
	c.dialog.Refresh()
	return "", false
}

// inFolder returns the open folder, or the one that is selected in it, or a new one
// there by the name that was typed.
func (c *chooser) inFolder() (string, bool) {
	folder, name := c.folder, strings.TrimSpace(c.name.Text)
	c.table.Selection().Each(len(c.entries), func(i int) { folder = filepath.Join(c.folder, c.entries[i].name) })
	path := filepath.Join(folder, name)
	problem := ""
	switch {
	case name != "" && (!filepath.IsLocal(name) || filepath.Base(name) != name):
		problem = "files_folder_name"
	case there(path) && !isFolder(path):
		problem = "files_folder_taken"
	default:
		return path, true
	}
	c.field.SetError(c.desk.Text(problem))
	c.body.Refresh()
	c.dialog.Refresh()
	return "", false
}

// columns lays the dialog out: the places, the folder's path above its
// entries, and the name.
type columns struct{ table float32 } // height of the table

// MinSize is high enough for a table, as far as the window is.
func (l columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := look.FieldHeight() + 8 + l.table
	if len(objects) > 4 {
		height += gap + objects[4].MinSize().Height
	}
	return fyne.NewSize(500, height)
}

// Layout places them.
func (columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put := func(i int, x, y, width, height float32) {
		objects[i].Move(fyne.NewPos(look.Px(x), look.Px(y)))
		objects[i].Resize(fyne.NewSize(look.Px(width), look.Px(height)))
	}
	left, line := float32(listWidth+gap), look.FieldHeight()
	below := float32(0)
	if len(objects) > 4 {
		below = objects[4].MinSize().Height
		put(4, left, size.Height-below, size.Width-left, below)
		below += gap
	}
	put(0, 0, 0, listWidth, size.Height)
	put(1, left, 0, line, line)
	put(2, left+line+8, 0, size.Width-left-line-8, line)
	put(3, left, line+8, size.Width-left, size.Height-line-8-below)
}
