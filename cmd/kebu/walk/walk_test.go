//go:build walk

// Package walk walks through the real window as a person would, on a display in memory:
// make walk. It reads the window through package screen, and uses mouse and keyboard.
package walk

import "testing"

// TestDemoShop looks around by mouse before anything is typed in.
func TestDemoShop(t *testing.T) {
	visit(newDesk(t).open(), demoShop, search, filters, panel, profile, tagTen, segment, exportList, smallWindow, ownShop)
}

// TestFirstVisit is a shop's first hour by mouse: a new book, its first orders, the lock
// and the settings.
func TestFirstVisit(t *testing.T) {
	visit(newDesk(t).open(), newBook, dryRun, importAll, undoImport, noExport, lock, secondWindow, settings)
}

// TestStaff has several people open one book, each with a login and a role.
func TestStaff(t *testing.T) {
	d := newDesk(t)
	visit(d.open(d.shop()), unlocked, hire, narrow, askForList, customerService, approve, writeApproved)
}

// TestByKeyboard does without a mouse.
func TestByKeyboard(t *testing.T) {
	visit(newDesk(t).open(), demoByKeys, regionsByKeys, customersByKeys, exportByKeys)
}

// TestFirstVisitByKeyboard makes a book without a mouse.
func TestFirstVisitByKeyboard(t *testing.T) {
	visit(newDesk(t).open(), bookByKeys, importByKeys, lockByKeys, recoverByKeys)
}

// visit plays scenes. Each goes on where the one before stopped.
func visit(w *walker, scenes ...func(*walker)) {
	for _, scene := range scenes {
		scene(w)
	}
}
