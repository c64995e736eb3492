package parts

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

// With -update the pictures of testdata are written anew. Look at them before
// they are kept.
var update = flag.Bool("update", false, "write the pictures of testdata anew")

func TestMain(m *testing.M) {
	// A field that is made in another look keeps a size of it.
	test.NewApp().Settings().SetTheme(look.Use(look.Light, theme.VariantLight, look.Standard, look.Normal))
	os.Exit(m.Run())
}

var hans = phrase.New("zh-Hans")

// golden compares the picture of an object, light and dark, with those of
// testdata. The object stands on the ground of a page, with 8 around it.
func golden(t *testing.T, name string, obj fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	s := newScreen(t, container.New(inset{8, 8, 8, 8}, obj), size.AddWidthHeight(16, 16))
	s.golden(name)
}

// screen is a window with a layer above its content, and a clock to turn.
type screen struct {
	t      *testing.T
	window fyne.Window
	layer  *Layer
	clock  *clock
}

func newScreen(t *testing.T, content fyne.CanvasObject, size fyne.Size) *screen {
	t.Helper()
	wear(t, look.Light)
	s := &screen{t: t, clock: newClock(t)}
	s.layer = NewLayer(hans, s.clock)
	ground := &ground{}
	ground.ExtendBaseWidget(ground)
	s.window = test.NewWindow(container.NewStack(ground, content, s.layer.Object()))
	s.window.SetPadded(false)
	s.window.Resize(size)
	t.Cleanup(s.window.Close)
	return s
}

func (s *screen) canvas() fyne.Canvas { return s.window.Canvas() }

// key presses a key as the driver does: the focused widget gets it, else the canvas.
func (s *screen) key(keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := s.canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else {
			s.canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
		}
	}
}

// combine presses a combination as the driver does.
func (s *screen) combine(p Press) {
	for _, taker := range []any{s.canvas().Focused(), s.canvas()} {
		if f, ok := taker.(fyne.Shortcutable); ok {
			f.TypedShortcut(shortcut(p))
			return
		}
	}
}

// click presses what is at the middle of an object.
func (s *screen) click(obj fyne.CanvasObject) {
	at := spotOf(s.canvas(), obj)
	test.TapCanvas(s.canvas(), at.at.AddXY(at.size.Width/2, at.size.Height/2))
}

// hover puts the pointer on the middle of an object.
func (s *screen) hover(obj fyne.CanvasObject) {
	at := spotOf(s.canvas(), obj)
	test.MoveMouse(s.canvas(), at.at.AddXY(at.size.Width/2, at.size.Height/2))
}

func (s *screen) golden(name string) {
	s.t.Helper()
	for _, choice := range []look.Theme{look.Light, look.Dark} {
		wear(s.t, choice)
		compare(s.t, fmt.Sprintf("%s-%s.png", name, choice), s.canvas().Capture())
	}
	wear(s.t, look.Light)
}

func wear(t *testing.T, choice look.Theme) {
	test.ApplyTheme(t, look.Use(choice, theme.VariantLight, look.Standard, look.Normal))
}

// compare tells when two of a thousand pixels differ: machines round otherwise.
func compare(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name)
	data, err := os.ReadFile(path)
	if *update || errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		keep(t, path, got)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(want, got); n > want.Bounds().Dx()*want.Bounds().Dy()/500 {
		other := filepath.Join(os.TempDir(), "got-"+name)
		keep(t, other, got)
		t.Errorf("%s: %d pixels differ; look at %s, and keep it with -update if it is right", name, n, other)
	}
}

func differing(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	x, y := flat(a), flat(b)
	n := 0
	for i := 0; i < len(x.Pix); i += 4 {
		for k := range 4 {
			if d := int(x.Pix[i+k]) - int(y.Pix[i+k]); d > 8 || d < -8 {
				n++
				break
			}
		}
	}
	return n
}

func flat(i image.Image) *image.RGBA {
	f := image.NewRGBA(i.Bounds())
	draw.Draw(f, f.Bounds(), i, i.Bounds().Min, draw.Src)
	return f
}

func keep(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := png.Encode(&data, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ground is the ground of a page.
type ground struct{ drawnOnly }

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(g, func(p *pen, width, height float32) { p.box(0, 0, width, height, p.Background, 0) },
		func() (float32, float32) { return 0, 0 })
}

// blank is the content of a window whose overlays are looked at.
func blank() fyne.CanvasObject { return canvas.NewRectangle(color.Transparent) }

// clock is a Timer that is turned by hand.
type clock struct {
	now     time.Duration
	waiting []waiting
	tasks   *task.Runner
}

type waiting struct {
	at  time.Duration
	f   func()
	ctx context.Context // done once the task is cancelled
}

func newClock(t *testing.T) *clock {
	c := &clock{tasks: task.New(func(f func()) { f() })}
	t.Cleanup(c.tasks.Close)
	return c
}

// After keeps f until the clock is turned to its time.
func (c *clock) After(d time.Duration, f func()) *task.Task {
	begun := make(chan context.Context)
	handle := c.tasks.Go(func(ctx context.Context) error {
		begun <- ctx
		<-ctx.Done()
		return nil
	}, nil)
	c.waiting = append(c.waiting, waiting{c.now + d, f, <-begun})
	return handle
}

// turn lets time pass.
func (c *clock) turn(d time.Duration) {
	c.now += d
	for {
		i := slices.IndexFunc(c.waiting, func(w waiting) bool { return w.at <= c.now })
		if i < 0 {
			return
		}
		w := c.waiting[i]
		c.waiting = slices.Delete(c.waiting, i, i+1)
		if w.ctx.Err() == nil {
			w.f()
		}
	}
}
