package act

import "testing"

func TestTagsOfTheChosenComeFirst(t *testing.T) {
	tags := []tagCount{{"regular", 90, 0}, {"gift", 40, 2}, {"tea", 10, 4}}
	got := tagLines("", tags, 4)
	want := []tagLine{{"tea", all, false}, {"gift", some, false}, {"regular", none, false}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %v, want %v", i, got[i], want[i])
		}
	}
}

func TestWhatIsTypedNarrowsOrMakesATag(t *testing.T) {
	tags := []tagCount{{"Gift", 40, 0}, {"gift wrap", 3, 0}, {"tea", 10, 0}}
	if got := tagLines("GIFT", tags, 1); len(got) != 2 || got[0].added {
		t.Errorf("%v: a tag that is there in other letters is not made again", got)
	}
	if got := tagLines(" te ", tags, 1); len(got) != 2 || !got[0].added || got[0].name != "te" {
		t.Errorf("%v: a new tag is offered first", got)
	}
	if mayBeTag(" ") || mayBeTag("a\tb") || !mayBeTag(" tea ") {
		t.Error("what may be a tag")
	}
}
