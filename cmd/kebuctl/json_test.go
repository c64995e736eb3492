package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// Scripts name a value in a file of JSON objects by [LINE:]PATH: the line from
// 1, which is the default, and names and places from 0 joined by dots, as in
// 2:money.0.gross; . is the object itself.

// jsonIs FILE PATH WANT compares a value: text as it is, the rest as JSON.
func jsonIs(ts *testscript.TestScript, args []string) {
	if got := text(value(ts, args[0], args[1])); got != args[2] {
		ts.Fatalf("%s of %s is %q, want %q", args[1], args[0], got, args[2])
	}
}

// jsonKeys FILE PATH KEY… says that an object has exactly these keys.
func jsonKeys(ts *testscript.TestScript, args []string) {
	var object map[string]json.RawMessage
	ts.Check(json.Unmarshal(value(ts, args[0], args[1]), &object))
	got, want := slices.Sorted(maps.Keys(object)), slices.Sorted(slices.Values(args[2:]))
	if !slices.Equal(got, want) {
		ts.Fatalf("%s of %s has %q, want %q", args[1], args[0], got, want)
	}
}

// jsonCount FILE N counts the objects.
func jsonCount(ts *testscript.TestScript, args []string) {
	if got := strconv.Itoa(len(objects(ts, args[0]))); got != args[1] {
		ts.Fatalf("%s has %s objects, want %s", args[0], got, args[1])
	}
}

// jsonKeep NAME FILE PATH keeps a value in the environment.
func jsonKeep(ts *testscript.TestScript, args []string) {
	ts.Setenv(args[0], text(value(ts, args[1], args[2])))
}

func objects(ts *testscript.TestScript, file string) []json.RawMessage {
	var list []json.RawMessage
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(file)))
	for {
		var o json.RawMessage
		err := d.Decode(&o)
		if err == io.EOF {
			return list
		}
		ts.Check(err)
		list = append(list, o)
	}
}

func value(ts *testscript.TestScript, file, path string) json.RawMessage {
	line := 1
	if before, after, ok := strings.Cut(path, ":"); ok {
		n, err := strconv.Atoi(before)
		ts.Check(err)
		line, path = n, after
	}
	list := objects(ts, file)
	if line < 1 || line > len(list) {
		ts.Fatalf("%s has %d objects", file, len(list))
	}
	v, err := dig(list[line-1], path)
	if err != nil {
		ts.Fatalf("%s: %v", file, err)
	}
	return v
}

// dig returns what stands at a path.
func dig(v json.RawMessage, path string) (json.RawMessage, error) {
	for key := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' }) {
		if i, err := strconv.Atoi(key); err == nil {
			var list []json.RawMessage
			if err := json.Unmarshal(v, &list); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			if i >= len(list) {
				return nil, fmt.Errorf("%s: %d values", path, len(list))
			}
			v = list[i]
			continue
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(v, &object); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		var ok bool
		if v, ok = object[key]; !ok {
			return nil, fmt.Errorf("%s: no %s", path, key)
		}
	}
	return v, nil
}

// text is a value as scripts write it.
func text(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil && v[0] == '"' {
		return s
	}
	return string(v)
}
