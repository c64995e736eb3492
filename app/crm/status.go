package crm

import "slices"

// Status is where an order stands, in the one vocabulary that all
// marketplaces are read into. The marketplace's own word is kept beside it.
type Status string

// The statuses. An unknown word stays StatusUnknown: it is shown, never guessed.
const (
	StatusUnknown           Status = ""
	StatusPending           Status = "pending_payment"
	StatusPaid              Status = "paid"
	StatusPartlyShipped     Status = "partially_shipped"
	StatusShipped           Status = "shipped"
	StatusDelivered         Status = "delivered"
	StatusCompleted         Status = "completed"
	StatusCancelled         Status = "cancelled"
	StatusRefundInProgress  Status = "refund_in_progress"
	StatusPartiallyRefunded Status = "partially_refunded"
	StatusRefunded          Status = "refunded"
)

// Statuses lists every known status in the order in which an order passes
// them, the only way in which a status moves between files of the same time.
var Statuses = []Status{
	StatusPending, StatusPaid, StatusPartlyShipped, StatusShipped, StatusDelivered, StatusCompleted,
	StatusCancelled, StatusRefundInProgress, StatusPartiallyRefunded, StatusRefunded,
}

// Known reports whether s is one of Statuses.
func (s Status) Known() bool { return s.rank() > 0 }

// Counts reports whether an order in this status counts as business done:
// cancelled and unpaid ones do not.
func (s Status) Counts() bool { return s != StatusCancelled && s != StatusPending }

// rank is the place of s in Statuses from 1; 0 is unknown.
func (s Status) rank() int { return slices.Index(Statuses, s) + 1 }

// CombineStatus gives the status of an order whose lines stand at different
// points: lines that do not count give way to those that do, a mix of sent and
// unsent is partly shipped, a mix of refunded and not is partially refunded,
// and otherwise the order is as far as its slowest line.
func CombineStatus(lines []Status) Status {
	var slowest Status
	var counting, sent, unsent, refunded, kept bool
	for _, s := range lines {
		if !s.Known() || !s.Counts() {
			continue
		}
		counting = true
		switch s {
		case StatusRefunded:
			refunded = true
			continue
		case StatusRefundInProgress, StatusPartiallyRefunded:
		case StatusPaid:
			unsent = true
		default:
			sent = true
		}
		kept = true
		if slowest == StatusUnknown || s.rank() < slowest.rank() {
			slowest = s
		}
	}
	switch {
	case counting && refunded && !kept:
		return StatusRefunded
	case counting && refunded:
		return StatusPartiallyRefunded
	case counting && sent && unsent:
		return StatusPartlyShipped
	case counting:
		return slowest
	}
	for _, s := range lines {
		// Nothing counts: an unpaid line can still be paid, so it outweighs a cancelled one.
		if s.rank() > 0 && (slowest == StatusUnknown || s.rank() < slowest.rank()) {
			slowest = s
		}
	}
	return slowest
}
