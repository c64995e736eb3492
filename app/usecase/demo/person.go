package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// dice draws the shop's lots.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, 0x6b656275))} //nolint:gosec // a demo must repeat itself; nothing here is secret
}

// between draws from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// of draws true once in n times.
func (d dice) of(n int) bool { return d.IntN(n) == 0 }

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// person is somebody who does not exist.
type person struct {
	serial  int
	habit   habit
	on      []platform // where the person buys
	name    string
	nick    string // on Taobao
	account string // of Alipay: the phone or the e-mail
	phone   string // as written at home; abroad with its country code
	email   string
	home    recipient
	friends []recipient // who get presents
}

// recipient is who a parcel goes to.
type recipient struct {
	name, phone string
	at          address
}

// registry makes people, no two with the same number or name of an account.
type registry struct {
	*stock
	dice
	lang   string
	mobile int // last given
	used   map[string]bool
}

// person invents somebody who has a habit and buys on these platforms.
func (r *registry) person(h habit, on []platform) *person {
	abroad := len(on) == 1 && on[0] == shopifyShop
	p := &person{habit: h, on: on}
	if abroad && (r.lang == "en" || !r.of(3)) {
		p.name = pick(r.dice, r.first) + " " + pick(r.dice, r.last)
		p.email = r.unique(strings.ToLower(strings.ReplaceAll(p.name, " ", ".")), "@example.test")
		p.home = r.abroad(p.name)
		p.phone = p.home.phone
		return p
	}
	surname, given := pick(r.dice, r.surnames), pick(r.dice, r.given)
	latin := strings.ToLower(surname.latin + given.latin)
	latin = strings.NewReplacer("ü", "v", "'", "").Replace(latin)
	p.name = fullName(surname, given, r.lang)
	p.email = r.unique(latin, "@example.test")
	if abroad { // somebody from China who lives there
		p.name = given.latin + " " + surname.latin
		p.home = r.abroad(p.name)
		p.phone = p.home.phone
		return p
	}
	if r.lang == "zh" && r.of(2) {
		p.nick = r.unique(given.zh+pick(r.dice, []string{"爱喝茶", "的小院", "", "在路上", "same"}), "")
	} else {
		p.nick = r.unique(latin+pick(r.dice, []string{"", "_tea", "88", "_home"}), "")
	}
	p.home = recipient{p.name, r.chinesePhone(), r.inChina()}
	p.phone = p.home.phone
	p.account = p.email
	if r.of(3) {
		p.account = p.phone
	}
	return p
}

func fullName(surname, given word, lang string) string {
	if lang == "en" {
		return given.latin + " " + surname.latin
	}
	return surname.zh + given.zh
}

// unique returns the first of name, name2, name3 … that nobody has.
func (r *registry) unique(name, end string) string {
	s := name + end
	for n := 2; r.used[s]; n++ {
		s = fmt.Sprint(name, n, end)
	}
	r.used[s] = true
	return s
}

// friend invents somebody in the same country as p who gets presents.
func (r *registry) friend(p *person) recipient {
	if p.home.at.country != "CN" {
		return r.abroad(pick(r.dice, r.first) + " " + pick(r.dice, r.last))
	}
	return recipient{fullName(pick(r.dice, r.surnames), pick(r.dice, r.given), r.lang), r.chinesePhone(), r.inChina()}
}

// chinesePhone returns the next number under 154, which is in no operator's
// hands (numbering plan of the MIIT; libphonenumber's metadata for China).
func (r *registry) chinesePhone() string {
	r.mobile += r.between(3, 9_000)
	return fmt.Sprintf("154%08d", r.mobile)
}

func (r *registry) inChina() address {
	at := pick(r.dice, r.places)
	street, house := pick(r.dice, r.streets).in(r.lang), r.between(1, 280)
	if r.lang == "en" {
		at.street = fmt.Sprintf("%d %s, Room %d", house, street, r.between(101, 2804))
	} else {
		at.street = fmt.Sprintf("%s%d号%d单元%d室", street, house, r.between(1, 4), r.between(101, 2804))
	}
	return at
}

// abroad finds a home for somebody in Britain or the United States whose
// telephone is a number for drama that nobody else has.
func (r *registry) abroad(name string) recipient {
	for {
		t := pick(r.dice, r.towns)
		code, digits := "+44 ", 3
		if t.country == "US" {
			code, digits = "+1 ", 2
		}
		for range 20 {
			phone := fmt.Sprintf("%s%s%0*d", code, t.phones, digits, r.IntN(map[int]int{2: 100, 3: 1000}[digits]))
			if r.used[phone] {
				continue
			}
			r.used[phone] = true
			at := t.address
			at.street = fmt.Sprintf("%d %s", r.between(1, 190), pick(r.dice, r.roads))
			return recipient{name, phone, at}
		}
	}
}
