package store

import (
	"bytes"
	"database/sql/driver"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"modernc.org/sqlite"
)

// textOrder is orderKey as an SQL function; of "" it is NULL.
const textOrder = "kebu_text_order"

// collators are not safe for concurrent use.
var collators = sync.Pool{New: func() any {
	return &collator{by: collate.New(language.Chinese, collate.IgnoreCase, collate.IgnoreWidth)}
}}

type collator struct {
	by     *collate.Collator
	buffer collate.Buffer
}

// A key of collate has two parts with accents between, the second of as many
// weights as the text has characters. What ends in noAccent, the least of them,
// sorts the same without, and is half as long.
var (
	accents  = []byte{0, 0}
	noAccent = []byte{0, 0x20}
)

// orderKey is the sort key of a text, nil for "": by it texts sort as people
// look them up, Chinese by its sound and the rest without case and width.
//
// Profiles hold such keys. A version of collate that makes others needs a
// migration that deletes the profiles, so that all are made anew.
func orderKey(text string) []byte {
	if text == "" {
		return nil
	}
	c := collators.Get().(*collator) //nolint:errcheck,forcetypeassert // the pool holds nothing else
	defer collators.Put(c)
	c.buffer.Reset()
	key := c.by.KeyFromString(&c.buffer, text)
	for bytes.HasSuffix(key, noAccent) {
		key = key[:len(key)-len(noAccent)]
	}
	return bytes.Clone(bytes.TrimSuffix(key, accents))
}

func init() {
	sqlite.MustRegisterDeterministicScalarFunction(textOrder, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, _ := args[0].(string)
		if key := orderKey(text); key != nil {
			return key, nil
		}
		return nil, nil //nolint:nilnil // NULL
	})
}
