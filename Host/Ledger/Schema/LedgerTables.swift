/// The ledger's tables. Facts only, one row a fact, never changed after they were written (but for `session`).
///
/// Decimals are whole billionths (`..._nanos`): they add up exactly in SQL. Times are nanoseconds since the Unix epoch
/// (`..._ns`). The views show both as text. `record` numbers the facts of a session from 1 in the order the core decided
/// them. Only `session` and `journal` know wall time.
///
/// A later version adds columns at the end only, and they may be NULL: so the hashes of older rows stay what they are.
enum LedgerTables {
  static let version1 = session + signals + orders + results + observations

  private static let session = """
    CREATE TABLE session (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      run TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('unfinished', 'finished')),
      mode TEXT NOT NULL,
      account TEXT NOT NULL,
      currency TEXT NOT NULL,
      from_ns INTEGER,
      to_ns INTEGER,
      data_hash TEXT NOT NULL,
      configuration TEXT NOT NULL,
      options TEXT NOT NULL,
      build TEXT NOT NULL,
      started_wall_ns INTEGER NOT NULL,
      ended_wall_ns INTEGER,
      summary TEXT
    ) STRICT;
    CREATE TABLE fingerprint_part (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE strategy (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      parameters TEXT NOT NULL
    ) STRICT;
    CREATE TABLE instrument (
      position INTEGER PRIMARY KEY,
      symbol TEXT NOT NULL UNIQUE,
      currency TEXT NOT NULL,
      market TEXT NOT NULL,
      exchange TEXT NOT NULL,
      tick_nanos INTEGER,
      step_nanos INTEGER NOT NULL,
      bar_seconds INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE plugin (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      sha256 TEXT NOT NULL
    ) STRICT;
    CREATE TABLE journal (
      number INTEGER PRIMARY KEY,
      input INTEGER NOT NULL,
      wall_ns INTEGER NOT NULL,
      event TEXT NOT NULL
    ) STRICT;
    CREATE TABLE checkpoint (
      number INTEGER PRIMARY KEY,
      record INTEGER NOT NULL,
      record_chain BLOB NOT NULL,
      journal INTEGER NOT NULL,
      journal_chain BLOB NOT NULL
    ) STRICT;

    """

  private static let signals = """
    CREATE TABLE signal (
      record INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      id TEXT NOT NULL,
      strategy TEXT NOT NULL,
      symbol TEXT NOT NULL,
      verdict TEXT NOT NULL,
      action TEXT NOT NULL,
      state TEXT NOT NULL,
      bar_time_ns INTEGER NOT NULL,
      decided_ns INTEGER NOT NULL,
      expires_ns INTEGER,
      close REAL NOT NULL,
      score REAL NOT NULL,
      confidence REAL,
      expected_value REAL,
      order_type TEXT NOT NULL,
      time_in_force TEXT NOT NULL,
      exit_reason TEXT,
      own_size INTEGER NOT NULL,
      person_only INTEGER NOT NULL,
      waits_for_open INTEGER NOT NULL,
      quantity_nanos INTEGER,
      entry_price_nanos INTEGER,
      limit_price_nanos INTEGER,
      stop_price_nanos INTEGER,
      stop_distance_nanos INTEGER,
      target_price_nanos INTEGER,
      target_distance_nanos INTEGER,
      trailing_distance_nanos INTEGER,
      time_stop_closes INTEGER,
      code TEXT,
      text TEXT
    ) STRICT;
    CREATE INDEX signal_by_symbol ON signal (symbol, bar_time_ns);
    CREATE TABLE signal_check (
      record INTEGER NOT NULL REFERENCES signal (record),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      passed INTEGER NOT NULL,
      value REAL,
      limit_value REAL,
      note TEXT,
      PRIMARY KEY (record, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE signal_field (
      record INTEGER NOT NULL REFERENCES signal (record),
      position INTEGER NOT NULL,
      group_name TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      real REAL,
      integer INTEGER,
      text TEXT,
      PRIMARY KEY (record, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE signal_state (
      record INTEGER PRIMARY KEY,
      signal_number INTEGER NOT NULL REFERENCES signal (number) DEFERRABLE INITIALLY DEFERRED,
      time_ns INTEGER NOT NULL,
      state TEXT NOT NULL,
      code TEXT
    ) STRICT;
    CREATE INDEX signal_state_by_signal ON signal_state (signal_number);
    CREATE TABLE decision (
      record INTEGER PRIMARY KEY,
      time_ns INTEGER NOT NULL,
      stage TEXT NOT NULL,
      code TEXT NOT NULL,
      passed INTEGER NOT NULL,
      symbol TEXT,
      signal_number INTEGER REFERENCES signal (number) DEFERRABLE INITIALLY DEFERRED,
      order_number INTEGER REFERENCES order_intent (number) DEFERRABLE INITIALLY DEFERRED,
      numbers TEXT
    ) STRICT;
    CREATE INDEX decision_by_symbol ON decision (symbol);

    """

  private static let orders = """
    CREATE TABLE order_intent (
      record INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      client_order_id TEXT NOT NULL UNIQUE,
      purpose TEXT NOT NULL,
      symbol TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
      type TEXT NOT NULL,
      time_in_force TEXT NOT NULL,
      quantity_nanos INTEGER NOT NULL,
      created_ns INTEGER NOT NULL,
      signal_number INTEGER NOT NULL REFERENCES signal (number) DEFERRABLE INITIALLY DEFERRED,
      position_number INTEGER NOT NULL,
      exit_reason TEXT,
      limit_price_nanos INTEGER,
      stop_price_nanos INTEGER,
      trailing_distance_nanos INTEGER,
      take_profit_price_nanos INTEGER,
      stop_loss_price_nanos INTEGER,
      oco_group TEXT
    ) STRICT;
    CREATE TABLE order_state (
      record INTEGER PRIMARY KEY,
      order_number INTEGER NOT NULL REFERENCES order_intent (number) DEFERRABLE INITIALLY DEFERRED,
      time_ns INTEGER NOT NULL,
      state TEXT NOT NULL,
      quantity_nanos INTEGER NOT NULL,
      filled_nanos INTEGER NOT NULL,
      stop_price_nanos INTEGER,
      reason TEXT
    ) STRICT;
    CREATE INDEX order_state_by_order ON order_state (order_number);
    CREATE TABLE fill (
      record INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      order_number INTEGER NOT NULL REFERENCES order_intent (number) DEFERRABLE INITIALLY DEFERRED,
      symbol TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
      time_ns INTEGER NOT NULL,
      quantity_nanos INTEGER NOT NULL CHECK (quantity_nanos > 0),
      price_nanos INTEGER NOT NULL CHECK (price_nanos > 0),
      fee_nanos INTEGER NOT NULL,
      currency TEXT NOT NULL,
      report_id TEXT
    ) STRICT;
    CREATE INDEX fill_by_order ON fill (order_number);

    """

  private static let results = """
    CREATE TABLE position_state (
      record INTEGER PRIMARY KEY,
      number INTEGER NOT NULL,
      symbol TEXT NOT NULL,
      strategy TEXT NOT NULL,
      time_ns INTEGER NOT NULL,
      state TEXT NOT NULL,
      quantity_nanos INTEGER NOT NULL,
      cost_nanos INTEGER NOT NULL,
      currency TEXT NOT NULL,
      stop_nanos INTEGER,
      target_nanos INTEGER
    ) STRICT;
    CREATE INDEX position_state_by_position ON position_state (number);
    CREATE TABLE trade (
      record INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      strategy TEXT NOT NULL,
      symbol TEXT NOT NULL,
      signal_number INTEGER NOT NULL REFERENCES signal (number) DEFERRABLE INITIALLY DEFERRED,
      quantity_nanos INTEGER NOT NULL,
      entry_ns INTEGER NOT NULL,
      entry_price_nanos INTEGER NOT NULL,
      exit_ns INTEGER NOT NULL,
      exit_price_nanos INTEGER NOT NULL,
      exit_reason TEXT NOT NULL,
      exit_detail TEXT NOT NULL,
      fees_nanos INTEGER NOT NULL,
      pnl_nanos INTEGER NOT NULL,
      currency TEXT NOT NULL
    ) STRICT;
    CREATE TABLE breaker_state (
      record INTEGER PRIMARY KEY,
      time_ns INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('armed', 'tripped')),
      base_nanos INTEGER,
      equity_nanos INTEGER,
      currency TEXT
    ) STRICT;
    CREATE TABLE account_equity (
      record INTEGER PRIMARY KEY,
      time_ns INTEGER NOT NULL,
      cash_nanos INTEGER NOT NULL,
      equity_nanos INTEGER,
      currency TEXT NOT NULL
    ) STRICT;

    """

  private static let observations = """
    CREATE TABLE observation (
      record INTEGER PRIMARY KEY,
      scanner TEXT NOT NULL,
      symbol TEXT NOT NULL,
      kind TEXT NOT NULL,
      time_ns INTEGER NOT NULL,
      number INTEGER,
      episode INTEGER,
      price REAL,
      score REAL,
      level TEXT,
      code TEXT,
      text TEXT
    ) STRICT;
    CREATE INDEX observation_by_symbol ON observation (symbol);
    CREATE TABLE observation_field (
      record INTEGER NOT NULL REFERENCES observation (record),
      position INTEGER NOT NULL,
      group_name TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      real REAL,
      integer INTEGER,
      text TEXT,
      PRIMARY KEY (record, position)
    ) STRICT, WITHOUT ROWID;

    """
}
