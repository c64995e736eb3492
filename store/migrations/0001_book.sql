-- The first version of a book's tables.
--
-- Times are milliseconds since 1970 (UTC), amounts ten-thousandths of a
-- currency unit, quantities millionths. BLOB columns named contact, address
-- and body hold sealed values (crypto/FORMAT.md); masks stand beside them.
-- Every row that a verb writes carries its step; the tables that end in _was
-- hold what a step changed or deleted, as it was before.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  step  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One change by one verb.
CREATE TABLE steps (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  verb      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  user      TEXT NOT NULL,
  undoes    INTEGER REFERENCES steps (id),
  undone_by INTEGER REFERENCES steps (id)
) STRICT;

-- The step being written, and whether it leaves before-images: taking a step
-- back leaves none, it is final.
CREATE TABLE writing (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  step   INTEGER NOT NULL,
  images INTEGER NOT NULL
) STRICT;
INSERT INTO writing (one, step, images) VALUES (1, 0, 1);

CREATE TABLE shops (
  id       INTEGER PRIMARY KEY,
  step     INTEGER NOT NULL,
  platform TEXT NOT NULL,
  name     TEXT NOT NULL,
  UNIQUE (platform, name)
) STRICT;

-- Column mappings made by hand, recognised again by their columns.
CREATE TABLE mappings (
  name TEXT NOT NULL PRIMARY KEY,
  step INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  step   INTEGER PRIMARY KEY REFERENCES steps (id),
  file   TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  shop   INTEGER NOT NULL,
  format TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX imports_sha256 ON imports (sha256);

CREATE TABLE products (
  id          INTEGER PRIMARY KEY,
  step        INTEGER NOT NULL,
  sku         TEXT NOT NULL,
  name        TEXT NOT NULL,
  variant     TEXT NOT NULL,
  sku_folded  TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  UNIQUE (sku, name, variant)
) STRICT;

CREATE TABLE customers (
  num  INTEGER PRIMARY KEY AUTOINCREMENT,
  id   BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  step INTEGER NOT NULL
) STRICT;

-- What orders tell of who bought, once per distinct telling.
CREATE TABLE buyers (
  num        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  print      BLOB NOT NULL UNIQUE,
  step       INTEGER NOT NULL,
  customer   INTEGER REFERENCES customers (num),
  platform   TEXT NOT NULL,
  account    TEXT NOT NULL,
  nick       TEXT NOT NULL,
  name_mask  TEXT NOT NULL,
  phone_mask TEXT NOT NULL,
  email_mask TEXT NOT NULL,
  contact    BLOB
) STRICT;
CREATE INDEX buyers_customer ON buyers (customer);

-- Keyed hashes of what joins buyers, or only hints (kind 5).
CREATE TABLE evidence (
  kind  INTEGER NOT NULL,
  token BLOB NOT NULL,
  buyer INTEGER NOT NULL REFERENCES buyers (num) ON DELETE CASCADE,
  PRIMARY KEY (kind, token, buyer)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_buyer ON evidence (buyer);

-- Where goods went, once per distinct recipient.
CREATE TABLE recipients (
  num         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  print       BLOB NOT NULL UNIQUE,
  step        INTEGER NOT NULL,
  country     TEXT NOT NULL,
  province    TEXT NOT NULL,
  city        TEXT NOT NULL,
  district    TEXT NOT NULL,
  name_mask   TEXT NOT NULL,
  phone_mask  TEXT NOT NULL,
  street_mask TEXT NOT NULL,
  contact     BLOB,
  address     BLOB
) STRICT;

CREATE TABLE orders (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  step       INTEGER NOT NULL,
  shop       INTEGER NOT NULL REFERENCES shops (id),
  number     TEXT NOT NULL,
  zone       TEXT NOT NULL,
  placed     INTEGER NOT NULL,
  paid       INTEGER NOT NULL,
  shipped    INTEGER NOT NULL,
  completed  INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  status     TEXT NOT NULL,
  raw_status TEXT NOT NULL,
  currency   TEXT NOT NULL,
  amount     INTEGER,
  refund     INTEGER,
  buyer      INTEGER REFERENCES buyers (num),
  recipient  INTEGER REFERENCES recipients (num),
  to_buyer   INTEGER NOT NULL, -- the recipient is the buyer
  purchase   INTEGER NOT NULL, -- these three follow from the rest
  gross      INTEGER NOT NULL,
  refunded   INTEGER NOT NULL,
  seen       BLOB,             -- keyed hash of the order as last imported
  UNIQUE (shop, number)
) STRICT;
CREATE INDEX orders_buyer ON orders (buyer, placed) WHERE buyer IS NOT NULL;
CREATE INDEX orders_recipient ON orders (recipient) WHERE recipient IS NOT NULL;

-- No foreign keys here: half a million lines an import make them dear; check
-- looks for lines without order or product.
CREATE TABLE lines (
  order_id INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  step     INTEGER NOT NULL,
  key      TEXT,             -- sub-order number; NULL: sku, price, occurrence
  summary  INTEGER NOT NULL,
  product  INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  price    INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  status   TEXT NOT NULL,
  refund   INTEGER,
  PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;

-- What buyer (kind 1) and seller (kind 2) wrote on an order.
CREATE TABLE messages (
  id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  step     INTEGER NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  kind     INTEGER NOT NULL,
  body     BLOB NOT NULL,
  UNIQUE (order_id, kind)
) STRICT, WITHOUT ROWID;

-- What people write of customers.
CREATE TABLE notes (
  id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  step     INTEGER NOT NULL,
  customer INTEGER NOT NULL REFERENCES customers (num),
  at       INTEGER NOT NULL,
  user     TEXT NOT NULL,
  body     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_customer ON notes (customer);

CREATE TABLE tags (
  customer INTEGER NOT NULL REFERENCES customers (num),
  folded   TEXT NOT NULL,
  step     INTEGER NOT NULL,
  tag      TEXT NOT NULL,
  PRIMARY KEY (customer, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE fields (
  id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  step     INTEGER NOT NULL,
  customer INTEGER NOT NULL REFERENCES customers (num),
  name     TEXT NOT NULL,
  body     BLOB NOT NULL,
  UNIQUE (customer, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments (
  folded TEXT NOT NULL PRIMARY KEY,
  step   INTEGER NOT NULL,
  name   TEXT NOT NULL,
  rule   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Personal values that left the masks: lists exported, profiles revealed.
CREATE TABLE disclosures (
  step     INTEGER PRIMARY KEY REFERENCES steps (id),
  kind     TEXT NOT NULL,
  purpose  TEXT NOT NULL,
  clear    INTEGER NOT NULL,
  columns  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  rows     INTEGER NOT NULL,
  sha256   BLOB
) STRICT;

-- What follows from orders and tags, remade when they change.
CREATE TABLE profiles (
  customer  INTEGER PRIMARY KEY,
  orders    INTEGER NOT NULL,
  purchases INTEGER NOT NULL,
  gross     INTEGER NOT NULL, -- gross, refunded and net in the book's currency
  refunded  INTEGER NOT NULL,
  net       INTEGER NOT NULL,
  first     INTEGER,          -- first and last purchase
  last      INTEGER,
  days      INTEGER NOT NULL, -- distinct purchase days
  country   TEXT,             -- folded for comparison; NULL when not known
  province  TEXT,
  city      TEXT,
  platforms TEXT NOT NULL,    -- folded, each closed and opened by U+001F
  tags      TEXT NOT NULL,
  place          INTEGER,     -- recipient that gave country, province, city
  name_buyer     INTEGER,     -- buyer that gave the name, or
  name_recipient INTEGER      -- recipient that did
) STRICT;

CREATE TABLE profile_money (
  customer INTEGER NOT NULL,
  currency TEXT NOT NULL,
  gross    INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  PRIMARY KEY (customer, currency)
) STRICT, WITHOUT ROWID;

-- Who has bought what: positive lines of purchases.
CREATE TABLE bought (
  customer INTEGER NOT NULL,
  product  INTEGER NOT NULL,
  PRIMARY KEY (customer, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX bought_product ON bought (product);

-- To whom a customer's orders went.
CREATE TABLE sent (
  customer  INTEGER NOT NULL,
  recipient INTEGER NOT NULL,
  PRIMARY KEY (customer, recipient)
) STRICT, WITHOUT ROWID;

-- Before-images: the step that changed or deleted a row, and the row as it was.

CREATE TABLE settings_was (
  by_step INTEGER NOT NULL,
  name       TEXT,
  value      TEXT,
  step       INTEGER,
  PRIMARY KEY (by_step, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX settings_was_row ON settings_was (name, by_step);
CREATE TRIGGER settings_update BEFORE UPDATE ON settings
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO settings_was (by_step, name, value, step)
  VALUES ((SELECT step FROM writing), OLD.name, OLD.value, OLD.step);
END;
CREATE TRIGGER settings_delete BEFORE DELETE ON settings
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO settings_was (by_step, name, value, step)
  VALUES ((SELECT step FROM writing), OLD.name, OLD.value, OLD.step);
END;

CREATE TABLE customers_was (
  by_step INTEGER NOT NULL,
  num        INTEGER,
  id         BLOB,
  step       INTEGER,
  PRIMARY KEY (by_step, num)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_was_row ON customers_was (num, by_step);
CREATE TRIGGER customers_update BEFORE UPDATE ON customers
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO customers_was (by_step, num, id, step)
  VALUES ((SELECT step FROM writing), OLD.num, OLD.id, OLD.step);
END;
CREATE TRIGGER customers_delete BEFORE DELETE ON customers
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO customers_was (by_step, num, id, step)
  VALUES ((SELECT step FROM writing), OLD.num, OLD.id, OLD.step);
END;

CREATE TABLE buyers_was (
  by_step INTEGER NOT NULL,
  num        INTEGER,
  id         BLOB,
  print      BLOB,
  step       INTEGER,
  customer   INTEGER,
  platform   TEXT,
  account    TEXT,
  nick       TEXT,
  name_mask  TEXT,
  phone_mask TEXT,
  email_mask TEXT,
  contact    BLOB,
  PRIMARY KEY (by_step, num)
) STRICT, WITHOUT ROWID;
CREATE INDEX buyers_was_row ON buyers_was (num, by_step);
CREATE TRIGGER buyers_update BEFORE UPDATE ON buyers
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO buyers_was (by_step, num, id, print, step, customer, platform, account, nick, name_mask, phone_mask, email_mask, contact)
  VALUES ((SELECT step FROM writing), OLD.num, OLD.id, OLD.print, OLD.step, OLD.customer, OLD.platform, OLD.account, OLD.nick, OLD.name_mask, OLD.phone_mask, OLD.email_mask, OLD.contact);
END;
CREATE TRIGGER buyers_delete BEFORE DELETE ON buyers
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO buyers_was (by_step, num, id, print, step, customer, platform, account, nick, name_mask, phone_mask, email_mask, contact)
  VALUES ((SELECT step FROM writing), OLD.num, OLD.id, OLD.print, OLD.step, OLD.customer, OLD.platform, OLD.account, OLD.nick, OLD.name_mask, OLD.phone_mask, OLD.email_mask, OLD.contact);
END;

CREATE TABLE orders_was (
  by_step INTEGER NOT NULL,
  id         INTEGER,
  step       INTEGER,
  shop       INTEGER,
  number     TEXT,
  zone       TEXT,
  placed     INTEGER,
  paid       INTEGER,
  shipped    INTEGER,
  completed  INTEGER,
  changed    INTEGER,
  status     TEXT,
  raw_status TEXT,
  currency   TEXT,
  amount     INTEGER,
  refund     INTEGER,
  buyer      INTEGER,
  recipient  INTEGER,
  to_buyer   INTEGER,
  purchase   INTEGER,
  gross      INTEGER,
  refunded   INTEGER,
  seen       BLOB,
  PRIMARY KEY (by_step, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_was_row ON orders_was (id, by_step);
CREATE TRIGGER orders_update BEFORE UPDATE ON orders
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO orders_was (by_step, id, step, shop, number, zone, placed, paid, shipped, completed, changed, status, raw_status, currency, amount, refund, buyer, recipient, to_buyer, purchase, gross, refunded, seen)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.shop, OLD.number, OLD.zone, OLD.placed, OLD.paid, OLD.shipped, OLD.completed, OLD.changed, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.refund, OLD.buyer, OLD.recipient, OLD.to_buyer, OLD.purchase, OLD.gross, OLD.refunded, OLD.seen);
END;
CREATE TRIGGER orders_delete BEFORE DELETE ON orders
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO orders_was (by_step, id, step, shop, number, zone, placed, paid, shipped, completed, changed, status, raw_status, currency, amount, refund, buyer, recipient, to_buyer, purchase, gross, refunded, seen)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.shop, OLD.number, OLD.zone, OLD.placed, OLD.paid, OLD.shipped, OLD.completed, OLD.changed, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.refund, OLD.buyer, OLD.recipient, OLD.to_buyer, OLD.purchase, OLD.gross, OLD.refunded, OLD.seen);
END;

CREATE TABLE lines_was (
  by_step INTEGER NOT NULL,
  order_id   INTEGER,
  n          INTEGER,
  step       INTEGER,
  key        TEXT,
  summary    INTEGER,
  product    INTEGER,
  quantity   INTEGER,
  price      INTEGER,
  amount     INTEGER,
  status     TEXT,
  refund     INTEGER,
  PRIMARY KEY (by_step, order_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_was_row ON lines_was (order_id, n, by_step);
CREATE TRIGGER lines_update BEFORE UPDATE ON lines
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO lines_was (by_step, order_id, n, step, key, summary, product, quantity, price, amount, status, refund)
  VALUES ((SELECT step FROM writing), OLD.order_id, OLD.n, OLD.step, OLD.key, OLD.summary, OLD.product, OLD.quantity, OLD.price, OLD.amount, OLD.status, OLD.refund);
END;
CREATE TRIGGER lines_delete BEFORE DELETE ON lines
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO lines_was (by_step, order_id, n, step, key, summary, product, quantity, price, amount, status, refund)
  VALUES ((SELECT step FROM writing), OLD.order_id, OLD.n, OLD.step, OLD.key, OLD.summary, OLD.product, OLD.quantity, OLD.price, OLD.amount, OLD.status, OLD.refund);
END;

CREATE TABLE messages_was (
  by_step INTEGER NOT NULL,
  id         BLOB,
  step       INTEGER,
  order_id   INTEGER,
  kind       INTEGER,
  body       BLOB,
  PRIMARY KEY (by_step, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_was_row ON messages_was (id, by_step);
CREATE TRIGGER messages_update BEFORE UPDATE ON messages
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO messages_was (by_step, id, step, order_id, kind, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.order_id, OLD.kind, OLD.body);
END;
CREATE TRIGGER messages_delete BEFORE DELETE ON messages
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO messages_was (by_step, id, step, order_id, kind, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.order_id, OLD.kind, OLD.body);
END;

CREATE TABLE notes_was (
  by_step INTEGER NOT NULL,
  id         BLOB,
  step       INTEGER,
  customer   INTEGER,
  at         INTEGER,
  user       TEXT,
  body       BLOB,
  PRIMARY KEY (by_step, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_was_row ON notes_was (id, by_step);
CREATE TRIGGER notes_update BEFORE UPDATE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body);
END;
CREATE TRIGGER notes_delete BEFORE DELETE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body);
END;

CREATE TABLE tags_was (
  by_step INTEGER NOT NULL,
  customer   INTEGER,
  folded     TEXT,
  step       INTEGER,
  tag        TEXT,
  PRIMARY KEY (by_step, customer, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_was_row ON tags_was (customer, folded, by_step);
CREATE TRIGGER tags_update BEFORE UPDATE ON tags
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO tags_was (by_step, customer, folded, step, tag)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.folded, OLD.step, OLD.tag);
END;
CREATE TRIGGER tags_delete BEFORE DELETE ON tags
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO tags_was (by_step, customer, folded, step, tag)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.folded, OLD.step, OLD.tag);
END;

CREATE TABLE fields_was (
  by_step INTEGER NOT NULL,
  id         BLOB,
  step       INTEGER,
  customer   INTEGER,
  name       TEXT,
  body       BLOB,
  PRIMARY KEY (by_step, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fields_was_row ON fields_was (id, by_step);
CREATE TRIGGER fields_update BEFORE UPDATE ON fields
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO fields_was (by_step, id, step, customer, name, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.name, OLD.body);
END;
CREATE TRIGGER fields_delete BEFORE DELETE ON fields
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO fields_was (by_step, id, step, customer, name, body)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.name, OLD.body);
END;

CREATE TABLE segments_was (
  by_step INTEGER NOT NULL,
  folded     TEXT,
  step       INTEGER,
  name       TEXT,
  rule       TEXT,
  PRIMARY KEY (by_step, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX segments_was_row ON segments_was (folded, by_step);
CREATE TRIGGER segments_update BEFORE UPDATE ON segments
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO segments_was (by_step, folded, step, name, rule)
  VALUES ((SELECT step FROM writing), OLD.folded, OLD.step, OLD.name, OLD.rule);
END;
CREATE TRIGGER segments_delete BEFORE DELETE ON segments
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO segments_was (by_step, folded, step, name, rule)
  VALUES ((SELECT step FROM writing), OLD.folded, OLD.step, OLD.name, OLD.rule);
END;
