-- Who has bought what: positive lines of purchases, of many customers in a row
-- (bought.go). It is made with the profiles, when there are none (remakeProfiles).

DROP TABLE bought;
CREATE TABLE bought (
  span INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;
DELETE FROM profiles;
