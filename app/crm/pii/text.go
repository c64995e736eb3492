// Package pii holds personal values so that they cannot be printed or encoded
// by accident, and the masks that are shown in their place.
//
// It does not keep values out of memory: Go cannot wipe strings.
package pii

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// redacted stands for every value that is printed.
const redacted = "[redacted]"

// ErrEncode means that an encoder was given a Text; reveal it on purpose.
var ErrEncode = errors.New("personal value cannot be encoded")

// Text is a personal value, such as a name or a phone number. The zero Text is
// empty. It prints as "[redacted]", even inside other structs, because it
// holds the value behind a pointer; encoders fail on it.
type Text struct{ value *string }

// New returns s as a personal value.
func New(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{&s}
}

// Reveal returns the value. It is the only way out.
func (t Text) Reveal() string {
	if t.value == nil {
		return ""
	}
	return *t.value
}

// Empty reports whether there is no value.
func (t Text) Empty() bool { return t.value == nil }

// Equal reports whether both hold the same value.
func (t Text) Equal(o Text) bool { return t.Reveal() == o.Reveal() }

// Format prints a placeholder for every verb.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue logs a placeholder.
func (t Text) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText fails with ErrEncode.
func (t Text) MarshalText() ([]byte, error) { return nil, ErrEncode }

// GobEncode fails with ErrEncode.
func (t Text) GobEncode() ([]byte, error) { return nil, ErrEncode }
