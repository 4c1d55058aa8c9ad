/// The tables of what plugins keep, in a file of its own with its own commits.
enum PluginStateTables {
  static let version1 = """
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

    """

  static let views = """
    CREATE VIEW plugin_values AS SELECT plugin, CAST(key AS TEXT) AS key, length(value) AS bytes FROM value;

    """
}
