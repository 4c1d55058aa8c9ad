-- A ledger as version 1 of the schema left it after its third commit: one round trip, unfinished.
-- Made once with the sqlite3 shell's .dump; never changed, so that later hosts prove that they read it.
PRAGMA journal_mode = WAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO session VALUES(1,'85df4318b2d03cccca9e697cb0c59d49','c5b5df704038c6ca94b997ee961e9a7c78ad309cdd13c969dd55cfc77e0a5a61','unfinished','paper','paper','USD',1514851200000000000,NULL,'d41d8c',replace('risk:\n  max_daily_loss: 1000\n','\n',char(10)),'{"approve":"all"}','1.0.0',1700000000000000000,NULL,NULL);
CREATE TABLE fingerprint_part (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fingerprint_part VALUES('account','paper');
INSERT INTO fingerprint_part VALUES('configuration','3e01ff0905914b78d8130479bdce5d1ef7a420c28ea24153385b6237fb7f9f02');
INSERT INTO fingerprint_part VALUES('currency','USD');
INSERT INTO fingerprint_part VALUES('data','d41d8c');
INSERT INTO fingerprint_part VALUES('from','2018-01-02T00:00:00Z');
INSERT INTO fingerprint_part VALUES('instruments','45514fe613b73b8d352a299824bff2c00609609d86dc6d8c0a19abbf0410de08');
INSERT INTO fingerprint_part VALUES('mode','paper');
INSERT INTO fingerprint_part VALUES('options','{"approve":"all"}');
INSERT INTO fingerprint_part VALUES('plugins','59defabd43871f0d4982aa073ff6ea1fb35a33d400a9040972923c1d8f23276a');
INSERT INTO fingerprint_part VALUES('strategies','e32292e542bf3fdec8f9f1c42eb77704325e32ac24f0da29858acc870f1abdb4');
INSERT INTO fingerprint_part VALUES('to','unbounded');
CREATE TABLE strategy (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  parameters TEXT NOT NULL
) STRICT;
INSERT INTO strategy VALUES(0,'mr-combined','1.0.0','{"score_min":"0.55"}');
INSERT INTO strategy VALUES(1,'sma-cross','1.0.0','{}');
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
INSERT INTO instrument VALUES(0,'AAPL','USD','equity','XNYS',NULL,1000000000,86400);
INSERT INTO instrument VALUES(1,'NO','USD','equity','XNYS',NULL,1000000000,86400);
INSERT INTO instrument VALUES(2,'ÅB','USD','equity','XNYS',NULL,1000000000,86400);
CREATE TABLE plugin (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
INSERT INTO plugin VALUES(0,'mr-combined','1.0.0','ab');
CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  input INTEGER NOT NULL,
  wall_ns INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
INSERT INTO journal VALUES(1,5,1700000000000000000,'{"placed":{"_0":1,"_1":0,"reason":""}}');
INSERT INTO journal VALUES(2,9,1700000000000000000,'{"placed":{"_0":2,"_1":0,"reason":""}}');
CREATE TABLE checkpoint (
  number INTEGER PRIMARY KEY,
  record INTEGER NOT NULL,
  record_chain BLOB NOT NULL,
  journal INTEGER NOT NULL,
  journal_chain BLOB NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(1,3,X'6de96b782a3a1924b017118c5e874a47d76aea5c4691ba8f46c076d714698023',0,X'c0ea6a850faf398f64c10b7089c25caeae8572de43a3134d451287221e92fd20');
INSERT INTO checkpoint VALUES(2,7,X'661a440e6f76f56cfbf5ceda628b4a6508710f1848076a136c7fa3451749e99a',1,X'ccd7d5aca1cf0984beed90e8393536366784396da42a6d4149b98ac4da2b8661');
INSERT INTO checkpoint VALUES(3,12,X'a070ddb3f9e2f57cb99c5642b1e4b27f782550175c652f0149ae6a88f7fa0d57',2,X'11a5eb34eff9b439e3af149a3b7fb1e90221f3595b08ff6089f11b4e3f98843e');
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
INSERT INTO signal VALUES(1,1,'b3c2e83f6c5b071d67dca7f57724be868c5f635fde72e54834092b2afca37ea1','mr-combined','AAPL','raised','enter_long','generated',1524182400000000000,1524254400000000000,NULL,41.429999999999999717,0.0,NULL,NULL,'market','day',NULL,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO signal_check VALUES(1,1,'trend','bar',1,41.429999999999999717,40.10000000000000142,NULL);
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
INSERT INTO signal_field VALUES(1,1,'inputs','rsi2','number',3.25,NULL,NULL);
CREATE TABLE signal_state (
  record INTEGER PRIMARY KEY,
  signal_number INTEGER NOT NULL REFERENCES signal (number) DEFERRABLE INITIALLY DEFERRED,
  time_ns INTEGER NOT NULL,
  state TEXT NOT NULL,
  code TEXT
) STRICT;
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
INSERT INTO decision VALUES(2,1524254400000000000,'risk','within_limits',1,'AAPL',1,NULL,'{"exposure":0.05,"heat":0.01,"positions":1}');
INSERT INTO decision VALUES(12,1524254400000000000,'exit','trade_closed',1,'AAPL',1,NULL,'{"pnl":"9.99999986","reason":"strategy"}');
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
INSERT INTO order_intent VALUES(3,1,'c1','entry','AAPL','buy','market','day',10000000000,1700000000000000000,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO order_intent VALUES(7,2,'c2','exit','AAPL','sell','market','day',10000000000,1700000000000000000,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO order_state VALUES(5,1,1700000000000000000,'filled',10000000000,10000000000,NULL,NULL);
INSERT INTO order_state VALUES(9,2,1700000000000000000,'filled',10000000000,10000000000,NULL,NULL);
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
INSERT INTO fill VALUES(4,1,1,'AAPL','buy',1700000000000000000,10000000000,2000000000,70,'USD','r1');
INSERT INTO fill VALUES(8,2,2,'AAPL','sell',1700000000000000000,10000000000,3000000000,70,'USD','r2');
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
INSERT INTO position_state VALUES(6,1,'AAPL','mr-combined',1700000000000000000,'open',10000000000,20000000000,'USD',NULL,NULL);
INSERT INTO position_state VALUES(11,1,'AAPL','mr-combined',1700000000000000000,'performance_recorded',0,0,'USD',NULL,NULL);
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
INSERT INTO trade VALUES(10,1,'mr-combined','AAPL',1,10000000000,1700000000000000000,2000000000,1700000000000000000,3000000000,'strategy','sma5',140,9999999860,'USD');
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
CREATE INDEX signal_by_symbol ON signal (symbol, bar_time_ns);
CREATE INDEX signal_state_by_signal ON signal_state (signal_number);
CREATE INDEX decision_by_symbol ON decision (symbol);
CREATE INDEX order_state_by_order ON order_state (order_number);
CREATE INDEX fill_by_order ON fill (order_number);
CREATE INDEX position_state_by_position ON position_state (number);
CREATE INDEX observation_by_symbol ON observation (symbol);
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
COMMIT;
PRAGMA application_id = 1464357446;
PRAGMA user_version = 1;
