package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk"
	"kebu/app/usecase"
)

// twinsFile is a market stall's orders of people who have two accounts there.
const twinsFile = `No,When,Account,Name,Phone,Province,City,Street,Paid
S1,2026-09-02,stall-071,陈雨桐,13900004321,浙江省,杭州市,文汇路88号3幢1201室,68
S2,2026-09-12,yutong_c,陈雨桐,,浙江省,杭州市,文汇路88号3幢1201,129
S3,2026-09-20,stall-102,欧阳明轩,13700002468,广东省,广州市,解放路17号,45
S4,2026-10-03,mx2026,欧阳明,13700002486,广东省,广州市,解放路17号,88
S5,2026-10-08,stall-133,赵强,13500008642,山东省,青岛市,人民路31号,52
`

const twinsMapping = `{"name": "stall", "currency": "CNY", "time_zone": "Asia/Shanghai", "country": "CN", "columns": {"order_no": "No", "ordered_at": "When", "buyer_id": "Account",
	"recipient_name": "Name", "recipient_phone": "Phone", "province": "Province", "city": "City", "street": "Street", "paid": "Paid"}}`

// twice chooses the stall's file in the dialog that looks for duplicates.
func (s *stage) twice(book string) {
	folder := filepath.Dir(book)
	if err := os.WriteFile(filepath.Join(folder, "stall.csv"), []byte(twinsFile), 0o600); s.err == nil {
		s.err = err
	}
	page(fyne.Key4)(s, book)
	s.settle()
	fyne.CurrentApp().Preferences().SetString(desk.PrefFolder, folder)
	s.click(s.text("imports_twice"))
	s.see("stall.csv")
	s.reach("*parts.DataTable[kebu/app/ui/files.entry]")
	s.press(fyne.KeyDown, 0)
	s.press(fyne.KeyReturn, 0)
	s.see(s.text("imports_twice_likely"))
}

// twins imports orders of people who are likely one.
func (s *stage) twins(book string) {
	ctx := context.Background()
	file := filepath.Join(filepath.Dir(book), "stall.csv")
	err := os.WriteFile(file, []byte(strings.TrimSpace(twinsFile)), 0o600)
	if err == nil {
		var session *usecase.Session
		if session, err = usecase.Open(ctx, book, "", []byte(usecase.DemoPassphrase), clock); err == nil {
			if _, err = session.Import(ctx, usecase.ImportRequest{Path: file, Mapping: []byte(twinsMapping)}); err == nil {
				err = session.Close()
			}
		}
	}
	if s.err == nil {
		s.err = err
	}
}
