package importers

import (
	"context"
	"errors"

	"kebu/app/crm"
)

// settleDates looks through the file for proof of its date order when a date
// is met that cannot be read without.
func (s *sheetReader) settleDates(ctx context.Context) error {
	if s.settled {
		return nil
	}
	for _, f := range timeFields {
		if _, err := s.time(f); !errors.Is(err, errAmbiguousDate) {
			continue
		}
		if err := s.survey(ctx); err != nil {
			return err
		}
		s.cells.order = s.fileReader.order
		s.forgetTimes()
		return nil
	}
	return nil
}

// timeFields are the fields of times.
var timeFields = []Field{OrderedAt, PaidAt, ShippedAt, CompletedAt, ChangedAt, CancelledAt, PhoneUntil}

func (s *sheetReader) moments(o *crm.Order) {
	early := func(old, m crm.Moment) crm.Moment {
		if !old.Known() || m.Known() && m < old {
			return m
		}
		return old
	}
	for _, f := range timeFields {
		if !s.has(f) {
			continue
		}
		m, err := s.time(f)
		if err != nil {
			s.badTime(f, err)
			continue
		}
		switch f {
		case OrderedAt:
			o.Placed = early(o.Placed, m)
		case PaidAt:
			o.Paid = early(o.Paid, m)
		case ShippedAt:
			o.Shipped = max(o.Shipped, m)
		case CompletedAt:
			o.Completed = max(o.Completed, m)
		case PhoneUntil:
			o.PhoneUntil = max(o.PhoneUntil, m)
		default:
			o.Changed = max(o.Changed, m)
		}
	}
	if s.named != "" {
		o.Zone = s.named
	}
	if day := s.match.Format.DayOfOrder; day != nil && !o.Placed.Known() {
		if y, m, d, ok := day(o.Number); ok {
			o.Placed = crm.At(crm.LocalTime(y, m, d, 0, 0, 0, s.zone))
		}
	}
}

func (s *sheetReader) badTime(f Field, err error) {
	switch {
	case f != OrderedAt && f != PaidAt:
		s.warn(f, UnreadTime)
	case errors.Is(err, errAmbiguousDate):
		s.refuse(f, AmbiguousDate)
	default:
		s.refuse(f, BadDate)
	}
}
