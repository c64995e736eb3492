-- The log of what was done (crypto/evidence). It is outside the journal: what is
-- taken back was done all the same, and is only added to.

CREATE TABLE log (
  n      INTEGER PRIMARY KEY,
  entry  TEXT NOT NULL, -- in its one form, without personal data
  hashes BLOB NOT NULL  -- of the leaf and of the subtrees that it completes
) STRICT;
CREATE TRIGGER log_insert BEFORE INSERT ON log WHEN NEW.n <> (SELECT coalesce(max(n), -1) + 1 FROM log)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;

-- A user's key in a role, from the login n on.
CREATE TABLE log_users (
  n    INTEGER PRIMARY KEY REFERENCES log (n),
  key  BLOB NOT NULL CHECK (length(key) = 32),
  name TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_users_update BEFORE UPDATE ON log_users
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_users_delete BEFORE DELETE ON log_users
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;

-- What opens the commitments of entries, and what they are to. Without its row an
-- entry is linked to nobody.
CREATE TABLE openings (
  n      INTEGER PRIMARY KEY REFERENCES log (n),
  sealed BLOB NOT NULL -- key and payload, as text
) STRICT;
CREATE TRIGGER openings_update BEFORE UPDATE ON openings
BEGIN SELECT RAISE(ABORT, 'an opening is kept or forgotten'); END;

-- The customers whom an opening tells of: it goes when one of them does.
CREATE TABLE opening_customers (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  n        INTEGER NOT NULL REFERENCES openings (n) ON DELETE CASCADE,
  PRIMARY KEY (customer, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_customers_n ON opening_customers (n);

CREATE TABLE checkpoints (
  id    INTEGER PRIMARY KEY,
  size  INTEGER NOT NULL,
  text  TEXT NOT NULL, -- the signed note
  stamp BLOB           -- a time stamp on it (RFC 3161), once somebody brings one
) STRICT;
CREATE TRIGGER checkpoints_update BEFORE UPDATE ON checkpoints
WHEN OLD.stamp IS NOT NULL OR NEW.id <> OLD.id OR NEW.size <> OLD.size OR NEW.text <> OLD.text
BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
CREATE TRIGGER checkpoints_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
