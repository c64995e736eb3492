package xls

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"math"
	"slices"
	"strconv"

	"kebu/importers/table/grid"
)

// placed is a cell with its place, both from 0.
type placed struct {
	row, column uint16
	cell        grid.Cell
}

var errStopped = errors.New("stopped")

// Rows yields the rows of a sheet that have a cell that is not empty. An error is
// yielded once, as the last pair.
func (b *Book) Rows(ctx context.Context, sheet int) iter.Seq2[grid.Row, error] {
	return func(yield func(grid.Row, error) bool) {
		g := gatherer{yield: yield, limits: b.limits}
		err := b.rows(ctx, sheet, &g)
		if err != nil && !errors.Is(err, errStopped) {
			yield(grid.Row{}, grid.Damaged(b.sheets[sheet].Name, g.row, err))
		}
	}
}

func (b *Book) rows(ctx context.Context, sheet int, g *gatherer) error {
	end, err := b.end(sheet)
	if err != nil {
		return err
	}
	sorted, err := b.sorted(ctx, b.starts[sheet], end)
	if err != nil {
		return err
	}
	if sorted {
		if err := b.cells(ctx, b.starts[sheet], end, g.add); err != nil {
			return err
		}
		return g.flush()
	}
	var all []placed
	err = b.cells(ctx, b.starts[sheet], end, func(p placed) error {
		if len(all) == mostUnsorted {
			return &grid.LimitError{What: "cells out of order", Limit: mostUnsorted}
		}
		all = append(all, p)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(p, q placed) int { return cmp.Compare(p.row, q.row) })
	for _, p := range all {
		if err := g.add(p); err != nil {
			return err
		}
	}
	return g.flush()
}

// mostUnsorted bounds the cells of a sheet that does not have its rows in order, as
// few programs write it: they must be kept.
const mostUnsorted = 1 << 20

// cellRecords are those that begin with the place of a cell that may hold something.
var cellRecords = []uint16{
	recordFormula, recordMulRK, recordRString, recordLabelSST, recordNumber, recordLabel, recordBoolErr, recordRK,
}

// sorted reports whether the rows of a sheet come in order.
func (b *Book) sorted(ctx context.Context, from, to int64) (bool, error) {
	last, sorted := uint16(0), true
	return sorted, b.substream(ctx, from, to, func(r *records) error {
		if len(r.data) >= 2 && slices.Contains(cellRecords, r.kind) {
			row := binary.LittleEndian.Uint16(r.data)
			sorted = sorted && row >= last
			last = row
		}
		return nil
	})
}

// substream hands the records of a sheet to do, without those of charts inside it.
func (b *Book) substream(ctx context.Context, from, to int64, do func(*records) error) error {
	r := newRecords(ctx, b.src, from, to)
	if err := r.next(); err != nil {
		return err
	}
	if r.kind != recordBOF {
		return errors.New("sheet that is none")
	}
	for depth := 1; depth > 0; {
		if err := r.next(); err != nil {
			return err
		}
		b.done.Store(r.at)
		switch r.kind {
		case recordBOF:
			depth++
		case recordEOF:
			depth--
		default:
			if depth > 1 {
				continue
			}
			if err := do(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// cells hands the cells of a sheet to do that hold something.
func (b *Book) cells(ctx context.Context, from, to int64, do func(placed) error) error {
	var formula *placed // its text is to come
	return b.substream(ctx, from, to, func(r *records) error {
		if r.kind == recordString && formula != nil {
			text, err := b.text(r, false)
			if err != nil {
				return err
			}
			p := *formula
			p.cell, formula = grid.TextCell(string(text)), nil
			return do(p)
		}
		if !slices.Contains(cellRecords, r.kind) {
			return nil
		}
		formula = nil
		if len(r.data) < 6 {
			return errShort
		}
		le := binary.LittleEndian
		p := placed{row: le.Uint16(r.data), column: le.Uint16(r.data[2:])}
		format := le.Uint16(r.data[4:])
		if r.kind == recordMulRK {
			return b.mulRK(r.data[4:], p, do)
		}
		r.data = r.data[6:]
		if r.kind == recordFormula && len(r.data) >= 8 && le.Uint16(r.data[6:]) == 0xFFFF && r.data[0] == 0 {
			formula = &p
			return nil
		}
		var err error
		if p.cell, err = b.cell(r, format); err != nil {
			return err
		}
		return do(p)
	})
}

// cell reads what follows the place and the format of a cell.
func (b *Book) cell(r *records, format uint16) (grid.Cell, error) {
	le := binary.LittleEndian
	switch r.kind {
	case recordLabelSST:
		i, err := r.uint32()
		if err != nil {
			return grid.Cell{}, err
		}
		text, ok := b.shared.Get(int(i))
		if !ok {
			return grid.Cell{}, errors.New("shared text that does not exist")
		}
		if text == "" {
			return grid.Cell{}, nil
		}
		return grid.Cell{Text: text, Kind: grid.CellText}, nil
	case recordLabel, recordRString:
		text, err := b.text(r, false)
		return grid.TextCell(string(text)), err
	case recordRK:
		v, err := r.uint32()
		return b.number(rk(v), format), err
	case recordNumber:
		raw, err := r.take(8)
		if err != nil {
			return grid.Cell{}, err
		}
		return b.number(math.Float64frombits(le.Uint64(raw)), format), nil
	case recordBoolErr:
		raw, err := r.take(2)
		if err != nil {
			return grid.Cell{}, err
		}
		if raw[1] != 0 {
			return errorCell(raw[0]), nil
		}
		return boolCell(raw[0]), nil
	}
	raw, err := r.take(8) // the stored result of a formula, 2.5.133
	if err != nil {
		return grid.Cell{}, err
	}
	if le.Uint16(raw[6:]) != 0xFFFF {
		return b.number(math.Float64frombits(le.Uint64(raw)), format), nil
	}
	switch raw[0] {
	case 1:
		return boolCell(raw[2]), nil
	case 2:
		return errorCell(raw[2]), nil
	}
	return grid.Cell{}, nil
}

// mulRK reads several numbers of one row, each with its format.
func (b *Book) mulRK(data []byte, p placed, do func(placed) error) error {
	const each = 6
	for ; len(data) >= each+2; data = data[each:] { // the last column stands behind them
		p.cell = b.number(rk(binary.LittleEndian.Uint32(data[2:])), binary.LittleEndian.Uint16(data))
		if err := do(p); err != nil {
			return err
		}
		p.column++
	}
	return nil
}

// rk is a number in 30 bits ([MS-XLS] 2.5.217): an integer, or the upper part of a
// 64-bit float; either may stand for its hundredth.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2) //nolint:gosec // the bits are those of a signed number
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// number writes a number as briefly as it can be read back.
func (b *Book) number(f float64, format uint16) grid.Cell {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return errorCell(0x24)
	}
	form := byte('f')
	if a := math.Abs(f); a >= 1e21 || a < 1e-9 && a != 0 {
		form = 'E'
	}
	return grid.Cell{Text: strconv.FormatFloat(f, form, -1, 64), Kind: grid.CellNumber, Date: b.isDate(format)}
}

// gatherer makes rows of cells that come row by row.
type gatherer struct {
	yield  func(grid.Row, error) bool
	limits grid.Limits
	row    int // number of the row begun, 0 before the first
	bytes  int64
	cells  []grid.Cell
}

func (g *gatherer) add(p placed) error {
	if number := int(p.row) + 1; number != g.row {
		if err := g.flush(); err != nil {
			return err
		}
		g.row = number
	}
	if int64(g.row) > g.limits.Rows {
		return &grid.LimitError{What: "rows", Limit: g.limits.Rows}
	}
	if int64(p.column) >= g.limits.Columns {
		return &grid.LimitError{What: "columns", Limit: g.limits.Columns}
	}
	if g.bytes += int64(len(p.cell.Text)); g.bytes > g.limits.RowBytes {
		return &grid.LimitError{What: "bytes in a row", Limit: g.limits.RowBytes}
	}
	for int(p.column) >= len(g.cells) {
		g.cells = append(g.cells, grid.Cell{})
	}
	g.cells[p.column] = p.cell
	return nil
}

// flush yields the row begun.
func (g *gatherer) flush() error {
	for len(g.cells) > 0 && g.cells[len(g.cells)-1].Kind == grid.CellEmpty {
		g.cells = g.cells[:len(g.cells)-1]
	}
	if len(g.cells) > 0 && !g.yield(grid.Row{Number: g.row, Cells: g.cells}, nil) {
		return errStopped
	}
	clear(g.cells)
	g.cells, g.bytes = g.cells[:0], 0
	return nil
}
