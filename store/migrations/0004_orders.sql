-- What lists of orders and the overview read. Profiles gain columns that only
-- the program can work out: it remakes those that are missing (remakeProfiles).

ALTER TABLE profiles ADD COLUMN first_day INTEGER;              -- days of the first and last purchase, in the book's zone
ALTER TABLE profiles ADD COLUMN last_day  INTEGER;
ALTER TABLE profiles ADD COLUMN previous  INTEGER;              -- the last purchase of an earlier day than the last
ALTER TABLE profiles ADD COLUMN months    TEXT NOT NULL DEFAULT ''; -- of purchases, like 2026-03, each closed and opened by U+001F
DELETE FROM profiles;

-- The orders of a customer that count, in a few bytes each (history.go).
CREATE TABLE histories (
  customer INTEGER PRIMARY KEY,
  body     BLOB NOT NULL
) STRICT;

-- Lists of orders by time, counted and added up without looking at the orders.
CREATE INDEX orders_placed ON orders (placed, shop, status, currency, purchase, gross, refunded, buyer);
CREATE INDEX orders_step ON orders (step);
