-- When a bulk send ended: its recipients are kept from then on as long as its tenant keeps messages. Of those that ended
-- before this column only the latest possible end is known, 30 days after they were made.
ALTER TABLE bulk_send ADD COLUMN ended_at INTEGER;
UPDATE bulk_send SET ended_at = created_at + 2592000000000 WHERE is_open = 0;
CREATE INDEX bulk_send_ended ON bulk_send (ended_at) WHERE ended_at IS NOT NULL;

-- When a message was sent on and delivered, beside when its newest status came: written by the update that moves it.
ALTER TABLE message ADD COLUMN sent_at INTEGER;
ALTER TABLE message ADD COLUMN delivered_at INTEGER;
