-- Business portfolios, and who was written to outside their service window on whose budget. A reservation is held while
-- expires_at is null, and counts until then. No index holds expires_at, so that settling one is a HOT update.
CREATE TABLE portfolio (
    tenant text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);

CREATE TABLE budget_reservation (
    tenant text COLLATE "C" NOT NULL,
    portfolio bigint NOT NULL,
    message uuid NOT NULL,
    contact bigint NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    expires_at bigint,
    PRIMARY KEY (tenant, portfolio, message)
) WITH (fillfactor = 80);
