package xmlscan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"testing"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

// FuzzXMLAgainstTheStandardLibrary compares elements and texts of documents that both
// scanners accept. The standard library's refuses other encodings.
func FuzzXMLAgainstTheStandardLibrary(f *testing.F) {
	tabletest.AddSeeds(f, 10, []string{
		"<!DOCTYPE\na ><a/>", "<!DOCTYPE a'><a/>",
		`<a/>`, `<a b="c">d<e/>f</a>`, `<x:a xmlns:x="u"><x:b>&lt;&#65;&#x4e2d;</x:b></x:a>`, `<a><![CDATA[<&]]>b]]</a>`,
		"<a>\r\n\r</a>", `<?xml version="1.0"?><!-- c --><a>1<!-- c -->2<?p i?>3</a>`, `<a b='>' c="/>">x</a >`, `<?>`, stream.BOM + `<a>某</a>`,
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		ours, err := ourTokens(data)
		if err != nil {
			return
		}
		theirs, err := theirTokens(data)
		if err != nil {
			return
		}
		if !slices.Equal(ours, theirs) {
			t.Fatalf("ours   %q\ntheirs %q", ours, theirs)
		}
	})
}

func ourTokens(data []byte) (all []string, err error) {
	x, err := New(bytes.NewReader(data), tabletest.Small)
	if err != nil {
		return nil, err
	}
	var text []byte
	for {
		t, err := x.Next(true)
		if err != nil {
			return nil, err
		}
		if t == Text {
			if text, err = AppendText(text, x.Text, x.CDATA); err != nil {
				return nil, err
			}
			continue
		}
		if x.Depth() > 0 && len(text) > 0 && (t == End || x.Depth() > 1) || t == End && len(text) > 0 {
			all = append(all, "text "+string(text))
		}
		text = text[:0]
		switch t {
		case EOF:
			return all, nil
		case Start:
			all = append(all, "start "+string(x.Name))
		case End:
			all = append(all, "end")
		case Text:
		}
	}
}

func theirTokens(data []byte) (all []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte(stream.BOM))))
	depth, text := 0, ""
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if depth > 0 {
				text += string(t)
			}
			continue
		case xml.StartElement:
			if text != "" {
				all = append(all, "text "+text)
			}
			depth++
			all = append(all, "start "+t.Name.Local)
		case xml.EndElement:
			if text != "" {
				all = append(all, "text "+text)
			}
			depth--
			all = append(all, "end")
		default:
			continue
		}
		text = ""
	}
}
