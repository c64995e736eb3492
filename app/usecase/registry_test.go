package usecase

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
)

// verbOf names the verb of each method of Session, and its script where that is
// not named after the verb; a verb that the window alone has names its test.
var verbOf = map[string]struct {
	verb   access.Verb
	script string
	test   string
}{
	"Import":           {verb: access.Import},
	"Recognise":        {verb: access.Import},
	"Preview":          {verb: access.Import, test: "TestPreviewTellsWhatAnImportWouldDo"},
	"Sample":           {verb: access.Import, test: "TestASampleOpensWithAPasswordThatIsKnown"},
	"SaveRejected":     {verb: access.Import, test: "TestRejectedRowsAreMendedAndRead"},
	"Imports":          {verb: access.Imports},
	"ImportOf":         {verb: access.Imports, test: "TestAnUndoneImportIsDoneAgain"},
	"UndoPreview":      {verb: access.Undo, test: "TestUndoPreviewCountsWhatUndoDoes"},
	"Undo":             {verb: access.Undo},
	"UndoSeveral":      {verb: access.Undo},
	"LaterImports":     {verb: access.Imports, script: "undo"},
	"Redo":             {verb: access.Redo},
	"History":          {verb: access.History},
	"Stats":            {verb: access.Stats},
	"Settings":         {verb: access.Settings, script: "customers"}, // every list asks for them
	"Customers":        {verb: access.Customers},
	"Totals":           {verb: access.Customers, test: "TestTotalsAreThoseOfTheList"},
	"TotalsOf":         {verb: access.Customers, test: "TestTotalsAreThoseOfTheList"},
	"Orders":           {verb: access.Orders, test: "TestOrdersAreListedAndAddedUp"},
	"OrderTotals":      {verb: access.Orders, test: "TestOrdersAreListedAndAddedUp"},
	"Order":            {verb: access.Orders, test: "TestOrderShowsWhereItCameFrom"},
	"Shops":            {verb: access.Customers, test: "TestOrdersAreListedAndAddedUp"},
	"Overview":         {verb: access.Overview, test: "TestOverviewOfASmallWorld"},
	"Show":             {verb: access.Show},
	"Reveal":           {verb: access.Reveal, script: "show"},
	"RevealsLeft":      {verb: access.Reveal, test: "TestRevealsLeftAreToldBeforehand"},
	"Note":             {verb: access.Note},
	"NoteMany":         {verb: access.Note, test: "TestNoteOnManyIsOneStep"},
	"EditNote":         {verb: access.EditNote, test: "TestEditedNoteComesBack"},
	"DeleteNote":       {verb: access.DeleteNote, test: "TestDeletedNoteComesBack"},
	"PinNote":          {verb: access.PinNote, test: "TestPinnedNote"},
	"SettleNote":       {verb: access.SettleNote, test: "TestDueNotesUntilSettled"},
	"DueNotes":         {verb: access.Show, test: "TestDueNotesUntilSettled"},
	"AddTag":           {verb: access.AddTag},
	"RemoveTag":        {verb: access.RemoveTag},
	"Tags":             {verb: access.Customers, test: "TestTagsOfCustomers"},
	"TagStates":        {verb: access.Customers, test: "TestTagsOfCustomers"},
	"SetField":         {verb: access.SetField},
	"SetAlias":         {verb: access.SetAlias, test: "TestAliasIsShownFoundAndTakenBack"},
	"SetContact":       {verb: access.SetContact, test: "TestRefusedContactIsMarkedOnMany"},
	"Erase":            {verb: access.Erase},
	"Join":             {verb: access.Join},
	"Separate":         {verb: access.Separate},
	"Review":           {verb: access.Review},
	"ReviewCount":      {verb: access.Review, test: "TestReviewProposesAndForgetsWhatIsDecided"},
	"Segments":         {verb: access.Segments},
	"SaveSegment":      {verb: access.SaveSegment},
	"RenameSegment":    {verb: access.RenameSegment, test: "TestRenamedSegment"},
	"SegmentMoves":     {verb: access.Segments, test: "TestSegmentsTellWhoCameAndWent"},
	"DeleteSegment":    {verb: access.DeleteSegment},
	"Export":           {verb: access.Export},
	"ExportPreview":    {verb: access.Export, test: "TestExportPreviewSaysWhoIsLeftOut"},
	"Exports":          {verb: access.Exports, test: "TestExportsAreLogged"},
	"Mappings":         {verb: access.Mappings, test: "TestADeletedMappingComesBack"},
	"DeleteMapping":    {verb: access.DeleteMapping, test: "TestADeletedMappingComesBack"},
	"Check":            {verb: access.Check},
	"ChangePassphrase": {verb: access.Passphrase},
	"Backup":           {verb: access.Backup},
	"Backups":          {verb: access.Backups},
	"ChooseFolders":    {verb: access.Backups, test: "TestTheBookIsKeptSafe"},
	"Drill":            {verb: access.Drill},
	"DrillNow":         {verb: access.Safety, test: "TestTheDrillOfTheMonth"},
	"KeepSafe":         {verb: access.Safety, test: "TestTheBookIsKeptSafe"},
	"Safety":           {verb: access.Safety, test: "TestTheBookIsKeptSafe"},
	"AcceptState":      {verb: access.AcceptOlder, test: "TestARolledBackBookIsNamed"},
	"Remember":         {verb: access.Remember, test: "TestChoicesAreRememberedWithoutAStep"},
	"Recall":           {verb: access.Remember, test: "TestChoicesAreRememberedWithoutAStep"},
	"Team":             {verb: access.Team},
	"House":            {verb: access.Team, script: "rules"},
	"AddUser":          {verb: access.AddUser, script: "user"},
	"AssignRole":       {verb: access.AssignRole, script: "user"},
	"DisableUser":      {verb: access.DisableUser, script: "user"},
	"EnableUser":       {verb: access.EnableUser, script: "user"},
	"ResetUser":        {verb: access.ResetUser, script: "user"},
	"RemoveUser":       {verb: access.RemoveUser, script: "user"},
	"SetHouse":         {verb: access.HouseRules},
	"Reseal":           {verb: access.Reseal},
	"Stale":            {verb: access.Reseal},
	"RenewRecovery":    {verb: access.RenewRecovery},
	"Approvals":        {verb: access.Approvals},
	"Approve":          {verb: access.Approve, script: "approve"},
	"KeepDraft":        {verb: access.Draft, test: "TestDraftsOfNotesAreKeptUntilBlank"},
	"KeepDraftMany":    {verb: access.Draft, test: "TestDraftsOfSheetsAreKeptApart"},
	"DraftMany":        {verb: access.Draft, test: "TestDraftsOfSheetsAreKeptApart"},
	"Log":              {verb: access.Log},
	"LogPlaces":        {verb: access.Log, test: "TestPlacesAndEntriesAreTheLog"},
	"LogState":         {verb: access.Log, test: "TestTheStateOfTheLog"},
	"CheckLog":         {verb: access.Check, test: "TestTheStateOfTheLog"},
	"NamesOf":          {verb: access.Show, test: "TestNamesOfThoseWhoAreThere"},
	"Checkpoint":       {verb: access.Checkpoint},
	"RequestStamp":     {verb: access.Checkpoint},
	"Stamp":            {verb: access.Stamp},
	"AuditPack":        {verb: access.AuditPack},
	"Draft":            {verb: access.Draft, test: "TestDraftsOfNotesAreKeptUntilBlank"},
}

// noVerbs are the methods that are nobody's right or wrong.
var noVerbs = []string{
	"Close", // the end of the session
	"May",   // these four say who the user is, and what the table says of verbs
	"Shows",
	"Role",
	"User",
	"FoundChanged", // said to whom the pages of users or of the log are open
	"Warm",         // what the first search would do
}

// TestEveryVerbHasRolesInverseAndScript walks the methods of Session: a new one
// fails here until it is known who may do it, how it is taken back, and a
// script shows it.
func TestEveryVerbHasRolesInverseAndScript(t *testing.T) {
	session := reflect.TypeFor[*Session]()
	tests := testNames(t)
	var done []access.Verb
	for i := range session.NumMethod() {
		name := session.Method(i).Name
		if slices.Contains(noVerbs, name) {
			continue
		}
		m, ok := verbOf[name]
		if !ok {
			t.Errorf("Session.%s is no verb that this test knows", name)
			continue
		}
		done = append(done, m.verb)
		row := slices.IndexFunc(access.Table, func(r access.Rule) bool { return r.Verb == m.verb })
		if row < 0 {
			t.Errorf("%s has no row in access.Table", m.verb)
			continue
		}
		r := access.Table[row]
		if len(r.Roles) == 0 || !slices.Contains(r.Roles, access.Owner) {
			t.Errorf("%s: roles %q, without the owner", m.verb, r.Roles)
		}
		if r.Inverse != "undo" && r.Inverse != "redo" && r.Inverse != "nothing changes" && !strings.HasPrefix(r.Inverse, "final: ") {
			t.Errorf("%s: inverse %q is no way back", m.verb, r.Inverse)
		}
		if m.test != "" {
			if !tests[m.test] {
				t.Errorf("%s has no test %s", name, m.test)
			}
			continue
		}
		script := m.script
		if script == "" {
			script, _, _ = strings.Cut(string(m.verb), " ")
		}
		if _, err := os.Stat(filepath.Join("..", "..", "testdata", "scripts", script+".txtar")); err != nil {
			t.Errorf("%s has no script: %v", m.verb, err)
		}
	}
	done = append(done, access.ExportClear, access.Restore) // Export's, with columns in clear, and that of the function
	for name := range verbOf {
		if _, ok := session.MethodByName(name); !ok {
			t.Errorf("Session has no method %s any more", name)
		}
	}
	for _, r := range access.Table {
		if !slices.Contains(done, r.Verb) {
			t.Errorf("no method of Session does %s", r.Verb)
		}
	}
	if may := access.May(access.Owner, "no such verb"); may {
		t.Error("an unknown verb is allowed")
	}
}

// testNames returns the names of the tests of this folder.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if rest, ok := strings.CutPrefix(line, "func "); ok {
				name, _, _ := strings.Cut(rest, "(")
				names[name] = true
			}
		}
	}
	return names
}
