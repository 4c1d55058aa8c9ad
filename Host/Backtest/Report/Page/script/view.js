
// What is shown: a stretch of the axis of bars, a symbol, a trade, a place under the cursor.

const state = {
  from: 0, to: Math.max(account.count, 1), chart: 0, cursor: null, trade: null, log: false, hold: false,
};

const whole = () => state.from <= 0 && state.to >= account.count;

let isQueued = false;

/** Draws everything anew before the next frame. */
const redraw = () => {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    drawCharts();
  });
};

const showRange = (from, to) => {
  const count = Math.max(account.count, 1);
  const width = clamp(to - from, Math.min(8, count), count);
  const start = clamp((from + to - width) / 2, 0, count - width);
  state.from = start;
  state.to = start + width;
  redraw();
};

const zoom = (factor, around = state.cursor ?? (state.from + state.to) / 2) =>
  showRange(around - (around - state.from) * factor, around + (state.to - around) * factor);

const pan = (share) => {
  const width = state.to - state.from;
  const from = clamp(state.from + share * width, 0, account.count - width);
  showRange(from, from + width);
};

const showAll = () => showRange(0, account.count);

/** The trades of the charted symbol, in order of entry, with those still open. */
const chartTrades = () => {
  const symbol = prices[state.chart]?.symbol;
  return trades.concat(open).filter((trade) => trade.symbol === symbol);
};

let cachedTrades = { chart: -1, list: [] };

/** The same, with their places on the axis. */
const placedTrades = () => {
  if (cachedTrades.chart !== state.chart) {
    cachedTrades = {
      chart: state.chart,
      list: chartTrades().map((trade) => ({
        trade, from: placeOf(trade.entry), to: trade.exit === Infinity ? account.count : placeOf(trade.exit),
      })),
    };
  }
  return cachedTrades.list;
};
