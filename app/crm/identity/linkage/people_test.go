package linkage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
)

// noise is what goes wrong where a person is written down again, after the
// manner of febrl's generator.
type noise struct {
	mistakes int     // at most, over all fields of a record
	missing  float64 // share of values that are blank, also in originals
	swapped  float64 // share of copies with given name and surname exchanged
}

// person is an invented one, field by field.
type person struct {
	given, surname, birth, phone, email, street, number, city, province, postcode, code string
	id                                                                                  int
}

// world invents people. The same seed invents the same.
type world struct {
	*rand.Rand
	chinese bool
}

func newWorld(seed uint64, chinese bool) *world {
	return &world{rand.New(rand.NewPCG(seed, 7)), chinese}
}

func (w *world) of(list []string) string {
	// Some names are common and most are rare: the square leans to the front.
	f := w.Float64()
	return list[int(f*f*float64(len(list)))]
}

var (
	givens   = strings.Fields("Ada Alma Amos Anton Basil Bela Boris Bruna Carla Cecil Clara Cosmo Dario Delia Dora Edgar Edith Elena Elmo Enid Esra Ezra Fabia Felix Flora Gero Gilda Greta Gustav Hanna Hedda Helmut Ilka Imre Ines Irma Isak Ivo Jana Jasper Jonas Judith Juno Karin Kaspar Klara Lajos Lars Lea Leopold Lidia Linus Lorna Lotte Luis Magda Marek Marta Matteo Mina Moritz Nadia Nelson Nils Nora Olaf Olga Oscar Otis Paula Pelle Petra Quentin Ralf Regina Remo Rita Rosalie Rufus Sabina Samson Selma Sigrid Silas Stella Sven Tamara Theo Tilda Tobias Ulla Urban Vera Viktor Wanda Wilma Xenia Yara Yvonne Zelda Zeno")
	roots    = strings.Fields("Alder Apple Ash Barn Birch Black Bram Brook Burn Cald Clay Cliff Crow Dale Down East Elder Fair Fern Fox Glen Gold Gran Hart Hazel Heath Hill Holm Hop Kings Lang Lind Long March Mill Moor North Oak Oxen Park Pem Quarr Raven Red Rose Row Sand Shel Silver South Stan Stone Thorn Under Vale Wal West Whit Win Wood")
	endings  = strings.Fields("berg bourne bridge brook bury by combe cote dale den field ford gate ham hurst land ley lock man mere mont more ner ridge sby shaw son stead stone thorpe ton tree wall ward water well wick wood worth")
	roads    = strings.Fields("Street Road Lane Close Avenue Crescent Place Court Drive Terrace")
	regions  = strings.Fields("NW NE SW SE MID ISL")
	families = strings.Split("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段", "")
	letters  = strings.Split("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英玉萍红建文志国华春梅兰雪晨阳宇欣怡子涵梓轩浩然博思佳琪俊凯悦彤雨泽诗瑶嘉晓峰鹏飞慧颖倩婷", "")
	places   = [][3]string{{"浙江省", "杭州市", "310000"}, {"浙江省", "宁波市", "315000"}, {"江苏省", "南京市", "210000"}, {"江苏省", "苏州市", "215000"}, {"广东省", "广州市", "510000"}, {"广东省", "深圳市", "518000"}, {"四川省", "成都市", "610000"}, {"湖北省", "武汉市", "430000"}, {"湖南省", "长沙市", "410000"}, {"福建省", "厦门市", "361000"}, {"山东省", "青岛市", "266000"}, {"河南省", "郑州市", "450000"}}
	ways     = strings.Split("文汇桃源锦绣春江长乐解放人民中山建设和平东湖南园西溪北苑青云紫荆银杏", "")
)

// person invents one.
func (w *world) person(id int) person {
	p := person{id: id, birth: fmt.Sprintf("%d%02d%02d", 1930+w.IntN(75), 1+w.IntN(12), 1+w.IntN(28))}
	p.code = fmt.Sprintf("%07d", w.IntN(10_000_000))
	if w.chinese {
		p.surname, p.given = w.of(families), w.of(letters)
		if w.IntN(4) > 0 {
			p.given += w.of(letters)
		}
		at := places[w.IntN(len(places))]
		p.province, p.city, p.postcode = at[0], at[1], at[2]
		p.phone = fmt.Sprintf("13%d0000%04d", w.IntN(10), w.IntN(10_000))
		p.email = fmt.Sprintf("u%d@example.test", w.IntN(1_000_000))
		p.street = w.of(ways) + w.of(ways) + []string{"路", "街", "巷"}[w.IntN(3)]
		p.number = fmt.Sprintf("%d号%d幢%d室", 1+w.IntN(400), 1+w.IntN(30), 101+w.IntN(2500))
		return p
	}
	p.given, p.surname = w.of(givens), w.of(roots)+w.of(endings)
	p.email = strings.ToLower(p.given[:1]+p.surname) + fmt.Sprint(w.IntN(100)) + "@example.test"
	p.phone = fmt.Sprintf("0%d5550%05d", 2+w.IntN(8), w.IntN(100_000))
	p.street = w.of(roots) + w.of(endings) + " " + w.of(roads)
	p.number = fmt.Sprint(1 + w.IntN(200))
	p.city = w.of(roots) + w.of(endings)
	p.province, p.postcode = w.of(regions), fmt.Sprint(1000+w.IntN(8000))
	return p
}

func (p *person) fields() []*string {
	return []*string{&p.given, &p.surname, &p.birth, &p.phone, &p.email, &p.street, &p.number, &p.city, &p.province, &p.postcode, &p.code}
}

// again writes a person down with mistakes.
func (w *world) again(p person, n noise) person {
	fields := p.fields()
	for range 1 + w.IntN(n.mistakes) {
		f := fields[w.IntN(len(fields))]
		switch w.IntN(12) {
		case 0:
			*f = ""
		case 1: // another value altogether
			other := w.person(p.id)
			*f = *other.fields()[slices.Index(fields, f)]
		default:
			*f = w.slip(*f)
		}
	}
	if w.Float64() < n.swapped {
		p.given, p.surname = p.surname, p.given
	}
	return p
}

// slip mistypes one character of a value.
func (w *world) slip(s string) string {
	r := []rune(s)
	if len(r) < 2 {
		return s
	}
	i := w.IntN(len(r) - 1)
	wrong := 'a' + rune(w.IntN(26))
	switch {
	case '0' <= r[i] && r[i] <= '9':
		wrong = '0' + rune(w.IntN(10))
	case r[i] > 0x2e80:
		wrong = []rune(letters[w.IntN(len(letters))])[0]
	}
	switch w.IntN(4) {
	case 0:
		r[i], r[i+1] = r[i+1], r[i]
	case 1:
		r = slices.Delete(r, i, i+1)
	case 2:
		r = slices.Insert(r, i, wrong)
	default:
		r[i] = wrong
	}
	return string(r)
}

// list invents originals and copies of them, up to most copies of one, in any
// order.
func (w *world) list(originals, copies, most int, n noise) []person {
	var list []person
	for i := range originals {
		list = append(list, w.person(i))
	}
	of := make(map[int]int)
	for len(list) < originals+copies {
		i := w.IntN(originals)
		if of[i] == most {
			continue
		}
		of[i]++
		list = append(list, w.again(list[i], n))
	}
	for i := range list {
		for _, f := range list[i].fields() {
			if w.Float64() < n.missing {
				*f = ""
			}
		}
	}
	w.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// columns is what of a person a list has.
type columns struct {
	fullName, masked                                  bool
	birth, phone, email, address, place, postal, code bool
}

// records writes people into a list of some columns.
func records(list []person, c columns) []linkage.Record {
	out := make([]linkage.Record, len(list))
	text := func(has bool, s string) []pii.Text {
		if !has {
			return nil
		}
		return []pii.Text{pii.New(s)}
	}
	for i, p := range list {
		r := &out[i]
		switch {
		case c.masked:
			r.Names = []linkage.Name{{Full: pii.New(pii.MaskName(p.surname + p.given))}}
			p.phone = pii.MaskPhone(p.phone)
		case c.fullName && isHan(p.surname):
			r.Names = []linkage.Name{{Full: pii.New(p.surname + p.given)}}
		case c.fullName:
			r.Names = []linkage.Name{{Full: pii.New(strings.TrimSpace(p.given + " " + p.surname))}}
		default:
			r.Names = []linkage.Name{{Given: pii.New(p.given), Surname: pii.New(p.surname)}}
		}
		r.Births, r.Phones, r.Emails = text(c.birth, p.birth), text(c.phone, p.phone), text(c.email, p.email)
		r.Streets = text(c.address, strings.TrimSpace(p.street+" "+p.number))
		r.Cities, r.Provinces = text(c.place, p.city), text(c.place, p.province)
		r.Postcodes = text(c.postal, p.postcode)
		r.Codes = text(c.code, p.code)
	}
	return out
}

func isHan(s string) bool { return s > "\u2e80" }
