package list

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"kebu/app/crm"
)

// writerEnv makes the test binary write a list to its standard output, and
// names with what.
const writerEnv = "KEBU_LIST_WRITER"

func TestMain(m *testing.M) {
	switch os.Getenv(writerEnv) {
	case "":
		os.Exit(m.Run())
	case "ours":
		_, err := Write(context.Background(), os.Stdout, XLSX, wide, customers(1_000_000), Options{Zone: shanghai})
		exit(err)
	case "excelize":
		exit(excelizeWrite(os.Stdout, customers(1_000_000)))
	}
}

func exit(err error) {
	if err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// wide is a list of 15 columns.
var wide = func() []Column {
	columns := append([]Column{}, everyKind...)
	for i := len(columns); i < 15; i++ {
		columns = append(columns, Column{Key: fmt.Sprint(i), Title: fmt.Sprint("列", i)})
	}
	return columns
}()

// customers yields n invented customers in the columns of wide.
func customers(n int) func(func([]Value, error) bool) {
	return func(yield func([]Value, error) bool) {
		row := make([]Value, len(wide))
		for i := range n {
			row[0] = TextValue("林青" + fmt.Sprint(i))
			row[1] = TextValue(fmt.Sprintf("+86 154 %04d %04d", i/10_000, i%10_000))
			row[2] = TextValue("浙江省杭州市西湖区松石路 " + fmt.Sprint(i%500) + " 号")
			row[3] = MoneyValue(crm.Money(i) * 12_300)
			row[4] = IntegerValue(int64(i % 40))
			row[5] = DayValue(crm.Day(20_000 + i%700))
			row[6] = TimeValue(crm.Moment(1_750_000_000_000 + int64(i)*977_000))
			for j := 7; j < len(row); j++ {
				row[j] = TextValue("T200" + fmt.Sprint(i*j))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// excelizeWrite is the same list by excelize's stream.
func excelizeWrite(w io.Writer, rows func(func([]Value, error) bool)) error {
	f := excelize.NewFile()
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	n := 0
	cells := make([]any, len(wide))
	for values, err := range rows {
		if err != nil {
			return err
		}
		for i, v := range values {
			switch v.kind {
			case Money:
				cells[i] = float64(v.number) / 10_000
			case Integer:
				cells[i] = v.number
			case Day, Time:
				cells[i] = v.number
			default:
				cells[i] = v.text
			}
		}
		n++
		if err := s.SetRow(fmt.Sprint("A", n), cells); err != nil {
			return err
		}
	}
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// TestKilledWriterLeavesNothing kills a program in the middle of a list and
// looks at its folder for temporary files.
func TestKilledWriterLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program)
	c.Env = append(os.Environ(), writerEnv+"=ours", "TMPDIR="+dir, "TMP="+dir, "TEMP="+dir)
	c.Dir = dir
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	// 3 MB of output are more than 16 MiB of sheet data, with which excelize
	// begins its file.
	if _, err := io.CopyN(io.Discard, out, 3<<20); err != nil {
		t.Fatal(err)
	}
	during, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Fatal("the writer was done before it was killed")
	}
	after, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(during)+len(after) > 0 {
		t.Errorf("left behind: %d files while writing, %d after", len(during), len(after))
	}
}

func BenchmarkWrite100000(b *testing.B) {
	for name, f := range map[string]Format{"xlsx": XLSX, "csv": CSV, "vcf": VCF} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Write(b.Context(), io.Discard, f, wide, customers(100_000), Options{Zone: shanghai}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			if err := excelizeWrite(io.Discard, customers(100_000)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
