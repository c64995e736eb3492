package seat

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// patience is how long the desktop may take to answer.
const patience = 500 * time.Millisecond

// savers tell whether the screen is locked: the common name, and GNOME's.
var savers = []struct {
	name string
	path dbus.ObjectPath
}{
	{"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"},
	{"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"},
}

// Locked reports whether the screen is locked, false where the system does not tell.
func Locked(ctx context.Context) bool {
	address := busAddress()
	if address == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	for _, s := range savers {
		var locked bool
		call := conn.Object(s.name, s.path).CallWithContext(ctx, s.name+".GetActive", dbus.FlagNoAutoStart)
		if call.Store(&locked) == nil && locked {
			return true
		}
	}
	return false
}

// busAddress is that of the user's own bus on this computer, "" for none: never one
// of the network, and none is started.
func busAddress() string {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); strings.HasPrefix(address, "unix:") {
		return address
	}
	socket := filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus")
	if _, err := os.Stat(socket); err != nil {
		return ""
	}
	return "unix:path=" + socket
}
