
// The numbers of the run. Series are stored as differences in whole decimal units; see ChartData.

const data = JSON.parse(byId("data").textContent);

const runningSum = (differences) => {
  let sum = 0;
  return Float64Array.from(differences, (value) => (sum += value));
};

const account = (() => {
  const raw = data.account;
  const factor = 10 ** raw.places;
  const units = runningSum(raw.last);
  const last = units.map((value) => value / factor);
  return {
    count: units.length, span: raw.span, places: raw.places, last,
    times: runningSum(raw.t).map((value) => value * data.unit),
    low: raw.low ? units.map((value, i) => (value - raw.low[i]) / factor) : last,
    high: raw.high ? units.map((value, i) => (value + raw.high[i]) / factor) : last,
    drawdown: runningSum(raw.drawdown).map((value) => value / 1e6),
  };
})();

/** The bucket that a time falls into, 0 for anything earlier than the first. */
const bucketAt = (time) => {
  let low = 0;
  let high = account.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (account.times[middle] <= time) low = middle; else high = middle - 1;
  }
  return low;
};

/** The place of a time on the axis of bars: bucket k lies between k and k + 1. */
const placeOf = (time) => {
  const bucket = bucketAt(time);
  if (account.span === 1) return bucket + 0.5;
  const next = bucket + 1 < account.count ? account.times[bucket + 1] : account.times[bucket] + 1;
  return bucket + clamp((time - account.times[bucket]) / Math.max(next - account.times[bucket], 1), 0, 0.999);
};

const prices = data.prices.map((raw) => {
  const factor = 10 ** raw.places;
  const close = runningSum(raw.close);
  const open = close.map((value, i) => value + raw.open[i]);
  const count = close.length;
  const times = raw.t ? runningSum(raw.t).map((value) => value * data.unit) : account.times;
  const starts = raw.t ? times.map((time) => (account.span === 1 ? bucketAt(time) : placeOf(time))) : times.map((_, i) => i);
  const widths = starts.map((start, i) => (i + 1 < count ? starts[i + 1] - start : 1));
  const usual = Float64Array.from(widths).sort()[count >> 1] || 1;
  return {
    symbol: raw.symbol, currency: raw.currency, span: raw.span, places: raw.places, count, times, starts, usual,
    centre: starts.map((start, i) => start + Math.min(widths[i], usual) / 2),
    open: open.map((value) => value / factor),
    close: close.map((value) => value / factor),
    high: close.map((value, i) => (Math.max(value, open[i]) + raw.high[i]) / factor),
    low: close.map((value, i) => (Math.min(value, open[i]) - raw.low[i]) / factor),
  };
});

const trades = (() => {
  const raw = data.trades;
  const list = (text) => (text === "" && raw.held.length === 0 ? [] : text.split(","));
  const [quantity, entered, left, stop, target, fees, pnl] = [
    raw.quantity, raw.in, raw.out, raw.stop, raw.target, raw.fees, raw.pnl].map(list);
  return Array.from(runningSum(raw.entry), (entry, i) => ({
    number: i + 1, symbol: raw.symbol[i], strategy: raw.strategy[i], side: raw.side[i],
    reason: data.trades.reasons[raw.reason[i]],
    entry: entry * data.unit, exit: (entry + raw.held[i]) * data.unit, held: raw.held[i] * data.unit,
    quantity: quantity[i], in: entered[i], out: left[i], stop: stop[i], target: target[i], fees: fees[i], pnl: pnl[i],
    gain: Number(pnl[i]), share: Number(pnl[i]) / (Number(entered[i]) * Number(quantity[i])),
  }));
})();

const open = data.open.map((raw) => ({
  ...raw, number: 0, entry: raw.entry * data.unit, exit: Infinity, reason: "open at the end", gain: NaN,
}));

const symbolName = (index) => data.symbols[index] ?? "?";
