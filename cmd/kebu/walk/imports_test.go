//go:build walk

package walk

import (
	"os"
	"path/filepath"
	"strings"

	"kebu/cmd/kebu/walk/screen"
)

// export returns a file that a platform gives out.
func (w *walker) export(name string) string {
	w.t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", "exports", filepath.FromSlash(name)))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// dryRun drops a first export, looks at what it would do, and goes away: nothing was
// written.
func dryRun(w *walker) {
	w.drop(w.export("taobao/ExportOrderList-2021.csv"))
	w.see(w.text("imports_dry_fact"), w.imports(2), w.text("imports_count_rejected"))
	w.shot("dry run")
	w.click(w.text("imports_cancel"))
	w.gone(w.text("imports_dry_fact"))
	w.click(w.text("page_customers"))
	w.see(w.text("customers_empty_title"))
	w.shot("empty customers")
}

// importAll imports exports of every platform, one after the other.
func importAll(w *walker) {
	for _, export := range []struct {
		name   string
		orders int
	}{
		{"taobao/ExportOrderList-2021.csv", 2},
		{"douyin/order-a.csv", 6},
		{"pinduoduo/orders_export-all.csv", 3},
		{"taobao/qianniu-2024.xlsx", 4},
		{"shopify/orders_export-79.csv", 6},
	} {
		w.drop(w.export(export.name))
		w.see(filepath.Base(export.name), w.text("imports_dry_fact"))
		w.still()
		w.click(w.imports(export.orders))
		w.imported(export.orders)
		w.shot("imported " + strings.ReplaceAll(export.name, "/", " "))
	}
	w.click(w.text("page_orders"))
	w.until("all the orders", func(s screen.Screen) bool { return len(rows(s)) >= 10 })
	w.shot("orders")
	w.click(w.text("page_customers"))
	w.until("the customers", func(s screen.Screen) bool { n, _ := counted(s); return n >= 5 })
	w.see(w.text("customers_col_net", map[string]any{"Symbol": "¥"})) // known since the first import
	w.shot("customers")
}

// undoImport takes the last import back and does it again; then the same file has nothing
// new.
func undoImport(w *walker) {
	w.click(w.text("page_imports"))
	w.see(w.text("imports_undo_this"))
	w.click(w.text("imports_undo_this"))
	w.see(w.text("imports_undo_gone"), w.text("imports_undo_text"))
	w.shot("undo import")
	w.click(w.text("imports_undo_do", map[string]any{"Number": "6", "Count": 6}))
	w.alone()
	w.see(w.text("imports_report_undone"))
	w.shot("import undone")
	w.click(w.text("imports_again"))
	w.see(w.imports(6))
	w.still()
	w.click(w.imports(6))
	w.imported(6)
	w.drop(w.export("shopify/orders_export-79.csv"))
	_, seen, _ := strings.Cut(w.text("imports_seen", map[string]any{"When": "|"}), "|")
	w.see(seen, w.text("imports_same_title"))
	w.shot("nothing new")
	w.click(w.text("imports_known"))
}

// noExport drops what is no export.
func noExport(w *walker) {
	letter := filepath.Join(w.home, "letter.csv")
	if err := os.WriteFile(letter, []byte("dear friend,\nhow are you\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.drop(letter)
	w.see("letter.csv", w.text("error_not_export"))
	w.shot("no export")
	picture := filepath.Join(w.home, "picture.png")
	if err := os.WriteFile(picture, []byte("\x89PNG\r\n\x1a\n\x00\x00"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.drop(picture)
	w.see("picture.png", w.text("imports_failed"))
	w.shot("a picture")
	w.key("F1")
	w.see(w.text("shell_keys"))
	w.drop(w.export("taobao/ExportOrderList-2021.csv"))
	w.see(w.text("shell_drop_dialog"))
	w.key("Escape")
	w.alone()
}

// imports is what the button says that imports a number of orders.
func (w *walker) imports(orders int) string {
	return w.text("imports_do", map[string]any{"Number": orders, "Count": orders})
}

// imported waits until a number of orders was imported.
func (w *walker) imported(orders int) {
	w.t.Helper()
	begin, _, _ := strings.Cut(w.text("imports_done", map[string]any{"Orders": orders, "People": "|", "Count": orders}), "|")
	w.see(begin, w.text("imports_undo_this"))
}
