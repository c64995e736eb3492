package access_test

import (
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/access"
)

func TestWhatRulesAskForIsOfAField(t *testing.T) {
	for _, f := range crm.Fields {
		if !slices.Contains(access.Fields, access.Of(string(f))) {
			t.Errorf("%s is of %q", f, access.Of(string(f)))
		}
	}
	if access.Of("nothing") != "" {
		t.Error("what nobody knows is of a field")
	}
}
