// Package access says who may do what: one table of verbs and roles.
//
// It is the program's rule. What a role cannot decrypt is kept from it by keys
// (crypto/keyring), whatever the program says.
package access

import (
	"errors"
	"slices"
)

// ErrWider means that an owner's rules would give a role more than the table, or that
// a bound is out of range.
var ErrWider = errors.New("the rules of a book only narrow what roles may do")

// Role is what a user of a book is.
type Role string

// The roles.
const (
	Owner     Role = "owner"     // everything
	Manager   Role = "manager"   // everything but the book, the team and lists in clear
	Service   Role = "service"   // looks after customers: reads, writes notes
	Marketing Role = "marketing" // segments and sums, nobody by name
	Warehouse Role = "warehouse" // whom to ship to, while an order is to be shipped
	Finance   Role = "finance"   // orders and money, no contacts
	Auditor   Role = "auditor"   // reads masked, for a time
)

// Roles lists them, the owner's first.
var Roles = []Role{Owner, Manager, Service, Marketing, Warehouse, Finance, Auditor}

// Verb is one thing that a user can do with a book.
type Verb string

// The verbs. Their names are those of the command line, and of the steps that
// the journal records.
const (
	Import        Verb = "import"
	Imports       Verb = "imports"
	Undo          Verb = "undo"
	Redo          Verb = "redo"
	History       Verb = "history"
	Stats         Verb = "stats"
	Settings      Verb = "settings"
	Customers     Verb = "customers"
	Orders        Verb = "orders"
	Overview      Verb = "overview"
	Show          Verb = "show"
	Reveal        Verb = "reveal"
	Note          Verb = "note"
	EditNote      Verb = "note edit"
	DeleteNote    Verb = "note delete"
	PinNote       Verb = "note pin"
	SettleNote    Verb = "note settle"
	AddTag        Verb = "tag add"
	RemoveTag     Verb = "tag remove"
	SetField      Verb = "field"
	SetAlias      Verb = "alias"
	SetContact    Verb = "contact"
	Erase         Verb = "erase"
	Join          Verb = "decide same"
	Separate      Verb = "decide different"
	Review        Verb = "review"
	Segments      Verb = "segments"
	SaveSegment   Verb = "segment save"
	RenameSegment Verb = "segment rename"
	DeleteSegment Verb = "segment delete"
	Export        Verb = "export"
	ExportClear   Verb = "export clear"
	Approvals     Verb = "approvals"
	Approve       Verb = "approve"
	Exports       Verb = "exports"
	Mappings      Verb = "mappings"
	DeleteMapping Verb = "mapping delete"
	Check         Verb = "check"
	Passphrase    Verb = "passphrase"
	Backup        Verb = "backup"
	Backups       Verb = "backups"
	Drill         Verb = "drill"
	Restore       Verb = "restore"
	Safety        Verb = "safety"
	Remember      Verb = "remember"
	Draft         Verb = "draft"
	Team          Verb = "team"
	AddUser       Verb = "user add"
	AssignRole    Verb = "user role"
	DisableUser   Verb = "user disable"
	EnableUser    Verb = "user enable"
	ResetUser     Verb = "user reset"
	RemoveUser    Verb = "user remove"
	HouseRules    Verb = "rules"
	Reseal        Verb = "reseal"
	RenewRecovery Verb = "sheet"
	Log           Verb = "log"
	Checkpoint    Verb = "checkpoint"
	Stamp         Verb = "stamp"
	AuditPack     Verb = "audit-pack"
	AcceptOlder   Verb = "older"
)

// Rule is a row of the table.
type Rule struct {
	Verb  Verb
	Roles []Role
	// Inverse says how the verb is taken back: "undo", "redo" until another
	// change, "nothing changes", or "final" with the reason.
	Inverse string
	// Shows is the most that the verb shows of what is personal.
	Shows Level
}

const (
	undo    = "undo"
	nothing = "nothing changes"
)

// Groups of roles.
var (
	all      = Roles
	owner    = []Role{Owner}
	leaders  = []Role{Owner, Manager}
	writers  = []Role{Owner, Manager, Service}
	watchers = []Role{Owner, Manager, Auditor}
	counters = []Role{Owner, Manager, Service, Marketing, Finance, Auditor}
)

// Table lists every verb.
var Table = []Rule{
	{Import, leaders, undo, Masked}, // needs the keys to all that orders hold
	{Imports, []Role{Owner, Manager, Service, Auditor}, nothing, Masked},
	{Undo, leaders, "redo", None},
	{Redo, leaders, undo, None},
	{History, []Role{Owner, Manager, Service, Auditor}, nothing, Masked},
	{Stats, counters, nothing, Aggregates},
	{Settings, all, nothing, None},
	{Customers, all, nothing, Masked},
	{Orders, []Role{Owner, Manager, Service, Warehouse, Finance, Auditor}, nothing, Masked},
	{Overview, counters, nothing, Aggregates},
	{Show, all, nothing, Masked},
	{Reveal, []Role{Owner, Manager, Service, Warehouse}, "final: what was seen stays seen", Reveals},
	{Note, writers, undo, Masked},
	{EditNote, writers, undo, Masked},
	{DeleteNote, writers, undo, Masked},
	{PinNote, writers, undo, Masked},
	{SettleNote, writers, undo, Masked},
	{AddTag, writers, undo, None},
	{SetAlias, writers, undo, Masked},
	{SetContact, writers, undo, None},
	{RemoveTag, writers, undo, None},
	{SetField, writers, undo, Masked},
	{Erase, owner, "final: who is erased stays erased", None},
	{Join, leaders, undo, None},
	{Separate, leaders, undo, None},
	{Review, leaders, nothing, Masked},
	{Segments, []Role{Owner, Manager, Service, Marketing, Auditor}, nothing, Aggregates},
	{SaveSegment, []Role{Owner, Manager, Marketing}, undo, None},
	{RenameSegment, leaders, undo, None},
	{DeleteSegment, leaders, undo, None},
	{Export, []Role{Owner, Manager, Finance}, "final: a file that is out stays out", Masked},
	{ExportClear, owner, "final: a file that is out stays out", Clear},
	{Exports, watchers, nothing, None},
	{Approvals, leaders, nothing, None},
	{Approve, leaders, "final: the list may be out", None},
	{Mappings, leaders, nothing, None},
	{DeleteMapping, leaders, undo, None},
	{Check, all, nothing, None},
	{Passphrase, all, "final: the old one opens older copies, no more", None},
	{Backup, leaders, "final: a copy that is out stays out", None},
	{Backups, leaders, nothing, None},
	{Drill, leaders, nothing, None},
	{Restore, owner, "final: the book before is kept beside", None}, // it can take back what the log tells
	// The copies that the program makes by itself, whoever closes the shop: in a place
	// that owner or manager chose, and under the keys of the book.
	{Safety, all, nothing, None},
	{Remember, all, nothing, None},
	{Draft, writers, nothing, Masked},
	{Team, []Role{Owner, Manager, Auditor}, nothing, None},
	{AddUser, owner, "final: remove the user", None},
	{AssignRole, owner, "final: what was seen stays seen", None},
	{DisableUser, owner, "final: enable the user", None},
	{EnableUser, owner, "final: disable the user", None},
	{ResetUser, owner, "final: the old passphrase is gone", None},
	{RemoveUser, owner, "final: what was seen or copied stays with them", None},
	{HouseRules, owner, "final: set them again", None},
	{Reseal, owner, "final: the old keys are gone", None},
	{RenewRecovery, owner, "final: the old sheet opens older copies, no more", None},
	{Log, []Role{Owner, Auditor}, nothing, None},
	{Checkpoint, owner, "final: a text that is out stays out", None},
	{Stamp, owner, "final: a time stamp stays with its checkpoint", None},
	{AuditPack, owner, "final: a pack that is out stays out", None},
	{AcceptOlder, owner, "final: the log tells of it for good", None},
}

func row(v Verb) (Rule, bool) {
	i := slices.IndexFunc(Table, func(t Rule) bool { return t.Verb == v })
	if i < 0 {
		return Rule{}, false
	}
	return Table[i], true
}

// May reports whether a role may do a verb. An unknown verb is nobody's.
func May(r Role, v Verb) bool {
	t, ok := row(v)
	return ok && slices.Contains(t.Roles, r)
}

// OpenOnly reports whether a role reveals only whom an order is still to be shipped to.
func OpenOnly(r Role) bool { return r == Warehouse }

// FindsParts reports whether a role finds people by any part of what it may reveal. The
// others would read a value out so, digit by digit, without revealing it: they find it
// by its mask, or typed whole.
func FindsParts(r Role) bool { return slices.Contains(leaders, r) }

// Seconded reports whether a role's long lists need somebody else's approval even where
// everybody on them is masked: who runs the day has no need of the whole shop.
func Seconded(r Role) bool { return r == Manager }

// Undoable reports whether steps of a verb can be taken back.
func Undoable(v Verb) bool {
	t, ok := row(v)
	return ok && t.Inverse == undo
}
