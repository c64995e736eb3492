package phrase

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"strings"
	"syscall"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/importers"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// kinds are the errors that need no more than a sentence. The more telling come
// first: an error may be of several kinds.
var kinds = []struct {
	is  error
	key string
}{
	{context.Canceled, "error_cancelled"},
	{usecase.ErrFileChanged, "error_file_changed"},
	{usecase.ErrNotFile, "error_not_file"},
	{usecase.ErrNoTable, "error_not_export"},
	{usecase.ErrNoPeople, "error_no_people"},
	{usecase.ErrOneTable, "error_one_table"},
	{usecase.ErrNobody, "error_nobody"},
	{usecase.ErrPassphrase, "error_passphrase"},
	{usecase.ErrNoUser, "error_no_user"},
	{usecase.ErrRecoveryCode, "error_recovery_code"},
	{usecase.ErrOtherBook, "error_other_book"},
	{usecase.ErrNoBackup, "error_no_backup"},
	{usecase.ErrBadBackup, "error_bad_backup"},
	{usecase.ErrName, "error_name"},
	{usecase.ErrNotBook, "error_not_book"},
	{usecase.ErrNewer, "error_newer"},
	{usecase.ErrInUse, "error_in_use"},
	{usecase.ErrDiskFull, "error_full"},
	{usecase.ErrReadOnly, "error_read_only"},
	{usecase.ErrProblems, "error_problems"},
	{usecase.ErrDamaged, "error_damaged"},
	{usecase.ErrUndone, "error_undone"},
	{usecase.ErrFinal, "error_final"},
	{usecase.ErrNoRedo, "error_no_redo"},
	{usecase.ErrShop, "error_shop"},
	{usecase.ErrFormat, "error_format"},
	{usecase.ErrReason, "error_reason"},
	{usecase.ErrBlank, "error_blank"},
	{usecase.ErrOneCustomer, "error_one_customer"},
	{usecase.ErrUnfit, "error_cannot_hold"},
	{usecase.ErrWeak, "error_weak"},
	{usecase.ErrListFormat, "error_list_format"},
	{usecase.ErrNoContact, "error_no_contact"},
	{usecase.ErrRecipient, "error_recipient"},
	{usecase.ErrNoStamp, "error_stamp"},
	{usecase.ErrStampRefused, "error_stamp_refused"},
	{usecase.ErrStampSignature, "error_stamp_signature"},
	{usecase.ErrStampCertificate, "error_stamp_certificate"},
	{usecase.ErrStampOther, "error_stamp_other"},
	{usecase.ErrStampEarly, "error_stamp_early"},
	{usecase.ErrStamped, "error_stamped"},
	{usecase.ErrNoLock, "error_no_lock"},
	{usecase.ErrFilePassword, "error_file_password"},
	{usecase.ErrTooLong, "error_too_long"},
	{usecase.ErrSelf, "error_self"},
	{usecase.ErrDecided, "error_decided"},
	{usecase.ErrShipped, "error_shipped"},
	{usecase.ErrDisabled, "error_disabled"},
	{usecase.ErrEnded, "error_ended"},
	{usecase.ErrForged, "error_forged"},
	{usecase.ErrNoRole, "error_no_role"},
	{usecase.ErrFull, "error_users_full"},
	{usecase.ErrDays, "error_days"},
	{access.ErrWider, "error_wider"},
	{crm.ErrDenied, "error_denied"},
	{crm.ErrNotFound, "error_not_found"},
	{crm.ErrConflict, "error_conflict"},
	{crm.ErrTooLarge, "error_amount"},
	{table.ErrEncoding, "error_encoding"},
	{fs.ErrExist, "error_exists"},
	{fs.ErrNotExist, "error_missing"},
	{syscall.ENOTDIR, "error_missing"},
	{syscall.EISDIR, "error_folder"},
	{fs.ErrPermission, "error_permission"},
	{syscall.EROFS, "error_permission"},
	{syscall.ENOSPC, "error_full"},
	{syscall.EFBIG, "error_full"},
	{usecase.ErrIO, "error_io"},
}

// Error says in one sentence what is wrong and what to do.
func (p *Phrases) Error(err error) string {
	if e, ok := errors.AsType[*crm.ErasedError](err); ok {
		return p.Text("error_erased", map[string]any{"Day": e.At.In(time.Local).Format(time.DateOnly)})
	}
	if hidden, ok := errors.AsType[*usecase.HiddenError](err); ok { // of all that is denied it tells most
		return p.Text("error_hidden", map[string]any{"Field": p.Hidden(hidden.Field)})
	}
	if daily, ok := errors.AsType[*usecase.DailyError](err); ok { // which is denied, too
		return p.Text("error_daily", map[string]any{"Count": daily.Limit})
	}
	for _, k := range kinds {
		if errors.Is(err, k.is) {
			return p.Text(k.key)
		}
	}
	if errors.Is(err, usecase.ErrColumn) {
		return p.Text("error_column", map[string]any{"Columns": strings.Join(usecase.ExportColumns(), ", ")})
	}
	if c, ok := errors.AsType[*usecase.NoColumnError](err); ok {
		return p.Text("error_no_column", map[string]any{"Column": c.Column})
	}
	if f, ok := errors.AsType[*usecase.NoFieldError](err); ok {
		return p.Text("error_no_field", map[string]any{"Field": f.Field, "Known": strings.Join(usecase.PersonFields(), ", ")})
	}
	if text := p.fileError(err); text != "" {
		return text
	}
	if code, ok := errors.AsType[*usecase.RecoveryTextError](err); ok {
		return p.Text("error_recovery_text", map[string]any{"Group": code.Group})
	}
	if r, ok := errors.AsType[*usecase.RefusedError](err); ok {
		return p.Text("error_refused", map[string]any{"By": r.By, "When": r.At.In(time.Local).Format("2006-01-02 15:04")})
	}
	if a, ok := errors.AsType[*usecase.ApprovalError](err); ok {
		if a.Until.IsZero() {
			return p.Text("error_approval", map[string]any{"Most": a.Most, "ID": a.ID})
		}
		return p.Text("error_approval_wait", map[string]any{"Most": a.Most, "Time": a.Until.Local().Format("2006-01-02 15:04")})
	}
	if wait, ok := errors.AsType[*usecase.WaitError](err); ok {
		if seconds := int(math.Ceil(wait.For.Seconds())); seconds < 120 {
			return p.Text("error_wait_seconds", map[string]any{"Count": seconds})
		}
		return p.Text("error_wait_minutes", map[string]any{"Count": int(math.Ceil(wait.For.Minutes()))})
	}
	if rule, ok := errors.AsType[*crm.RuleError](err); ok {
		return p.Text("error_rule", map[string]any{"Pos": rule.Pos, "Detail": p.ruleDetail(rule)})
	}
	return p.Text("error_other", map[string]any{"Detail": err.Error()})
}

// Hidden names a field in a sentence about what a role does not see.
func (p *Phrases) Hidden(f access.Field) string { return p.Text("hidden_" + string(f)) }

// fileError tells of an export file, "" for another error.
func (p *Phrases) fileError(err error) string {
	var unknown *importers.NotExportError
	var doubt *importers.AmbiguousError
	var kind *table.UnsupportedError
	var limit *table.LimitError
	var damage *table.DamageError
	var mapping *custom.Error
	var locked *table.PasswordError
	switch {
	case errors.As(err, &locked) && locked.Wrong:
		return p.Text("error_password_wrong")
	case errors.As(err, &locked):
		return p.Text("error_password_needed")
	case errors.As(err, &mapping):
		return p.Text("error_mapping", map[string]any{"Detail": p.mappingDetail(mapping)})
	case errors.As(err, &doubt):
		return p.Text("error_ambiguous", map[string]any{"Formats": p.candidates(doubt)})
	case errors.As(err, &unknown) && len(unknown.Missing) > 0:
		return p.Text("error_mapping_missing", map[string]any{"Columns": strings.Join(unknown.Missing, ", ")})
	case errors.As(err, &unknown):
		return p.Text("error_not_export")
	case errors.As(err, &kind):
		k := kindKeys[kind.Kind]
		return p.Text("error_kind", map[string]any{"Kind": p.Text("kind_" + k.name), "Advice": p.Text("advice_" + k.advice)})
	case errors.As(err, &limit):
		if limit.What == "rows" {
			return p.Text("error_limit_rows", map[string]any{"Limit": limit.Limit})
		}
		return p.Text("error_limit") // of what no export has so much
	case errors.As(err, &damage):
		return p.Text("error_broken")
	default:
		return ""
	}
}

// candidates names the formats that fit a file, with what speaks for each.
func (p *Phrases) candidates(e *importers.AmbiguousError) string {
	list := make([]string, len(e.Candidates))
	for i, c := range e.Candidates {
		list[i] = p.Text("candidate", map[string]any{"Format": c.Format.ID, "Headers": SomeHeaders(c.Headers)})
	}
	return strings.Join(list, "; ")
}

// SomeHeaders lists the first of a format's headers.
func SomeHeaders(headers []string) string {
	const shown = 6
	text := strings.Join(headers[:min(shown, len(headers))], ", ")
	if len(headers) > shown {
		text += ", …"
	}
	return text
}

// kindKeys say what a file is that cannot be read, and what to do about it.
var kindKeys = map[table.Kind]struct{ name, advice string }{
	table.KindEncrypted: {"encrypted", "password"},
	table.KindOLE:       {"ole", "save"},
	table.KindXLSB:      {"xlsb", "save"},
	table.KindODS:       {"ods", "save"},
	table.KindHTML:      {"html", "save"},
	table.KindXML:       {"xml", "save"},
	table.KindZip:       {"zip", "unpack"},
	table.KindArchive:   {"archive", "unpack"},
	table.KindPDF:       {"pdf", "export"},
	table.KindImage:     {"image", "export"},
	table.KindBinary:    {"binary", "export"},
	table.KindEmpty:     {"empty", "export"},
}

func (p *Phrases) ruleDetail(e *crm.RuleError) string {
	expected := make([]string, len(e.Expected))
	for i, x := range e.Expected {
		expected[i] = p.or("expect_"+string(x), `"`+string(x)+`"`)
	}
	key := "rule_expected"
	if e.Found == "" {
		key = "rule_ended"
	}
	text := p.Text(key, map[string]any{"Expected": strings.Join(expected, p.Text("or")), "Found": e.Found})
	if e.Nearest != "" {
		text = p.Text("rule_nearest", map[string]any{"Detail": text, "Field": string(e.Nearest)})
	}
	return text
}

func (p *Phrases) mappingDetail(e *custom.Error) string {
	text := p.Text("mapping_"+string(e.Problem), map[string]any{"Name": e.Name, "Known": strings.Join(e.Known, ", ")})
	if e.Line == 0 {
		return text
	}
	return p.Text("mapping_at", map[string]any{"Line": e.Line, "Column": e.Column, "Detail": text})
}
