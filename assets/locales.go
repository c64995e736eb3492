// Package assets holds what is built into the program: its texts, and the words
// of which the demo shop is made.
package assets

import "embed"

// Locales holds the program's texts, one file a language. Its keys are stable;
// a text is a template of text/template.
//
//go:embed locales/*.json
var Locales embed.FS
