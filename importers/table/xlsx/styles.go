package xlsx

import (
	"strconv"

	"kebu/importers/table/grid"
	"kebu/importers/table/xmlscan"
)

// readStyles reads of the part of styles which formats of cells, by their number,
// show a number as a date or a time (ECMA-376 part 1, 18.8).
func readStyles(x *xmlscan.Scanner) ([]bool, error) {
	codes := map[int]string{}
	var dates []bool
	for {
		t, err := x.Next(false)
		if err != nil || t == xmlscan.EOF {
			return dates, err
		}
		if t != xmlscan.Start || x.Depth() == 1 {
			continue
		}
		name := string(x.Name)
		switch {
		case x.Own && x.Depth() == 2 && (name == "numFmts" || name == "cellXfs"):
			continue
		case x.Own && x.Depth() == 3 && name == "numFmt":
			attrs, err := x.Attributes("numFmtId", "formatCode")
			if err != nil {
				return nil, err
			}
			if id, err := strconv.Atoi(attrs[0]); err == nil {
				codes[id] = attrs[1]
			}
		case x.Own && x.Depth() == 3 && name == "xf":
			attrs, err := x.Attributes("numFmtId")
			if err != nil {
				return nil, err
			}
			id, _ := strconv.Atoi(attrs[0]) // without one, the format is General, 0
			dates = append(dates, grid.IsDateFormat(id, codes[id]))
		}
		if len(codes)+len(dates) > mostFormats {
			return nil, &grid.LimitError{What: "formats of cells", Limit: mostFormats}
		}
		if err := x.Skip(); err != nil {
			return nil, err
		}
	}
}

// mostFormats is twice what Excel allows (64,000 of cells, some hundred of numbers).
const mostFormats = 128_000
