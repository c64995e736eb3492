package ui

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"kebu/app/ui/files"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/store/vault/vaulttest"
)

// dryRun drops an export and waits for what it would do.
func (o *opened) dryRun() (file string) {
	o.T.Helper()
	file = largeExport(o.T, 30)
	o.dropped([]fyne.URI{storage.NewFileURI(file)})
	o.See(o.Text("imports_promise"))
	return file
}

// unchanged fails if the book has other orders than the demo shop.
func (o *opened) unchanged(before usecase.Stats) {
	o.T.Helper()
	if after := o.stats(); !reflect.DeepEqual(after, before) {
		o.T.Errorf("the book holds %+v, before %+v", after, before)
	}
}

func (o *opened) stats() usecase.Stats {
	o.T.Helper()
	stats, err := o.session.Stats(o.T.Context())
	if err != nil {
		o.T.Fatal(err)
	}
	return stats
}

func TestADiskThatFillsInMidImportIsSaidAndNothingIsLost(t *testing.T) {
	o := openShop(t)
	before := o.stats()
	o.dryRun()
	free := vaulttest.Fill(t, 10_000)
	o.Ctrl(fyne.KeyReturn)
	o.See(o.Text("error_full"))
	o.unchanged(before)
	free()
	o.Press(fyne.KeyEscape)
	o.dryRun()
	o.Ctrl(fyne.KeyReturn)
	o.See(o.Text("imports_undo_this"))
	if after := o.stats(); after.Orders <= before.Orders {
		t.Error("with room again nothing is imported")
	}
}

func TestAFileThatVanishesIsSaidAndNothingIsImported(t *testing.T) {
	o := openShop(t)
	before := o.stats()
	file := o.dryRun()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	o.Ctrl(fyne.KeyReturn)
	o.See(o.Text("error_file_changed"))
	o.See(o.Text("imports_failed_nothing"))
	o.Ctrl(fyne.KeyReturn) // the dry run once more
	o.See(o.Text("error_missing"))
	o.unchanged(before)
}

func TestAnExportThatCannotBeWrittenIsSaidAndTheDialogStays(t *testing.T) {
	o := openShop(t)
	folder := t.TempDir()
	files.Remember(o.desk, folder)
	o.Ctrl(fyne.KeyE)
	o.Click(o.Text("export_kind_hint"))
	o.Click(o.Text("purpose_analyse"))
	o.See(o.Text("export_do", map[string]any{"Customers": "500"}))
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	o.Ctrl(fyne.KeyReturn)
	o.See(o.Text("error_missing"))
	if !parts.DialogOpen(o.canvas()) {
		t.Error("what was chosen is gone")
	}
}

// TestAPlaceThatIsReadOnlyIsSaid writes where the system lets nobody write.
func TestAPlaceThatIsReadOnlyIsSaid(t *testing.T) {
	const folder = "/sys"
	if f, err := os.CreateTemp(folder, "kebu-"); !errors.Is(err, fs.ErrPermission) {
		if err == nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
		t.Skipf("%s is not such a place here: %v", folder, err)
	}
	o := openShop(t)
	files.Remember(o.desk, folder)
	o.Ctrl(fyne.KeyE)
	o.Click(o.Text("export_kind_hint"))
	o.Click(o.Text("purpose_analyse"))
	o.See(o.Text("export_do", map[string]any{"Customers": "500"}))
	o.Ctrl(fyne.KeyReturn)
	o.See(o.Text("error_permission"))
	if !parts.DialogOpen(o.canvas()) {
		t.Error("what was chosen is gone")
	}
}
