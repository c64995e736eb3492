// Package all lists the formats of every marketplace.
package all

import (
	"slices"

	"kebu/importers"
	"kebu/importers/alibaba"
	"kebu/importers/aliexpress"
	"kebu/importers/amazon"
	"kebu/importers/bigcommerce"
	"kebu/importers/douyin"
	"kebu/importers/ebay"
	"kebu/importers/etsy"
	"kebu/importers/jd"
	"kebu/importers/kuaishou"
	"kebu/importers/lazada"
	"kebu/importers/magento"
	"kebu/importers/mercadolibre"
	"kebu/importers/momo"
	"kebu/importers/ninetyoneapp"
	"kebu/importers/paypal"
	"kebu/importers/pinduoduo"
	"kebu/importers/prestashop"
	"kebu/importers/shein"
	"kebu/importers/shopee"
	"kebu/importers/shopify"
	"kebu/importers/square"
	"kebu/importers/squarespace"
	"kebu/importers/stripe"
	"kebu/importers/taobao"
	"kebu/importers/temu"
	"kebu/importers/tiktok"
	"kebu/importers/walmart"
	"kebu/importers/weidian"
	"kebu/importers/weixin"
	"kebu/importers/wix"
	"kebu/importers/woocommerce"
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
		woocommerce.Formats(),
		squarespace.Formats(),
		bigcommerce.Formats(),
		wix.Formats(),
		magento.Formats(),
		prestashop.Formats(),
		square.Formats(),
		paypal.Formats(),
		stripe.Formats(),
		aliexpress.Formats(),
		amazon.Formats(),
		ebay.Formats(),
		etsy.Formats(),
		lazada.Formats(),
		mercadolibre.Formats(),
		momo.Formats(),
		ninetyoneapp.Formats(),
		shein.Formats(),
		shopee.Formats(),
		temu.Formats(),
		tiktok.Formats(),
		walmart.Formats(),
	)
}
