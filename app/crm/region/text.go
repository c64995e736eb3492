package region

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/han"
)

// longest is how many characters of an address are read for its place. A name
// and a phone before it take some of them.
const longest = 96

// cut stands between the parts of a place that are known apart. No name runs
// across it, as it may across a space.
const cut = '\u001f'

// text is the beginning of an address, without what stands between its words.
type text struct {
	source  string
	letters [longest + 2]rune // in simplified characters; zeros behind the end
	at      [longest + 2]int  // where each begins in the source; the last, where they end
	gap     [longest + 2]bool // whether something stood before it
	cut     [longest + 2]bool // whether that was a cut
	n       int
}

func (t *text) read(s string) {
	t.source = s
	folds, gap, isCut := han.Folds(), true, false
	i := 0
	for i < len(s) && t.n < longest {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if !han.Is(r) && isSeparator(r) {
			gap, isCut = true, isCut || r == cut
			i += size
			continue
		}
		t.letters[t.n], t.at[t.n], t.gap[t.n] = folds.Fold(r), i, gap
		t.cut[t.n] = isCut
		t.n++
		gap, isCut = false, false
		i += size
	}
	t.at[t.n], t.gap[t.n] = i, gap || i == len(s)
}

// written returns letters i to j as they are written, without what stands
// between them.
func (t *text) written(i, j int) string {
	return strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, t.source[t.at[i]:t.at[j]])
}

// traditional reports whether letters i to j are written in traditional
// characters.
func (t *text) traditional(i, j int) bool {
	k := i
	for _, r := range t.source[t.at[i]:t.at[j]] {
		if !han.Is(r) && isSeparator(r) {
			continue
		}
		if r != t.letters[k] {
			return true
		}
		k++
	}
	return false
}

// isSeparator reports whether r may stand between the words of an address.
func isSeparator(r rune) bool {
	switch r {
	case ',', '，', '、', '/', '|', '-', '—', '·', ';', '；', ':', '：', '(', ')', '（', '）', '[', ']', '【', '】', '"', '\'', '.', '。', '_', '\\', '>', '~':
		return true
	}
	return isSpace(r)
}

// isSpace reports whether r is a space or invisible.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' '
	}
	return !han.Is(r) && (unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc))
}

func hasHan(s string) bool { return strings.ContainsFunc(s, han.Is) }
