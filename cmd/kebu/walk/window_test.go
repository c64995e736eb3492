//go:build walk

package walk

import (
	"image"
	"path/filepath"
	"strconv"

	"kebu/app/phrase"
	"kebu/cmd/kebu/walk/screen"
)

// smallWindow goes through every page where there is little room.
func smallWindow(w *walker) {
	w.must("xdotool", "windowsize", "--sync", w.window, "1024", "560")
	w.until("a small window", func(s screen.Screen) bool { return s.Size.Width <= 1024 && s.Size.Height <= 560 })
	for i, page := range []string{"overview", "customers", "orders", "imports", "segments", "settings", "team"} {
		w.key("ctrl+" + strconv.Itoa(i+1))
		w.until("the title of "+page, func(s screen.Screen) bool { return header(s) == w.text("page_"+page) })
		w.see(w.text("shell_sealed"), w.text("shell_lock")) // nothing pushes the status bar out
		w.shot("small " + page)
	}
	w.key("ctrl+2")
	w.clickAt(w.row(1))
	w.see(w.text("customers_open"), w.text("customers_reveal"))
	w.shot("small panel")
	w.key("Escape", "Escape")
	w.key("ctrl+e")
	w.see(w.text("export_title"), w.text("export_browse"))
	w.shot("small export")
	w.key("Escape")
	w.alone()
}

// lock hides everything and asks for the passphrase, which has to be the right one.
func lock(w *walker) {
	w.key("ctrl+l")
	w.restarted()
	w.see(w.text("unlock_title"), "柚子杂货铺")
	w.shot("locked")
	w.answer("shiban kafei 8 fengzheng")
	w.see(w.text("error_passphrase"))
	w.shot("wrong passphrase")
	w.typeText(passphrase) // what was wrong is selected
	w.key("Return")
	w.see(w.text("page_customers"), "柚子杂货铺")
}

// unlock opens the book again after the window was locked.
func (w *walker) unlock(pass string) {
	w.t.Helper()
	w.restarted()
	w.answer(pass)
}

// answer types the passphrase of the book that waits for it.
func (w *walker) answer(pass string) {
	w.t.Helper()
	w.see(w.text("unlock_title"))
	w.at("*parts.Entry")
	w.typeText(pass)
	w.key("Return")
}

// secondWindow cannot open the same book.
func secondWindow(w *walker) {
	second := w.open(filepath.Join(w.home, "客簿", "shop.kebu"))
	second.answer(passphrase)
	second.see(w.text("error_in_use"))
	second.shot("open elsewhere")
	second.kill()
	w.must("xdotool", "windowactivate", "--sync", w.window)
}

// settings change how the window looks, at once and again after it was closed.
func settings(w *walker) {
	w.click(w.text("page_settings"))
	w.click(w.text("settings_light"))
	w.until("a light window", func(screen.Screen) bool { return brightness(w.shot("settings light")) > 0.6 })
	w.click(w.text("settings_dark"))
	w.until("a dark window", func(screen.Screen) bool { return brightness(w.shot("settings dark")) < 0.4 })

	small := w.look().Find(w.text("settings_language"))[0].Size.Height
	w.click(w.text("settings_largest"))
	w.until("larger texts", func(s screen.Screen) bool {
		found := s.Find(w.text("settings_language"))
		return len(found) > 0 && found[0].Size.Height > small*1.2
	})
	w.shot("settings largest")
	w.click(w.text("shell_undo"))
	w.until("the texts of before", func(s screen.Screen) bool {
		found := s.Find(w.text("settings_language"))
		return len(found) > 0 && found[0].Size.Height == small
	})

	w.click("English")
	w.click(w.text("settings_reopen"))
	w.restarted()
	w.words = phrase.New("en")
	w.see(w.text("unlock_title"))
	if brightness(w.shot("unlock English")) > 0.4 {
		w.t.Error("the window has forgotten that it is dark")
	}
	w.answer(passphrase)
	w.see(w.text("page_customers"), w.text("shell_sealed"), w.text("shell_lock"))
	w.shot("overview English")
}

// brightness returns how light a picture is in the middle, from 0 to 1.
func brightness(picture image.Image) float64 {
	b := picture.Bounds()
	sum, n := 0.0, 0.0
	for y := b.Min.Y + b.Dy()/4; y < b.Min.Y+b.Dy()*3/4; y += 4 {
		for x := b.Min.X + b.Dx()/4; x < b.Min.X+b.Dx()*3/4; x += 4 {
			r, g, bl, _ := picture.At(x, y).RGBA()
			sum += float64(r+g+bl) / 3 / 0xffff
			n++
		}
	}
	return sum / n
}
