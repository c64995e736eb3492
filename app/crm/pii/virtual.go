package pii

import "strings"

// VirtualMask reports whether a mask that MaskPhone made is that of a virtual
// number: a mainland Chinese mobile with an extension, which a marketplace
// gives out for one order. It stops leading to the buyer days after the order
// is done (Taobao: 15), and is no way to reach anybody about something else.
func VirtualMask(mask string) bool {
	return strings.HasPrefix(mask, maskedMobile) && strings.HasSuffix(mask, "-"+hidden)
}

// maskedMobile begins the mask of a mainland Chinese mobile.
const maskedMobile = "*******"
