package delimited

import (
	"bytes"
	"slices"

	"kebu/importers/table/grid"
)

// voteRecords is how many records vote: enough to outweigh the lines of prose that
// some exports put on top.
const voteRecords = 100

const (
	// fewCells is how many times more cells another delimiter must give for one
	// to be none.
	fewCells = 4
	// fewRecords is in how many records it must: with the wrong delimiter, a
	// quotation mark may make one record of many.
	fewRecords = 3
)

// findDelimiter returns the delimiter by which the text at the start of a file falls
// into records of equal length. complete says that the text is the whole file, so
// that its last record counts.
//
// A candidate stands for the records that have its most frequent number of cells.
// Among those that are more than half as regular as the best, and of which none gives
// far more cells than one, as against commas in prose and dates, the one wins
// whose first such record comes first, for a header has no commas in amounts, no
// guard TABs and no addresses; then the one that gives more cells.
func findDelimiter(text []byte, complete bool) byte {
	type candidate struct {
		delimiter byte
		records   int // that have cells
		share     float64
		first     int
		cells     int
	}
	var all []candidate
	best := 0.0
	for _, d := range []byte{',', ';', '\t', '|'} {
		widths := recordWidths(text, d, complete)
		count := map[int]int{}
		for _, n := range widths {
			count[n]++
		}
		c := candidate{delimiter: d}
		most := 0
		for n, times := range count {
			if n > 1 && (times > most || times == most && n > c.cells) {
				c.cells, most = n, times
			}
		}
		if most == 0 {
			continue
		}
		c.records, c.share = most, float64(most)/float64(len(widths))
		for c.first = range widths {
			if widths[c.first] == c.cells {
				break
			}
		}
		best = max(best, c.share)
		all = append(all, c)
	}
	chosen := candidate{delimiter: ','}
	for _, c := range all {
		richer := func(o candidate) bool {
			return o.share > best/2 && o.records >= fewRecords && o.cells >= fewCells*c.cells
		}
		if c.share <= best/2 || slices.ContainsFunc(all, richer) {
			continue
		}
		if chosen.cells == 0 || c.first < chosen.first || c.first == chosen.first && c.cells > chosen.cells {
			chosen = c
		}
	}
	return chosen.delimiter
}

// recordWidths counts the cells of each record that is not blank.
func recordWidths(text []byte, delimiter byte, complete bool) []int {
	s := recordScanner{delimiter: delimiter, limits: grid.DefaultLimits()}
	s.window.Buf, s.window.W, s.window.Ended = text, len(text), true
	var widths []int
	for len(widths) < voteRecords {
		err := s.next()
		if err != nil || !complete && s.window.R == len(text) {
			break
		}
		if len(s.ends) > 1 || len(s.arena) > 0 {
			widths = append(widths, len(s.ends))
		}
	}
	if len(widths) == 0 {
		// One record, longer than what we have of it.
		widths = append(widths, 1+bytes.Count(text, []byte{delimiter}))
	}
	return widths
}

// excelDelimiter is the delimiter that a first line such as "sep=;" tells Excel; the
// line is no row. skip is its length with the line end.
func excelDelimiter(text []byte) (delimiter byte, skip int) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	bare := bytes.Trim(bytes.TrimSuffix(line, []byte("\r")), `"`)
	if len(bare) != 5 || !bytes.EqualFold(bare[:4], []byte("sep=")) || bare[4] >= 0x80 || bare[4] == '"' {
		return 0, 0
	}
	return bare[4], min(len(line)+1, len(text))
}
