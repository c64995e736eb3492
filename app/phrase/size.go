package phrase

import "fmt"

// Size tells a size in the unit that leaves up to three digits.
func Size(bytes int64) string {
	size, unit := float64(bytes), "B"
	for _, larger := range []string{"KB", "MB", "GB", "TB"} {
		if size < 1000 {
			break
		}
		size, unit = size/1024, larger
	}
	if size < 10 && unit != "B" {
		return fmt.Sprintf("%.1f %s", size, unit)
	}
	return fmt.Sprintf("%.0f %s", size, unit)
}
