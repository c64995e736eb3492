package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"kebu/crypto/evidence"
	"kebu/crypto/evidence/stamp"
	"kebu/crypto/evidence/stamp/stamptest"
)

// stamped signs the log twice in one second, asks for a stamp on each and keeps the
// answers.
func stamped(t *testing.T, b *Book) {
	t.Helper()
	by := stamptest.New(stamptest.P256, stamptest.Leaf{})
	for range 2 {
		text, request := stampRequest(t, b, true)
		s, err := keepStamp(t, b, by.Stamp(request, logTime.In(time.UTC)))
		if err != nil || s.Sum != evidence.StampedSum(text) || s.Size < 1 || s.Authority != "Invented Time" {
			t.Fatalf("%v %+v", err, s)
		}
	}
}

// stampRequest signs the log and, if asked, draws up a request.
func stampRequest(t *testing.T, b *Book, ask bool) (text string, request []byte) {
	t.Helper()
	if err := b.Keep(t.Context(), func(tx *Tx) (err error) {
		if _, text, err = tx.SignLog(t.Context(), logTime); err != nil || !ask {
			return err
		}
		request, err = tx.RequestStamp(t.Context(), text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return text, request
}

func keepStamp(t *testing.T, b *Book, answer []byte) (s Stamped, err error) {
	t.Helper()
	return s, b.Keep(t.Context(), func(tx *Tx) (err error) {
		s, err = tx.KeepStamp(t.Context(), answer)
		return err
	})
}

func TestAStampIsKeptWithTheCheckpointThatItIsOn(t *testing.T) {
	b := logBook(t)
	by := stamptest.New(stamptest.P256, stamptest.Leaf{})
	at := logTime.In(time.UTC)
	asked, request := stampRequest(t, b, true)
	// Each log differs from the one before by an entry.
	logged(t, b, "note", logTime, func(context.Context, *Tx) error { return nil })
	other, _ := stampRequest(t, b, false)
	sum := evidence.StampedSum(asked)
	for name, c := range map[string]struct {
		answer []byte
		want   error
	}{
		"no stamp":              {[]byte("text"), stamp.ErrForm},
		"a refusal":             {by.Say(stamptest.Answer{Status: 2}), stamp.ErrRefused},
		"a broken one":          {by.Say(stamptest.Answer{Sum: sum, At: at, Digest: make([]byte, 32)}), stamp.ErrSignature},
		"of a wrong kind":       {stamptest.New(stamptest.P256, stamptest.Leaf{Other: true}).Stamp(request, at), stamp.ErrCertificate},
		"on another text":       {by.Say(stamptest.Answer{Sum: sha256.Sum256([]byte("x")), At: at}), ErrStampOther},
		"to another request":    {by.Stamp(stamp.Request(sum, 1), at), ErrStampOther},
		"to no request":         {by.Say(stamptest.Answer{Sum: sum, At: at}), ErrStampOther},
		"before the checkpoint": {by.Stamp(request, at.Add(-time.Hour)), ErrStampEarly},
	} {
		if _, err := keepStamp(t, b, c.answer); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for _, answer := range [][]byte{by.Stamp(request, at), by.Stamp(stamp.Request(evidence.StampedSum(other), 9), at)} { // nobody asked for the second
		if _, err := keepStamp(t, b, answer); err != nil {
			t.Error(err)
		}
		if _, err := keepStamp(t, b, answer); !errors.Is(err, ErrStamped) {
			t.Errorf("twice: %v", err)
		}
	}
	if err := b.Keep(t.Context(), func(tx *Tx) error {
		_, err := tx.RequestStamp(t.Context(), "no checkpoint")
		return err
	}); !errors.Is(err, ErrStampOther) {
		t.Errorf("a request for no checkpoint: %v", err)
	}
	if p := problems(t, b); len(p) > 0 {
		t.Errorf("problems: %q", p)
	}
	key, err := b.LogKey()
	if err != nil {
		t.Fatal(err)
	}
	roots, err := stamp.Roots(by.PEM())
	if err != nil {
		t.Fatal(err)
	}
	r, err := evidence.Verify([]byte(packOf(t, b)), evidence.Brought{Key: key, Known: []string{asked}, Authorities: roots})
	if err != nil || r.State() != evidence.Passed || len(r.Stamps) != 2 {
		t.Errorf("%v %+v", err, r)
	}
}
