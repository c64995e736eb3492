package demo

// phrases are what people write, in one language.
type phrases struct{ message, gift, memo []string }

func phrasesIn(lang string) phrases {
	if lang == "en" {
		return phrases{
			message: []string{"Please deliver after six", "Same tea as last time, please", "Leave it with the porter", "Could you pack the cups well? Two broke last year", "No invoice needed"},
			gift:    []string{"A present, please leave out the bill", "For a birthday, a card would be lovely", "Please gift-wrap"},
			memo:    []string{"Asked for a roast one grade darker", "Sent by express, promised for Friday", "Regular: add a sample", "Called: cup was chipped, sent a new one"},
		}
	}
	return phrases{
		message: []string{"下班后送，白天家里没人", "要和上次一样的茶", "放门口就行，谢谢", "杯子请包好一点，上次碎了两个", "不用发票"},
		gift:    []string{"送人的，别放价格单", "生日礼物，麻烦写张卡片", "请用礼盒包装"},
		memo:    []string{"想要焙火重一点的", "已换顺丰，答应周五到", "老客，送一包小样", "来电说杯口有磕，已补发"},
	}
}
