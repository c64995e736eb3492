package evidence_test

import (
	"crypto/x509"
	"testing"
	"time"

	"kebu/crypto/evidence"
	"kebu/crypto/evidence/stamp"
	"kebu/crypto/evidence/stamp/stamptest"
)

var authority = stamptest.New(stamptest.P256, stamptest.Leaf{})

// signedAt is when checkpoint signs.
var signedAt = time.Unix(1795003600, 0)

// stampedBy has an authority stamp checkpoints of a pack, by their numbers.
func stampedBy(p *evidence.Pack, a *stamptest.Authority, numbers ...int) {
	p.Stamps = make(map[int][]byte)
	for _, n := range numbers {
		p.Stamps[n] = a.Say(stamptest.Answer{Sum: evidence.StampedSum(p.Checkpoints[n-1]), At: signedAt.Add(time.Hour)})
	}
}

func roots(t testing.TB, a *stamptest.Authority) *x509.CertPool {
	t.Helper()
	pool, err := stamp.Roots(a.PEM())
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

func TestStampsAreJudged(t *testing.T) {
	list := entries(t, 30)
	stranger := stamptest.New(stamptest.P256, stamptest.Leaf{})
	say := func(n int, at time.Time) func(*evidence.Pack) {
		return func(p *evidence.Pack) {
			p.Stamps = map[int][]byte{2: authority.Say(stamptest.Answer{Sum: evidence.StampedSum(p.Checkpoints[n-1]), At: at})}
		}
	}
	for name, c := range map[string]struct {
		change     func(*evidence.Pack)
		trusted    bool
		state      evidence.State
		check      evidence.Name // with that state
		at, stamps int
	}{
		"none":                        {func(*evidence.Pack) {}, false, evidence.Passed, evidence.CheckSummary, 0, 0},
		"none, but they are expected": {func(*evidence.Pack) {}, true, evidence.Missing, evidence.CheckStamps, 0, 0},
		"two":                         {func(p *evidence.Pack) { stampedBy(p, authority, 1, 3) }, true, evidence.Passed, evidence.CheckAuthorities, 0, 2},
		"nobody is trusted":           {func(p *evidence.Pack) { stampedBy(p, authority, 1, 3) }, false, evidence.Missing, evidence.CheckAuthorities, 0, 2},
		"by somebody else":            {func(p *evidence.Pack) { stampedBy(p, stranger, 2) }, true, evidence.Failed, evidence.CheckAuthorities, 2, 1},
		"on another checkpoint":       {say(3, signedAt), true, evidence.Failed, evidence.CheckStamps, 2, 0},
		"a little before it":          {say(2, signedAt.Add(-10*time.Minute)), true, evidence.Passed, evidence.CheckStamps, 0, 1},
		"long before it":              {say(2, signedAt.Add(-10*time.Minute-time.Second)), true, evidence.Failed, evidence.CheckStamps, 2, 0},
		"years after it":              {say(2, signedAt.AddDate(5, 0, 0)), true, evidence.Passed, evidence.CheckStamps, 0, 1},
		"after its certificate":       {say(2, signedAt.AddDate(20, 0, 0)), true, evidence.Failed, evidence.CheckStamps, 2, 0},
		"no stamp at all":             {func(p *evidence.Pack) { p.Stamps = map[int][]byte{3: {0x30, 0}} }, true, evidence.Failed, evidence.CheckStamps, 3, 0},
		"on no checkpoint":            {func(p *evidence.Pack) { stampedBy(p, authority, 1); p.Stamps[4] = p.Stamps[1] }, true, evidence.Failed, evidence.CheckStamps, 4, 1},
	} {
		p := packOf(t, list, 10, 20, 30)
		c.change(p)
		b := evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints}
		if c.trusted {
			b.Authorities = roots(t, authority)
		}
		r := verify(t, written(t, p), b)
		found := false
		for _, k := range r.Checks {
			found = found || k.Name == c.check && k.State == c.state && k.At == int64(c.at)
		}
		if r.State() != c.state || !found || len(r.Stamps) != c.stamps {
			t.Errorf("%s: %+v", name, r)
		}
	}
	p := packOf(t, list, 10, 30)
	stampedBy(p, authority, 2)
	want := evidence.Stamped{Checkpoint: 2, Entries: 30, At: signedAt.Add(time.Hour).Unix(), Authority: "Invented Time"}
	if r := verify(t, written(t, p), evidence.Brought{}); len(r.Stamps) != 1 || r.Stamps[0] != want {
		t.Errorf("%+v, want %+v", r.Stamps, want)
	}
	for _, name := range []string{"stamps/x", "stamps/0.tsr", "stamps/01.tsr", "stamps/-1.tsr", "stamps/1.tst", "stamps/../1.tsr", "1.tsr"} {
		if _, err := evidence.Verify(replaced(t, written(t, p), name, []byte{0x30}), evidence.Brought{}); err == nil {
			t.Errorf("a pack has a file %s", name)
		}
	}
}
