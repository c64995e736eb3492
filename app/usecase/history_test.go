package usecase_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
	"kebu/store"
)

func TestUndoPreviewCountsWhatUndoDoes(t *testing.T) {
	s := session(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, "a.csv", firstRow)}); err != nil {
		t.Fatal(err)
	}
	next := taobao(t, "b.csv",
		strings.Replace(firstRow, "买家已付款，等待卖家发货", "交易成功", 1), secondRow,
		"2600000000000003,新客,新小心,13000000003,80.00,,交易成功,2026-11-03 10:00:00,青花盘,,")
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: next}); err != nil {
		t.Fatal(err)
	}
	var noted string
	if _, err := s.Customers(t.Context(), usecase.Selection{Search: "新客"}, func(c usecase.Customer) error { noted = c.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Note(t.Context(), noted, pii.New("喜欢青花")); err != nil {
		t.Fatal(err)
	}
	before, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.UndoPreview(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	want := usecase.UndoReport{Undone: store.Undone{OrdersGone: 2, OrdersRestored: 1, CustomersGone: 1, CustomersKept: 1, Kept: []usecase.Kept{{Table: "customers", Row: noted}}}}
	if !reflect.DeepEqual(report, want) {
		t.Errorf("got %+v, want %+v", report, want)
	}
	if again, err := s.UndoPreview(t.Context(), 2); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("the second time: %+v, %v", again, err)
	}
	if after, err := s.Stats(t.Context()); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("the preview changed something: %+v, was %+v, %v", after, before, err)
	}
	kept, err := s.Undo(t.Context(), 2)
	if err != nil || !reflect.DeepEqual(kept, want.Kept) {
		t.Errorf("undo kept %+v, %v", kept, err)
	}
	if after, err := s.Stats(t.Context()); err != nil || after.Orders != before.Orders-want.OrdersGone || after.Customers != before.Customers-want.CustomersGone {
		t.Errorf("undone: %+v, was %+v, %v", after, before, err)
	}
	if _, err := s.UndoPreview(t.Context(), 2); !errors.Is(err, usecase.ErrUndone) {
		t.Errorf("of an undone step: %v", err)
	}
}

// TestAnUndoneImportIsDoneAgain needs only the file, a mapping by hand included.
func TestAnUndoneImportIsDoneAgain(t *testing.T) {
	s := session(t)
	const mapping = `{"name":"own","currency":"CNY","time_zone":"Asia/Shanghai","columns":{"order_no":"No","ordered_at":"Day","paid":"Paid","buyer_phone":"Tel"}}`
	path := write(t, "own.csv", "No,Day,Paid,Tel\nA-1,2026-03-25,10,13000000001\n")
	first, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Mapping: []byte(mapping)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	past, err := s.ImportOf(t.Context(), 1)
	if err != nil || !past.Undone || past.Report.File != "own.csv" {
		t.Errorf("the undone import: %+v, %v", past, err)
	}
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path})
	if err != nil || string(p.Seen.SHA256[:]) != string(past.SHA256) {
		t.Errorf("the file is not known again: %v", err)
	}
	again, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Seen: &p.Seen})
	if err != nil || again.Orders != first.Orders || again.Customers != first.Customers {
		t.Errorf("got %+v, first %+v, %v", again, first, err)
	}
	if _, err := s.ImportOf(t.Context(), 99); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of no import: %v", err)
	}
}
