-- One message to many recipients. A recipient's outcome moves once, from pending (0), in the commit that settles it.
CREATE TABLE bulk_send (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX bulk_send_open ON bulk_send (tenant, id) WHERE is_open = 1;

CREATE TABLE bulk_recipient (
    tenant TEXT NOT NULL,
    send INTEGER NOT NULL,
    position INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    variables BLOB,
    outcome INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    message BLOB,
    PRIMARY KEY (tenant, send, position)
) WITHOUT ROWID;

ALTER TABLE send_queue ADD COLUMN send INTEGER;
