package passphrase

import "strings"

// keyboardRuns are rows and slanted columns of a US keyboard and of a keypad.
var keyboardRuns = []string{
	"`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
	"147258369", "159357", "789456123",
	"!@#$%^&*()_+",
}

// leet undoes the substitutes that people put for letters.
var leet = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// common holds passwords, words and lines that are tried first, most usual
// first. It is short on purpose: long lists gain little at 10^10 guesses.
var common = strings.Fields(`
password admin qwerty iloveyou welcome letmein monkey dragon master login abc123 football baseball
sunshine princess shadow superman michael trustno1 passwort passphrase secret hello whatever freedom
starwars computer internet killer jordan pokemon batman charlie donald ginger summer winter spring autumn
flower cheese hunter soccer hockey ranger daniel andrew thomas robert jessica ashley nicole test guest root user
woaini woaiwojia woainima wodemima mima asdasd qweasd zhang wang 5201314 520 1314 7758521 666 888 8888 168 518
a123456 q1w2e3r4 qazwsx qwer1234 1q2w3e4r asdf1234 zxcvbnm caonima nihao zhongguo beijing shanghai
hangzhou guangzhou shenzhen yiwu alipay taobao tmall jingdong pinduoduo douyin weixin wechat zhifubao
dianpu wodedianpu xiaodian gongxifacai facai kebu crm shop mybook mystore shopify amazon ebay customer
changeme default correcthorsebatterystaple correct horse battery staple thequickbrownfoxjumpsoverthelazydog
tobeornottobethatisthequestion itwasthebestoftimes maytheforcebewithyou
密码 我的密码 客簿 我爱你 我爱我家 恭喜发财 生日快乐 中国 你好 店铺 我的店铺 淘宝 支付宝 天天向上 好好学习
床前明月光 疑是地上霜 举头望明月 低头思故乡 白日依山尽 黄河入海流 欲穷千里目 更上一层楼
春眠不觉晓 处处闻啼鸟 夜来风雨声 花落知多少 锄禾日当午 汗滴禾下土 谁知盘中餐 粒粒皆辛苦
海内存知己 天涯若比邻 但愿人长久 千里共婵娟 天生我材必有用 千金散尽还复来 人之初 性本善 学而时习之 不亦说乎
`)
