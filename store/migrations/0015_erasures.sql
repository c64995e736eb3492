-- Who was erased. An erasure names nobody: random ids, and keyed hashes that the
-- import of an old file meets. The owner signs it, so that it can be kept outside the
-- book and put into one that is restored.
CREATE TABLE erasures (
  customer  BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16),
  body      TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Orders whose buyer was erased: no file tells who that was any more.
CREATE TABLE erased_orders (id INTEGER PRIMARY KEY) STRICT;
