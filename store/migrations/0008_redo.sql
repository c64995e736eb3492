-- Redo. Taking a step back keeps what it took until something else changes: each
-- row as it was before (state 1) and after (state 0), or, of rows that went with
-- many others, only as it was before (state 2). Where one is missing, there was
-- no row. by_step tells images from today's rows, which have 0. Sealed values
-- stand as they were, and fit the same row alone.

ALTER TABLE steps ADD COLUMN redoable INTEGER NOT NULL DEFAULT 0; -- an undo of which the rows are kept
ALTER TABLE steps ADD COLUMN rows     INTEGER NOT NULL DEFAULT 0; -- orders, customers or what else the step was for; 0: not known
CREATE INDEX steps_redoable ON steps (id) WHERE redoable;

CREATE TABLE settings_undone (
  by_undo INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  by_step INTEGER NOT NULL,
  name    TEXT,
  value   TEXT,
  step    INTEGER,
  PRIMARY KEY (by_undo, state, by_step, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE shops_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  id       INTEGER,
  step     INTEGER,
  platform TEXT,
  name     TEXT,
  PRIMARY KEY (by_undo, state, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE products_undone (
  by_undo     INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  id          INTEGER,
  step        INTEGER,
  sku         TEXT,
  name        TEXT,
  variant     TEXT,
  sku_folded  TEXT,
  name_folded TEXT,
  PRIMARY KEY (by_undo, state, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipients_undone (
  by_undo     INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  num         INTEGER,
  id          BLOB,
  print       BLOB,
  step        INTEGER,
  country     TEXT,
  province    TEXT,
  city        TEXT,
  district    TEXT,
  name_mask   TEXT,
  phone_mask  TEXT,
  street_mask TEXT,
  contact     BLOB,
  address     BLOB,
  PRIMARY KEY (by_undo, state, num)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers_undone (
  by_undo INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  by_step INTEGER NOT NULL,
  num     INTEGER,
  id      BLOB,
  step    INTEGER,
  PRIMARY KEY (by_undo, state, by_step, num)
) STRICT, WITHOUT ROWID;

CREATE TABLE buyers_undone (
  by_undo    INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  by_step    INTEGER NOT NULL,
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
  PRIMARY KEY (by_undo, state, by_step, num)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_undone (
  by_undo INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  kind    INTEGER,
  token   BLOB,
  buyer   INTEGER,
  PRIMARY KEY (by_undo, state, kind, token, buyer)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders_undone (
  by_undo    INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  by_step    INTEGER NOT NULL,
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
  phone_until INTEGER, -- that orders have from version 9
  PRIMARY KEY (by_undo, state, by_step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lines_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  order_id INTEGER,
  n        INTEGER,
  step     INTEGER,
  key      TEXT,
  summary  INTEGER,
  product  INTEGER,
  quantity INTEGER,
  price    INTEGER,
  amount   INTEGER,
  status   TEXT,
  refund   INTEGER,
  PRIMARY KEY (by_undo, state, by_step, order_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  id       BLOB,
  step     INTEGER,
  order_id INTEGER,
  kind     INTEGER,
  body     BLOB,
  PRIMARY KEY (by_undo, state, by_step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments_undone (
  by_undo    INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  by_step    INTEGER NOT NULL,
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
  PRIMARY KEY (by_undo, state, by_step, shop, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  id       BLOB,
  step     INTEGER,
  customer INTEGER,
  at       INTEGER,
  user     TEXT,
  body     BLOB,
  edited   INTEGER,
  pinned   INTEGER,
  due      INTEGER,
  settled  INTEGER,
  PRIMARY KEY (by_undo, state, by_step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  folded   TEXT,
  step     INTEGER,
  tag      TEXT,
  PRIMARY KEY (by_undo, state, by_step, customer, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE fields_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  id       BLOB,
  step     INTEGER,
  customer INTEGER,
  name     TEXT,
  body     BLOB,
  PRIMARY KEY (by_undo, state, by_step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  step     INTEGER,
  PRIMARY KEY (by_undo, state, by_step, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments_undone (
  by_undo INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  by_step INTEGER NOT NULL,
  folded  TEXT,
  step    INTEGER,
  name    TEXT,
  rule    TEXT,
  PRIMARY KEY (by_undo, state, by_step, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE mappings_undone (
  by_undo INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  by_step INTEGER NOT NULL,
  name    TEXT,
  step    INTEGER,
  body    TEXT,
  PRIMARY KEY (by_undo, state, by_step, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions_undone (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  decision INTEGER,
  side     INTEGER,
  kind     INTEGER,
  token    BLOB,
  step     INTEGER,
  same     INTEGER,
  PRIMARY KEY (by_undo, state, by_step, decision, side, kind, token)
) STRICT, WITHOUT ROWID;
