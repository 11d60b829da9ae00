-- From which month on (counted from year 0) a tenant's messages have which class. A row for a month that has begun
-- never changes. What tenants have set so far holds for all of their past.
CREATE TABLE retention (
    tenant TEXT NOT NULL,
    since_month INTEGER NOT NULL,
    class INTEGER NOT NULL,
    PRIMARY KEY (tenant, since_month)
) WITHOUT ROWID;
INSERT INTO retention (tenant, since_month, class)
SELECT id, 0, CASE json_extract(CAST(state AS TEXT), '$.configuration.retention')
    WHEN 'Days90' THEN 1 WHEN 'Year2' THEN 2 WHEN 'Year5' THEN 3 WHEN 'Forever' THEN 4 ELSE 0 END
FROM tenant;
