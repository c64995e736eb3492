package phrase

import "unicode/utf8"

// Language returns the language of the texts, a BCP 47 tag: zh-Hans.
func (p *Phrases) Language() string { return p.tag.String() }

// Platform returns the name of a marketplace as its sellers call it, the id where
// there is no other name.
func (p *Phrases) Platform(id string) string {
	text, err := p.find("platform_" + id)
	if err != nil {
		return id
	}
	return text
}

// Letter returns the one letter that stands for a marketplace in lists, never a logo.
func (p *Phrases) Letter(id string) string {
	text, err := p.find("letter_" + id)
	if err != nil {
		text = p.Platform(id)
	}
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}
