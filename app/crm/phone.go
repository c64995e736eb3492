package crm

import (
	"time"

	"kebu/app/crm/pii"
)

// How many days a virtual number leads to the buyer where the export does not
// tell: so long after the order is done (Taobao: 15; the others are taken to be
// alike), or after it was placed if no export tells that it is done.
const (
	virtualDays = 15
	openDays    = 45
)

// PhoneEnds returns the last day, in a zone, on which the recipient's phone
// leads to the buyer, if it is a virtual number; 0 if nothing tells.
func (o *Order) PhoneEnds(zone *time.Location) Day {
	switch {
	case o.PhoneUntil.Known():
		return o.PhoneUntil.Day(zone)
	case o.Completed.Known():
		return o.Completed.Day(zone) + virtualDays
	case o.Placed.Known():
		return o.Placed.Day(zone) + openDays
	default:
		return 0
	}
}

// VirtualPhone reports whether a recipient's phone, given by its mask, is a
// virtual number: by its form, or because the export tells when it ends.
func VirtualPhone(mask string, until Moment) bool { return pii.VirtualMask(mask) || until.Known() }
