-- What is recorded of a list that left the book: the kind of its purpose, the
-- columns that were in clear, and the name of the file.
ALTER TABLE disclosures ADD COLUMN purpose_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE disclosures ADD COLUMN clear_columns TEXT NOT NULL DEFAULT '';
ALTER TABLE disclosures ADD COLUMN file TEXT NOT NULL DEFAULT '';

-- A mapping that is deleted or changed can come back.
CREATE TABLE mappings_was (
  by_step INTEGER NOT NULL,
  name       TEXT,
  step       INTEGER,
  body       TEXT,
  PRIMARY KEY (by_step, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX mappings_was_row ON mappings_was (name, by_step);
CREATE TRIGGER mappings_update BEFORE UPDATE ON mappings
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO mappings_was (by_step, name, step, body)
  VALUES ((SELECT step FROM writing), OLD.name, OLD.step, OLD.body);
END;
CREATE TRIGGER mappings_delete BEFORE DELETE ON mappings
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO mappings_was (by_step, name, step, body)
  VALUES ((SELECT step FROM writing), OLD.name, OLD.step, OLD.body);
END;
