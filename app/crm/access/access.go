// Package access says who may do what: one table of verbs and roles.
//
// It is the program's rule. What a role cannot decrypt is kept from it by keys
// (crypto/keyring), whatever the program says.
package access

import "slices"

// Role is what a user of a book is.
type Role string

// The roles.
const (
	Owner   Role = "owner"   // everything
	Manager Role = "manager" // everything but the book and the team
	Service Role = "service" // looks after customers: reads, writes notes
	Clerk   Role = "clerk"   // brings files in, sees masks
)

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
	Join          Verb = "decide same"
	Separate      Verb = "decide different"
	Review        Verb = "review"
	Segments      Verb = "segments"
	SaveSegment   Verb = "segment save"
	RenameSegment Verb = "segment rename"
	DeleteSegment Verb = "segment delete"
	Export        Verb = "export"
	Exports       Verb = "exports"
	Mappings      Verb = "mappings"
	DeleteMapping Verb = "mapping delete"
	Check         Verb = "check"
	Passphrase    Verb = "passphrase"
	Remember      Verb = "remember"
	Draft         Verb = "draft"
	Log           Verb = "log"
	Checkpoint    Verb = "checkpoint"
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
}

const (
	undo    = "undo"
	nothing = "nothing changes"
)

// Table lists every verb.
var Table = []Rule{
	// A clerk's import waits for one who holds the index key; until there is
	// that waiting room, it needs the key itself.
	{Import, []Role{Owner, Manager}, undo},
	{Imports, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Undo, []Role{Owner, Manager}, "redo"},
	{Redo, []Role{Owner, Manager}, undo},
	{History, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Stats, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Settings, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Customers, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Orders, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Overview, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Show, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Reveal, []Role{Owner, Manager, Service}, "final: what was seen stays seen"},
	{Note, []Role{Owner, Manager, Service}, undo},
	{EditNote, []Role{Owner, Manager, Service}, undo},
	{DeleteNote, []Role{Owner, Manager, Service}, undo},
	{PinNote, []Role{Owner, Manager, Service}, undo},
	{SettleNote, []Role{Owner, Manager, Service}, undo},
	{AddTag, []Role{Owner, Manager, Service}, undo},
	{SetAlias, []Role{Owner, Manager, Service}, undo},
	{SetContact, []Role{Owner, Manager, Service}, undo},
	{RemoveTag, []Role{Owner, Manager, Service}, undo},
	{SetField, []Role{Owner, Manager, Service}, undo},
	{Join, []Role{Owner, Manager}, undo},
	{Separate, []Role{Owner, Manager}, undo},
	{Review, []Role{Owner, Manager}, nothing},
	{Segments, []Role{Owner, Manager, Service, Clerk}, nothing},
	{SaveSegment, []Role{Owner, Manager}, undo},
	{RenameSegment, []Role{Owner, Manager}, undo},
	{DeleteSegment, []Role{Owner, Manager}, undo},
	{Export, []Role{Owner, Manager}, "final: a file that is out stays out"},
	{Exports, []Role{Owner, Manager}, nothing},
	{Mappings, []Role{Owner, Manager}, nothing},
	{DeleteMapping, []Role{Owner, Manager}, undo},
	{Check, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Passphrase, []Role{Owner, Manager, Service, Clerk}, "final: the old one opens older copies, no more"},
	{Remember, []Role{Owner, Manager, Service, Clerk}, nothing},
	{Draft, []Role{Owner, Manager, Service}, nothing},
	{Log, []Role{Owner}, nothing},
	{Checkpoint, []Role{Owner}, "final: a text that is out stays out"},
	{AuditPack, []Role{Owner}, "final: a pack that is out stays out"},
	{AcceptOlder, []Role{Owner}, "final: the log tells of it for good"},
}

// May reports whether a role may do a verb. An unknown verb is nobody's.
func May(r Role, v Verb) bool {
	i := slices.IndexFunc(Table, func(t Rule) bool { return t.Verb == v })
	return i >= 0 && slices.Contains(Table[i].Roles, r)
}

// Undoable reports whether steps of a verb can be taken back.
func Undoable(v Verb) bool {
	i := slices.IndexFunc(Table, func(t Rule) bool { return t.Verb == v })
	return i >= 0 && Table[i].Inverse == undo
}
