-- Business portfolios, and who was written to outside their service window on whose budget. A reservation is held while
-- expires_at is null, and counts until then.
CREATE TABLE portfolio (
    tenant TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE budget_reservation (
    tenant TEXT NOT NULL,
    portfolio INTEGER NOT NULL,
    message BLOB NOT NULL,
    contact INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (tenant, portfolio, message)
) WITHOUT ROWID;
