-- Ids of 128 bits are 16 bytes, big-endian, so that their order is the order of bytes; ids of 64 bits are integers.
-- Times are microseconds since year 1. Every key begins with the tenant, but for what is looked up before it is known.

CREATE TABLE fence (
    silo TEXT NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL,
    last_batch INTEGER NOT NULL,
    alive INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE message (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL,
    conversation BLOB NOT NULL,
    direction INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status INTEGER NOT NULL,
    status_at INTEGER NOT NULL,
    wamid TEXT,
    error BLOB,
    pricing TEXT,
    context_wamid TEXT,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    is_content INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX message_conversation ON message (tenant, conversation, id);

CREATE TABLE tenant (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE phone_number (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    phone_number_id TEXT,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX phone_number_meta ON phone_number (phone_number_id);

CREATE TABLE team (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE agent (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE conversation (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    version INTEGER NOT NULL,
    phase INTEGER NOT NULL,
    team INTEGER,
    holder INTEGER,
    asked INTEGER,
    offer INTEGER NOT NULL,
    waiting_since INTEGER,
    last_activity_at INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX conversation_list ON conversation (tenant, last_activity_at, id);
CREATE INDEX conversation_contact ON conversation (tenant, contact);
CREATE INDEX conversation_waiting ON conversation (tenant, team, waiting_since, id) WHERE phase = 2 AND asked IS NULL;
CREATE INDEX conversation_held ON conversation (tenant, holder, id) WHERE phase = 3;
CREATE INDEX conversation_asked ON conversation (tenant, id) WHERE asked IS NOT NULL;
CREATE INDEX conversation_merging ON conversation (tenant, id) WHERE phase = 5;

CREATE TABLE send_queue (
    tenant TEXT NOT NULL,
    number INTEGER NOT NULL,
    message BLOB NOT NULL,
    conversation BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    lane INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    window_closes_at INTEGER,
    to_phone TEXT,
    to_user_id TEXT,
    context_wamid TEXT,
    attempt INTEGER NOT NULL,
    phase INTEGER NOT NULL,
    attempt_at INTEGER,
    not_before INTEGER,
    PRIMARY KEY (tenant, number, message)
) WITHOUT ROWID;

CREATE TABLE attempt (
    tenant TEXT NOT NULL,
    message BLOB NOT NULL,
    n INTEGER NOT NULL,
    number INTEGER NOT NULL,
    conversation BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    code INTEGER NOT NULL DEFAULT 0,
    wamid TEXT,
    PRIMARY KEY (tenant, message, n)
) WITHOUT ROWID;
CREATE INDEX attempt_number ON attempt (tenant, number, started_at);

CREATE TABLE offer (
    tenant TEXT NOT NULL,
    agent INTEGER NOT NULL,
    conversation BLOB NOT NULL,
    offer INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, agent, conversation)
) WITHOUT ROWID;

CREATE TABLE due_timer (
    kind INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    owner BLOB NOT NULL,
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (kind, tenant, owner, name)
) WITHOUT ROWID;
CREATE INDEX due_timer_due ON due_timer (due_at);

CREATE TABLE contact (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    profile_name TEXT,
    username TEXT,
    at INTEGER NOT NULL,
    merged_into INTEGER,
    merged_at INTEGER,
    merge_done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX contact_merging ON contact (tenant, id) WHERE merged_into IS NOT NULL AND merge_done = 0;

CREATE TABLE identity (
    tenant TEXT NOT NULL,
    kind INTEGER NOT NULL,
    value TEXT NOT NULL,
    contact INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, value)
) WITHOUT ROWID;
CREATE INDEX identity_contact ON identity (tenant, contact);

CREATE TABLE alert (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE raw_webhook (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE dead_letter (
    n INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    owner BLOB NOT NULL,
    message TEXT NOT NULL,
    error TEXT NOT NULL,
    payload BLOB NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    answer BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (at);

CREATE TABLE api_key (
    hash TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    agent INTEGER,
    at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX api_key_tenant ON api_key (tenant, at);
