package stream

import (
	"io"
	"sync"
)

// Ahead reads a stream in a goroutine of its own, a few windows before they are
// asked for: what is unpacked and what is scanned share two processors.
type Ahead struct {
	full    chan piece
	free    chan []byte
	stop    chan struct{}
	stopped sync.WaitGroup
	now     piece
	rest    []byte // of now
}

// piece is what one read gave.
type piece struct {
	data []byte
	n    int
	err  error
}

const aheadWindows = 3

// NewAhead starts to read r. Whoever calls it calls Stop.
func NewAhead(r io.Reader) *Ahead {
	a := &Ahead{full: make(chan piece, aheadWindows), free: make(chan []byte, aheadWindows), stop: make(chan struct{})}
	for range aheadWindows {
		a.free <- make([]byte, WindowBytes)
	}
	a.stopped.Go(func() { a.read(r) })
	return a
}

func (a *Ahead) read(r io.Reader) {
	for {
		select {
		case <-a.stop:
			return
		case data := <-a.free:
			n, err := r.Read(data)
			a.full <- piece{data, n, err} // there are no more pieces than places
			if err != nil {
				return
			}
		}
	}
}

// Read gives what was read, and the error of r behind it.
func (a *Ahead) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if a.now.data != nil {
			a.free <- a.now.data
		}
		a.now = <-a.full
		a.rest = a.now.data[:a.now.n]
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Stop ends the goroutine and returns when it has ended.
func (a *Ahead) Stop() {
	close(a.stop)
	a.stopped.Wait()
}
