package seat

import (
	"strings"
	"testing"
)

func TestAReportOfTheRegistryTellsOfTheLock(t *testing.T) {
	const report = `+-o Root  <class IORegistryEntry, id 0x100000100, retain 33>
    {
      "IOKitBuildVersion" = "Darwin Kernel"
LINE
      "IOConsoleUsers" = ({"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="Yes"})
    }
`
	for line, want := range map[string]bool{
		`      "IOConsoleLocked" = Yes`:              true,
		`    | "IOConsoleLocked" = Yes` + "\r":       true,
		`      "IOConsoleLocked" = No`:               false,
		`      "Name" = "\"IOConsoleLocked\" = Yes"`: false,
		"": false,
	} {
		if got := consoleLocked([]byte(strings.ReplaceAll(report, "LINE", line))); got != want {
			t.Errorf("%q: %t", line, got)
		}
	}
}
