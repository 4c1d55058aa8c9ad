
// The price of a symbol with its trades.

const fewTrades = 250;
const mostTrades = 2000;

const drawCandles = (group, price, first, last, y) => {
  const width = clamp((price.usual / (state.to - state.from)) * layout.plot * 0.7, 1, 14);
  const paths = { up: "", down: "" };
  for (let i = first; i <= last; i += 1) {
    const x = xOf(price.centre[i]);
    const [top, bottom] = [Math.max(price.open[i], price.close[i]), Math.min(price.open[i], price.close[i])];
    const [yTop, yBottom] = [y(top), Math.max(y(bottom), y(top) + 1)];
    const [left, right] = [(x - width / 2).toFixed(1), (x + width / 2).toFixed(1)];
    paths[price.close[i] >= price.open[i] ? "up" : "down"] +=
      `M${x.toFixed(1)} ${y(price.high[i]).toFixed(1)}V${yTop.toFixed(1)}M${x.toFixed(1)} ${yBottom.toFixed(1)}` +
      `V${y(price.low[i]).toFixed(1)}M${left} ${yTop.toFixed(1)}H${right}V${yBottom.toFixed(1)}H${left}Z`;
  }
  draw(group, "path", { class: "candle up", d: paths.up || "M0 0" });
  draw(group, "path", { class: "candle down", d: paths.down || "M0 0" });
};

const triangle = (x, y, up, size) => up
  ? `M${x.toFixed(1)} ${y.toFixed(1)}l${size} ${size * 1.6}h${-2 * size}Z`
  : `M${x.toFixed(1)} ${y.toFixed(1)}l${size} ${-size * 1.6}h${-2 * size}Z`;

const outcome = (trade) => (Number.isNaN(trade.gain) ? "still" : trade.gain > 0 ? "won" : trade.gain < 0 ? "lost" : "even");
const wasStopped = (trade) => /^(stop|trailing)\b/.test(trade.reason);

const tradesInView = () => placedTrades().filter(({ from, to }) => to >= state.from && from <= state.to);

const isRoomFor = (count) => count <= Math.min(fewTrades, layout.plot / 4);

/** The range of the price, and of the stops and targets of the trades in view as far as they are near to it. */
const widened = (low, high, shown) => {
  const reach = (high - low) * 0.35;
  let [least, most] = [low, high];
  for (const { trade } of shown) {
    for (const level of [trade.stop, trade.target]) {
      if (level && Number(level) > low - reach) least = Math.min(least, Number(level));
      if (level && Number(level) < high + reach) most = Math.max(most, Number(level));
    }
  }
  return [least, most];
};

/** Marks of the trades in view: each in full where there is room, else a line from entry to exit, or nothing. */
const drawTrades = (panel, shown, y) => {
  const isFull = isRoomFor(shown.length);
  if (shown.length > mostTrades) return { spots: [], isFull: false, count: shown.length };
  const paths = { "link won": "", "link lost": "", "link even": "", "link still": "", stop: "", target: "" };
  const marks = { entry: "", "exit won": "", "exit lost": "", "exit even": "", stopped: "" };
  const spots = [];
  const size = layout.plot < 500 ? 4 : 5;
  for (const { trade, from, to } of shown) {
    const [x1, y1, x2] = [xOf(from), y(Number(trade.in)), xOf(Math.min(to, account.count))];
    const y2 = trade.out === undefined ? y1 : y(Number(trade.out));
    paths["link " + outcome(trade)] += `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`;
    spots.push({ trade, x1, y1, x2, y2 });
    if (!isFull) continue;
    const isLong = trade.side > 0;
    for (const level of ["stop", "target"]) {
      if (!trade[level]) continue;
      const at = y(Number(trade[level])).toFixed(1);
      paths[level] += `M${x1.toFixed(1)} ${at}H${Math.max(x2, x1 + 6).toFixed(1)}`;
    }
    marks.entry += triangle(x1, y1, isLong, size);
    if (trade.out === undefined) continue;
    if (wasStopped(trade)) {
      marks.stopped += `M${(x2 - size).toFixed(1)} ${(y2 - size).toFixed(1)}l${2 * size} ${2 * size}m0 ${-2 * size}` +
        `l${-2 * size} ${2 * size}`;
    } else {
      marks["exit " + outcome(trade)] += triangle(x2, y2, !isLong, size);
    }
  }
  for (const [name, d] of Object.entries({ ...paths, ...marks })) {
    if (d) draw(panel.marks, "path", { class: name + (isFull ? "" : " dense"), d });
  }
  return { spots, isFull, count: shown.length };
};

const drawPrice = (panel, timeMarks) => {
  const price = prices[state.chart];
  panel.marks.replaceChildren();
  panel.curves.replaceChildren();
  panel.pick = null;
  if (!price) return;
  const order = (place) => {
    let [low, high] = [0, price.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (price.starts[middle] <= place) low = middle; else high = middle - 1;
    }
    return low;
  };
  const [first, last] = [Math.max(order(state.from) - 1, 0), Math.min(order(state.to) + 1, price.count - 1)];
  const shown = tradesInView();
  let [low, high] = extremes(price.low, price.high, first, last);
  if (isRoomFor(shown.length)) [low, high] = widened(low, high, shown);
  const log = state.log && low > 0;
  const scale = scaleFor(panel, low, high, { log, room: 0.08 });
  const { values, places } = (log ? logTicks : roundTicks)(scale.low, scale.high, panel.shown / 48);
  drawGrid(panel, scale, (value) => numberText(value, places), values, timeMarks);
  const spacing = (price.usual / (state.to - state.from)) * layout.plot;
  if (spacing >= 5) {
    drawCandles(panel.curves, price, first, last, scale.y);
  } else {
    const isWide = price.span > 1 || spacing < 1;
    draw(panel.curves, "path", {
      class: "line price",
      d: linePath(price.centre, isWide ? price.low : price.close, isWide ? price.high : price.close, price.close,
        first, last, scale.y),
    });
  }
  panel.pick = drawTrades(panel, shown, scale.y);
  panel.value = (place) => {
    const i = order(place);
    return { index: i, y: scale.y(price.close[i]) };
  };
};
