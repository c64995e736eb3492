package store

import (
	"database/sql/driver"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"modernc.org/sqlite"
)

// textOrder is an SQL function: texts sort by its values as people look them
// up, Chinese by its sound and the rest without case and width.
const textOrder = "kebu_text_order"

// collators are not safe for concurrent use.
var collators = sync.Pool{New: func() any {
	return &collator{by: collate.New(language.Chinese, collate.IgnoreCase, collate.IgnoreWidth)}
}}

type collator struct {
	by     *collate.Collator
	buffer collate.Buffer
}

func init() {
	sqlite.MustRegisterDeterministicScalarFunction(textOrder, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, ok := args[0].(string)
		if !ok || text == "" {
			return nil, nil //nolint:nilnil // NULL: what is not known comes last
		}
		c := collators.Get().(*collator) //nolint:errcheck,forcetypeassert // the pool holds nothing else
		defer collators.Put(c)
		c.buffer.Reset()
		return append([]byte(nil), c.by.KeyFromString(&c.buffer, text)...), nil
	})
}
