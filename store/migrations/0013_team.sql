-- Who may open the book and what they hold stands in its header. Here is what
-- only the program keeps.

-- To which epoch of the index key the tags of the book belong, and whether values
-- are being sealed anew.
CREATE TABLE sealing (
  only        INTEGER PRIMARY KEY CHECK (only = 1),
  index_epoch INTEGER NOT NULL,
  anew        INTEGER NOT NULL
) STRICT;
INSERT INTO sealing VALUES (1, 1, 0);
DROP TRIGGER openings_update;
CREATE TRIGGER openings_update BEFORE UPDATE ON openings WHEN NOT (SELECT anew FROM sealing)
BEGIN SELECT RAISE(ABORT, 'an opening is kept or forgotten'); END;

-- The owner's rules, signed by the owner.
CREATE TABLE house (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  body      TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;

-- What a step did to a user.
CREATE TABLE team (
  step   INTEGER PRIMARY KEY,
  person INTEGER NOT NULL, -- the user's number in the header
  name   TEXT NOT NULL,
  role   TEXT NOT NULL
) STRICT;

-- Lists in clear that somebody asked for. A digest says what list: its rule,
-- columns and purpose.
CREATE TABLE approvals (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  digest  BLOB NOT NULL,
  at      INTEGER NOT NULL,
  person  INTEGER NOT NULL,
  user    TEXT NOT NULL,
  rows    INTEGER NOT NULL,
  rule    TEXT NOT NULL,
  columns TEXT NOT NULL,
  purpose TEXT NOT NULL,
  verdict TEXT NOT NULL DEFAULT '', -- yes, no; '': none yet
  decided INTEGER NOT NULL DEFAULT 0,
  decider TEXT NOT NULL DEFAULT '',
  used    INTEGER NOT NULL DEFAULT 0 -- the step that made the list
) STRICT;
