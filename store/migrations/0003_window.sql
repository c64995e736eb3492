-- What the window needs to remember, and more of what people type.

-- What a user chose to see, such as the columns of a table: no step, and
-- nothing to take back.
CREATE TABLE choices (
  user  TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (user, name)
) STRICT, WITHOUT ROWID;

-- A note that a user began on a customer and has not saved.
CREATE TABLE drafts (
  customer INTEGER NOT NULL REFERENCES customers (num) ON DELETE CASCADE,
  user     TEXT NOT NULL,
  id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  body     BLOB NOT NULL,
  PRIMARY KEY (customer, user)
) STRICT, WITHOUT ROWID;

-- Customers who want no contact.
CREATE TABLE refusals (
  customer INTEGER NOT NULL PRIMARY KEY REFERENCES customers (num),
  step     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals_was (
  by_step INTEGER NOT NULL,
  customer   INTEGER,
  step       INTEGER,
  PRIMARY KEY (by_step, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX refusals_was_row ON refusals_was (customer, by_step);
CREATE TRIGGER refusals_update BEFORE UPDATE ON refusals
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO refusals_was (by_step, customer, step)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.step);
END;
CREATE TRIGGER refusals_delete BEFORE DELETE ON refusals
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO refusals_was (by_step, customer, step)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.step);
END;

-- Notes can be edited (0: never), pinned, due on a day (NULL: on none) and,
-- when due, settled.
ALTER TABLE notes ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN due INTEGER;
ALTER TABLE notes ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notes_due ON notes (due) WHERE due IS NOT NULL AND settled = 0;

ALTER TABLE notes_was ADD COLUMN edited INTEGER DEFAULT 0;
ALTER TABLE notes_was ADD COLUMN pinned INTEGER DEFAULT 0;
ALTER TABLE notes_was ADD COLUMN due INTEGER;
ALTER TABLE notes_was ADD COLUMN settled INTEGER DEFAULT 0;
DROP TRIGGER notes_update;
CREATE TRIGGER notes_update BEFORE UPDATE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body, edited, pinned, due, settled)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body, OLD.edited, OLD.pinned, OLD.due, OLD.settled);
END;
DROP TRIGGER notes_delete;
CREATE TRIGGER notes_delete BEFORE DELETE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body, edited, pinned, due, settled)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body, OLD.edited, OLD.pinned, OLD.due, OLD.settled);
END;

-- Whom a rule found on a day: bit n of the members is customer n.
CREATE TABLE memberships (
  rule    TEXT NOT NULL,
  day     INTEGER NOT NULL,
  members BLOB NOT NULL,
  PRIMARY KEY (rule, day)
) STRICT, WITHOUT ROWID;
