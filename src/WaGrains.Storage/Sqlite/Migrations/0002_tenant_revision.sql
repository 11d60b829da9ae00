-- Counts the writes of all tenants, so that what has changed since is one look-up.
ALTER TABLE tenant ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE INDEX tenant_revision ON tenant (revision);
