package grid

import (
	"errors"
	"strings"
	"testing"
)

func TestTextsComeBack(t *testing.T) {
	var s Texts
	var want []string
	for i := range 3*textsPerChunk + 7 {
		text := strings.Repeat("x", i%50)
		if i%900 == 1 {
			text = strings.Repeat("长", longText+i)
		}
		want = append(want, text)
		if err := s.Add([]byte(text), DefaultLimits()); err != nil {
			t.Fatal(err)
		}
	}
	s.Seal()
	for i, text := range want {
		if got, ok := s.Get(i); !ok || got != text {
			t.Fatalf("text %d: %d bytes, want %d", i, len(got), len(text))
		}
	}
	for _, i := range []int{-1, len(want)} {
		if _, ok := s.Get(i); ok {
			t.Errorf("there is a text %d", i)
		}
	}
}

func TestTextsAreBounded(t *testing.T) {
	for _, l := range []Limits{{SharedStrings: 2, SharedBytes: 100}, {SharedStrings: 100, SharedBytes: 11}} {
		var s Texts
		var err error
		for range 3 {
			err = errors.Join(err, s.Add([]byte("12345"), l))
		}
		if !errors.As(err, new(*LimitError)) {
			t.Errorf("%+v: %v", l, err)
		}
	}
}
