package pii

import (
	"slices"
	"strings"
	"unicode"
)

// relayDomains are those, with all below them, whose addresses a marketplace
// or a mail service makes up to stand before the buyer's own. Some change from
// order to order; none is the person's.
var relayDomains = []string{
	"privaterelay.appleid.com", // Sign in with Apple
	"relay.walmart.com",        // Walmart
	"shipping.temuemail.com",   // Temu, with a region before it
	"scs.tiktokw.us",           // TikTok Shop
	"notification.mirakl.net",  // Mirakl marketplaces, with a region before it
	"private-relay.reverb.com", // Reverb
	"members.kaufland.de",      // Kaufland
	"mail.codisto.com",         // Codisto, from Amazon and eBay to Shopify
	"mozmail.com",              // Firefox Relay
	"no-reply.com",             // written by shops that have no address
}

// relayNames are domains that a marketplace has under the endings of many
// countries: marketplace.amazon.co.uk, members.ebay.de.
var relayNames = []string{"marketplace.amazon.", "members.ebay."}

// placeholders are local parts that people type where an address is required.
var placeholders = []string{"na", "no", "none", "noemail", "no-email", "nomail", "noreply", "no-reply", "donotreply", "do-not-reply"}

// Email returns an address as it is compared, trimmed, in ordinary width and
// lower case, and whether it is one person's own: complete, and no relay
// address, placeholder or mask.
func Email(raw string) (address string, own bool) {
	address = Fold(strings.TrimSpace(raw))
	local, domain, whole := cutEmail(address)
	if !whole || Masked(address) || slices.Contains(placeholders, local) {
		return "", false
	}
	for _, name := range relayNames {
		if strings.HasPrefix(domain, name) || strings.Contains(domain, "."+name) {
			return "", false
		}
	}
	for _, relay := range relayDomains {
		if domain == relay || strings.HasSuffix(domain, "."+relay) {
			return "", false
		}
	}
	return address, true
}

// LooksLikeEmail reports whether an account is an e-mail address, a relay's
// too.
func LooksLikeEmail(account string) bool {
	_, _, whole := cutEmail(Fold(strings.TrimSpace(account)))
	return whole
}

// cutEmail splits an address, if it is one by form: the dot-atoms of RFC 5322
// with the lengths of RFC 5321, letters of any script, a domain of at least
// two labels.
func cutEmail(address string) (local, domain string, whole bool) {
	const longest, longestLocal, longestLabel = 254, 64, 63
	local, domain, found := strings.Cut(address, "@")
	if !found || local == "" || len(local) > longestLocal || len(address) > longest {
		return "", "", false
	}
	if strings.ContainsFunc(local, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", r) }) {
		return "", "", false
	}
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if l == "" || len(l) > longestLabel || strings.ContainsFunc(l, func(r rune) bool { return !isWordRune(r) && r != '-' }) {
			return "", "", false
		}
	}
	return local, domain, len(labels) > 1
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
