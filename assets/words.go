package assets

import _ "embed" // the words

// Words are those of which a passphrase is suggested, one a line: in pinyin, a
// tab, in Chinese. Each is written in one way only and typed without tones.
//
//go:embed words.tsv
var Words string
