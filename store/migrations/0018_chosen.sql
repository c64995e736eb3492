-- How whoever asked for a list chose whom it holds, besides by the rule.
ALTER TABLE approvals ADD COLUMN searched INTEGER NOT NULL DEFAULT 0; -- 1: by a search
ALTER TABLE approvals ADD COLUMN picked   INTEGER NOT NULL DEFAULT 0; -- how many one by one
ALTER TABLE approvals ADD COLUMN excepted INTEGER NOT NULL DEFAULT 0; -- how many not, one by one
ALTER TABLE approvals ADD COLUMN import   INTEGER NOT NULL DEFAULT 0; -- of which import; 0: of all
