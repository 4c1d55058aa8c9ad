
// The three panels, drawn together.

const equityPanel = addPanel("equity", "Equity", [240, 190, 130]);
const drawdownPanel = addPanel("drawdown", "Drawdown", [110, 90, 60]);
const pricePanel = addPanel("price", "Price", [320, 260, 200]);
const startingCash = Number(data.start);

/** What the starting cash would be worth, had it followed the price of the charted symbol. */
const holding = () => {
  const price = prices[state.chart];
  const base = price?.open[0];
  return price && base > 0 ? price.close.map((close) => (startingCash * close) / base) : null;
};

const drawEquity = (timeMarks) => {
  const panel = equityPanel;
  const [first, last] = inView();
  let [low, high] = extremes(account.low, account.high, first, last);
  const compared = state.hold ? holding() : null;
  const price = prices[state.chart];
  if (compared) {
    for (let i = 0; i < compared.length; i += 1) {
      if (price.centre[i] < state.from || price.centre[i] > state.to) continue;
      low = Math.min(low, compared[i]);
      high = Math.max(high, compared[i]);
    }
  }
  const log = state.log && low > 0;
  const scale = scaleFor(panel, low, high, { log });
  const { values, places } = (log ? logTicks : roundTicks)(scale.low, scale.high, panel.shown / 44);
  drawGrid(panel, scale, (value) => numberText(value, Math.min(places, 9)), values, timeMarks);
  panel.curves.replaceChildren();
  panel.marks.replaceChildren();
  const base = scale.y(startingCash);
  if (base > 0 && base < panel.shown) draw(panel.curves, "path", { class: "base", d: `M0 ${base.toFixed(1)}H${layout.plot}` });
  if (compared) {
    draw(panel.curves, "path", {
      class: "line compared", d: linePath(price.centre, compared, compared, compared, 0, price.count - 1, scale.y),
    });
  }
  const isWide = account.span > 1 && layout.plot / (state.to - state.from) > 3;
  if (isWide) {
    draw(panel.curves, "path", { class: "band", d: bandPath(centres, account.low, account.high, first, last, scale.y) });
  }
  const [lowest, highest] = isWide ? [account.last, account.last] : [account.low, account.high];
  draw(panel.curves, "path", {
    class: "line equity", d: linePath(centres, lowest, highest, account.last, first, last, scale.y),
  });
  panel.value = (place) => {
    const index = clamp(Math.floor(place), 0, account.count - 1);
    return { index, y: scale.y(account.last[index]) };
  };
};

const drawDrawdown = (timeMarks) => {
  const panel = drawdownPanel;
  const [first, last] = inView();
  const [low] = extremes(account.drawdown, account.drawdown, first, last);
  const scale = scaleFor(panel, Math.min(low, -0.0005), 0, { room: 0.08, roomBelow: 0.1 });
  const { values, places } = roundTicks(scale.low * 100, 0, panel.shown / 34);
  drawGrid(panel, scale, (value) => numberText(value * 100, places) + "\u202f%", values.map((value) => value / 100), timeMarks);
  panel.curves.replaceChildren();
  const line = linePath(centres, account.drawdown, account.drawdown, account.drawdown, first, last, scale.y);
  const [left, right] = [xOf(centres[first]).toFixed(1), xOf(centres[last]).toFixed(1)];
  const zero = scale.y(0).toFixed(1);
  draw(panel.curves, "path", { class: "area", d: `M${left} ${zero}L${line.slice(1)}L${right} ${zero}Z` });
  draw(panel.curves, "path", { class: "line drawdown", d: line });
  panel.value = (place) => {
    const index = clamp(Math.floor(place), 0, account.count - 1);
    return { index, y: scale.y(account.drawdown[index]) };
  };
};

const legend = make("p", { class: "legend", "aria-hidden": "true" });

/** What the marks of the price panel mean, those that are there. */
const drawLegend = () => {
  const kinds = [
    ["entry", "entry", triangle(6, 1, true, 5)], ["exit won", "exit with a gain", triangle(6, 9, false, 5)],
    ["exit lost", "exit with a loss", triangle(6, 9, false, 5)], ["stopped", "stopped out", "M2 1l8 8m0 -8l-8 8"],
    ["stop", "stop", "M0 5H12"], ["target", "target", "M0 5H12"], ["link won dense", "trade with a gain", "M0 5H12"],
    ["link lost dense", "trade with a loss", "M0 5H12"],
  ];
  legend.replaceChildren();
  for (const [name, label, d] of kinds) {
    if (!pricePanel.marks.querySelector(`path[class="${name}"]`)) continue;
    const part = make("span");
    const svg = draw(part, "svg", { width: 12, height: 10, class: "marks" });
    draw(svg, "path", { class: name, d });
    part.append(label);
    legend.append(part);
  }
};

const drawTimeAxis = (timeMarks) => {
  for (const mark of timeMarks) {
    draw(lastPanel().labels, "text", { x: mark.x, y: lastPanel().shown + 18, class: "time" }, mark.label);
  }
};

const lastPanel = () => (prices.length ? pricePanel : drawdownPanel);

/** Ticks of the time axis with their x, none so near to the one before that their labels touch. */
const placedTimeTicks = () => {
  const marks = [];
  for (const tick of timeTicks(state.from, state.to, layout.plot / 76)) {
    const x = xOf(tick.place);
    if (x < 18 || x > layout.plot - 18 || (marks.length && x - marks[marks.length - 1].x < 52)) continue;
    marks.push({ x: Number(x.toFixed(1)), label: tick.label });
  }
  return marks;
};

const drawCharts = (isPrinted = false) => {
  const width = isPrinted ? 700 : byId("chart-panels").clientWidth;
  if (!account.count || !width) return;
  const size = isPrinted ? 2 : width < 600 ? 1 : 0;
  layout.width = width;
  layout.axis = axisWidth();
  layout.plot = Math.max(width - layout.axis, 80);
  pricePanel.svg.parentNode.hidden = !prices.length;
  for (const panel of panels) {
    panel.shown = panel.heights[size];
    const height = panel.shown + (panel === lastPanel() ? 26 : 2);
    set(panel.svg, { viewBox: `0 0 ${width} ${height}`, width, height });
    set(panel.plot, { width: layout.plot, height: panel.shown });
  }
  const timeMarks = placedTimeTicks();
  drawEquity(timeMarks);
  drawDrawdown(timeMarks);
  drawPrice(pricePanel, timeMarks);
  drawTimeAxis(timeMarks);
  drawLegend();
  drawCursor();
  drawRange();
};

/** Room for the widest label of the value axes. */
const axisWidth = () => {
  let most = Math.max(...extremes(account.low, account.high, 0, account.count - 1).map(Math.abs));
  const compared = state.hold ? holding() : null;
  if (compared) most = Math.max(most, compared.reduce((a, b) => Math.max(a, b), 0));
  const price = prices[state.chart];
  const priceText = price ? numberText(extremes(price.low, price.high, 0, price.count - 1)[1], Math.min(price.places, 2)) : "";
  const digits = Math.max(numberText(most, most < 10 ? 4 : most < 100 ? 1 : 0).length, priceText.length, 7);
  return Math.ceil(digits * 6.6) + 14;
};
