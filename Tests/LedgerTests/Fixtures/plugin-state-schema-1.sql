CREATE TABLE owner (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  run TEXT NOT NULL
) STRICT;
CREATE TABLE value (
  plugin TEXT NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (plugin, key)
) STRICT, WITHOUT ROWID;
CREATE VIEW plugin_values AS SELECT plugin, CAST(key AS TEXT) AS key, length(value) AS bytes FROM value;
