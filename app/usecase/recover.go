package usecase

import (
	"context"

	"kebu/app/crm"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// RecoverRequest says whose passphrase is lost, and what takes its place.
type RecoverRequest struct {
	Path       string
	Code       string // of the recovery sheet, with or without spaces and dashes
	Passphrase []byte // the new one
	Cost       Cost   // the zero value is the lowest
	Clock      Clock
	Keeper     *Keeper // may be nil: knows where a book of an older version is backed up
}

// Recover gives the owner of a book a new passphrase by the code of the recovery
// sheet, which stays good; the log has that for good. It fails with a
// *RecoveryTextError for a typing mistake, with ErrRecoveryCode for the sheet of
// another book, with ErrWeak for a weak passphrase.
func Recover(ctx context.Context, r RecoverRequest) error {
	parsed, err := keyring.ParseRecoveryCode(r.Code)
	if err != nil {
		return err
	}
	if err := passphrase.Check(r.Passphrase); err != nil {
		return err
	}
	return store.Recover(ctx, r.Path, parsed, r.Passphrase, r.Cost, opening(r.Keeper, r.Clock), func(tx *store.Tx) error {
		now := crm.At(r.Clock())
		if err := tx.LogMended(ctx, now); err != nil {
			return err
		}
		if _, err := tx.LogFound(ctx, now); err != nil {
			return err
		}
		return tx.LogEvent(ctx, now, "recover", 0, nil)
	})
}
