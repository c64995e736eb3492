package usecase

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kebu/app/crm/pii"
	"kebu/assets"
	"kebu/store"
)

// writeDemo writes what people of the demo shop have written: tags, what they
// call customers, notes, segments. Each is of those who spent most by a rule.
func (s *Session) writeDemo(ctx context.Context, lang string) error {
	file, err := assets.Demo.Open("demo/typed.tsv")
	if err != nil {
		return fmt.Errorf("read demo shop: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	text, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("read demo shop: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 5 {
			continue
		}
		words := cells[4]
		if lang == "zh" {
			words = cells[3]
		}
		limit, err := strconv.Atoi(cells[2])
		if err != nil {
			return fmt.Errorf("read demo shop: %w", err)
		}
		if err := s.writeDemoLine(ctx, cells[0], cells[1], limit, words); err != nil {
			return fmt.Errorf("write demo shop: %s: %w", cells[1], err)
		}
	}
	return nil
}

func (s *Session) writeDemoLine(ctx context.Context, kind, rule string, limit int, words string) error {
	if kind == "segment" {
		_, err := s.SaveSegment(ctx, words, rule)
		return err
	}
	var ids []string
	most := Selection{Where: rule, Limit: limit, Sort: []store.Sort{{By: "net", Descending: true}}}
	_, err := s.Customers(ctx, most, func(c store.Customer) error {
		ids = append(ids, c.ID)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	switch kind {
	case "tag":
		_, err = s.AddTag(ctx, words, Targets{IDs: ids})
	case "note":
		_, err = s.NoteMany(ctx, pii.New(words), Targets{IDs: ids})
	case "alias":
		for i, id := range ids {
			if _, err = s.SetAlias(ctx, id, pii.New(words+" "+strconv.Itoa(i+1))); err != nil {
				break
			}
		}
	default:
		err = fmt.Errorf("no kind %s", kind)
	}
	return err
}
