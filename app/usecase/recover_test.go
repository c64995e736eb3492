package usecase_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"kebu/app/usecase"
)

// TestTheLogHasThatTheSheetOpenedTheBook recovers it, and fails to in two ways that
// leave passphrase and log as they were.
func TestTheLogHasThatTheSheetOpenedTheBook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	code, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: []byte(logPass)})
	if err != nil {
		t.Fatal(err)
	}
	now := clock()
	s := open(t, path, "", now)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other := []byte("a quite different saying of mine")
	request := usecase.RecoverRequest{Path: path, Code: usecase.NewRecoveryCode().Reveal(), Passphrase: other, Clock: clock}
	if err := usecase.Recover(t.Context(), request); !errors.Is(err, usecase.ErrRecoveryCode) {
		t.Errorf("another book's sheet: %v", err)
	}
	request.Code = code.Reveal()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := usecase.Recover(stopped, request); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	s = open(t, path, "", now)
	if got := acts(t, s, usecase.LogRequest{}); got != "login login" {
		t.Errorf("log %q", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := usecase.Recover(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if s, err = usecase.Open(t.Context(), path, "", other, func() time.Time { return now }); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := acts(t, s, usecase.LogRequest{}); got != "login login recover login" {
		t.Errorf("log %q", got)
	}
	verified(t, s, checkpoint(t, s))
}

func checkpoint(t *testing.T, s *usecase.Session) string {
	t.Helper()
	c, err := s.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c.Text
}
