package access

// Of returns the field of what rules, sorts, filters and columns name, "" for a name
// that none of them has.
func Of(name string) Field { return named[name] }

// named are the names by which lists know what they hold and rules what they ask.
var named = map[string]Field{
	"id": Account, "account": Account, "accounts": Account, "platform": Account,
	"name": Name, "customer": Name,
	"phone": Phone, "email": Phone,
	"address": Street,
	"country": Place, "province": Place, "city": Place, "district": Place,

	"orders": Facts, "purchases": Facts, "first_purchase": Facts, "last_purchase": Facts, "previous_purchase": Facts,
	"month": Facts, "interval": Facts, "late_by": Facts, "overdue": Facts, "sku": Facts, "product": Facts, "favourite": Facts,
	"number": Facts, "shop": Facts, "placed": Facts, "status": Facts, "goods": Facts, "nobody": Facts, "import": Facts,

	"gross": Amount, "refunded": Amount, "net": Amount, "paid": Amount,
	"alias": Writing, "last_note": Writing,
	"tag": Tag, "tags": Tag,
}
