package crm

import "errors"

// The kinds of failure that a caller may want to tell apart.
var (
	// ErrNotFound means that nothing has the id or name asked for.
	ErrNotFound = errors.New("not found")
	// ErrDenied means that the user's role may not do this.
	ErrDenied = errors.New("not allowed for this role")
	// ErrConflict means that the change no longer fits what is stored.
	ErrConflict = errors.New("changed in the meantime")
)

// ErasedError is ErrNotFound for a customer whose data was erased.
type ErasedError struct {
	At Moment
}

func (e *ErasedError) Error() string { return "erased" }

// Unwrap returns ErrNotFound.
func (e *ErasedError) Unwrap() error { return ErrNotFound }
