// Package mainland holds what the exports of the marketplaces of mainland China
// have in common: they write Beijing time and yuan without saying so.
package mainland

import "kebu/importers"

// Format begins a format of a marketplace.
func Format(platform, id string) *importers.Format {
	return &importers.Format{
		ID: platform + "." + id, Platform: platform, Locale: "zh-CN",
		Zone: "Asia/Shanghai", Currency: "CNY", Country: "CN", Decimal: '.',
	}
}
