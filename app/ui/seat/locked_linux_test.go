package seat

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// desktop answers on a bus of its own whether the screen is locked.
func desktop(t *testing.T, locked bool) {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", socket) //nolint:noctx // closed when the test ends
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+socket)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serve(conn, locked)
		}
	}()
}

func serve(conn net.Conn, locked bool) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimPrefix(line, "\x00")
		switch {
		case strings.HasPrefix(line, "AUTH EXTERNAL"):
			_, _ = conn.Write([]byte("OK 0123456789abcdef0123456789abcdef\r\n"))
		case strings.HasPrefix(line, "AUTH"):
			_, _ = conn.Write([]byte("REJECTED EXTERNAL\r\n"))
		case strings.HasPrefix(line, "NEGOTIATE_UNIX_FD"):
			_, _ = conn.Write([]byte("AGREE_UNIX_FD\r\n"))
		case strings.HasPrefix(line, "BEGIN"):
			answer(in, conn, locked)
			return
		}
	}
}

func answer(in *bufio.Reader, conn net.Conn, locked bool) {
	for n := uint32(1); ; n++ {
		m, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		reply := &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldReplySerial: dbus.MakeVariant(m.Serial()),
		}}
		var body any = ":1.1"
		if member, _ := m.Headers[dbus.FieldMember].Value().(string); member == "GetActive" {
			body = locked
		}
		reply.Body = []any{body}
		reply.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(body))
		var out bytes.Buffer
		if err := reply.EncodeTo(&out, binary.LittleEndian); err != nil {
			return
		}
		binary.LittleEndian.PutUint32(out.Bytes()[serialAt:], n) // the library sets it for its own connections only
		if _, err := conn.Write(out.Bytes()); err != nil {
			return
		}
	}
}

// serialAt is where a message has its number.
const serialAt = 8

func TestLockedScreenIsTold(t *testing.T) {
	for _, locked := range []bool{true, false} {
		desktop(t, locked)
		if got := Locked(t.Context()); got != locked {
			t.Errorf("locked %t, told %t", locked, got)
		}
	}
}

func TestNoBusIsNoLock(t *testing.T) {
	for _, address := range []string{"tcp:host=127.0.0.1,port=1", "unix:path=" + filepath.Join(t.TempDir(), "none")} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if Locked(t.Context()) {
			t.Errorf("%s: locked", address)
		}
	}
}
