package charset

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestCharactersOfFourBytesAreNotWestern(t *testing.T) {
	const text = "Order,Total\n1,£24.00\n2,£25.00\n"
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for want, data := range map[string][]byte{GB18030: data, Western: []byte("Order,Total\n1,\xa324.00\n2,\xa325.00\n")} {
		got, err := detectBytes(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err != nil || got != want {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}
