package linkage

import (
	"context"
	"math"
	"math/rand/v2"

	"kebu/app/crm/pii"
)

// chances are those of a kind's levels before any data: m among records of one
// person, u among those of two. Equal of u is the chance of a value that was
// not seen, and rarest that of the rarest value: no more is believed of one.
type chances struct {
	m, u   [levelCount]float64
	rarest float64
}

// Beliefs about lists of customers in any country: a tenth of the values of one
// person differ, half of these by a slip of the pen; surnames as in a town,
// 36,500 birthdays, and so on.
var beliefs = [...]chances{
	Given:    {m: [...]float64{0, .82, .07, .04, .02, .05, .96, .04}, u: [...]float64{0, 3e-3, 3e-3, .02, 1e-4, .97, .08, .92}, rarest: 1e-4},
	Surname:  {m: [...]float64{0, .85, .06, .03, .02, .04, .96, .04}, u: [...]float64{0, 2e-3, 2e-3, .01, 1e-4, .98, .08, .92}, rarest: 1e-4},
	Birth:    {m: [...]float64{0, .90, .05, .03, 0, .02, .96, .04}, u: [...]float64{0, 5e-5, 5e-4, 6e-3, 0, .99, .05, .95}, rarest: 3e-5},
	Phone:    {m: [...]float64{0, .82, .05, .02, 0, .11, .90, .10}, u: [...]float64{0, 1e-6, 1e-6, 1e-5, 0, 1, 1e-4, 1}, rarest: 1e-7},
	Email:    {m: [...]float64{0, .82, .04, .03, 0, .11, .90, .10}, u: [...]float64{0, 1e-6, 1e-6, 5e-5, 0, 1, .02, .98}, rarest: 1e-7},
	Street:   {m: [...]float64{0, .72, .12, .08, 0, .08, 0, 0}, u: [...]float64{0, 1e-4, 5e-4, 5e-3, 0, .99, 0, 0}, rarest: 1e-5},
	Number:   {m: [...]float64{0, .80, .05, .05, 0, .10, 0, 0}, u: [...]float64{0, .01, .03, .05, 0, .91, 0, 0}, rarest: 1e-4},
	Province: {m: [...]float64{0, .92, .02, .01, 0, .05, 0, 0}, u: [...]float64{0, .10, .01, .02, 0, .87, 0, 0}, rarest: 1e-2},
	City:     {m: [...]float64{0, .86, .05, .02, 0, .07, 0, 0}, u: [...]float64{0, .01, .003, .01, 0, .98, 0, 0}, rarest: 1e-4},
	District: {m: [...]float64{0, .86, .05, .02, 0, .07, 0, 0}, u: [...]float64{0, .01, .003, .01, 0, .98, 0, 0}, rarest: 1e-4},
	Postcode: {m: [...]float64{0, .86, .06, .02, 0, .06, .95, .05}, u: [...]float64{0, 2e-3, 5e-3, .03, 0, .96, .01, .99}, rarest: 1e-4},
	Nick:     {m: [...]float64{0, .30, 0, 0, 0, .70, 0, 0}, u: [...]float64{0, 1e-4, 0, 0, 0, 1, 0, 0}, rarest: 1e-4},
	Code:     {m: [...]float64{0, .86, .06, .02, 0, .06, .95, .05}, u: [...]float64{0, 1e-5, 1e-5, 1e-4, 0, 1, 1e-3, 1}, rarest: 1e-6},
}

// What the beliefs weigh against data.
const (
	weightM = 20  // pairs of one person
	weightU = 100 // values or random pairs
	// sameToHousehold is how many pairs of one person there are for each of two who
	// share a household, where nothing that is one's own tells.
	sameToHousehold = 4
	// mostDiffer bounds, by times the belief, how often the values of one person
	// are learned to differ.
	mostDiffer = 4
	// placesM is how many of a place's values count as much as its share of all.
	placesM = 3
)

// model is what is known of the chances of levels.
type model struct {
	set       *set
	m, u      [][levelCount]float64 // log2, by comparison
	same      float64               // share of all pairs that are of one person
	household float64               // share that are of two of one household
}

// comparison is a compared pair.
type comparison struct {
	a, b   uint32
	levels uint64 // three bits for each comparison
	own    float32
	shared float32 // log2 chance of the levels among two persons: of what is one's own, of what a household shares
}

// isOwn reports whether a kind is a person's own rather than a household's.
func isOwn(k Kind) bool { return k == Given || k == Birth || k == Email || k >= Nick }

func newModel(ctx context.Context, s *set) (*model, error) {
	const share = 0.05 // of the records that have another of their person
	m := &model{set: s, m: make([][levelCount]float64, len(s.kinds)), u: make([][levelCount]float64, len(s.kinds))}
	m.same = share * s.likely() / s.pairs()
	m.household = m.same / sameToHousehold
	for c, k := range s.kinds {
		b := &beliefs[min(k, Code)]
		for l := Equal; l <= MaskDiffers; l++ { // missing values weigh nothing
			m.m[c][l], m.u[c][l] = math.Log2(b.m[l]), math.Log2(b.u[l])
		}
	}
	return m, m.learnRandom(ctx)
}

// learnRandom learns u from random pairs, leaving out those that look like one
// person: in a short list they are not rare.
func (m *model) learnRandom(ctx context.Context) error {
	const draws = 60_000
	s := m.set
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a sample, the same each time
	seen := make([][levelCount]float64, len(s.kinds))
	c := newComparer(s)
	for i := range draws {
		if i&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		a := random.IntN(s.lefts())
		b := s.second + random.IntN(len(s.records)-s.second)
		if a == b {
			continue
		}
		x := m.compare(c, a, b)
		if m.score(&x) >= 0.5 {
			continue
		}
		for i := range s.kinds {
			seen[i][x.level(i)]++
		}
	}
	for i, k := range s.kinds {
		b := &beliefs[min(k, Code)]
		whole := 0.0
		for l := Equal; l <= Different; l++ {
			whole += seen[i][l]
		}
		for l := Close; l <= Different; l++ {
			m.u[i][l] = math.Log2((seen[i][l] + weightU*b.u[l]) / (whole + weightU))
		}
	}
	return nil
}

func (x *comparison) level(i int) Level { return Level(x.levels >> (3 * i) & 7) }

// plausible reports whether learning could make a pair one of one person.
func (m *model) plausible(x *comparison) bool {
	const least = -20 // bits
	evidence := math.Log2(m.same) - float64(x.own) - float64(x.shared)
	for i := range m.m {
		evidence += m.m[i][x.level(i)]
	}
	return evidence > least
}

// posterior returns the chances that a pair is of one person and of one
// household.
func (m *model) posterior(x *comparison) (same, household float64) {
	evidence, ofHousehold := math.Log2(m.same), math.Log2(m.household)+float64(x.own)
	for i, k := range m.set.kinds {
		w := m.m[i][x.level(i)]
		evidence += w
		if !isOwn(k) {
			ofHousehold += w
		}
	}
	two := float64(x.own) + float64(x.shared)
	most := max(evidence, ofHousehold, two)
	a, b, c := math.Exp2(evidence-most), math.Exp2(ofHousehold-most), math.Exp2(two-most)
	return a / (a + b + c), b / (a + b + c)
}

// score returns the probability that a pair is of one person.
func (m *model) score(x *comparison) float64 {
	same, _ := m.posterior(x)
	return same
}

// learn learns m and how many pairs are of one person, by expectation and
// maximisation. Pairs that are not in the list count as those of two persons.
func (m *model) learn(ctx context.Context, list []comparison) error {
	const most, settled = 60, 1e-3
	s := m.set
	for range most {
		if err := ctx.Err(); err != nil {
			return err
		}
		var same, household float64
		seen := make([][levelCount]float64, len(s.kinds))
		for i := range list {
			p, h := m.posterior(&list[i])
			same += p
			household += h
			if p < 1e-6 {
				continue
			}
			for c := range seen {
				seen[c][list[i].level(c)] += p
			}
		}
		change := 0.0
		for c, k := range s.kinds {
			b := &beliefs[min(k, Code)]
			for _, group := range [][]Level{{Equal, Close, Similar, Swapped, Different}, {MaskAgrees, MaskDiffers}} {
				whole := 0.0
				for _, l := range group {
					whole += seen[c][l]
				}
				for _, l := range group {
					share := (seen[c][l] + weightM*b.m[l]) / (whole + weightM)
					if l == Different || l == MaskDiffers {
						share = min(share, mostDiffer*b.m[l]) // else chance likenesses could teach that nothing need agree
					}
					now := math.Log2(share)
					if b.m[l] > 0 {
						change = max(change, math.Abs(now-m.m[c][l]))
					}
					m.m[c][l] = now
				}
			}
		}
		const half = 0.5 // a pair, which keeps the shares from being nothing
		m.same, m.household = (same+half)/s.pairs(), (household+half/sameToHousehold)/s.pairs()
		if change < settled {
			break
		}
	}
	return nil
}

// pair explains a compared pair.
func (m *model) pair(c *comparer, x *comparison, score float64) Pair {
	p := Pair{A: int(x.a), B: int(x.b), Score: score}
	c.compare(p.A, p.B)
	for i, k := range m.set.kinds {
		if l := c.levels[i]; l != Missing {
			v := c.values[i]
			p.Evidence = append(p.Evidence, Evidence{k, l, m.m[i][l] - m.chance(c, i), pii.New(v[0].shown()), pii.New(v[1].shown())})
		}
	}
	return p
}
