package evidence

import (
	"cmp"
	"crypto/ed25519"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// OwnerRole is the role of the one whose key everything hangs on.
const OwnerRole = "owner"

// User is a user's key in a role, from the entry Since on, which is the user's
// login or tells what the owner did about the user.
type User struct {
	Key   ed25519.PublicKey
	Role  string
	Since int64
}

// VerifierKey returns a public key as text, in the form of signed notes: with it
// one checks what its owner signs in the log of that origin.
func VerifierKey(origin string, key ed25519.PublicKey) (string, error) {
	text, err := note.NewEd25519VerifierKey(origin, key)
	if err != nil {
		return "", formError("verifier key")
	}
	return text, nil
}

// usersText is the list of users that the owner signs.
func usersText(origin string, users []User) (string, error) {
	var b strings.Builder
	b.WriteString(origin + "/users\n")
	for _, u := range sortedUsers(users) {
		key, err := VerifierKey(origin, u.Key)
		if err != nil || !isWord(u.Role) {
			return "", formError("user")
		}
		b.WriteString(strconv.FormatInt(u.Since, 10) + " " + Ref(u.Key) + " " + key + " " + u.Role + "\n")
	}
	return b.String(), nil
}

func sortedUsers(users []User) []User {
	return slices.SortedFunc(slices.Values(users), func(a, b User) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(Ref(a.Key), Ref(b.Key)))
	})
}

// parseUsers reads what usersText wrote, and nothing else.
func parseUsers(text string) (origin string, users []User, err error) {
	head, rest, _ := strings.Cut(text, "\n")
	origin, ok := strings.CutSuffix(head, "/users")
	if !ok || !isOrigin(origin) {
		return "", nil, formError("list of users")
	}
	for line := range strings.Lines(rest) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
		if len(parts) != 4 {
			return "", nil, formError("list of users")
		}
		since, err := strconv.ParseInt(parts[0], 10, 64)
		key, ok := publicKey(parts[2])
		if err != nil || !ok {
			return "", nil, formError("list of users")
		}
		users = append(users, User{key, parts[3], since})
	}
	if again, err := usersText(origin, users); err != nil || again != text {
		return "", nil, formError("list of users")
	}
	return origin, users, nil
}

// publicKey returns the key of a verifier key for Ed25519.
func publicKey(vkey string) (ed25519.PublicKey, bool) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, false
	}
	b, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != 1 {
		return nil, false
	}
	return b[1:], true
}

// Verifiers checks what any of the users signs.
func Verifiers(origin string, users []User) (note.Verifiers, error) {
	seen := make(map[string]bool)
	var list []note.Verifier
	for _, u := range users {
		key, err := VerifierKey(origin, u.Key)
		if err != nil {
			return nil, err
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		v, err := note.NewVerifier(key)
		if err != nil {
			return nil, formError("verifier key")
		}
		list = append(list, v)
	}
	return note.VerifierList(list...), nil
}
