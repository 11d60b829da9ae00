-- How soon somebody should look at an alert: 0 notice, 1 warning, 2 critical.
ALTER TABLE alert ADD COLUMN severity INTEGER NOT NULL DEFAULT 1;
