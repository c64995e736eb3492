-- Whom a list that was asked for holds: numbers of customers, rising, each as what it
-- is more than the one before, as varints (encoding/binary).
ALTER TABLE approvals ADD COLUMN people BLOB; -- none: asked for before that was kept

-- Whom a list of the last day held that nobody had to approve.
CREATE TABLE handed (
  step   INTEGER PRIMARY KEY,
  people BLOB NOT NULL -- as above
) STRICT;
