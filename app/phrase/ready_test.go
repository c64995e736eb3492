package phrase

import (
	"testing"

	"kebu/app/usecase"
)

func TestEveryReadySegmentHasItsName(t *testing.T) {
	each(func(p *Phrases) {
		for _, r := range usecase.ReadySegments() {
			if _, err := p.find(r.Key); err != nil {
				t.Errorf("%s: %v", p.tag, err)
			}
		}
	})
}
