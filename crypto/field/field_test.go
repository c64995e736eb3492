package field

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

var (
	book  = [16]byte([]byte("book id 16 bytes"))
	phone = Place{Table: "customer", Column: "phone", Row: [16]byte([]byte("row id, 16 bytes"))}
)

func secret(b byte) [SecretSize]byte { return [SecretSize]byte(bytes.Repeat([]byte{b}, SecretSize)) }

func contactKeys(t testing.TB, secrets map[uint32][SecretSize]byte) *Keys {
	t.Helper()
	k, err := NewKeys(book, Contact, secrets)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// sealers returns both ways to write a value that k opens.
func sealers(t testing.TB, epoch uint32, s [SecretSize]byte) map[string]func(dst, value []byte, p Place) []byte {
	t.Helper()
	public, err := Public(s)
	if err != nil {
		t.Fatal(err)
	}
	inbox, err := NewInbox(book, Contact, epoch, public)
	if err != nil {
		t.Fatal(err)
	}
	k := contactKeys(t, map[uint32][SecretSize]byte{epoch: s})
	return map[string]func(dst, value []byte, p Place) []byte{
		"shared": k.Seal,
		"inbox": func(dst, value []byte, p Place) []byte {
			out, err := inbox.Seal(dst, value, p)
			if err != nil {
				t.Error(err)
			}
			return out
		},
	}
}

func TestRoundTripHidesLengthInSteps(t *testing.T) {
	overhead := map[string]int{"shared": 46, "inbox": 54}
	k := contactKeys(t, map[uint32][SecretSize]byte{7: secret(1)})
	for name, seal := range sealers(t, 7, secret(1)) {
		for n := range 50 {
			value := bytes.Repeat([]byte{0x80, 0, 'x'}, 20)[:n]
			sealed := seal([]byte("before"), value, phone)
			if want := len("before") + overhead[name] + (n/16+1)*16; len(sealed) != want {
				t.Errorf("%s: %d bytes sealed to %d, want %d", name, n, len(sealed), want)
			}
			got, err := k.Open([]byte("kept"), sealed[len("before"):], phone)
			if err != nil || string(got) != "kept"+string(value) {
				t.Errorf("%s, %d bytes: %q, %v", name, n, got, err)
			}
		}
	}
}

func TestSealingTwiceDiffers(t *testing.T) {
	for name, seal := range sealers(t, 1, secret(1)) {
		if bytes.Equal(seal(nil, []byte("x"), phone), seal(nil, []byte("x"), phone)) {
			t.Errorf("%s: equal values look equal", name)
		}
	}
}

func TestEveryFlipAndCutIsNoticed(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1), 0: secret(1)})
	for name, seal := range sealers(t, 1, secret(1)) {
		sealed := seal(nil, []byte("+00 555 0100"), phone)
		for i := range sealed {
			for bit := range 8 {
				bent := bytes.Clone(sealed)
				bent[i] ^= 1 << bit
				if got, err := k.Open(nil, bent, phone); err == nil || len(got) != 0 {
					t.Errorf("%s: byte %d bit %d: opened to %d bytes", name, i, bit, len(got))
				}
			}
			if _, err := k.Open(nil, sealed[:i], phone); err == nil {
				t.Errorf("%s: opened when cut to %d bytes", name, i)
			}
		}
		if _, err := k.Open(nil, append(sealed, make([]byte, 16)...), phone); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: opened with a tail: %v", name, err)
		}
	}
}

func TestValueOpensOnlyAtItsPlace(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1), 2: secret(1)})
	other, err := NewKeys([16]byte{1}, Contact, map[uint32][SecretSize]byte{1: secret(1)})
	if err != nil {
		t.Fatal(err)
	}
	for name, seal := range sealers(t, 1, secret(1)) {
		sealed := seal(nil, []byte("value"), phone)
		for _, p := range []Place{
			{phone.Table, phone.Column, [16]byte{}},
			{phone.Table, "email", phone.Row},
			{"address", phone.Column, phone.Row},
			{"customerp", "hone", phone.Row},
		} {
			if _, err := k.Open(nil, sealed, p); !errors.Is(err, ErrSealed) {
				t.Errorf("%s: opened at %s.%s: %v", name, p.Table, p.Column, err)
			}
		}
		if _, err := other.Open(nil, sealed, phone); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: opened in another book: %v", name, err)
		}
		sealed[5] = 2 // the same secret under another epoch
		if _, err := k.Open(nil, sealed, phone); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: opened as another epoch: %v", name, err)
		}
	}
}

func TestFormsDoNotPassForEachOther(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1)})
	for name, seal := range sealers(t, 1, secret(1)) {
		sealed := seal(nil, bytes.Repeat([]byte("x"), 40), phone)
		sealed[0] ^= versionShared ^ versionInbox
		if _, err := k.Open(nil, sealed, phone); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEpochs(t *testing.T) {
	old := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1)})
	both := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1), 2: secret(2)})
	first, second := old.Seal(nil, []byte("first"), phone), both.Seal(nil, []byte("second"), phone)
	if both.Epoch() != 2 {
		t.Errorf("seals under epoch %d", both.Epoch())
	}
	if got, err := both.Open(nil, first, phone); err != nil || string(got) != "first" {
		t.Errorf("old value: %q, %v", got, err)
	}
	if _, err := old.Open(nil, second, phone); !errors.Is(err, ErrNoKey) {
		t.Errorf("opened without the epoch's key: %v", err)
	}
	text, err := NewKeys(book, Text, map[uint32][SecretSize]byte{1: secret(1)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := text.Open(nil, first, phone); !errors.Is(err, ErrNoKey) {
		t.Errorf("opened by another class: %v", err)
	}
	h, err := Inspect(second)
	if want := (Header{Class: Contact, Epoch: 2}); err != nil || h != want {
		t.Errorf("inspect: %+v, %v", h, err)
	}
}

func TestInboxKeyReadsNothingBack(t *testing.T) {
	public, err := Public(secret(1))
	if err != nil {
		t.Fatal(err)
	}
	sealed := sealers(t, 1, secret(1))["inbox"](nil, []byte("value"), phone)
	writer := contactKeys(t, map[uint32][SecretSize]byte{1: [SecretSize]byte(public)})
	if _, err := writer.Open(nil, sealed, phone); !errors.Is(err, ErrSealed) {
		t.Errorf("the public key opened it: %v", err)
	}
	if _, err := NewInbox(book, Contact, 1, make([]byte, 31)); err == nil {
		t.Error("short public key accepted")
	}
}

func TestNewerAndForeignValues(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1)})
	newer := k.Seal(nil, []byte("value"), phone)
	newer[0] = 3
	if _, err := k.Open(nil, newer, phone); !errors.Is(err, ErrNewer) {
		t.Errorf("newer version: %v", err)
	}
	if _, err := NewKeys(book, 9, map[uint32][SecretSize]byte{1: {}}); !errors.Is(err, ErrNoKey) {
		t.Errorf("unknown class: %v", err)
	}
	if _, err := NewKeys(book, Contact, nil); !errors.Is(err, ErrNoKey) {
		t.Errorf("no secrets: %v", err)
	}
}

func TestErrorsHoldNoValue(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1)})
	sealed := k.Seal(nil, []byte("canary-value"), phone)
	sealed[len(sealed)-1] ^= 1
	if _, err := k.Open(nil, sealed, phone); err == nil || strings.Contains(err.Error(), "canary") {
		t.Error(err)
	}
}

func TestOpenAllocatesLittle(t *testing.T) {
	k := contactKeys(t, map[uint32][SecretSize]byte{1: secret(1)})
	sealed := k.Seal(nil, []byte("+00 555 0100"), phone)
	dst := make([]byte, 0, 64)
	got := testing.AllocsPerRun(1000, func() {
		if _, err := k.Open(dst, sealed, phone); err != nil {
			t.Error(err)
		}
	})
	if got > 1 {
		t.Errorf("%v allocations for each value opened", got)
	}
}

func FuzzOpen(f *testing.F) {
	seeds := 0
	for _, seal := range sealers(f, 1, secret(1)) {
		for _, n := range []int{0, 15, 16, 100} {
			f.Add(seal(nil, make([]byte, n), phone))
			seeds++
		}
	}
	for _, s := range []string{"", "\x01", "\x01\x01\x00\x00\x00\x01", "\x02\x04\xff\xff\xff\xff", "\x03"} {
		f.Add([]byte(s))
		seeds++
	}
	if seeds != 13 {
		f.Fatalf("%d seeds", seeds)
	}
	k := contactKeys(f, map[uint32][SecretSize]byte{1: secret(2)}) // opens none of them
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if got, err := k.Open([]byte("kept"), sealed, phone); err == nil || string(got) != "kept" {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	k := contactKeys(b, map[uint32][SecretSize]byte{1: secret(1)})
	value, dst := []byte("+00 555 0100"), make([]byte, 0, 128)
	b.ReportAllocs()
	for b.Loop() {
		k.Seal(dst, value, phone)
	}
}

func BenchmarkOpen(b *testing.B) {
	k := contactKeys(b, map[uint32][SecretSize]byte{1: secret(1)})
	for name, seal := range sealers(b, 1, secret(1)) {
		sealed, dst := seal(nil, []byte("+00 555 0100"), phone), make([]byte, 0, 128)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := k.Open(dst, sealed, phone); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
