
// How the results of the trades are spread.

const bars = 24;

/** The edges of about so many classes of returns: round, with zero as an edge; one result in fifty at each end lies beyond. */
const resultClasses = (returns) => {
  const sorted = returns.slice().sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [Math.min(at(0.02), 0), Math.max(at(0.98), 0)];
  const { values, places } = roundTicks(low * 100, high * 100 + 1e-9, bars);
  const step = values.length > 1 ? values[1] - values[0] : 1;
  const [first, last] = [Math.floor((low * 100) / step), Math.max(Math.ceil((high * 100) / step), Math.floor((low * 100) / step) + 1)];
  return { step, first, last, places };
};

const drawResults = () => {
  const host = byId("results");
  const returns = trades.map((trade) => trade.share * 100).filter(Number.isFinite);
  if (!host || returns.length < 5) return;
  const { step, first, last, places } = resultClasses(returns.map((value) => value / 100));
  const counts = new Array(last - first).fill(0);
  for (const value of returns) counts[clamp(Math.floor(value / step), first, last - 1) - first] += 1;
  const [width, height, bottom, left] = [520, 150, 24, 34];
  const highest = Math.max(...counts);
  const isBelow = returns.some((value) => value < first * step);
  const isAbove = returns.some((value) => value >= last * step);
  const x = (edge) => left + ((edge - first) / (last - first)) * (width - left - 8);
  const y = (count) => 6 + (1 - count / highest) * (height - bottom - 6);
  host.hidden = false;
  host.append(make("h3", {}, "Returns of the trades, in per cent of the entry"));
  const svg = draw(host, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  draw(svg, "title", {}, returns.length + " trades by return");
  for (const value of roundTicks(0, highest, 3).values.filter(Number.isInteger)) {
    draw(svg, "path", { class: "axis", d: `M${left} ${y(value).toFixed(1)}H${width - 8}` });
    draw(svg, "text", { x: left - 6, y: (y(value) + 4).toFixed(1), "text-anchor": "end" }, grouped(String(value)));
  }
  counts.forEach((count, i) => {
    if (!count) return;
    const edge = first + i;
    const bar = draw(svg, "rect", {
      class: edge >= 0 ? "won" : "lost", x: (x(edge) + 0.75).toFixed(1), width: Math.max(x(edge + 1) - x(edge) - 1.5, 1).toFixed(1),
      y: y(count).toFixed(1), height: (height - bottom - y(count)).toFixed(1),
    });
    const range = numberText(edge * step, places) + " to " + numberText((edge + 1) * step, places) + " %";
    const isOpen = (i === 0 && isBelow) || (i === counts.length - 1 && isAbove);
    draw(bar, "title", {}, grouped(String(count)) + " trades, " + range + (isOpen ? " or beyond" : ""));
  });
  const label = (edge, text, anchor) => draw(svg, "text", { x: x(edge).toFixed(1), y: height - 7, "text-anchor": anchor }, text);
  const [least, most] = [numberText((first + 1) * step, places), numberText((last - 1) * step, places)];
  if (isBelow) label(first, "< " + least, "start");
  if (isAbove) label(last, "\u2265 " + most, "end");
  for (const edge of roundTicks(first, last, 6).values.filter(Number.isInteger)) {
    if (x(edge) < left + (isBelow ? 64 : 6) || x(edge) > width - (isAbove ? 72 : 14)) continue;
    label(edge, numberText(edge * step, places), "middle");
  }
};
