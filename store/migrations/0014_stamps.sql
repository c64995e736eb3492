-- A request for a time stamp has a number of its own, which the answer repeats.
ALTER TABLE checkpoints ADD COLUMN nonce INTEGER; -- none: nobody asked
DROP TRIGGER checkpoints_update;
CREATE TRIGGER checkpoints_update BEFORE UPDATE ON checkpoints
WHEN OLD.stamp IS NOT NULL OR NEW.id <> OLD.id OR NEW.size <> OLD.size OR NEW.text <> OLD.text OR OLD.nonce IS NOT NULL AND NEW.nonce IS NOT OLD.nonce
BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
