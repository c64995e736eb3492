package main

import (
	"fmt"
	"strings"
	"time"

	"kebu/crypto/evidence"
)

// An auditor may be of either language, and sends the report on: it is in both.
// These texts are here and not in assets/locales, so that the program stays small
// enough to be read.

const (
	usage     = "kebu-verify PACK [--key VKEY] [--known FILE]… [--tsa-roots FILE] [--password-file FILE | --identity FILE] [--json]"
	noPack    = "这不是审计包 / this is no audit pack"
	notOpened = "打不开 / it does not open"
	encrypted = "审计包已加密：请用 --password-file 或 --identity / the pack is encrypted: use --password-file or --identity"
	tooLarge  = "文件过大 / the file is too large"
)

// both is a text in both languages.
type both struct{ zh, en string }

func (b both) String() string { return b.zh + " / " + b.en }

var states = map[evidence.State]string{
	evidence.Passed: "[ ok ]", evidence.Failed: "[FAIL]", evidence.Missing: "[ ?? ]",
}

var results = map[evidence.State]both{
	evidence.Passed:  {"全部通过", "everything passed"},
	evidence.Failed:  {"未通过", "it did not pass"},
	evidence.Missing: {"不完整：标 ?? 的项目未能核验", "incomplete: what is marked ?? could not be checked"},
}

var checks = map[evidence.Name]both{
	evidence.CheckFiles:       {"文件齐全、未改动，由店主签名", "the files are all there, unchanged, and signed by the owner"},
	evidence.CheckKey:         {"店主公钥与您手中的一致", "the owner's key is the one that you brought"},
	evidence.CheckUsers:       {"用户名单由店主签名", "the list of users is signed by the owner"},
	evidence.CheckEntries:     {"每条记录格式正确、次序连续、时间不倒退", "each entry has its form and place, and times do not run back"},
	evidence.CheckRoles:       {"登录记录与用户角色相符", "logins agree with the users' roles"},
	evidence.CheckCheckpoints: {"每个摘要由用户签名，并与记录相符", "each checkpoint is signed by a user and agrees with the entries"},
	evidence.CheckComplete:    {"最后的摘要涵盖全部记录", "the last checkpoint covers all entries"},
	evidence.CheckProofs:      {"每个摘要都是前一个的延续", "each checkpoint continues the one before"},
	evidence.CheckKnown:       {"您保存的摘要属于这份记录", "the checkpoints that you kept are of this log"},
	evidence.CheckSummary:     {"导出与统计表由记录得出", "the lists of exports and counts follow from the entries"},
	evidence.CheckStamps:      {"时间戳完整、已签名，且对应各自的摘要", "the time stamps are whole, signed, and on their checkpoints"},
	evidence.CheckAuthorities: {"时间戳出自您信任的机构", "authorities that you trust gave the time stamps"},
}

var advice = map[evidence.Name]both{
	evidence.CheckKey:         {"请用 --key 提供委托时取得的公钥：包内的公钥谁都能造", "give the key that you got when you were engaged with --key: the one inside could be anyone's"},
	evidence.CheckStamps:      {"包内没有时间戳", "there are none in the pack"},
	evidence.CheckAuthorities: {"未核验机构：请用 --tsa-roots 提供您信任的机构的根证书", "the authority was not checked: give the root certificates of those that you trust with --tsa-roots"},
	evidence.CheckKnown:       {"请用 --known 提供保存过的摘要：否则店主可能已把全部记录重写", "give checkpoints that were kept with --known: else the owner could have written it all anew"},
}

// limits are said with every result.
var limits = both{
	"不能证明：从未写入记录的事、店铺的时钟、所写内容是否属实、时间戳机构的证书是否已吊销。", "It cannot show what was never written, whether the shop's clock was right, whether what was written is true, nor whether an authority's certificate was revoked.",
}

// out is the role of who can open nothing.
var out = both{"已不能打开", "out"}

// words is the report for people.
func words(r *evidence.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Kebu 操作记录核验 / verification of a log\n\n")
	if r.Origin != "" {
		fmt.Fprintf(&b, "%s\n公钥 / key: %s\n", r.Origin, r.Key)
	}
	if r.Entries > 0 {
		fmt.Fprintf(&b, "记录 / entries: %d, %s – %s\n根 / root: %s\n", r.Entries, day(r.First), day(r.Last), r.Root)
	}
	if r.Back > 0 {
		fmt.Fprintf(&b, "时钟曾被调回 / the clock was set back: %d\n", r.Back)
	}
	b.WriteString("\n")
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "%s %s", states[c.State], checks[c.Name])
		switch {
		case c.State == evidence.Failed && c.At > 0:
			fmt.Fprintf(&b, " (第 %d 项 / number %d)", c.At, c.At)
		case c.State == evidence.Passed:
			fmt.Fprintf(&b, " (%d)", c.Count)
		case c.State == evidence.Missing && advice[c.Name] != (both{}):
			fmt.Fprintf(&b, "\n       %s", advice[c.Name])
		}
		b.WriteString("\n")
	}
	for _, s := range r.Stamps {
		fmt.Fprintf(&b, "       时间戳 / time stamp: 摘要 / checkpoint %d (%d), %s, %s\n", s.Checkpoint, s.Entries, day(s.At), s.Authority)
	}
	for i, p := range r.People {
		if i == 0 {
			b.WriteString("\n人员变动 / people over time\n")
		}
		role := p.Role
		if role == evidence.Out {
			role = out.String()
		}
		fmt.Fprintf(&b, "       %s %s %s (%d)\n", day(p.At), p.Who, role, p.Entry)
	}
	fmt.Fprintf(&b, "\n%s\n%s\n", results[r.State()], limits)
	return b.String()
}

func day(t int64) string { return time.Unix(t, 0).UTC().Format("2006-01-02 15:04Z") }
