package passphrase

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"
	"time"
)

var salt = []byte("sixteen  bytes..")

// TestKeyVector pins the derivation at the real floor, so that a change of
// library or of normalisation cannot lock people out unseen.
func TestKeyVector(t *testing.T) {
	const want = "d802c5c16dec05a4158a5d208033ebab11619c7bfa614c1fc9a60fd75a328846"
	key, err := Key([]byte("viaduct-mellow-thistle-27-orbit"), salt, Floor())
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(key); got != want {
		t.Errorf("key %s, want %s", got, want)
	}
}

func TestSamePassphraseFromAnotherInputMethod(t *testing.T) {
	for _, pair := range [][2]string{
		{"abc 123!", "ａｂｃ　１２３！"},                    // full-width mode
		{"caf\u00e9 au lait", "cafe\u0301 au lait"}, // composed and not
		{"カブ", "ｶﾌﾞ"},
	} {
		a, errA := normalise([]byte(pair[0]))
		b, errB := normalise([]byte(pair[1]))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	a, _ := normalise([]byte("Orbit"))
	if b, _ := normalise([]byte("orbit")); bytes.Equal(a, b) {
		t.Error("case is folded")
	}
}

func TestKeyRefuses(t *testing.T) {
	for name, pass := range map[string][]byte{
		"empty": nil, "not utf-8": {0xff, 'a'}, "too long": bytes.Repeat([]byte("a"), maxBytes+1),
	} {
		if _, err := Key(pass, salt, Floor()); !errors.Is(err, ErrText) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Key([]byte("a"), salt[:8], Floor()); err == nil {
		t.Error("short salt accepted")
	}
	if _, err := Key([]byte("a"), salt, Params{Memory: 19 << 10, Time: 2, Threads: 1}); !errors.Is(err, ErrCost) {
		t.Errorf("weak cost: %v", err)
	}
}

func TestCostBounds(t *testing.T) {
	for _, c := range []struct {
		p  Params
		ok bool
	}{
		{Floor(), true},
		{Params{1 << 20, 10, 8}, true},
		{Params{64<<10 - 1, 3, 4}, false},
		{Params{64 << 10, 2, 4}, false},
		{Params{64 << 10, 3, 0}, false},
		{Params{1<<20 + 1, 3, 4}, false},
		{Params{64 << 10, 11, 4}, false},
		{Params{64 << 10, 3, 9}, false},
		{Params{}, false},
	} {
		if err := c.p.Check(); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrCost) {
			t.Errorf("%+v: %v", c.p, err)
		}
	}
}

func TestCalibrateStopsAtTheTarget(t *testing.T) {
	clock := time.Unix(0, 0)
	now := func() time.Time { return clock }
	// perUnit is what one MiB and pass takes on the pretended machine.
	run := func(perUnit time.Duration) Params {
		return calibrate(now, func(p Params) {
			clock = clock.Add(perUnit * time.Duration(p.Memory>>10) * time.Duration(p.Time))
		})
	}
	for _, c := range []struct {
		perUnit time.Duration
		want    Params
	}{
		{2 * time.Millisecond, Floor()},
		{time.Millisecond, Params{128 << 10, 3, 4}},
		{200 * time.Microsecond, Params{256 << 10, 5, 4}},
		{time.Nanosecond, Params{256 << 10, maxTime, 4}},
	} {
		got := run(c.perUnit)
		if got != c.want {
			t.Errorf("%v per MiB and pass: %+v, want %+v", c.perUnit, got, c.want)
		}
		if err := got.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestCalibrateOnThisMachine(t *testing.T) {
	if err := Calibrate(time.Now).Check(); err != nil {
		t.Error(err)
	}
}

func BenchmarkKeyAtFloor(b *testing.B) {
	for b.Loop() {
		if _, err := Key([]byte("viaduct-mellow-thistle-27-orbit"), salt, Floor()); err != nil {
			b.Fatal(err)
		}
	}
}
