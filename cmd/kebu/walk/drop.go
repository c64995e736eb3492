//go:build cgo && walk && linux

package walk

/*
#cgo LDFLAGS: -lX11
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>

static Atom atom(Display *d, const char *name) { return XInternAtom(d, name, False); }

// tell sends a message of the drag-and-drop protocol to the window under the pointer.
static void tell(Display *d, Window to, const char *what, Window from, long a, long b, long c, long e) {
	XEvent event;
	memset(&event, 0, sizeof event);
	event.xclient.type = ClientMessage;
	event.xclient.window = to;
	event.xclient.message_type = atom(d, what);
	event.xclient.format = 32;
	event.xclient.data.l[0] = from;
	event.xclient.data.l[1] = a;
	event.xclient.data.l[2] = b;
	event.xclient.data.l[3] = c;
	event.xclient.data.l[4] = e;
	XSendEvent(d, to, False, NoEventMask, &event);
}

// give answers the window that asks for the files.
static void give(Display *d, XSelectionRequestEvent *ask, const char *uris) {
	XEvent event;
	memset(&event, 0, sizeof event);
	event.xselection.type = SelectionNotify;
	event.xselection.requestor = ask->requestor;
	event.xselection.selection = ask->selection;
	event.xselection.target = ask->target;
	event.xselection.time = ask->time;
	if (ask->target == atom(d, "text/uri-list")) {
		event.xselection.property = ask->property;
		XChangeProperty(d, ask->requestor, ask->property, ask->target, 8, PropModeReplace,
			(const unsigned char *)uris, strlen(uris));
	}
	XSendEvent(d, ask->requestor, False, NoEventMask, &event);
}

// drop drops files on a point of a window, as a file manager does: the XDND protocol,
// version 5. It returns 0 when the window has taken them.
static int drop(const char *display, Window to, int x, int y, const char *uris) {
	Display *d = XOpenDisplay(display);
	if (!d) return 1;
	Window from = XCreateSimpleWindow(d, DefaultRootWindow(d), 0, 0, 1, 1, 0, 0, 0), child;
	Atom selection = atom(d, "XdndSelection"), status = atom(d, "XdndStatus"), finished = atom(d, "XdndFinished");
	Atom copy = atom(d, "XdndActionCopy");
	XTranslateCoordinates(d, to, DefaultRootWindow(d), x, y, &x, &y, &child);
	XSetSelectionOwner(d, selection, from, CurrentTime);
	tell(d, to, "XdndEnter", from, 5L << 24, atom(d, "text/uri-list"), 0, 0);
	tell(d, to, "XdndPosition", from, 0, (long)x << 16 | y, CurrentTime, copy);
	for (int turns = 0, result = -1; turns < 1000; turns++) {
		XFlush(d);
		while (result < 0 && XPending(d)) {
			XEvent event;
			XNextEvent(d, &event);
			if (event.type == SelectionRequest)
				give(d, &event.xselectionrequest, uris);
			else if (event.type == ClientMessage && event.xclient.message_type == status)
				if (event.xclient.data.l[1] & 1)
					tell(d, to, "XdndDrop", from, 0, CurrentTime, 0, 0);
				else
					result = 2;
			else if (event.type == ClientMessage && event.xclient.message_type == finished)
				result = event.xclient.data.l[1] ? 0 : 3; // GLFW gives the length here, not a bit
		}
		if (result >= 0) {
			XCloseDisplay(d);
			return result;
		}
		usleep(5000);
	}
	XCloseDisplay(d);
	return 4;
}
*/
import "C"

import (
	"fmt"
	"net/url"
	"strings"
	"unsafe"
)

// dropFiles drops files on a point of a window, in pixels from its corner.
func dropFiles(display string, window uint64, x, y int, files []string) error {
	var list strings.Builder
	for _, file := range files {
		list.WriteString((&url.URL{Scheme: "file", Path: file}).String() + "\r\n")
	}
	name, uris := C.CString(display), C.CString(list.String())
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(uris))
	switch result := C.drop(name, C.Window(window), C.int(x), C.int(y), uris); result {
	case 0:
		return nil
	case 4:
		return fmt.Errorf("drop: no answer in 5 s")
	default:
		return fmt.Errorf("drop: refused (%d)", result)
	}
}
