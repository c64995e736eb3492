package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// exports makes the files from which the demo shop came.
func (s *stage) exports(shop string) (folder string, names []string) {
	if s.err != nil {
		return "", nil
	}
	lang, _, _ := strings.Cut(s.words.Language(), "-")
	folder = filepath.Join(filepath.Dir(shop), "exports-"+lang)
	if s.err = os.MkdirAll(folder, 0o750); s.err != nil {
		return "", nil
	}
	report, err := usecase.Demo(context.Background(), usecase.DemoRequest{
		Path: filepath.Join(filepath.Dir(shop), "other.kebu"), Exports: folder, Lang: lang, Clock: clock,
	})
	s.err = err
	return folder, report.Exports
}

// later makes the newest order report of the demo shop as it would be some weeks later:
// orders that are new, that changed, that cannot be read, and columns that are not kept.
func (s *stage) later(shop string) string {
	folder, names := s.exports(shop)
	if s.err != nil {
		return ""
	}
	name := ""
	for _, n := range names {
		if strings.HasPrefix(n, "ExportOrderList") {
			name = n
		}
	}
	path := filepath.Join(folder, "ExportOrderList_0630.csv")
	s.err = s.rewrite(path, filepath.Join(folder, name))
	return path
}

// many makes an order report that is long enough to be seen in work.
func (s *stage) many(shop string) string {
	from := s.later(shop)
	path := filepath.Join(filepath.Dir(from), "ExportOrderList_all.csv")
	if s.err != nil {
		return ""
	}
	rows, err := table(from)
	if err == nil {
		number := slices.Index(rows[0], "订单编号")
		all := rows[:1]
		for n := range 100 {
			for i, r := range rows[1:] {
				r = slices.Clone(r)
				r[number] = fmt.Sprintf("29%017d", n*len(rows)+i)
				all = append(all, r)
			}
		}
		err = saveTable(path, all)
	}
	s.err = err
	return path
}

// running shows an import on its way.
func running(s *stage, shop string) {
	file := s.many(shop)
	s.unlock(shop)
	s.take(file)
	s.see(s.text("imports_dry_fact"))
	s.see(s.text("imports_new_title"))
	s.settle()
	s.press(fyne.KeyReturn, ctrl)
	counted, _, _ := strings.Cut(s.words.Text("imports_phase_orders", map[string]any{"New": "|", "Changed": "|", "Same": "|"}), "|")
	s.until("see what was counted", func(seen screen.Screen) bool {
		return slices.ContainsFunc(seen.Texts, func(t screen.Text) bool { return strings.HasPrefix(t.Text, counted) })
	})
	s.moving = true
}

// table reads a table in GB18030.
func table(path string) ([][]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(simplifiedchinese.GB18030.NewDecoder().Reader(bytes.NewReader(raw)))
	reader.FieldsPerRecord = -1
	return reader.ReadAll()
}

func saveTable(path string, rows [][]string) error {
	var out strings.Builder
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		return err
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String(out.String())
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

func (s *stage) rewrite(to, from string) error {
	rows, err := table(from)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[strings.TrimSpace(h)] = i
	}
	for i, r := range rows {
		set := func(column, value string) { r[at[column]] = value }
		switch {
		case i == 0:
			rows[0] = append(r, "买家身份证号")
			continue
		case i%90 == 7:
			set("买家实际支付金额", "?")
		case i%11 == 3:
			number := strings.Trim(r[at["订单编号"]], `="`)
			set("订单编号", number[:8]+strconv.Itoa(70000+i)+number[13:])
			if i%22 == 3 {
				set("买家会员名", "xin_"+strconv.Itoa(i))
				set("买家支付宝账号", "1540012"+strconv.Itoa(3000+i))
				set("收货人姓名", "新"+string([]rune("林陈黄张李王吴刘")[i%8])+"某")
				set("联系手机", "'1540012"+strconv.Itoa(3000+i))
			}
		case i%13 == 5:
			set("退款金额", "12.50")
		case i%31 == 8:
			set("订单状态", "待揽收(预)")
		case i%17 == 2:
			set("收货地址", "广东省 广州市 天河区 听泉街26号4单元(510000)")
		}
		rows[i] = append(r, "")
	}
	return saveTable(to, rows)
}

// ledger is a table that no platform made.
const ledger = `No.,Date,Customer,Mobile,What,Pieces,Sum,Remark
K-1001,2026-05-02,Lin Mei,13800001111,Oolong 250 g,2,196.00,
K-1002,2026-05-03,Chen Bo,13800002222,Tea cup,1,59.00,gift
K-1003,2026-05-07,Lin Mei,13800001111,White tea cake,1,268.00,
K-1004,2026-05-09,Zhou Yan,13800003333,Oolong 250 g,1,98.00,
K-1005,2026-05-11,Wu Di,13800004444,Tea tin,3,87.00,
`

func (s *stage) ledger(shop string) string { return s.file(shop, "counter book.csv", ledger) }

// ambiguous has dates of which nothing tells day from month; common is what several
// platforms could have made.
const (
	ambiguous = `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","Transaction ID","Reference Txn ID","Invoice Number"
"03/04/2026","10:01:02","PDT","Ada Sample","Express Checkout Payment","Completed","USD","48.50","-1.95","46.55","ada@example.test","1AA00000AA000001A","","1001"
`
	common = "订单编号,订单状态,买家留言\n8001,待发货,谢谢\n"
)

// file writes a file beside the book.
func (s *stage) file(shop, name, text string) string {
	path := filepath.Join(filepath.Dir(shop), name)
	if s.err == nil {
		s.err = os.WriteFile(path, []byte(text), 0o600)
	}
	return path
}

// locked makes a workbook with a password.
func (s *stage) locked(shop string) string {
	book := excelize.NewFile()
	var plain bytes.Buffer
	if s.err == nil {
		s.err = book.Write(&plain)
	}
	if s.err != nil {
		return ""
	}
	data, err := excelize.Encrypt(plain.Bytes(), &excelize.Options{Password: "tea"})
	s.err = err
	return s.file(shop, "orders 2026-06.xlsx", string(data))
}

// take drops files on the window.
func (s *stage) take(files ...string) {
	if s.err == nil {
		s.ui.Open(place.Place{Page: place.Imports, Files: files})
	}
}

// dryRun shows what a file would do.
func dryRun(s *stage, shop string) {
	file := s.later(shop)
	s.unlock(shop)
	s.take(file)
	s.see(s.text("imports_dry_fact"))
	s.see(s.text("imports_new_title"))
}

// files lists a folder.
func (s *stage) files(folder string) []string {
	list, err := os.ReadDir(folder)
	if s.err == nil {
		s.err = err
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}
