// Package all lists the formats of every marketplace.
package all

import (
	"slices"

	"kebu/importers"
	"kebu/importers/douyin"
	"kebu/importers/pinduoduo"
	"kebu/importers/shopify"
	"kebu/importers/stripe"
	"kebu/importers/taobao"
)

// Formats returns the formats in the order of detection; the more special come
// first.
func Formats() []*importers.Format {
	return slices.Concat(taobao.Formats(), douyin.Formats(), pinduoduo.Formats(), shopify.Formats(),
		stripe.Formats())
}
