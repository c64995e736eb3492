-- The buyer on whose customer something was written, 0 where the customer had none:
-- customers who were made one and are taken apart have each what was theirs. A tag
-- and a refusal stand once for each such buyer.
--
-- Of what is written already, that is the first buyer who was never another
-- customer's: those who came with one that was joined leave with it.

CREATE TABLE firsts (customer INTEGER PRIMARY KEY, buyer INTEGER NOT NULL) STRICT;
INSERT INTO firsts (customer, buyer) SELECT b.customer, min(b.num) FROM buyers AS b WHERE b.customer IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM buyers_was AS w WHERE w.num = b.num AND w.customer <> b.customer) GROUP BY b.customer;

DROP TRIGGER notes_update;
DROP TRIGGER notes_delete;
ALTER TABLE notes ADD COLUMN home INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes_was ADD COLUMN home INTEGER DEFAULT 0;
ALTER TABLE notes_undone ADD COLUMN home INTEGER DEFAULT 0;
UPDATE notes SET home = coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = notes.customer), 0);
UPDATE notes_was SET home = coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = notes_was.customer), 0);
CREATE TRIGGER notes_update BEFORE UPDATE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body, edited, pinned, due, settled, home)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body, OLD.edited, OLD.pinned, OLD.due, OLD.settled, OLD.home);
END;
CREATE TRIGGER notes_delete BEFORE DELETE ON notes
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO notes_was (by_step, id, step, customer, at, user, body, edited, pinned, due, settled, home)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.at, OLD.user, OLD.body, OLD.edited, OLD.pinned, OLD.due, OLD.settled, OLD.home);
END;

DROP TRIGGER fields_update;
DROP TRIGGER fields_delete;
ALTER TABLE fields ADD COLUMN home INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fields_was ADD COLUMN home INTEGER DEFAULT 0;
ALTER TABLE fields_undone ADD COLUMN home INTEGER DEFAULT 0;
UPDATE fields SET home = coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = fields.customer), 0);
UPDATE fields_was SET home = coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = fields_was.customer), 0);
CREATE TRIGGER fields_update BEFORE UPDATE ON fields
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO fields_was (by_step, id, step, customer, name, body, home)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.name, OLD.body, OLD.home);
END;
CREATE TRIGGER fields_delete BEFORE DELETE ON fields
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO fields_was (by_step, id, step, customer, name, body, home)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.customer, OLD.name, OLD.body, OLD.home);
END;

CREATE TABLE tags_new (
  customer INTEGER NOT NULL REFERENCES customers (num),
  folded   TEXT NOT NULL,
  home     INTEGER NOT NULL,
  step     INTEGER NOT NULL,
  tag      TEXT NOT NULL,
  PRIMARY KEY (customer, folded, home)
) STRICT, WITHOUT ROWID;
INSERT INTO tags_new (customer, folded, step, tag, home) SELECT customer, folded, step, tag, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = tags.customer), 0) FROM tags;
CREATE TABLE tags_was_new (
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  folded   TEXT,
  home     INTEGER,
  step     INTEGER,
  tag      TEXT,
  PRIMARY KEY (by_step, customer, folded, home)
) STRICT, WITHOUT ROWID;
INSERT INTO tags_was_new (by_step, customer, folded, step, tag, home) SELECT by_step, customer, folded, step, tag, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = tags_was.customer), 0) FROM tags_was;
CREATE TABLE tags_undone_new (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  folded   TEXT,
  home     INTEGER,
  step     INTEGER,
  tag      TEXT,
  PRIMARY KEY (by_undo, state, by_step, customer, folded, home)
) STRICT, WITHOUT ROWID;
INSERT INTO tags_undone_new (by_undo, state, by_step, customer, folded, step, tag, home) SELECT by_undo, state, by_step, customer, folded, step, tag, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = tags_undone.customer), 0) FROM tags_undone;
DROP TABLE tags;
DROP TABLE tags_was;
DROP TABLE tags_undone;
ALTER TABLE tags_new RENAME TO tags;
ALTER TABLE tags_was_new RENAME TO tags_was;
ALTER TABLE tags_undone_new RENAME TO tags_undone;
CREATE INDEX tags_was_row ON tags_was (customer, folded, home, by_step);
CREATE TRIGGER tags_update BEFORE UPDATE ON tags
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO tags_was (by_step, customer, folded, step, tag, home)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.folded, OLD.step, OLD.tag, OLD.home);
END;
CREATE TRIGGER tags_delete BEFORE DELETE ON tags
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO tags_was (by_step, customer, folded, step, tag, home)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.folded, OLD.step, OLD.tag, OLD.home);
END;

CREATE TABLE refusals_new (
  customer INTEGER NOT NULL REFERENCES customers (num),
  home     INTEGER NOT NULL,
  step     INTEGER NOT NULL,
  PRIMARY KEY (customer, home)
) STRICT, WITHOUT ROWID;
INSERT INTO refusals_new (customer, step, home) SELECT customer, step, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = refusals.customer), 0) FROM refusals;
CREATE TABLE refusals_was_new (
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  home     INTEGER,
  step     INTEGER,
  PRIMARY KEY (by_step, customer, home)
) STRICT, WITHOUT ROWID;
INSERT INTO refusals_was_new (by_step, customer, step, home) SELECT by_step, customer, step, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = refusals_was.customer), 0) FROM refusals_was;
CREATE TABLE refusals_undone_new (
  by_undo  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  by_step  INTEGER NOT NULL,
  customer INTEGER,
  home     INTEGER,
  step     INTEGER,
  PRIMARY KEY (by_undo, state, by_step, customer, home)
) STRICT, WITHOUT ROWID;
INSERT INTO refusals_undone_new (by_undo, state, by_step, customer, step, home) SELECT by_undo, state, by_step, customer, step, coalesce((SELECT f.buyer FROM firsts AS f WHERE f.customer = refusals_undone.customer), 0) FROM refusals_undone;
DROP TABLE refusals;
DROP TABLE refusals_was;
DROP TABLE refusals_undone;
ALTER TABLE refusals_new RENAME TO refusals;
ALTER TABLE refusals_was_new RENAME TO refusals_was;
ALTER TABLE refusals_undone_new RENAME TO refusals_undone;
CREATE INDEX refusals_was_row ON refusals_was (customer, home, by_step);
CREATE TRIGGER refusals_update BEFORE UPDATE ON refusals
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO refusals_was (by_step, customer, step, home)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.step, OLD.home);
END;
CREATE TRIGGER refusals_delete BEFORE DELETE ON refusals
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO refusals_was (by_step, customer, step, home)
  VALUES ((SELECT step FROM writing), OLD.customer, OLD.step, OLD.home);
END;

DROP TABLE firsts;
