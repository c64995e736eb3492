-- What people decided of customers: that some are the same person, or that two
-- are different ones. A row is one name of one of them: evidence, or the print
-- of a buyer (kind 0). Evidence outlasts the rows of buyers and customers, so
-- that a decision holds whatever is imported, and taken back, afterwards.

CREATE TABLE decisions (
  decision INTEGER NOT NULL, -- the step that made it; a newer one outranks older ones
  side     INTEGER NOT NULL, -- which of the customers, from 0
  kind     INTEGER NOT NULL,
  token    BLOB NOT NULL,
  step     INTEGER NOT NULL,
  same     INTEGER NOT NULL,
  PRIMARY KEY (decision, side, kind, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_token ON decisions (kind, token);

CREATE TABLE decisions_was (
  by_step INTEGER NOT NULL,
  decision   INTEGER,
  side       INTEGER,
  kind       INTEGER,
  token      BLOB,
  step       INTEGER,
  same       INTEGER,
  PRIMARY KEY (by_step, decision, side, kind, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_was_row ON decisions_was (decision, side, kind, token, by_step);
CREATE TRIGGER decisions_update BEFORE UPDATE ON decisions
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO decisions_was (by_step, decision, side, kind, token, step, same)
  VALUES ((SELECT step FROM writing), OLD.decision, OLD.side, OLD.kind, OLD.token, OLD.step, OLD.same);
END;
CREATE TRIGGER decisions_delete BEFORE DELETE ON decisions
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO decisions_was (by_step, decision, side, kind, token, step, same)
  VALUES ((SELECT step FROM writing), OLD.decision, OLD.side, OLD.kind, OLD.token, OLD.step, OLD.same);
END;
