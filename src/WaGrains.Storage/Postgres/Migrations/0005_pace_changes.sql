-- The pace history of each number: one row per change of its effective rate or of what binds it.
CREATE TABLE pace_change (
    tenant text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    entry bigint NOT NULL,
    at bigint NOT NULL,
    cause text NOT NULL,
    binding smallint NOT NULL,
    before_per_minute double precision NOT NULL,
    after_per_minute double precision NOT NULL,
    PRIMARY KEY (tenant, number, entry)
);
CREATE INDEX pace_change_age ON pace_change (at);
