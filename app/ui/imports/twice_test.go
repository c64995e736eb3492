package imports

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDuplicatesOfAnyListAreShownBeforeItIsImported(t *testing.T) {
	s := open(t, &fakeBook{})
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const people = "姓名,手机,地址\n张伟,13800001234,杭州市文汇路88号3幢\n王芳,13600001357,四川省成都市长乐巷9号\n张玮,13800001234,杭州市文汇路88号3幢\n"
	s.page.findTwice([]string{write("people.csv", people)})
	s.See("3 人里有 1 对可能是同一个人。不会改动文件，也不会保存。")
	s.See("张玮 · 13800001234 · 杭州市文汇路88号3幢")
	s.page.findTwice([]string{write("others.csv", "姓名,手机\n赵强,13500008642\n"), write("people.csv", people)})
	s.See("4 人里没有像是重复的。")
	s.page.findTwice([]string{write("goods.csv", "颜色,重量\n红,3\n")})
	s.See(s.Words.Text("error_no_people"))
	if len(s.book.imported()) > 0 {
		t.Error("something was imported")
	}
}
