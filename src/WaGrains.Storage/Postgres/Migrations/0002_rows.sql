-- Ids of 128 bits are uuid, whose order is the order of bytes; ids of 64 bits are bigint. Times are microseconds since
-- year 1. Every key begins with the tenant, but for what is looked up before it is known. Texts in keys compare by
-- bytes.

-- A class is kept for one time (0 year1, 1 days90, 2 year2, 3 year5, 4 forever), a month of a class is one table, and
-- retention drops it. Which class a message has follows from tenant and month alone (see retention), so key and class
-- never disagree. No mutable column (status, status_at, wamid, error, pricing) is in any index: a status is a HOT
-- update.
CREATE TABLE message (
    id uuid NOT NULL,
    conversation uuid NOT NULL,
    status_at bigint NOT NULL,
    class smallint NOT NULL,
    direction smallint NOT NULL,
    status smallint NOT NULL,
    is_content boolean NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    author text NOT NULL,
    wamid text,
    context_wamid text,
    pricing text,
    error bytea,
    text text NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (tenant, id, class)
) PARTITION BY LIST (class);
CREATE INDEX message_conversation ON message (conversation, id);
CREATE TABLE message_c0 PARTITION OF message FOR VALUES IN (0) PARTITION BY RANGE (id);
CREATE TABLE message_c1 PARTITION OF message FOR VALUES IN (1) PARTITION BY RANGE (id);
CREATE TABLE message_c2 PARTITION OF message FOR VALUES IN (2) PARTITION BY RANGE (id);
CREATE TABLE message_c3 PARTITION OF message FOR VALUES IN (3) PARTITION BY RANGE (id);
CREATE TABLE message_c4 PARTITION OF message FOR VALUES IN (4) PARTITION BY RANGE (id);
CREATE TABLE message_c0_default PARTITION OF message_c0 DEFAULT WITH (fillfactor = 88);
CREATE TABLE message_c1_default PARTITION OF message_c1 DEFAULT WITH (fillfactor = 88);
CREATE TABLE message_c2_default PARTITION OF message_c2 DEFAULT WITH (fillfactor = 88);
CREATE TABLE message_c3_default PARTITION OF message_c3 DEFAULT WITH (fillfactor = 88);
CREATE TABLE message_c4_default PARTITION OF message_c4 DEFAULT WITH (fillfactor = 88);

-- The months that have a table of their own; months count from year 0.
CREATE TABLE message_month (
    class smallint NOT NULL,
    month integer NOT NULL,
    PRIMARY KEY (class, month)
);

-- From which month on a tenant's messages have which class. A row for a month that has begun never changes.
CREATE TABLE retention (
    tenant text COLLATE "C" NOT NULL,
    since_month integer NOT NULL,
    class smallint NOT NULL,
    PRIMARY KEY (tenant, since_month)
);

CREATE TABLE tenant (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    state bytea NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE phone_number (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    phone_number_id text COLLATE "C",
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id),
    -- Checked when a statement ends: numbers may swap in one.
    CONSTRAINT phone_number_meta UNIQUE (phone_number_id) DEFERRABLE INITIALLY IMMEDIATE
) WITH (fillfactor = 50);

CREATE TABLE team (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);

CREATE TABLE agent (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);

-- activity_slot is last_activity_at in slots of five minutes: the list is ordered by the slot's index and sorted within
-- it, so that a busy conversation's row moves without touching an index.
CREATE TABLE conversation (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    contact bigint NOT NULL,
    version bigint NOT NULL,
    team bigint,
    holder bigint,
    asked bigint,
    offer bigint NOT NULL,
    waiting_since bigint,
    last_activity_at bigint NOT NULL,
    activity_slot bigint NOT NULL,
    phase smallint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);
CREATE INDEX conversation_list ON conversation (tenant, activity_slot);
CREATE INDEX conversation_contact ON conversation (tenant, contact);
CREATE INDEX conversation_waiting ON conversation (tenant, team, waiting_since, id) WHERE phase = 2 AND asked IS NULL;
CREATE INDEX conversation_held ON conversation (tenant, holder, id) WHERE phase = 3;
CREATE INDEX conversation_asked ON conversation (tenant, id) WHERE asked IS NOT NULL;
CREATE INDEX conversation_merging ON conversation (tenant, id) WHERE phase = 5;

CREATE TABLE send_queue (
    tenant text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    message uuid NOT NULL,
    conversation uuid NOT NULL,
    ordinal bigint NOT NULL,
    queued_at bigint NOT NULL,
    deadline bigint NOT NULL,
    window_closes_at bigint,
    attempt_at bigint,
    not_before bigint,
    attempt integer NOT NULL,
    lane smallint NOT NULL,
    phase smallint NOT NULL,
    to_phone text,
    to_user_id text,
    context_wamid text,
    PRIMARY KEY (tenant, number, message)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE TABLE attempt (
    tenant text COLLATE "C" NOT NULL,
    message uuid NOT NULL,
    n integer NOT NULL,
    code integer NOT NULL DEFAULT 0,
    number bigint NOT NULL,
    conversation uuid NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint,
    outcome text,
    wamid text,
    PRIMARY KEY (tenant, message, n)
) WITH (fillfactor = 80);
CREATE INDEX attempt_number ON attempt (tenant, number, started_at);

CREATE TABLE offer (
    tenant text COLLATE "C" NOT NULL,
    agent bigint NOT NULL,
    conversation uuid NOT NULL,
    offer bigint NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (tenant, agent, conversation)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE TABLE due_timer (
    kind smallint NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    owner uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    due_at bigint NOT NULL,
    PRIMARY KEY (kind, tenant, owner, name)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX due_timer_due ON due_timer (due_at);

CREATE TABLE contact (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    at bigint NOT NULL,
    merged_into bigint,
    merged_at bigint,
    merge_done boolean NOT NULL DEFAULT false,
    profile_name text,
    username text,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX contact_merging ON contact (tenant, id) WHERE merged_into IS NOT NULL AND NOT merge_done;

CREATE TABLE identity (
    tenant text COLLATE "C" NOT NULL,
    kind smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    contact bigint NOT NULL,
    PRIMARY KEY (tenant, kind, value)
);
CREATE INDEX identity_contact ON identity (tenant, contact);

CREATE TABLE alert (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE raw_webhook (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE dead_letter (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind smallint NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    owner uuid NOT NULL,
    message text NOT NULL,
    error text NOT NULL,
    payload bytea NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE idempotency (
    tenant text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    body_hash uuid NOT NULL,
    answer bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_age ON idempotency (at);

CREATE TABLE api_key (
    hash text COLLATE "C" NOT NULL PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    name text NOT NULL,
    role smallint NOT NULL,
    agent bigint,
    at bigint NOT NULL,
    revoked boolean NOT NULL DEFAULT false
);
CREATE INDEX api_key_tenant ON api_key (tenant, at);
