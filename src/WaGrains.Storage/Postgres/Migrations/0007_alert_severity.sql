-- How soon somebody should look at an alert: 0 notice, 1 warning, 2 critical. The previous version writes none.
ALTER TABLE alert ADD COLUMN severity smallint NOT NULL DEFAULT 1;
