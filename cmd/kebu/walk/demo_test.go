//go:build walk

package walk

import (
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/cmd/kebu/walk/screen"
)

// demoShop opens the demo shop with one click. Every page of it says what it is.
func demoShop(w *walker) {
	w.click(w.text("welcome_demo"))
	w.see("雾里茶铺", w.text("overview_net"))
	for _, page := range []string{"overview", "customers", "orders", "imports", "segments", "settings", "team"} {
		w.click(w.text("page_" + page))
		w.see(w.text("shell_demo"))
		w.until("the title of "+page, func(s screen.Screen) bool { return header(s) == w.text("page_"+page) })
		w.shot("demo " + page)
	}
}

// search finds customers by their city. Chinese comes by the clipboard, as nothing else
// types it here.
func search(w *walker) {
	w.click(w.text("page_customers"))
	w.everybody()
	w.click(w.text("customers_search"))
	w.paste("成都")
	found := w.fewer(500)
	if first := w.row(0).text; !strings.Contains(first, "成都") {
		w.t.Errorf("成都 finds first %s", first)
	}
	w.shot("search")
	w.key("Escape")
	w.everybody()
	w.typeText("cds") // the initials of chéngdū shì
	if n := w.fewer(500); n < found {
		w.t.Errorf("by pinyin %d, by characters %d", n, found)
	}
	w.key("Escape")
	w.everybody()
}

// filters narrows the list by chips: one from the menu, one from a row; changes one,
// and takes them away.
func filters(w *walker) {
	w.click(w.text("part_filter_add"))
	w.see(w.text("rule_group_buying"), w.text("rule_group_person"))
	w.shot("filter menu")
	w.click(w.text("rule_purchases"))
	w.see(w.text("part_filter_remove"))
	w.typeText("10")
	many := w.fewer(500)
	w.shot("filter editor")
	w.key("Return")
	w.alone()

	city := w.row(0).cell(w.column("customers_col_city"))
	w.rightClick(city)
	w.click(w.text("customers_only", map[string]any{"Place": city}))
	both := w.fewer(many)
	for _, row := range rows(w.look()) {
		if !strings.Contains(row.text, city) {
			w.t.Errorf("only %s shows %s", city, row.text)
		}
	}
	w.shot("filters")

	w.click(w.text("rule_purchases")) // its chip, which stands above the column
	w.see(w.text("part_filter_remove"))
	w.key("ctrl+a")
	w.typeText("1")
	w.key("Return")
	w.alone()
	w.until("more with fewer orders", func(s screen.Screen) bool { n, _ := counted(s); return n > both })

	w.click(w.text("rule_purchases"))
	w.click(w.text("part_filter_remove"))
	w.alone()
	w.click(w.text("part_filter_clear"))
	w.everybody()
}

// panel looks at customers beside the list, as the keyboard goes down it.
func panel(w *walker) {
	w.clickAt(w.row(1))
	first := w.row(1).cell(w.column("customers_col_name"))
	w.see(w.text("customers_recent"), w.text("customers_open"))
	w.until("the first in the panel", func(s screen.Screen) bool { return beside(s, first) })
	w.shot("panel")
	second := w.row(3).cell(w.column("customers_col_name"))
	w.key("Down", "Down")
	w.until("the second in the panel", func(s screen.Screen) bool { return beside(s, second) })
	w.key("Escape", "Escape") // the selection, then the panel
	w.gone(w.text("customers_recent"))
}

// beside reports whether a side panel has a title, as far as the table shows it.
func beside(s screen.Screen, title string) bool {
	begin, _, _ := strings.Cut(title, "...")
	for _, t := range s.Texts {
		if t.Kind == "*parts.SidePanel" && strings.HasPrefix(t.Text, begin) {
			return true
		}
	}
	return false
}

// profile opens a customer, reads why a figure is what it is, and writes a note.
func profile(w *walker) {
	w.doubleClickAt(w.row(1))
	w.see(w.text("customer_profile"), w.text("person_net"))
	w.shot("profile")
	w.click(w.text("person_interval"))
	w.see(w.text("customer_reason_interval"))
	w.shot("profile reason")
	w.key("Escape")
	w.alone()

	w.key("ctrl+n")
	w.paste("送了两盒给老师，下次早点提醒。")
	w.key("ctrl+Return")
	w.see(w.text("customer_note_written"), "送了两盒给老师")
	w.shot("profile note")
	w.click(w.text("shell_undo"))
	w.see(w.text("shell_undone", map[string]any{"Text": w.text("customer_note_written")}))
	w.key("alt+Left")
	w.everybody()
}

// tagTen gives ten customers a tag at once, takes it back and gives it again.
func tagTen(w *walker) {
	w.clickAt(w.row(0))
	w.must("xdotool", "keydown", "shift")
	w.clickAt(w.row(9))
	w.must("xdotool", "keyup", "shift")
	w.see(w.text("customers_selected", map[string]any{"Count": 10}))
	w.click(w.text("customers_tag"))
	w.see(w.text("act_tag_title", map[string]any{"Count": 10}))
	w.paste("中秋礼盒")
	w.see(w.text("act_tag_new", map[string]any{"Tag": "中秋礼盒"}))
	w.shot("tag ten")
	w.key("Return")
	tagged := w.text("customers_tagged", map[string]any{"Count": 10, "Tag": "中秋礼盒"})
	w.see(tagged)
	w.shot("tagged")
	w.click(w.text("shell_undo"))
	w.see(w.text("shell_undone", map[string]any{"Text": tagged}))
	w.key("ctrl+shift+z")
	w.see(w.text("shell_redone", map[string]any{"Text": tagged}))
	w.until("the tag in ten rows", func(s screen.Screen) bool {
		list := rows(s)
		return len(list) > 10 && strings.Contains(list[0].text, "中秋礼盒") && strings.Contains(list[9].text, "中秋礼盒") &&
			!strings.Contains(list[10].text, "中秋礼盒")
	})
	w.key("Escape")
	w.gone(w.text("customers_selected", map[string]any{"Count": 10}))
}

// segment saves a filter under a name and opens it from the segments.
func segment(w *walker) {
	w.click(w.text("part_filter_add"))
	w.paste("标签")
	w.key("Return")
	w.paste("中秋礼盒")
	w.key("Return")
	w.alone()
	w.until("the ten", func(s screen.Screen) bool { n, _ := counted(s); return n == 10 })
	w.click(w.text("customers_save"))
	w.see(w.text("customers_segment_name"))
	w.paste("中秋送礼")
	w.key("Return")
	w.see(w.text("customers_saved", map[string]any{"Name": "中秋送礼"}))
	w.click(w.text("part_filter_clear"))
	w.everybody()
	w.click(w.text("page_segments"))
	w.see("中秋送礼")
	w.shot("segments")
	w.doubleClick("中秋送礼")
	w.until("the segment's customers", func(s screen.Screen) bool {
		n, _ := counted(s)
		return header(s) == "中秋送礼" && n == 10
	})
	w.shot("segment")
}

// row is a line of a table.
type row struct {
	pos   fyne.Position // to click
	text  string
	cells []screen.Text
}

// rows returns the lines of the table that is shown, from the top.
func rows(s screen.Screen) []row {
	var list []row
	for _, t := range s.Texts {
		if t.Kind != "*parts.gridRow" {
			continue
		}
		at := t.Middle()
		if n := len(list); n == 0 || list[n-1].pos.Y-at.Y > 8 || at.Y-list[n-1].pos.Y > 8 {
			list = append(list, row{pos: at})
		}
		r := &list[len(list)-1]
		r.text += t.Text + " "
		r.cells = append(r.cells, t)
	}
	return list
}

// cell returns what stands in the column that begins at x.
func (r row) cell(x float32) string {
	for _, t := range r.cells {
		if t.Pos.X > x-4 && t.Pos.X < x+4 {
			return t.Text
		}
	}
	return ""
}

// row waits for a line of the table.
func (w *walker) row(i int) row {
	w.t.Helper()
	var list []row
	w.until("row "+strconv.Itoa(i), func(s screen.Screen) bool {
		list = rows(s)
		return len(list) > i
	})
	return list[i]
}

// column returns where a column begins whose text stands at the left.
func (w *walker) column(title string) float32 {
	w.t.Helper()
	var x float32
	w.until("column "+title, func(s screen.Screen) bool {
		for _, t := range s.Find(w.text(title)) {
			if strings.HasPrefix(t.Kind, "*parts.grid") {
				x = t.Pos.X
				return true
			}
		}
		return false
	})
	return x
}

func (w *walker) clickAt(r row) {
	w.t.Helper()
	w.pointAt(pixel(w.look(), r.pos))
	w.must("xdotool", "click", "1")
}

func (w *walker) doubleClickAt(r row) {
	w.t.Helper()
	w.pointAt(pixel(w.look(), r.pos))
	w.must("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
}

// header returns the title of the page that is open.
func header(s screen.Screen) string {
	for _, t := range s.Texts {
		if t.Kind == "*ui.header" {
			return t.Text
		}
	}
	return ""
}

var listed = regexp.MustCompile(`^(\d+) 位(，共 \d+ 位)?$`)

// counted returns how many customers the header says are on the list.
func counted(s screen.Screen) (int, bool) {
	for _, t := range s.Texts {
		if m := listed.FindStringSubmatch(t.Text); t.Kind == "*ui.header" && m != nil {
			n, err := strconv.Atoi(m[1])
			return n, err == nil
		}
	}
	return 0, false
}

// fewer waits until fewer customers than before are on the list, and some, and returns
// how many.
func (w *walker) fewer(than int) (n int) {
	w.t.Helper()
	w.until("fewer customers than "+strconv.Itoa(than), func(s screen.Screen) bool {
		var ok bool
		n, ok = counted(s)
		return ok && 0 < n && n < than && len(rows(s)) > 0
	})
	return n
}

// everybody waits until all customers of the demo shop are on the list.
func (w *walker) everybody() {
	w.t.Helper()
	w.until("all 500 customers", func(s screen.Screen) bool {
		n, ok := counted(s)
		return ok && n == 500 && len(rows(s)) > 0
	})
}

// alone waits until nothing lies on top of the page.
func (w *walker) alone() {
	w.t.Helper()
	w.until("nothing on top", func(s screen.Screen) bool { return s.Overlays == 0 })
}
