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
CREATE VIEW sessions AS SELECT
  run,
  fingerprint,
  state,
  mode,
  account,
  currency,
  strftime('%Y-%m-%dT%H:%M:%S', (from_ns / 1000000000 - (from_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((from_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS from_time,
  strftime('%Y-%m-%dT%H:%M:%S', (to_ns / 1000000000 - (to_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((to_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS to_time,
  data_hash,
  options,
  build,
  strftime('%Y-%m-%dT%H:%M:%S', (started_wall_ns / 1000000000 - (started_wall_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((started_wall_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS started,
  strftime('%Y-%m-%dT%H:%M:%S', (ended_wall_ns / 1000000000 - (ended_wall_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((ended_wall_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS ended,
  summary
FROM session;
CREATE VIEW signals AS SELECT
  s.number,
  s.id,
  strftime('%Y-%m-%dT%H:%M:%S', (s.decided_ns / 1000000000 - (s.decided_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((s.decided_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  coalesce((SELECT state FROM signal_state WHERE signal_number = s.number ORDER BY record DESC LIMIT 1), s.state) AS status,
  s.strategy,
  s.symbol,
  s.verdict,
  s.action,
  strftime('%Y-%m-%dT%H:%M:%S', (s.bar_time_ns / 1000000000 - (s.bar_time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((s.bar_time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS bar_time,
  s.close,
  s.score,
  s.confidence,
  s.expected_value,
  rtrim(rtrim(iif(s.quantity_nanos < 0, '-', '') || abs(s.quantity_nanos / 1000000000) || '.' || printf('%09d', abs(s.quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(s.entry_price_nanos < 0, '-', '') || abs(s.entry_price_nanos / 1000000000) || '.' || printf('%09d', abs(s.entry_price_nanos % 1000000000)), '0'), '.') AS entry,
  rtrim(rtrim(iif(s.stop_price_nanos < 0, '-', '') || abs(s.stop_price_nanos / 1000000000) || '.' || printf('%09d', abs(s.stop_price_nanos % 1000000000)), '0'), '.') AS stop,
  rtrim(rtrim(iif(s.target_price_nanos < 0, '-', '') || abs(s.target_price_nanos / 1000000000) || '.' || printf('%09d', abs(s.target_price_nanos % 1000000000)), '0'), '.') AS target,
  s.code,
  s.text
FROM signal s;
CREATE VIEW signal_checks AS SELECT
  s.number AS signal,
  s.symbol,
  strftime('%Y-%m-%dT%H:%M:%S', (s.bar_time_ns / 1000000000 - (s.bar_time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((s.bar_time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS bar_time,
  c.name,
  c.kind,
  c.passed,
  c.value,
  c.limit_value,
  c.note
FROM signal_check c JOIN signal s ON s.record = c.record;
CREATE VIEW decisions AS SELECT
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  symbol,
  stage,
  code,
  passed,
  numbers,
  signal_number AS signal,
  order_number AS "order"
FROM decision;
CREATE VIEW orders AS SELECT
  i.number,
  i.client_order_id AS id,
  strftime('%Y-%m-%dT%H:%M:%S', (i.created_ns / 1000000000 - (i.created_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((i.created_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  coalesce(s.state, 'intended') AS status,
  i.symbol,
  i.side,
  i.purpose,
  i.type,
  i.time_in_force,
  rtrim(rtrim(iif(coalesce(s.quantity_nanos, i.quantity_nanos) < 0, '-', '') || abs(coalesce(s.quantity_nanos, i.quantity_nanos) / 1000000000) || '.' || printf('%09d', abs(coalesce(s.quantity_nanos, i.quantity_nanos) % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(coalesce(s.filled_nanos, 0) < 0, '-', '') || abs(coalesce(s.filled_nanos, 0) / 1000000000) || '.' || printf('%09d', abs(coalesce(s.filled_nanos, 0) % 1000000000)), '0'), '.') AS filled,
  rtrim(rtrim(iif(i.limit_price_nanos < 0, '-', '') || abs(i.limit_price_nanos / 1000000000) || '.' || printf('%09d', abs(i.limit_price_nanos % 1000000000)), '0'), '.') AS limit_price,
  rtrim(rtrim(iif(coalesce(s.stop_price_nanos, i.stop_price_nanos) < 0, '-', '') || abs(coalesce(s.stop_price_nanos, i.stop_price_nanos) / 1000000000) || '.' || printf('%09d', abs(coalesce(s.stop_price_nanos, i.stop_price_nanos) % 1000000000)), '0'), '.') AS stop_price,
  i.signal_number AS signal,
  i.position_number AS position,
  s.reason
FROM order_intent i LEFT JOIN order_state s ON s.record = (SELECT max(record) FROM order_state WHERE order_number = i.number);
CREATE VIEW order_history AS SELECT
  order_number AS "order",
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  state,
  rtrim(rtrim(iif(quantity_nanos < 0, '-', '') || abs(quantity_nanos / 1000000000) || '.' || printf('%09d', abs(quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(filled_nanos < 0, '-', '') || abs(filled_nanos / 1000000000) || '.' || printf('%09d', abs(filled_nanos % 1000000000)), '0'), '.') AS filled,
  rtrim(rtrim(iif(stop_price_nanos < 0, '-', '') || abs(stop_price_nanos / 1000000000) || '.' || printf('%09d', abs(stop_price_nanos % 1000000000)), '0'), '.') AS stop_price,
  reason
FROM order_state;
CREATE VIEW fills AS SELECT
  number,
  order_number AS "order",
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  symbol,
  side,
  rtrim(rtrim(iif(quantity_nanos < 0, '-', '') || abs(quantity_nanos / 1000000000) || '.' || printf('%09d', abs(quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(price_nanos < 0, '-', '') || abs(price_nanos / 1000000000) || '.' || printf('%09d', abs(price_nanos % 1000000000)), '0'), '.') AS price,
  rtrim(rtrim(iif(fee_nanos < 0, '-', '') || abs(fee_nanos / 1000000000) || '.' || printf('%09d', abs(fee_nanos % 1000000000)), '0'), '.') AS fee,
  currency,
  report_id
FROM fill;
CREATE VIEW positions AS SELECT
  number,
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  symbol,
  strategy,
  state,
  rtrim(rtrim(iif(quantity_nanos < 0, '-', '') || abs(quantity_nanos / 1000000000) || '.' || printf('%09d', abs(quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(cost_nanos < 0, '-', '') || abs(cost_nanos / 1000000000) || '.' || printf('%09d', abs(cost_nanos % 1000000000)), '0'), '.') AS cost,
  currency,
  rtrim(rtrim(iif(stop_nanos < 0, '-', '') || abs(stop_nanos / 1000000000) || '.' || printf('%09d', abs(stop_nanos % 1000000000)), '0'), '.') AS stop,
  rtrim(rtrim(iif(target_nanos < 0, '-', '') || abs(target_nanos / 1000000000) || '.' || printf('%09d', abs(target_nanos % 1000000000)), '0'), '.') AS target
FROM position_state WHERE record IN (SELECT max(record) FROM position_state GROUP BY number);
CREATE VIEW position_history AS SELECT
  number,
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  symbol,
  strategy,
  state,
  rtrim(rtrim(iif(quantity_nanos < 0, '-', '') || abs(quantity_nanos / 1000000000) || '.' || printf('%09d', abs(quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  rtrim(rtrim(iif(cost_nanos < 0, '-', '') || abs(cost_nanos / 1000000000) || '.' || printf('%09d', abs(cost_nanos % 1000000000)), '0'), '.') AS cost,
  currency,
  rtrim(rtrim(iif(stop_nanos < 0, '-', '') || abs(stop_nanos / 1000000000) || '.' || printf('%09d', abs(stop_nanos % 1000000000)), '0'), '.') AS stop,
  rtrim(rtrim(iif(target_nanos < 0, '-', '') || abs(target_nanos / 1000000000) || '.' || printf('%09d', abs(target_nanos % 1000000000)), '0'), '.') AS target
FROM position_state;
CREATE VIEW trades AS SELECT
  number,
  strategy,
  symbol,
  rtrim(rtrim(iif(quantity_nanos < 0, '-', '') || abs(quantity_nanos / 1000000000) || '.' || printf('%09d', abs(quantity_nanos % 1000000000)), '0'), '.') AS quantity,
  strftime('%Y-%m-%dT%H:%M:%S', (entry_ns / 1000000000 - (entry_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((entry_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS entry_time,
  rtrim(rtrim(iif(entry_price_nanos < 0, '-', '') || abs(entry_price_nanos / 1000000000) || '.' || printf('%09d', abs(entry_price_nanos % 1000000000)), '0'), '.') AS entry_price,
  strftime('%Y-%m-%dT%H:%M:%S', (exit_ns / 1000000000 - (exit_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((exit_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS exit_time,
  rtrim(rtrim(iif(exit_price_nanos < 0, '-', '') || abs(exit_price_nanos / 1000000000) || '.' || printf('%09d', abs(exit_price_nanos % 1000000000)), '0'), '.') AS exit_price,
  exit_reason,
  exit_detail,
  rtrim(rtrim(iif(fees_nanos < 0, '-', '') || abs(fees_nanos / 1000000000) || '.' || printf('%09d', abs(fees_nanos % 1000000000)), '0'), '.') AS fees,
  rtrim(rtrim(iif(pnl_nanos < 0, '-', '') || abs(pnl_nanos / 1000000000) || '.' || printf('%09d', abs(pnl_nanos % 1000000000)), '0'), '.') AS pnl,
  currency,
  signal_number AS signal
FROM trade;
CREATE VIEW breaker AS SELECT
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  state,
  rtrim(rtrim(iif(base_nanos < 0, '-', '') || abs(base_nanos / 1000000000) || '.' || printf('%09d', abs(base_nanos % 1000000000)), '0'), '.') AS base,
  rtrim(rtrim(iif(equity_nanos < 0, '-', '') || abs(equity_nanos / 1000000000) || '.' || printf('%09d', abs(equity_nanos % 1000000000)), '0'), '.') AS equity,
  currency
FROM breaker_state;
CREATE VIEW equity AS SELECT
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  rtrim(rtrim(iif(cash_nanos < 0, '-', '') || abs(cash_nanos / 1000000000) || '.' || printf('%09d', abs(cash_nanos % 1000000000)), '0'), '.') AS cash,
  rtrim(rtrim(iif(equity_nanos < 0, '-', '') || abs(equity_nanos / 1000000000) || '.' || printf('%09d', abs(equity_nanos % 1000000000)), '0'), '.') AS equity,
  currency
FROM account_equity;
CREATE VIEW observations AS SELECT
  strftime('%Y-%m-%dT%H:%M:%S', (time_ns / 1000000000 - (time_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((time_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS time,
  scanner,
  symbol,
  kind,
  number,
  episode,
  level,
  code,
  price,
  score,
  text
FROM observation;
CREATE VIEW events AS SELECT
  number,
  input,
  strftime('%Y-%m-%dT%H:%M:%S', (wall_ns / 1000000000 - (wall_ns % 1000000000 < 0)), 'unixepoch') || rtrim(rtrim('.' || printf('%09d', ((wall_ns % 1000000000 + 1000000000) % 1000000000)), '0'), '.') || 'Z' AS wall_time,
  event
FROM journal;
