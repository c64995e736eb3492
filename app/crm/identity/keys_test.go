package identity_test

import (
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
)

// TestWhatHoldsOnEachPlatform is the evidence model: which keys of a platform's
// exports tell its buyers apart, and which never join them. Of an order that
// says no more, a customer is known only where some key holds.
func TestWhatHoldsOnEachPlatform(t *testing.T) {
	const street = "虚构路 1 号"
	buyer := func(b crm.Buyer) crm.Order { return crm.Order{Buyer: b} }
	recipient := func(r crm.Recipient, isBuyer bool) crm.Order {
		return crm.Order{Recipient: r, RecipientIsBuyer: isBuyer}
	}
	phone := func(s string) crm.Order { return buyer(crm.Buyer{Phone: pii.New(s)}) }
	email := func(s string) crm.Order { return buyer(crm.Buyer{Email: pii.New(s)}) }
	to := func(name, phone string) crm.Recipient {
		return crm.Recipient{Name: pii.New(name), Phone: pii.New(phone), Country: "CN", City: "杭州市", Street: pii.New(street)}
	}
	for _, c := range []struct {
		platform, what string
		order          crm.Order
		want           string // kinds, strongest first
	}{
		{"taobao", "member name of the years before 2021", buyer(crm.Buyer{Nick: "海边的猫"}), "nick"},
		{"taobao", "masked member name", buyer(crm.Buyer{Nick: "海**"}), ""},
		{"taobao", "OAID", buyer(crm.Buyer{ID: "1zbAcDXyW0PqL3n8"}), "account"},
		{"taobao", "virtual number", recipient(to("张伟", "15400001234-5678"), true), ""},
		{"taobao", "full phone of a recipient who is the buyer", recipient(to("张伟", "15400001234"), true), "phone"},
		{"alibaba", "member name", buyer(crm.Buyer{Nick: "某某公司"}), "nick"},
		{"jd", "account", buyer(crm.Buyer{ID: "jd_7f3a"}), "account"},
		{"jd", "phone of first digit and last four", recipient(to("张伟", "1******1234"), true), ""},
		{"pinduoduo", "masked phone", recipient(to("张*", "1540000****"), true), ""},
		{"pinduoduo", "name and address alone", recipient(to("张伟", ""), true), ""},
		{"douyin", "open id", buyer(crm.Buyer{ID: "AAE1x9"}), "account"},
		{"douyin", "cipher of a recipient", recipient(to("##8fQ2", "$$aB3+"), true), ""},
		{"douyin", "virtual number", recipient(to("李雷", "15400004321-0001"), true), ""},
		{"kuaishou", "starred recipient", recipient(to("李*", "154****4321"), true), ""},
		{"xiaohongshu", "user number", buyer(crm.Buyer{ID: "5f2e"}), "account"},
		{"weixin", "full phone", recipient(to("王芳", "15400007777"), true), "phone"},
		{"weixin", "phone of someone else who receives it", recipient(to("王芳", "15400007777"), false), ""},
		{"weixin", "openid", buyer(crm.Buyer{ID: "oX3d-9"}), "account"},
		{"youzan", "phone and nick", buyer(crm.Buyer{Nick: "茶客", Phone: pii.New("15400008888")}), "nick phone"},
		{"youzan", "phone of which two digits show", phone("154******05"), ""},
		{"weidian", "account that is a phone", buyer(crm.Buyer{ID: "15400009999", Phone: pii.New("15400009999")}), "account phone"},
		{"shopify", "e-mail and phone", buyer(crm.Buyer{Email: pii.New(" Ada@Example.TEST "), Phone: pii.New("+1 202-456-1414")}), "phone email"},
		{"shopify", "relay of Apple", email("x7f@privaterelay.appleid.com"), ""},
		{"shopify", "address that a shop without one writes", email("pos@no-reply.com"), ""},
		{"woocommerce", "e-mail", email("otis@example.test"), "email"},
		{"amazon", "alias of the buyer, which is no mailbox", email("a1b2c3@marketplace.amazon.co.uk"), ""},
		{"amazon", "alias given as the buyer's id", buyer(crm.Buyer{ID: "a1b2c3@marketplace.amazon.de"}), "account"},
		{"ebay", "user name", buyer(crm.Buyer{Nick: "tea-lover"}), "nick"},
		{"ebay", "relay", email("x1y2@members.ebay.com"), ""},
		{"etsy", "buyer id", buyer(crm.Buyer{ID: "884411"}), "account"},
		{"shopee", "user name", buyer(crm.Buyer{Nick: "lin_88"}), "nick"},
		{"tiktok", "starred user name", buyer(crm.Buyer{Nick: "t***8"}), ""},
		{"tiktok", "relay", email("v@scs.tiktokw.us"), ""},
		{"temu", "relay", email("r1@us.shipping.temuemail.com"), ""},
		{"walmart", "relay", email("q@relay.walmart.com"), ""},
		{"stripe", "customer", buyer(crm.Buyer{ID: "cus_N4f", Email: pii.New("yara@example.test")}), "account email"},
		{"any", "landline of an office", phone("0571-88880000"), ""},
		{"any", "number typed because one was asked for", phone("13800138000"), ""},
		{"any", "word typed because an address was asked for", email("noemail@example.test"), ""},
	} {
		t.Run(c.platform+", "+c.what, func(t *testing.T) {
			c.order.Platform = c.platform
			var kinds []string
			for _, e := range identity.Of(&c.order) {
				kinds = append(kinds, map[identity.Kind]string{
					identity.Account: "account", identity.Nick: "nick", identity.Phone: "phone", identity.Email: "email", identity.Hint: "hint",
				}[e.Kind])
			}
			kinds = slices.DeleteFunc(kinds, func(k string) bool { return k == "hint" })
			if got := strings.Join(kinds, " "); got != c.want {
				t.Errorf("holds %q, want %q", got, c.want)
			}
		})
	}
}
