-- Movements of money as payment processors and settlements tell them. They
-- count in no figure of orders or customers. Which order one belongs to follows
-- from the numbers it names (payments.go), so that the order of imports does
-- not matter.

CREATE TABLE payments (
  shop       INTEGER NOT NULL REFERENCES shops (id),
  number     TEXT NOT NULL,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  step       INTEGER NOT NULL,
  order_no   TEXT NOT NULL,
  parent     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  status     TEXT NOT NULL,
  raw_status TEXT NOT NULL,
  currency   TEXT NOT NULL,
  amount     INTEGER,
  fee        INTEGER,
  refund     INTEGER,
  name_mask  TEXT NOT NULL,
  email_mask TEXT NOT NULL,
  contact    BLOB,
  PRIMARY KEY (shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_order ON payments (order_no) WHERE order_no <> '';
CREATE INDEX payments_parent ON payments (parent) WHERE parent <> '';
CREATE INDEX payments_step ON payments (step);

CREATE TABLE payments_was (
  by_step INTEGER NOT NULL,
  shop       INTEGER,
  number     TEXT,
  id         BLOB,
  step       INTEGER,
  order_no   TEXT,
  parent     TEXT,
  at         INTEGER,
  kind       TEXT,
  status     TEXT,
  raw_status TEXT,
  currency   TEXT,
  amount     INTEGER,
  fee        INTEGER,
  refund     INTEGER,
  name_mask  TEXT,
  email_mask TEXT,
  contact    BLOB,
  PRIMARY KEY (by_step, shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_was_row ON payments_was (shop, number, by_step);
CREATE TRIGGER payments_update BEFORE UPDATE ON payments
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO payments_was (by_step, shop, number, id, step, order_no, parent, at, kind, status, raw_status, currency, amount, fee, refund, name_mask, email_mask, contact)
  VALUES ((SELECT step FROM writing), OLD.shop, OLD.number, OLD.id, OLD.step, OLD.order_no, OLD.parent, OLD.at, OLD.kind, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.fee, OLD.refund, OLD.name_mask, OLD.email_mask, OLD.contact);
END;
CREATE TRIGGER payments_delete BEFORE DELETE ON payments
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO payments_was (by_step, shop, number, id, step, order_no, parent, at, kind, status, raw_status, currency, amount, fee, refund, name_mask, email_mask, contact)
  VALUES ((SELECT step FROM writing), OLD.shop, OLD.number, OLD.id, OLD.step, OLD.order_no, OLD.parent, OLD.at, OLD.kind, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.fee, OLD.refund, OLD.name_mask, OLD.email_mask, OLD.contact);
END;
