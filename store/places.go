package store

import (
	"context"
	"database/sql"

	"kebu/app/crm"
	"kebu/app/crm/region"
)

// placeIndex numbers the places of profiles.
type placeIndex struct {
	nums  map[string]int64
	next  int64
	rows  *bulk
	known map[where]whereNums
}

// where is a place as an order tells it.
type where struct {
	country string
	region.Place
}

// whereNums are its numbers, NULL for what is blank.
type whereNums struct{ country, province, city, district sql.NullInt64 }

func (t *Tx) newPlaceIndex(ctx context.Context) (*placeIndex, error) {
	x := &placeIndex{nums: map[string]int64{}, next: 1, rows: t.newBulk(`places (id, text)`), known: map[where]whereNums{}}
	return x, t.each(ctx, "list places", func(r *sql.Rows) error {
		var id int64
		var text string
		if err := r.Scan(&id, &text); err != nil {
			return err
		}
		x.nums[text] = id
		x.next = max(x.next, id+1)
		return nil
	}, `SELECT id, text FROM places`)
}

// of returns the numbers of a place, in the names of crm.Place.
func (x *placeIndex) of(ctx context.Context, w where) (whereNums, error) {
	n, known := x.known[w]
	if known {
		return n, nil
	}
	p := region.Settle(w.Place)
	for _, part := range []struct {
		num  *sql.NullInt64
		text string
	}{
		{&n.country, crm.Fold(w.country)},
		{&n.province, region.Key(p.Province)},
		{&n.city, region.Key(p.City)},
		{&n.district, region.Key(p.District)},
	} {
		var err error
		if *part.num, err = x.num(ctx, part.text); err != nil {
			return n, err
		}
	}
	x.known[w] = n
	return n, nil
}

// num returns the number of a text, NULL for a blank one.
func (x *placeIndex) num(ctx context.Context, text string) (sql.NullInt64, error) {
	if text == "" {
		return sql.NullInt64{}, nil
	}
	n, known := x.nums[text]
	if !known {
		n = x.next
		x.next++
		x.nums[text] = n
		if err := x.rows.add(ctx, n, text); err != nil {
			return sql.NullInt64{}, err
		}
	}
	return sql.NullInt64{Int64: n, Valid: true}, nil
}

// sweepPlaces removes the places of no profile.
func (t *Tx) sweepPlaces(ctx context.Context) error {
	return t.exec(ctx, "sweep places", `DELETE FROM places WHERE id NOT IN (
		SELECT country FROM profiles WHERE country IS NOT NULL UNION SELECT province FROM profiles WHERE province IS NOT NULL
		UNION SELECT city FROM profiles WHERE city IS NOT NULL UNION SELECT district FROM profiles WHERE district IS NOT NULL)`)
}
