package usecase_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/app/crm"
	"kebu/app/usecase"
	"kebu/app/usecase/list"
	"kebu/importers/custom"
)

const ownTable = "本月订单,,,,,\n" +
	"\n" +
	"单号,下单日期,姓名,手机,商品,实付,门店\n" +
	"A-1,03/04/2026,贝小可,13000000001,白瓷杯,\"1.200,50\",东门\n" +
	"A-2,25/04/2026,石大山,13000000002,木筷,\"50,00\",东门\n"

func TestSampleOfAnyTable(t *testing.T) {
	s, err := usecase.SampleOf(t.Context(), usecase.SampleRequest{Path: write(t, "own.csv", ownTable), Rows: 20})
	if err != nil {
		t.Fatal(err)
	}
	if s.HeaderRow != 3 || s.Encoding != "utf-8" || len(s.Sheets) != 1 {
		t.Errorf("header row %d, %s, sheets %q", s.HeaderRow, s.Encoding, s.Sheets)
	}
	want := []string{"order_no", "ordered_at", "recipient_name", "recipient_phone", "product", "paid", ""}
	if !slices.Equal(s.Guess, want) {
		t.Errorf("guess %q, want %q", s.Guess, want)
	}
	if len(s.Rows) != 2 || s.Rows[1][2].Reveal() != "石大山" {
		t.Errorf("%d rows", len(s.Rows))
	}
	if text := fmt.Sprintf("%+v", s); strings.Contains(text, "贝小可") {
		t.Error("the sample prints a person")
	}
	if s, err = usecase.SampleOf(t.Context(), usecase.SampleRequest{Path: write(t, "own.csv", ownTable), HeaderRow: 4, Rows: 1}); err != nil || s.Headers[0] != "A-1" || len(s.Rows) != 1 {
		t.Errorf("from row 4: %q, %v", s.Headers, err)
	}
	if _, err := usecase.SampleOf(t.Context(), usecase.SampleRequest{Path: write(t, "own.csv", "words\n\nmore words\n"), Rows: 20}); !errors.Is(err, usecase.ErrNoTable) {
		t.Errorf("of no table: %v", err)
	}
}

func TestSampleShowsTheTimesOfAWorkbook(t *testing.T) {
	var file bytes.Buffer
	columns := []list.Column{{Title: "单号"}, {Title: "下单日期", Kind: list.Time}, {Title: "数量", Kind: list.Integer}}
	placed := crm.At(time.Date(2026, 4, 3, 10, 30, 0, 0, time.UTC))
	rows := slices.Values([][]list.Value{{list.TextValue("A-1"), list.TimeValue(placed), list.IntegerValue(2)}})
	if _, err := list.Write(t.Context(), &file, list.XLSX, columns, func(yield func([]list.Value, error) bool) {
		for r := range rows {
			yield(r, nil)
		}
	}, list.Options{}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.SampleOf(t.Context(), usecase.SampleRequest{Path: write(t, "own.xlsx", file.String()), Rows: 1})
	if err != nil || s.Rows[0][1].Reveal() != "2026-04-03 10:30:00" || s.Rows[0][2].Reveal() != "2" || s.Encoding != "xlsx" || s.Sheet == "" {
		t.Errorf("%q %q, %v", s.Headers, s.Sheet, err)
	}
}

func TestASampleOpensWithAPasswordThatIsKnown(t *testing.T) {
	s := session(t)
	book := excelize.NewFile()
	for i, row := range [][]any{{"单号", "下单日期", "实付", "商品"}, {"A-1", "2026-04-03", "12.50", "白瓷杯"}} {
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := book.Write(&file, excelize.Options{Password: "secret 1"}); err != nil {
		t.Fatal(err)
	}
	request := usecase.SampleRequest{Path: write(t, "own.xlsx", file.String()), Rows: 5}
	if _, err := s.Sample(t.Context(), request); !usecase.Locked(err) {
		t.Errorf("before anybody typed the password: %v", err)
	}
	mapping := []byte(`{"name": "own", "currency": "CNY", "time_zone": "Asia/Shanghai", "columns": {"order_no": "单号", "ordered_at": "下单日期", "paid": "实付"}}`)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: request.Path, Mapping: mapping, Password: "secret 1"}); err != nil {
		t.Fatal(err)
	}
	if sample, err := s.Sample(t.Context(), request); err != nil || len(sample.Rows) != 1 {
		t.Errorf("%d rows, %v", len(sample.Rows), err)
	}
}

// TestChoicesMakeAMappingThatIsRecognised goes the whole way: sample, choices,
// preview, import, and the next file of the same kind without choices.
func TestChoicesMakeAMappingThatIsRecognised(t *testing.T) {
	s := session(t)
	path := write(t, "own.csv", ownTable)
	sample, err := usecase.SampleOf(t.Context(), usecase.SampleRequest{Path: path, Rows: 5})
	if err != nil {
		t.Fatal(err)
	}
	choices := usecase.MappingChoices{
		Name: "东门小店", Currency: "cny", Zone: "Asia/Shanghai", Headers: sample.Headers, Fields: sample.Guess, Decimal: ",", DateOrder: "dmy",
		Statuses: map[string]crm.Status{"好了": crm.StatusCompleted},
	}
	mapping, problems := choices.Mapping()
	if problems != nil {
		t.Fatalf("problems %+v", problems)
	}
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path, Mapping: mapping})
	if err != nil {
		t.Fatal(err)
	}
	if p.New.Total != 2 || p.New.First[0].Figures.Gross != 1200_5000 || p.New.First[0].Placed.In(zone(t)).Day() != 3 {
		t.Errorf("new %+v", p.New)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Mapping: mapping}); err != nil {
		t.Fatal(err)
	}
	next := strings.ReplaceAll(ownTable, "A-", "B-")
	if p, err = s.Preview(t.Context(), usecase.ImportRequest{Path: write(t, "next.csv", next)}); err != nil || p.Format != "custom.东门小店" || p.New.Total != 2 || p.Customers.Matched != 2 {
		t.Errorf("the next file: %s, %+v %+v, %v", p.Format, p.Orders, p.Customers, err)
	}
}

func TestAnOwnFormatComesFirstAndTheOtherIsOffered(t *testing.T) {
	s := session(t)
	mapping := []byte(`{"name": "own", "currency": "CNY", "time_zone": "Asia/Shanghai", "columns": {"order_no": "Name", "ordered_at": "Created at", "paid": "Total"}}`)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: shopify, Mapping: mapping}); err != nil {
		t.Fatal(err)
	}
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: shopify})
	if err != nil || p.Format != "custom.own" || len(p.Beside) != 1 || p.Beside[0].Format.ID != "shopify.orders" {
		t.Errorf("read as %s, beside it %d, %v", p.Format, len(p.Beside), err)
	}
	if p, err = s.Preview(t.Context(), usecase.ImportRequest{Path: shopify, Format: "shopify.orders"}); err != nil || p.Format != "shopify.orders" {
		t.Errorf("chosen: read as %s, %v", p.Format, err)
	}
}

func TestChoicesNameWhatIsMissing(t *testing.T) {
	good := usecase.MappingChoices{Name: "a", Currency: "GBP", Zone: "UTC", Headers: []string{"No", "Day", "Paid", "Tel"}, Fields: []string{"order_no", "ordered_at", "paid", "recipient_phone"}}
	for name, c := range map[string]struct {
		change func(*usecase.MappingChoices)
		want   []usecase.MappingProblem
	}{
		"nothing":      {func(*usecase.MappingChoices) {}, nil},
		"name":         {func(c *usecase.MappingChoices) { c.Name = " " }, []usecase.MappingProblem{{Problem: custom.Missing, Name: "name", Column: -1}}},
		"zone":         {func(c *usecase.MappingChoices) { c.Zone = "Atlantis" }, []usecase.MappingProblem{{Problem: custom.BadValue, Name: "time_zone", Column: -1}}},
		"currency":     {func(c *usecase.MappingChoices) { c.Currency = "" }, []usecase.MappingProblem{{Problem: custom.Missing, Name: "currency", Column: -1}}},
		"bad currency": {func(c *usecase.MappingChoices) { c.Currency = "pounds" }, []usecase.MappingProblem{{Problem: custom.BadValue, Name: "currency", Column: -1}}},
		"bad country":  {func(c *usecase.MappingChoices) { c.Country = "England" }, []usecase.MappingProblem{{Problem: custom.BadValue, Name: "country", Column: -1}}},
		"number": {
			func(c *usecase.MappingChoices) { c.Fields = []string{"", "ordered_at", "paid", "recipient_phone"} },
			[]usecase.MappingProblem{{Problem: custom.Missing, Name: "order_no", Column: -1}},
		},
		"no such field": {
			func(c *usecase.MappingChoices) { c.Fields = []string{"order_no", "ordered_at", "paid", "shoe"} },
			[]usecase.MappingProblem{{Problem: custom.UnknownField, Name: "shoe", Column: 3}, {Problem: custom.Missing, Name: usecase.MissingBuyer, Column: -1, Advice: true}},
		},
		"equal headers": {
			func(c *usecase.MappingChoices) { c.Headers = []string{"No", "Day", "Paid", "no"} },
			[]usecase.MappingProblem{{Problem: custom.Repeated, Name: "recipient_phone", Column: 3}, {Problem: custom.Missing, Name: usecase.MissingBuyer, Column: -1, Advice: true}},
		},
		"blank header": {
			func(c *usecase.MappingChoices) { c.Headers = []string{"No", "Day", "Paid", ""} },
			[]usecase.MappingProblem{{Problem: custom.BadValue, Name: "recipient_phone", Column: 3}, {Problem: custom.Missing, Name: usecase.MissingBuyer, Column: -1, Advice: true}},
		},
		"advice": {func(c *usecase.MappingChoices) { c.Fields = []string{"order_no"} }, []usecase.MappingProblem{
			{Problem: custom.Missing, Name: "ordered_at", Column: -1, Advice: true},
			{Problem: custom.Missing, Name: usecase.MissingAmount, Column: -1, Advice: true},
			{Problem: custom.Missing, Name: usecase.MissingBuyer, Column: -1, Advice: true},
		}},
	} {
		choices := good
		c.change(&choices)
		mapping, problems := choices.Mapping()
		if !slices.Equal(problems, c.want) {
			t.Errorf("%s: %+v, want %+v", name, problems, c.want)
		}
		stands := !slices.ContainsFunc(c.want, func(p usecase.MappingProblem) bool { return !p.Advice })
		if stands != (mapping != nil) {
			t.Errorf("%s: mapping %s", name, mapping)
		}
	}
}

func TestMappingFieldsAreInGroups(t *testing.T) {
	groups := map[usecase.FieldGroup][]string{}
	for _, f := range usecase.MappingFields() {
		groups[f.Group] = append(groups[f.Group], f.Name)
		if f.Required != (f.Name == "order_no") {
			t.Errorf("%s: required %t", f.Name, f.Required)
		}
	}
	for group, field := range map[usecase.FieldGroup]string{
		usecase.GroupOrder: "after_sale", usecase.GroupBuyer: "buyer_account", usecase.GroupDelivery: "postcode",
		usecase.GroupProduct: "quantity", usecase.GroupMoney: "currency", usecase.GroupText: "memo",
	} {
		if list := groups[group]; len(list) == 0 || list[len(list)-1] != field {
			t.Errorf("%s ends in %q, want %s", group, list, field)
		}
	}
}

func zone(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return z
}
