package export

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// stand has the book ask for approval of lists in clear.
func (b *fakeBook) stand(st usecase.Standing) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.standing = &st
}

func (b *fakeBook) stands() usecase.Standing {
	b.lock.Lock()
	defer b.lock.Unlock()
	return *b.standing
}

// TestALongListInClearIsAskedForAndThenExported: the dialog says beforehand that somebody
// else has to approve, asks, keeps the list, and exports it once it is approved.
func TestALongListInClearIsAskedForAndThenExported(t *testing.T) {
	book := &fakeBook{standing: &usecase.Standing{Most: 2}}
	s, folder := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_ship"))
	if s.Screen().Has(s.Text("export_approval_ask_do")) {
		t.Error("a masked list needs approval")
	}
	choose(s, s.Text("export_masked"), s.Text("export_clear"))
	s.See("名单超过 2 人，要另一个人批准")
	s.See(s.Text("export_approval_ask_do"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_need_purpose"))
	s.Type("parcels")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_approval_waits_do"))
	if len(book.lists()) != 0 {
		t.Fatal("it is written without approval")
	}
	s.Until("it is kept", func() bool { text, _ := book.Recall(t.Context(), askedName); return text != "" })
	s.Ctrl(fyne.KeyReturn)
	s.Press(fyne.KeyEscape)
	s.Gone(s.Text("export_title"))

	yes := book.stands()
	yes.Asked.Verdict, yes.Asked.Decider, yes.Asked.Decided = usecase.VerdictYes, "Mo", crm.At(desktest.Now)
	book.stand(yes)
	Open(s.Desk, book, List{Count: 9})
	s.See("你申请过一份 3 位的名单：Mo 在 2026-06-30 10:00 批准了")
	s.Click(s.Text("export_asked_take"))
	s.See(s.Text("export_approval_yes_text"))
	s.See("parcels")
	s.Click(s.Text("export_reveal_folder"))
	s.Click("导出 3 位")
	got := book.only(s)
	if got.Where != "purchases >= 3" || got.Purpose != "parcels" || !slices.Equal(got.Clear, []string{"phone"}) || got.To[:len(folder)] != folder {
		t.Errorf("%+v", got)
	}
	s.Until("it is kept no more", func() bool { text, _ := book.Recall(t.Context(), askedName); return text == "" })
}

func TestALongMaskedListOfWhoIsSecondedTellsHowItStands(t *testing.T) {
	book := &fakeBook{standing: &usecase.Standing{Most: 2}}
	s, _ := open(t, book)
	book.lock.Lock()
	book.seconded = true
	book.lock.Unlock()
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_ship"))
	s.See("名单超过 2 人，要另一个人批准")
	s.See(s.Text("export_approval_ask_do"))
}

// TestAListThatWasMadeIsNotOffered: what is kept of it leads nowhere.
func TestAListThatWasMadeIsNotOffered(t *testing.T) {
	book := &fakeBook{standing: &usecase.Standing{Most: 2}, recalled: map[string]string{askedName: `{"kind":3,"purpose":"parcels","columns":["name"],"clear":["name"]}`}}
	s, _ := open(t, book)
	s.Desk.Tasks.Close() // all that was read has come back
	s.Until("it is quiet", func() bool { return true })
	if s.Screen().Has("你申请过") {
		t.Error("a list that nobody asked for is offered")
	}
}

func TestTheVerdictSaysWhatToDo(t *testing.T) {
	w, now := phrase.New("zh-Hans"), desktest.Now
	asked := usecase.Approval{ID: 3, At: crm.At(now)}
	no := asked
	no.Verdict, no.Decider, no.Decided = usecase.VerdictNo, "Mo", crm.At(now)
	for want, st := range map[string]usecase.Standing{
		"一天内名单超过 250 人，要另一个人批准":      {Most: 250},
		"一天内名单超过 250 人，要等 24 小时":     {Most: 250, Alone: true, Wait: 24 * time.Hour},
		"已申请，等别人批准":                  {Asked: asked},
		"已申请，2026-07-01 10:00 起可以导出": {Asked: asked, Alone: true, Until: now.Add(24 * time.Hour)},
		"时间到了":                      {Asked: asked, Alone: true, Until: now},
		"Mo 在 2026-06-30 10:00 拒绝了": {Asked: no},
	} {
		v := verdictOf(w, &st, now, time.UTC)
		if v.title != want || v.text == "" {
			t.Errorf("%q, want %q", v.title, want)
		}
		if writes := v.button == "" && !v.shut; writes != st.Ready(now) {
			t.Errorf("%s: the button exports: %t", want, writes)
		}
	}
	if v := verdictOf(w, nil, now, time.UTC); v != (verdict{}) {
		t.Errorf("a short list: %+v", v)
	}
}

// TestEachRoleIsOfferedWhatItMayTake compares the columns, their clear values and the kinds
// of file with the table.
func TestEachRoleIsOfferedWhatItMayTake(t *testing.T) {
	for _, r := range access.Roles {
		if !access.May(r, access.Export) {
			continue
		}
		s := desktest.NewAs(t, r, access.House{})
		s.Desk.Prefs.SetString(desk.PrefFolder, t.TempDir())
		s.Open(empty{container.NewStack()}, place.Place{})
		Open(s.Desk, &fakeBook{recalled: map[string]string{}}, List{Count: 3, Screen: usecase.ExportColumns()})
		s.See("导出 3 位")
		for _, c := range offered(s.Desk) {
			if access.Sees(r, access.Of(c)) < access.Masked {
				t.Errorf("%s is offered %s", r, c)
			}
		}
		for text, so := range map[string]bool{
			s.Desk.Words.Column("phone"): access.Sees(r, access.Phone) >= access.Masked,
			s.Desk.Words.Column("city"):  access.Sees(r, access.Place) >= access.Masked,
			s.Text("export_masked"):      access.May(r, access.ExportClear),
			s.Text("export_vcf"):         access.Sees(r, access.Phone) >= access.Masked,
		} {
			if has := s.Screen().Has(text); has != so {
				t.Errorf("%s reads %s: %t", r, text, has)
			}
		}
	}
}
