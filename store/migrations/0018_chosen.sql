-- How whoever asked for a list chose whom it holds, besides by the rule.
ALTER TABLE approvals ADD COLUMN searched INTEGER; -- 1: by a search; none: asked for before this was kept
ALTER TABLE approvals ADD COLUMN picked   INTEGER NOT NULL DEFAULT 0; -- how many one by one
ALTER TABLE approvals ADD COLUMN excepted INTEGER NOT NULL DEFAULT 0; -- how many not, one by one
ALTER TABLE approvals ADD COLUMN import   INTEGER NOT NULL DEFAULT 0; -- of which import; 0: of all
ALTER TABLE approvals ADD COLUMN first    INTEGER NOT NULL DEFAULT 0; -- only so many of them; 0: all
