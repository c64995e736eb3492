// Package rows keeps the parts of a long list that were looked at last, so that
// a table of a million rows reads a few hundred. It knows no Fyne.
//
// A Cache belongs to the window's goroutine; the reading happens elsewhere.
package rows

// Size of a page in rows, and how many pages are kept.
const (
	pageSize = 200
	pageKept = 20
)

// Load reads limit rows from a place on and then calls done, on the window's
// goroutine, with them and with the number of all rows. It returns how to
// cancel the reading; done is not called after that.
type Load[R any] func(from, limit int, done func(rows []R, total int, err error)) (cancel func())

// Cache is a list of rows, read page by page when they are asked for.
type Cache[R any] struct {
	load    Load[R]
	changed func() // rows, count or error are others than before

	total   int
	known   bool // total is
	err     error
	pages   map[int][]R
	used    []int // numbers of pages, the last used last
	reading map[int]func()
	resets  int // readings of before are too late
}

// New returns an empty list; Reset starts the reading. After changed is called,
// what the list returns may be different.
func New[R any](load Load[R], changed func()) *Cache[R] {
	return &Cache[R]{load: load, changed: changed, pages: map[int][]R{}, reading: map[int]func(){}}
}

// Reset forgets every row and reads the first ones. The count stays until the
// new one is known, so that a table does not jump.
func (c *Cache[R]) Reset() {
	c.Stop()
	c.err, c.known = nil, false
	clear(c.pages)
	c.used = c.used[:0]
	c.read(0)
}

// Stop cancels what is being read.
func (c *Cache[R]) Stop() {
	c.resets++
	for page, cancel := range c.reading {
		delete(c.reading, page)
		cancel()
	}
}

// Count returns the number of all rows, as far as it is known.
func (c *Cache[R]) Count() int { return c.total }

// Known reports whether the count is that of the last Reset.
func (c *Cache[R]) Known() bool { return c.known }

// Err returns why the rows could not be read, nil while they can.
func (c *Cache[R]) Err() error { return c.err }

// At returns a row, or false and has it read.
func (c *Cache[R]) At(i int) (R, bool) {
	var none R
	if i < 0 || i >= c.total || !c.known {
		return none, false
	}
	page, ok := c.pages[i/pageSize]
	if !ok {
		c.read(i / pageSize)
		return none, false
	}
	c.use(i / pageSize)
	if i%pageSize >= len(page) {
		return none, false // the list became shorter meanwhile
	}
	return page[i%pageSize], true
}

// Each calls f for each row that is kept, in no order.
func (c *Cache[R]) Each(f func(i int, row R)) {
	for n, page := range c.pages {
		for i, row := range page {
			f(n*pageSize+i, row)
		}
	}
}

func (c *Cache[R]) read(page int) {
	if _, ok := c.reading[page]; ok || c.err != nil {
		return
	}
	c.reading[page] = func() {} // until load returns: it may call done at once
	done, resets := false, c.resets
	cancel := c.load(page*pageSize, pageSize, func(rows []R, total int, err error) {
		if resets != c.resets {
			return
		}
		done = true
		delete(c.reading, page)
		if err != nil {
			c.err = err
		} else {
			c.total, c.known = total, true
			c.pages[page] = rows
			c.use(page)
		}
		c.changed()
	})
	if !done {
		c.reading[page] = cancel
	}
}

// use notes that a page was looked at, and drops the one that was not for longest.
func (c *Cache[R]) use(page int) {
	n := len(c.used)
	if n > 0 && c.used[n-1] == page {
		return
	}
	for i, p := range c.used {
		if p == page {
			c.used = append(c.used[:i], c.used[i+1:]...)
			break
		}
	}
	c.used = append(c.used, page)
	if len(c.used) > pageKept {
		delete(c.pages, c.used[0])
		c.used = c.used[1:]
	}
}
