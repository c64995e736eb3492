-- What long lists are sorted by: profiles hold the sort keys of names and
-- accounts (collate.go), and places by their numbers. All of it is made with the
-- profiles, when there are none (remakeProfiles).

CREATE TABLE places (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE -- a country, province or city, folded for comparison
) STRICT;

DROP TABLE profiles;
CREATE TABLE profiles (
  customer  INTEGER PRIMARY KEY,
  orders    INTEGER NOT NULL,
  purchases INTEGER NOT NULL,
  gross     INTEGER NOT NULL, -- gross, refunded and net in the book's currency
  refunded  INTEGER NOT NULL,
  net       INTEGER NOT NULL,
  first     INTEGER,          -- first and last purchase
  last      INTEGER,
  previous  INTEGER,          -- the last purchase of an earlier day than the last
  days      INTEGER NOT NULL, -- distinct purchase days
  first_day INTEGER,          -- days of the first and last purchase, in the book's zone
  last_day  INTEGER,
  country   INTEGER,          -- of places; NULL when not known
  province  INTEGER,
  city      INTEGER,
  name_order    BLOB,         -- sort keys of what is shown; NULL when nothing is
  account_order BLOB,
  platforms TEXT NOT NULL,    -- folded, each closed and opened by U+001F
  tags      TEXT NOT NULL,
  months    TEXT NOT NULL,    -- of purchases, like 2026-03, likewise
  place          INTEGER,     -- recipient that gave country, province, city
  name_buyer     INTEGER,     -- buyer that gave the name, or
  name_recipient INTEGER      -- recipient that did
) STRICT;

-- Sums in other currencies than the book's, of many customers in a row (spans.go).
CREATE TABLE foreign_sums (
  span INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

-- Files with people in them that are being written beside their place. What a
-- crash leaves of them goes when the book is opened next.
CREATE TABLE unfinished (
  file TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
