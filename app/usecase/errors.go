package usecase

import (
	"errors"

	"kebu/app/gate"
	"kebu/app/usecase/list"
	"kebu/crypto/evidence/stamp"
	"kebu/crypto/keyring"
	"kebu/crypto/office"
	"kebu/crypto/passphrase"
	"kebu/importers"
	"kebu/store"
	"kebu/store/vault"
)

// What a person has to mend before a verb can be done.
var (
	// ErrReason means that personal values need a reason or a purpose.
	ErrReason = errors.New("a reason is needed")
	// ErrBlank means that a text is blank, or holds what it may not.
	ErrBlank = errors.New("blank text")
	// ErrDays means that somebody cannot be let in for so long.
	ErrDays = errors.New("days out of range")
	// ErrProblems means that a check found problems.
	ErrProblems = errors.New("the book has problems")
)

// The errors of the layers below that a person is told of.
var (
	ErrPassphrase = keyring.ErrPassphrase
	ErrNoUser     = keyring.ErrNoUser
	ErrNoRole     = keyring.ErrNoRole
	ErrFull       = keyring.ErrFull
	ErrDisabled   = keyring.ErrDisabled
	ErrEnded      = gate.ErrEnded
	ErrForged     = store.ErrForged
	// ErrRecoveryCode means that the recovery code is of another book.
	ErrRecoveryCode = keyring.ErrRecoveryCode
	ErrName         = keyring.ErrName
	ErrWeak         = passphrase.ErrWeak
	ErrUnfit        = passphrase.ErrText
	ErrNotBook      = store.ErrNotBook
	// ErrOtherBook means that a backup is of another book.
	ErrOtherBook  = store.ErrOtherBook
	ErrNewer      = store.ErrNewer
	ErrInUse      = vault.ErrInUse
	ErrReadOnly   = vault.ErrReadOnly
	ErrDiskFull   = vault.ErrDiskFull
	ErrIO         = vault.ErrIO
	ErrDamaged    = store.ErrDamaged
	ErrUndone     = store.ErrUndone
	ErrFinal      = store.ErrFinal
	ErrNoRedo     = store.ErrNoRedo
	ErrListFormat = list.ErrFormat
	ErrNoContact  = list.ErrNoContact
	ErrTooLong    = list.ErrTooLong
	// ErrFilePassword means that a list cannot be locked with such a password.
	ErrFilePassword = office.ErrPasswordLength
	// These say why a time stamp is not kept.
	ErrNoStamp          = stamp.ErrForm
	ErrStampRefused     = stamp.ErrRefused
	ErrStampSignature   = stamp.ErrSignature
	ErrStampCertificate = stamp.ErrCertificate
	ErrStampOther       = store.ErrStampOther
	ErrStampEarly       = store.ErrStampEarly
	ErrStamped          = store.ErrStamped
)

// RecoveryTextError says which group of a recovery code is mistyped.
type RecoveryTextError = keyring.RecoveryTextError

// AmbiguousError says which formats fit a file, of which one must be named.
type AmbiguousError = importers.AmbiguousError
