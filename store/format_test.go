package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kebu/crypto/keyring"
	"kebu/store"
	"kebu/store/storetest"
)

// A book of each version that was ever released is kept, and every later
// program opens it. This one was made by kebuctl from the fixtures of Taobao's
// list of 2015, Shopify's of 79 columns and Douyin's, with a note, a tag and a
// segment; its passphrase is storetest.Passphrase. That of version 15, from Shopify's
// alone, has a log and a second user.
const (
	version1         = "../testdata/formats/v1.kebu"
	version1Recovery = "39X5E Q59QE ZSVBN 52VEW DHVBQ SH7M6 1JZ1N 2G62S 3GC0B N6B1W 2W8BT TVGEP KYFWW"
)

func copyOfVersion1(t *testing.T) string {
	data, err := os.ReadFile(version1)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(version1))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBookOfVersion1Opens(t *testing.T) {
	b := storetest.Open(t, copyOfVersion1(t))
	check(t, b)
	s := stats(t, b)
	if s.Customers != 6 || s.Orders != 19 || s.Lines != 21 || s.OrdersWithoutCustomer != 5 || s.Purchases != 8 ||
		len(s.Money) != 2 || s.Money[0].Net().String() != "264.4" || s.Money[1].Net().String() != "122" {
		t.Errorf("figures: %+v", s)
	}
	notes := 0
	for _, c := range customers(t, b) {
		for _, n := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c.Num) }) {
			notes++
			if n.Text.Reveal() != "送货前请打电话" {
				t.Error("the note reads otherwise")
			}
		}
	}
	if notes != 1 {
		t.Errorf("%d notes", notes)
	}
	segments := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Segment, error) { return tx.Segments(ctx) })
	if len(segments) != 1 || segments[0] != (store.Segment{Name: "老客", Rule: "purchases >= 1"}) {
		t.Errorf("segments: %v", segments)
	}
}

func TestRecoverySheetOfVersion1OpensIt(t *testing.T) {
	data, err := os.ReadFile(version1)
	if err != nil {
		t.Fatal(err)
	}
	header, err := keyring.Parse(data[:keyring.CopySize], data[keyring.CopySize:2*keyring.CopySize])
	if err != nil {
		t.Fatal(err)
	}
	code, err := keyring.ParseRecoveryCode(version1Recovery)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := header.Recover(code); err != nil {
		t.Error(err)
	}
}
