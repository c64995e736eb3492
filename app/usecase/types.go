package usecase

import "kebu/store"

// What the verbs take and give that the store defines.
type (
	Account     = store.Account
	CheckReport = store.CheckReport
	Clear       = store.Clear
	Customer    = store.Customer
	Event       = store.Event
	Favourite   = store.Favourite
	Field       = store.Field
	Kept        = store.Kept
	WrittenNote = store.Note
	Settings    = store.Settings
	Sort        = store.Sort
	Stats       = store.Stats
	StoredOrder = store.StoredOrder
	TagCount    = store.TagCount
	Totals      = store.Totals
)
