package usecase

import "kebu/store"

// What the verbs take and give that the store defines.
//
//nolint:revive // each is explained there
type (
	Account        = store.Account
	CheckReport    = store.CheckReport
	Clear          = store.Clear
	Contact        = store.Contact
	Customer       = store.Customer
	Event          = store.Event
	Favourite      = store.Favourite
	Field          = store.Field
	Habits         = store.Habits
	FirstSeen      = store.FirstSeen
	Kept           = store.Kept
	WrittenNote    = store.Note
	OrderDetail    = store.OrderDetail
	OrderRow       = store.OrderRow
	OrderSelection = store.OrderSelection
	OrderState     = store.OrderState
	OrderTotals    = store.OrderTotals
	Settings       = store.Settings
	Shop           = store.Shop
	ShopCount      = store.ShopCount
	Sort           = store.Sort
	Stats          = store.Stats
	StoredOrder    = store.StoredOrder
	TagCount       = store.TagCount
	Totals         = store.Totals
)

// Sorts names what customers can be sorted by.
var Sorts = store.Sorts
