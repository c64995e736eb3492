-- Districts in rules, and until when the phone of an order leads to the buyer.
-- Profiles are made anew when there are none (remakeProfiles): their places
-- compare by keys.

ALTER TABLE profiles ADD COLUMN district INTEGER; -- of places
DELETE FROM profiles;

ALTER TABLE orders ADD COLUMN phone_until INTEGER NOT NULL DEFAULT 0; -- of the recipient, 0 where the export does not tell
ALTER TABLE orders_was ADD COLUMN phone_until INTEGER;
DROP TRIGGER orders_update;
DROP TRIGGER orders_delete;
CREATE TRIGGER orders_update BEFORE UPDATE ON orders
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO orders_was (by_step, id, step, shop, number, zone, placed, paid, shipped, completed, changed, status, raw_status, currency, amount, refund, buyer, recipient, to_buyer, purchase, gross, refunded, seen, phone_until)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.shop, OLD.number, OLD.zone, OLD.placed, OLD.paid, OLD.shipped, OLD.completed, OLD.changed, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.refund, OLD.buyer, OLD.recipient, OLD.to_buyer, OLD.purchase, OLD.gross, OLD.refunded, OLD.seen, OLD.phone_until);
END;
CREATE TRIGGER orders_delete BEFORE DELETE ON orders
WHEN (SELECT images FROM writing) AND OLD.step <> (SELECT step FROM writing) BEGIN
  INSERT OR IGNORE INTO orders_was (by_step, id, step, shop, number, zone, placed, paid, shipped, completed, changed, status, raw_status, currency, amount, refund, buyer, recipient, to_buyer, purchase, gross, refunded, seen, phone_until)
  VALUES ((SELECT step FROM writing), OLD.id, OLD.step, OLD.shop, OLD.number, OLD.zone, OLD.placed, OLD.paid, OLD.shipped, OLD.completed, OLD.changed, OLD.status, OLD.raw_status, OLD.currency, OLD.amount, OLD.refund, OLD.buyer, OLD.recipient, OLD.to_buyer, OLD.purchase, OLD.gross, OLD.refunded, OLD.seen, OLD.phone_until);
END;
