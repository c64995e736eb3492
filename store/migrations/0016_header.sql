-- Which header the log knows of: its digest as of the last entry that tells of it.
ALTER TABLE sealing ADD COLUMN header BLOB; -- none: before there were digests
