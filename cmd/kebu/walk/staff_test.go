//go:build walk

package walk

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/app/usecase/demo"
	"kebu/cmd/kebu/walk/screen"
)

// The people of the shop. Only the owner writes lists in clear, and somebody else has to
// approve the long ones: so there are two besides.
const (
	boss    = "Ada"
	helper  = "Xin" // looks after customers
	manager = "Mei" // runs the day
)

// shop makes a book with the customers of the demo shop, which cannot be locked itself: it is
// left for the first page.
func (d *desk) shop() (book string) {
	d.t.Helper()
	ctx, folder := d.t.Context(), d.t.TempDir()
	book = filepath.Join(d.home, "shop.kebu")
	exports, _, err := demo.Make(demo.Options{Seed: 20261111, Lang: "zh", End: time.Now()})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := usecase.Create(ctx, usecase.CreateRequest{Path: book, Owner: boss, Shop: "柚子杂货铺", Passphrase: []byte(passphrase)}); err != nil {
		d.t.Fatal(err)
	}
	s, err := usecase.Open(ctx, book, "", []byte(passphrase), time.Now)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range exports {
		file := filepath.Join(folder, e.Name)
		if err := os.WriteFile(file, e.Data, 0o600); err != nil {
			d.t.Fatal(err)
		}
		if _, err := s.Import(ctx, usecase.ImportRequest{Path: file, Shop: e.Shop}); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		d.t.Fatal(err)
	}
	return book
}

// unlocked opens the window of the shop.
func unlocked(w *walker) {
	w.answer(passphrase)
	w.see(w.text("shell_sealed"), w.words.User(boss, access.Owner))
}

// hire lets both into the book, each with a passphrase that the window made.
func hire(w *walker) {
	w.pass = map[string]string{}
	w.key("ctrl+7")
	w.see(w.text("team_does_owner"))
	w.hire(helper, access.Service)
	w.hire(manager, access.Manager)
	w.see(w.text("team_fact", map[string]any{"Count": 3}))
	w.shot("staff hired")
}

var madePhrase = regexp.MustCompile(`^[a-z]+( [a-z]+){4}$`)

func (w *walker) hire(name string, role access.Role) {
	w.t.Helper()
	title := w.text("role_" + string(role))
	w.click(w.text("team_add"))
	w.see(w.text("team_add_title"))
	w.at("*parts.Entry")
	w.typeText(name)
	if role != access.Manager { // which stands there at first
		w.choose(w.text("role_manager"), title)
	}
	w.see(name, w.text("team_does_"+string(role)))
	for _, t := range w.look().Texts {
		if madePhrase.MatchString(t.Text) {
			w.pass[name] = t.Text
		}
	}
	if w.pass[name] == "" {
		w.t.Fatalf("no passphrase is made for %s", name)
	}
	w.shot("staff add " + string(role))
	w.click(w.text("team_pass_noted"))
	w.key("ctrl+Return")
	w.alone()
	w.until(name+" on the list", func(s screen.Screen) bool {
		for _, r := range rows(s) {
			if strings.Contains(r.text, name) && strings.Contains(r.text, title) {
				return true
			}
		}
		return false
	})
}

// narrow has those who look after customers reveal one person a day.
func narrow(w *walker) {
	w.click(w.text("team_tab_rules"))
	w.see(w.text("team_legend_keys"))
	w.click(w.text("team_narrow"))
	w.until("the roles", func(s screen.Screen) bool { return s.Overlays == 1 })
	w.click(w.text("role_service")) // which stands above the table too
	w.see(w.text("team_narrow_text"))
	w.click("20")
	w.at("*parts.Entry")
	w.key("ctrl+a")
	w.typeText("1")
	w.until("1 a day", func(s screen.Screen) bool { return s.Focus != nil && s.Focus.Text == "1" })
	w.shot("staff narrow")
	w.key("ctrl+Return")
	w.alone() // it stays where the rules cannot be set
}

// login locks the window and opens the book as somebody else.
func (w *walker) login(name string, role access.Role, pass string) {
	w.t.Helper()
	w.key("ctrl+l")
	w.restarted()
	var choice screen.Text
	w.until("the choice of who opens the book", func(s screen.Screen) bool {
		for _, t := range s.Texts {
			if t.Kind == "*parts.Select" {
				choice = t
				return true
			}
		}
		return false
	})
	w.choose(choice.Text, w.words.User(name, role))
	w.answer(pass)
	w.see(w.text("shell_sealed"), w.words.User(name, role))
}

// askForList asks for all customers in clear, which waits for somebody else.
func askForList(w *walker) {
	w.list(true, w.text("export_approval_ask_do"))
	w.waits()
	if lists := w.lists(); len(lists) > 0 {
		w.t.Errorf("written before it is approved: %v", lists)
	}
}

// waits sees that the list was asked for, and leaves it.
func (w *walker) waits() {
	w.t.Helper()
	w.see(w.text("export_approval_waits"), w.text("export_approval_waits_do"))
	w.shot("staff list waits")
	w.key("Escape")
	w.alone()
}

// list asks for a list of all customers, with names and phones in clear or all masked, and
// presses what the button then says.
func (w *walker) list(clear bool, button string) {
	w.t.Helper()
	w.key("ctrl+2")
	w.everybody()
	w.key("ctrl+e")
	w.see(w.text("export_browse"))
	w.choose(w.text("export_kind_hint"), w.text("purpose_analyse"))
	w.click(w.text("export_purpose_hint"))
	w.at("*parts.Entry")
	w.typeText("spring tea")
	w.click(w.text("export_csv"))
	for n := 0; clear && n < 2; n++ { // names, then phones
		w.choose(w.text("export_masked"), w.text("export_clear"))
	}
	w.until("500 people", func(s screen.Screen) bool {
		return s.Overlays == 1 && s.Has(w.text("export_warning")) == clear && s.Has(button)
	})
	w.key("ctrl+Return")
}

// lists are those that were written.
func (w *walker) lists() []string {
	w.t.Helper()
	lists, err := filepath.Glob(filepath.Join(w.home, "*.csv"))
	if err != nil {
		w.t.Fatal(err)
	}
	return lists
}

// customerService sees masks, reveals one person with a reason, no second one that day, and is
// offered neither the team nor what of the settings is not hers.
func customerService(w *walker) {
	w.login(helper, access.Service, w.pass[helper])
	w.key("ctrl+2")
	w.everybody()
	for _, key := range []string{"page_team", "page_history", "customers_export"} {
		if w.look().Has(w.text(key)) {
			w.t.Errorf("who looks after customers is offered %s", w.text(key))
		}
	}
	w.shot("staff service")
	w.key("ctrl+6")
	w.see(w.text("settings_security"))
	for _, t := range w.look().Texts {
		if t.Kind == "*parts.SideList" && (t.Text == w.text("settings_backups") || t.Text == w.text("settings_exports")) {
			w.t.Errorf("who looks after customers is offered %s", t.Text)
		}
	}
	w.profileAt(0)
	w.reveal()
	w.until("a phone in clear", func(s screen.Screen) bool { return len(phones(s, wholePhone)) > 0 })
	w.shot("staff revealed")
	w.profileAt(1)
	w.click(w.text("customer_reveal"))
	limit, _, _ := strings.Cut(w.text("customer_reveal_limit", map[string]any{"Count": 1, "When": "|"}), "|")
	w.until("that no more are revealed today", func(s screen.Screen) bool {
		return slices.ContainsFunc(s.Texts, func(t screen.Text) bool { return strings.HasPrefix(t.Text, limit) })
	})
	if got := phones(w.look(), wholePhone); len(got) > 0 {
		w.t.Error("a second person is revealed")
	}
	w.shot("staff refused")
}

// profileAt opens a customer of the list, the n-th of those in China.
func (w *walker) profileAt(n int) {
	w.t.Helper()
	w.key("ctrl+2")
	w.everybody()
	city := w.column("customers_col_city")
	for _, r := range rows(w.look()) {
		if !strings.HasSuffix(r.cell(city), "市") {
			continue
		}
		if n--; n < 0 {
			w.doubleClickAt(r)
			break
		}
	}
	w.see(w.text("customer_profile"))
	w.until("a phone with a mask", func(s screen.Screen) bool { return len(phones(s, maskedPhone)) > 0 })
	if got := phones(w.look(), wholePhone); len(got) > 0 {
		w.t.Error("a phone is shown without a reason")
	}
}

// reveal asks for the person who is shown, to check an order.
func (w *walker) reveal() {
	w.t.Helper()
	w.click(w.text("customer_reveal"))
	w.see(w.text("customer_reveal_log"))
	w.click(w.text("customer_reveal_check"))
	w.key("ctrl+Return")
	w.alone()
}

var wholePhone = regexp.MustCompile(`^1\d{10}$`)

// phones are the texts that look like one.
func phones(s screen.Screen, look *regexp.Regexp) []screen.Text {
	var list []screen.Text
	for _, t := range s.Texts {
		if look.MatchString(t.Text) {
			list = append(list, t)
		}
	}
	return list
}

// approve is the second pair of eyes, who changes nobody's access.
func approve(w *walker) {
	w.login(manager, access.Manager, w.pass[manager])
	w.key("ctrl+7")
	w.see(w.text("team_does_owner"))
	if w.look().Has(w.text("team_add")) {
		w.t.Error("who runs the day is offered to add people")
	}
	w.click(w.text("team_tab_queue_some", map[string]any{"Waiting": "1"}))
	w.see("spring tea", w.text("team_queue_approve"))
	w.shot("staff queue")
	w.click(w.text("team_queue_approve"))
	w.see(w.text("verdict_yes"))
	w.gone(w.text("team_queue_approve"))
	// Her own long list needs the owner's word, masked as it is.
	w.list(false, w.text("export_approval_ask_do"))
	w.waits()
}

// writeApproved writes the list that waited, with every phone in it.
func writeApproved(w *walker) {
	w.login(boss, access.Owner, passphrase)
	w.key("ctrl+7")
	w.click(w.text("team_tab_queue_some", map[string]any{"Waiting": "1"}))
	w.see(manager, w.text("team_queue_masked"))
	w.list(true, w.text("export_do", map[string]any{"Customers": "500"}))
	w.until("the list", func(s screen.Screen) bool { return s.Overlays == 0 && len(w.lists()) == 1 })
	w.shot("staff list")
	text, err := os.ReadFile(w.lists()[0])
	if err != nil {
		w.t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		w.t.Fatalf("the list cannot be read: %v", err)
	}
	phones := 0
	for _, line := range lines {
		for _, value := range line {
			if clearPhone.MatchString(value) {
				phones++
				break
			}
		}
	}
	if len(lines) != 501 || phones <= access.ApprovalRows {
		w.t.Errorf("the list has %d lines, %d with a phone in clear", len(lines), phones)
	}
}
