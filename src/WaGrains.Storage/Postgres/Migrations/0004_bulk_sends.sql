-- One message to many recipients. A recipient's outcome moves once, from pending (0), in the commit that settles it.
CREATE TABLE bulk_send (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    is_open boolean NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);
CREATE INDEX bulk_send_open ON bulk_send (tenant, id) WHERE is_open;

CREATE TABLE bulk_recipient (
    tenant text COLLATE "C" NOT NULL,
    send bigint NOT NULL,
    message uuid,
    position integer NOT NULL,
    outcome smallint NOT NULL DEFAULT 0,
    recipient text NOT NULL,
    code text,
    variables bytea,
    PRIMARY KEY (tenant, send, position)
) WITH (fillfactor = 80);

ALTER TABLE send_queue ADD COLUMN send bigint;
