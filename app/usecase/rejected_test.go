package usecase_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/usecase"
	"kebu/app/usecase/list"
)

func why(r usecase.Rejected) string { return "why: " + string(r.Reason) }

// mend replaces a value in a saved file, as its owner would.
func mend(t *testing.T, path, old, mended string) {
	t.Helper()
	if filepath.Ext(path) == ".csv" {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), old, mended)), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	w := zip.NewWriter(&again)
	for _, part := range book.File {
		text, err := fs.ReadFile(book, part.Name)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, strings.ReplaceAll(string(text), ">"+old+"<", ">"+mended+"<")); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(book.Close(), w.Close(), os.WriteFile(path, again.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestRejectedRowsAreMendedAndRead(t *testing.T) {
	own := "Orders of March,,,\n,,,\nNo,Day,Paid,Tel\nA-1,25/03/2026,10,13000000001\nA-2,04/03/2026,x,13000000002\nA-2,04/03/2026,20,13000000002\n"
	mapping := `{"name":"own","currency":"GBP","time_zone":"Europe/London","header_row":3,"columns":{"order_no":"No","ordered_at":"Day","paid":"Paid","buyer_phone":"Tel"}}`
	bad := "2600000000000004,坏行,坏小行,13000000004,八十,,交易成功,2026-11-03 10:00:00,=青花盘,,"
	rounded := "2.60000E+15,坏行,坏小行,13000000005,80,,交易成功,2026-11-03 10:00:00,'-1盘,,"
	for name, c := range map[string]struct {
		path, mapping string
		rows          int
		mend          [][2]string
		number        string
		gross         crm.Money
		placed        string
	}{
		"an amount":        {taobao(t, "a.csv", firstRow, bad, secondRow), "", 1, [][2]string{{"八十", "80"}}, "2600000000000004", 80_0000, "2026-11-03"},
		"a rounded number": {taobao(t, "a.csv", firstRow, rounded), "", 1, [][2]string{{"2.60000E+15", "2600000000000005"}}, "2600000000000005", 80_0000, "2026-11-03"},
		// The row that tells day from month stays behind.
		"an order of two rows": {write(t, "a.csv", own), mapping, 2, [][2]string{{"x", "20"}}, "A-2", 20_0000, "2026-03-04"},
	} {
		for _, ext := range []string{".csv", ".xlsx"} {
			s := session(t)
			request := usecase.ImportRequest{Path: c.path}
			if c.mapping != "" {
				request.Mapping = []byte(c.mapping)
			}
			if _, err := s.Import(t.Context(), request); err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(t.TempDir(), "rejected"+ext)
			n, err := s.SaveRejected(t.Context(), usecase.RejectedRequest{Path: c.path, Mapping: request.Mapping, To: to, Title: "原因", Reason: why})
			if err != nil || n != c.rows {
				t.Errorf("%s%s: %d rows, %v", name, ext, n, err)
				continue
			}
			again, err := s.Preview(t.Context(), usecase.ImportRequest{Path: to})
			if err != nil || again.Rejected.Total != c.rows || again.New.Total != 0 {
				t.Errorf("%s%s, not mended: %+v, %v", name, ext, again.Rejected, err)
			}
			for _, m := range c.mend {
				mend(t, to, m[0], m[1])
			}
			p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: to}) // the mapping is kept
			if err != nil {
				t.Errorf("%s%s: %v", name, ext, err)
				continue
			}
			if p.Format != again.Format || p.New.Total != 1 || p.Rejected.Total != 0 || p.Skipped != 0 {
				t.Errorf("%s%s: %s, new %+v, rejected %+v", name, ext, p.Format, p.New, p.Rejected)
				continue
			}
			if o := p.New.First[0]; o.Number != c.number || o.Figures.Gross != c.gross || o.Placed.In(zone(t)).Format("2006-01-02") != c.placed {
				t.Errorf("%s%s: %+v", name, ext, o)
			}
			if !slices.ContainsFunc(p.Dropped, func(d usecase.DroppedColumn) bool { return d.Header == "原因" }) {
				t.Errorf("%s%s: no column of reasons in %+v", name, ext, p.Dropped)
			}
			if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: to}); err != nil {
				t.Errorf("%s%s: %v", name, ext, err)
			}
		}
	}
}

func TestRejectedRowsOfSeveralSheets(t *testing.T) {
	text := func(texts ...string) []list.Value {
		values := make([]list.Value, len(texts))
		for i, s := range texts {
			values[i] = list.VerbatimValue(s)
		}
		return values
	}
	table := func(sheet string, headers []string, rows ...[]list.Value) list.Table {
		t := list.Table{Sheet: sheet, HeaderRow: 1, Rows: func(yield func([]list.Value, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}}
		for _, h := range headers {
			t.Columns = append(t.Columns, list.Column{Title: h})
		}
		return t
	}
	var file bytes.Buffer
	if _, err := list.WriteTables(t.Context(), &file, list.XLSX, []list.Table{
		table("订单报表", []string{"订单编号", "买家实付金额", "订单状态", "订单创建时间", "商品标题", "宝贝总数量"},
			text("2600000000000001", "八十", "交易成功", "2026-11-01 10:00:00", "白瓷杯", "1"),
			text("2600000000000002", "50", "交易成功", "2026-11-01 10:00:00", "木筷", "1")),
		table("发货报表", []string{"订单编号", "收货人姓名", "联系手机", "收货地址"},
			text("2600000000000001", "贝小可", "13000000001", "浙江省 杭州市 西湖区 示例路1号"),
			text("2600000000000002", "石大山", "13000000002", "浙江省 杭州市 西湖区 示例路2号")),
	}, list.Options{}); err != nil {
		t.Fatal(err)
	}
	s := session(t)
	path := write(t, "a.xlsx", file.String())
	request := usecase.RejectedRequest{Path: path, To: filepath.Join(t.TempDir(), "r.csv"), Title: "订单编号", Reason: why}
	if _, err := s.SaveRejected(t.Context(), request); !errors.Is(err, usecase.ErrOneTable) {
		t.Errorf("as text: %v", err)
	}
	request.To = filepath.Join(t.TempDir(), "r.xlsx")
	if n, err := s.SaveRejected(t.Context(), request); err != nil || n != 2 {
		t.Fatalf("%d rows, %v", n, err)
	}
	mend(t, request.To, "八十", "80")
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: request.To})
	if err != nil || p.New.Total != 1 || p.Rejected.Total != 0 || p.Format != "taobao.orders+taobao.delivery" || p.New.First[0].Name != "贝**" {
		t.Errorf("mended: %s %+v, rejected %+v, %v", p.Format, p.New, p.Rejected, err)
	}
}
