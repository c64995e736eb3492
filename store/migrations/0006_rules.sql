-- What rules about products and about foreign sums read. Both are remade with the
-- profiles (remakeProfiles).

ALTER TABLE profiles ADD COLUMN sums TEXT NOT NULL DEFAULT ''; -- those not in the book's currency (foreignSums)
DELETE FROM profiles;

-- Who has bought what: positive lines of purchases, of many customers in a row (bought.go).
DROP TABLE bought;
CREATE TABLE bought (
  span INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;
