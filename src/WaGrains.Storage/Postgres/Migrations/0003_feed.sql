-- What has happened: a row for each tenant of each commit, in tables by the day (UTC, since 1970), which retention
-- drops. place is the commit's own number, the transaction's id shifted so that it never falls back: a reader who stays
-- below the oldest transaction that is open sees places appear in their order only, and needs no lock. events is kept
-- in the row itself as long as that fits a page, and never compressed.
CREATE TABLE feed (
    place bigint NOT NULL,
    at bigint NOT NULL,
    day integer NOT NULL,
    last integer NOT NULL,
    size integer NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    events bytea NOT NULL
) PARTITION BY RANGE (day);
ALTER TABLE feed ALTER COLUMN events SET STORAGE EXTERNAL;
CREATE INDEX feed_place ON feed (tenant, place, last);
CREATE TABLE feed_default PARTITION OF feed DEFAULT;

-- The days that have a table of their own.
CREATE TABLE feed_day (
    day integer NOT NULL PRIMARY KEY
);

-- One row. shift is what is added to a transaction's id; gone is the highest place that was dropped; server is the
-- database server whose ids these are.
CREATE TABLE feed_state (
    one boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
    epoch bigint NOT NULL,
    shift bigint NOT NULL,
    gone bigint NOT NULL,
    server bigint NOT NULL
);
INSERT INTO feed_state (epoch, shift, gone, server) SELECT 1, 0, -1, system_identifier FROM pg_control_system();

-- After a restore, before silos start: every place that was given out leads nowhere from now on, and what is told from
-- now on comes after all that is there. Returns the new epoch.
CREATE FUNCTION feed_raise_epoch() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    raised bigint;
BEGIN
    UPDATE feed_state SET epoch = epoch + 1, server = (SELECT system_identifier FROM pg_control_system()),
        shift = greatest(shift, (SELECT coalesce(max(place), 0) FROM feed) + 1
            - pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    RETURNING epoch INTO raised;
    RETURN raised;
END $$;
