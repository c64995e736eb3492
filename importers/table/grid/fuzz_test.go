package grid

import "testing"

func FuzzGuards(f *testing.F) {
	for _, s := range []string{`="1"`, "'1", "\t1\t", `="'1"`, "'Tis"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Unguard(text)
		if again := Unguard(once); again != once {
			t.Fatalf("%q, then %q", once, again)
		}
	})
}
