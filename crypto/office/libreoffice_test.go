package office

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// libreOfficeLibrary is the index of the macros.
const libreOfficeLibrary = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
<library:element library:name="Try"/>
</library:library>
`

// libreOfficeModule opens workbooks and tells which open and hold what they should. An
// argument from outside could hold ASCII only.
const libreOfficeModule = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Try" script:language="StarBasic">
Function Opens(book As String, password As String, row As Long) As String
	Dim how(1) As New com.sun.star.beans.PropertyValue
	how(0).Name = "Hidden"
	how(0).Value = True
	how(1).Name = "Password"
	how(1).Value = password
	On Error Goto refused
	doc = StarDesktop.loadComponentFromURL(ConvertToURL(book), "_blank", 0, how())
	Opens = "empty"
	If doc.Sheets(0).getCellByPosition(1, row).String = "订单" Then Opens = "opened"
	doc.close(True)
	Exit Function
refused:
	Opens = "refused"
End Function

Sub Main(told As String)
	f = FreeFile
	Open told For Output As #f
%s	Close #f
End Sub
</script:module>
`

// TestLibreOfficeOpensAWorkbook has LibreOffice, where it is installed, open what Encrypt
// writes, with the password and with others.
func TestLibreOfficeOpensAWorkbook(t *testing.T) {
	program, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("LibreOffice is not here, or would take too long")
	}
	dir := t.TempDir()
	run := func(arg string) {
		home := "-env:UserInstallation=file://" + (&url.URL{Path: dir}).EscapedPath()
		if out, err := exec.CommandContext(t.Context(), program, "--headless", home, arg).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run("--terminate_after_init") // which makes the folder of macros
	var calls strings.Builder
	var want []string
	for _, rows := range []int{1, 5000} {
		var out bytes.Buffer
		plain := workbook(t, rows)
		if err := Encrypt(t.Context(), &out, bytes.NewReader(plain), int64(len(plain)), "Pass-1 密码"); err != nil {
			t.Fatal(err)
		}
		book := filepath.Join(dir, fmt.Sprint(rows, ".xlsx"))
		write(book, out.Bytes())
		for _, password := range []string{"Pass-1 密码", "pass-1 密码", ""} {
			fmt.Fprintf(&calls, "\tPrint #f, Opens(%q, %q, %d)\n", book, password, rows-1)
		}
		want = append(want, "opened", "refused", "refused")
	}
	macros, told := filepath.Join(dir, "user", "basic", "Standard"), filepath.Join(dir, "told")
	write(filepath.Join(macros, "script.xlb"), []byte(libreOfficeLibrary))
	write(filepath.Join(macros, "Try.xba"), fmt.Appendf(nil, libreOfficeModule, calls.String()))
	run(fmt.Sprintf("macro:///Standard.Try.Main(%q)", told))
	got, err := os.ReadFile(told)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Fields(string(got)); !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}
