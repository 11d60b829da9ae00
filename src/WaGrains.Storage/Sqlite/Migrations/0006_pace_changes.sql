-- The pace history of each number: one row per change of its effective rate or of what binds it.
CREATE TABLE pace_change (
    tenant TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cause TEXT NOT NULL,
    binding INTEGER NOT NULL,
    before_per_minute REAL NOT NULL,
    after_per_minute REAL NOT NULL,
    PRIMARY KEY (tenant, number, entry)
) WITHOUT ROWID;
CREATE INDEX pace_change_age ON pace_change (at);
