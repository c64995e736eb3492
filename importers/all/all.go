// Package all lists the formats of every marketplace.
package all

import (
	"slices"

	"kebu/importers"
	"kebu/importers/alibaba"
	"kebu/importers/douyin"
	"kebu/importers/jd"
	"kebu/importers/kuaishou"
	"kebu/importers/pinduoduo"
	"kebu/importers/shopify"
	"kebu/importers/stripe"
	"kebu/importers/taobao"
	"kebu/importers/weidian"
	"kebu/importers/weixin"
	"kebu/importers/xiaohongshu"
	"kebu/importers/youzan"
)

// Formats returns the formats in the order of detection; the more special come
// first.
func Formats() []*importers.Format {
	return slices.Concat(
		taobao.Formats(),
		alibaba.Formats(),
		jd.Formats(),
		pinduoduo.Formats(),
		douyin.Formats(),
		kuaishou.Formats(),
		xiaohongshu.Formats(),
		weixin.Formats(),
		youzan.Formats(),
		weidian.Formats(),
		shopify.Formats(),
		stripe.Formats(),
	)
}
