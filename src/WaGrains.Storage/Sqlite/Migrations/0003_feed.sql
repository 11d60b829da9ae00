-- What has happened: a row for each tenant of each commit. A number is never given twice, even when all rows are gone,
-- so a place in the feed stays a place.
CREATE TABLE feed (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    last INTEGER NOT NULL,
    at INTEGER NOT NULL,
    events BLOB NOT NULL
);
CREATE INDEX feed_place ON feed (tenant, seq, last);

-- One row. Whoever puts an older file in the place of this one raises the epoch before the process starts.
CREATE TABLE feed_state (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch INTEGER NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO feed_state VALUES (1, 1, -1);
