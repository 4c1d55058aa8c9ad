
// A panel: a heading with a read-out, and a drawing whose horizontal axis all panels share.

const panels = [];
const layout = { width: 0, plot: 0, axis: 56 };

/** A panel with its heights on a wide screen, on a narrow one, and on paper. */
const addPanel = (name, title, heights) => {
  const host = make("div", { class: "panel", id: "panel-" + name });
  const head = make("div", { class: "panel-head" });
  const heading = make("h3", {}, title);
  const readout = make("div", { class: "readout" });
  head.append(heading, readout);
  host.append(head);
  const svg = draw(host, "svg", { "aria-hidden": "true", focusable: "false" });
  byId("chart-panels").append(host);
  const panel = {
    name, heading, readout, svg, heights, pick: null,
    grid: draw(svg, "g", { class: "grid" }), labels: draw(svg, "g", { class: "labels" }), plot: draw(svg, "svg"),
    flag: draw(svg, "g", { class: "flag" }),
  };
  panel.curves = draw(panel.plot, "g");
  panel.marks = draw(panel.plot, "g", { class: "marks" });
  panel.cursor = draw(panel.plot, "g", { class: "cursor" });
  panels.push(panel);
  return panel;
};

const xOf = (place) => ((place - state.from) / (state.to - state.from)) * layout.plot;
const placeAt = (x) => state.from + (x / layout.plot) * (state.to - state.from);

/** A vertical scale over a range of values, linear or logarithmic, with room above and below. */
const scaleFor = (panel, low, high, { log = false, room = 0.06, roomBelow = room } = {}) => {
  if (!(high > low)) {
    const pad = Math.abs(high) * 0.01 || 1;
    [low, high] = [low - pad, high + pad];
  }
  const [a, b] = log ? [Math.log(low), Math.log(high)] : [low, high];
  const bottom = a - (b - a) * roomBelow;
  const top = b + (b - a) * room;
  const height = panel.shown;
  return {
    low: log ? Math.exp(bottom) : bottom, high: log ? Math.exp(top) : top, log,
    y: (value) => clamp(((top - (log ? Math.log(value) : value)) / (top - bottom)) * height, -1e4, 1e4),
  };
};

/** The extremes of a series between two places. */
const extremes = (low, high, first, last) => {
  let [least, most] = [Infinity, -Infinity];
  for (let i = first; i <= last; i += 1) {
    if (low[i] < least) least = low[i];
    if (high[i] > most) most = high[i];
  }
  return [least, most];
};

/** The buckets that are in view, with one more at each side. */
const inView = (count = account.count) =>
  [clamp(Math.floor(state.from) - 1, 0, count - 1), clamp(Math.ceil(state.to) + 1, 0, count - 1)];

/** A line through a series: each column of pixels shows its lowest, highest and last value. */
const linePath = (centre, low, high, last, first, end, y) => {
  const parts = [];
  let i = first;
  while (i <= end) {
    const column = Math.round(xOf(centre[i]));
    let [least, most, final] = [low[i], high[i], last[i]];
    let k = i + 1;
    while (k <= end && Math.round(xOf(centre[k])) === column) {
      if (low[k] < least) least = low[k];
      if (high[k] > most) most = high[k];
      final = last[k];
      k += 1;
    }
    const x = k - i > 1 ? column : xOf(centre[i]).toFixed(1);
    const [yLow, yHigh, yLast] = [y(least).toFixed(1), y(most).toFixed(1), y(final).toFixed(1)];
    parts.push(yLow === yHigh ? `${x} ${yLast}` : `${x} ${yHigh}L${x} ${yLow}L${x} ${yLast}`);
    i = k;
  }
  return parts.length === 1 ? `M${parts[0]}h0.01` : "M" + parts.join("L");
};

/** The range between lowest and highest, as an area; for stretches so wide that a line would zigzag. */
const bandPath = (centre, low, high, first, end, y) => {
  const [up, down] = [[], []];
  for (let i = first; i <= end; i += 1) {
    const x = xOf(centre[i]).toFixed(1);
    up.push(`${x} ${y(high[i]).toFixed(1)}`);
    down.push(`${x} ${y(low[i]).toFixed(1)}`);
  }
  return "M" + up.concat(down.reverse()).join("L") + "Z";
};

const centres = account.times.map((_, i) => i + 0.5);

/** Lines and labels of the value axis, and lines of the time axis. */
const drawGrid = (panel, scale, format, ticks, timeMarks) => {
  panel.grid.replaceChildren();
  panel.labels.replaceChildren();
  const lines = timeMarks.map((mark) => `M${mark.x} 0V${panel.shown}`)
    .concat(ticks.map((value) => `M0 ${scale.y(value).toFixed(1)}H${layout.plot}`));
  draw(panel.grid, "path", { d: lines.join("") || "M0 0" });
  for (const value of ticks) {
    const y = scale.y(value);
    if (y < -1 || y > panel.shown + 1) continue;
    draw(panel.labels, "text", { x: layout.plot + 8, y: clamp(y + 4, 10, panel.shown - 1).toFixed(1) }, format(value));
  }
};
