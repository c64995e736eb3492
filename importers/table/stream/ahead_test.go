package stream

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

func TestAheadGivesAllAndTheError(t *testing.T) {
	data := make([]byte, 10*WindowBytes+7)
	for i := range data {
		data[i] = byte(i >> 5)
	}
	own := errors.New("own")
	for name, r := range map[string]io.Reader{
		"whole":  io.MultiReader(bytes.NewReader(data), iotest.ErrReader(own)),
		"halves": io.MultiReader(iotest.HalfReader(bytes.NewReader(data)), iotest.ErrReader(own)),
		"late":   io.MultiReader(iotest.DataErrReader(bytes.NewReader(data)), iotest.ErrReader(own)),
	} {
		a := NewAhead(r)
		got, err := io.ReadAll(a)
		if !bytes.Equal(got, data) || !errors.Is(err, own) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, own) {
			t.Errorf("%s: after the end: %v", name, err)
		}
		a.Stop()
	}
}

func TestAheadStopsInTheMiddle(t *testing.T) {
	reads := 0
	a := NewAhead(Func(func(p []byte) (int, error) {
		reads++
		return len(p), nil
	}))
	if _, err := io.ReadFull(a, make([]byte, 2*WindowBytes)); err != nil {
		t.Fatal(err)
	}
	a.Stop()
	if reads > 2+aheadWindows+1 {
		t.Errorf("%d reads", reads)
	}
}
