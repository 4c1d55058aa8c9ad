
// The tools above the charts, and the beginning of it all.

const showSymbol = (chart) => {
  state.chart = chart;
  const select = byId("chart-symbol");
  if (select) select.value = String(chart);
  redraw();
};

const toggle = (label, name, title) => {
  const button = pressButton(label, () => {
    state[name] = !state[name];
    button.setAttribute("aria-pressed", String(state[name]));
    redraw();
  }, { "aria-pressed": "false", title });
  return button;
};

const buildTools = () => {
  const tools = byId("chart-tools");
  if (prices.length > 1) {
    const holder = choice("Symbol", prices.map((price, i) => [i, symbolName(price.symbol)]), (value) => {
      showSymbol(Number(value));
      chooseTrade(null, false);
    });
    holder.querySelector("select").id = "chart-symbol";
    tools.append(holder);
  }
  if (account.low.every((value) => value > 0)) tools.append(toggle("Log", "log", "Logarithmic scale: equal distances are equal percentages"));
  if (prices.length) tools.append(toggle("Compare with holding", "hold", "The starting cash at the price of the charted symbol, without costs"));
  tools.append(
    make("span", { id: "chart-range", class: "right" }),
    pressButton("\u2212", () => zoom(2), { "aria-label": "Zoom out" }),
    pressButton("+", () => zoom(0.5), { "aria-label": "Zoom in" }),
    pressButton("All", showAll, { "aria-label": "Show the whole run", id: "chart-all" }));
};

/** The bar below the charts that tells which part of the run is shown, and moves it. */
const scroller = make("div", { id: "scroller", "aria-hidden": "true" });
scroller.append(make("div"));
let grip = null;
scroller.addEventListener("pointerdown", (event) => {
  const box = scroller.getBoundingClientRect();
  const place = ((event.clientX - box.left) / box.width) * account.count;
  if (place < state.from || place > state.to) showRange(place - (state.to - state.from) / 2, place + (state.to - state.from) / 2);
  grip = { x: event.clientX, from: clamp(state.from, 0, account.count), width: state.to - state.from, scale: account.count / box.width };
  scroller.setPointerCapture(event.pointerId);
});
scroller.addEventListener("pointermove", (event) => {
  if (!grip) return;
  const from = clamp(grip.from + (event.clientX - grip.x) * grip.scale, 0, account.count - grip.width);
  showRange(from, from + grip.width);
});
scroller.addEventListener("pointerup", () => (grip = null));
scroller.addEventListener("pointercancel", () => (grip = null));

const drawRange = () => {
  const [first, last] = [Math.floor(state.from), Math.ceil(state.to) - 1].map((i) => clamp(i, 0, account.count - 1));
  byId("chart-range").textContent = timeText(account.times[first]) + " \u2013 " + timeText(account.times[last]);
  byId("chart-all").disabled = whole();
  scroller.classList.toggle("whole", whole());
  scroller.style.width = layout.plot + "px";
  scroller.firstChild.style.left = (state.from / account.count) * 100 + "%";
  scroller.firstChild.style.width = ((state.to - state.from) / account.count) * 100 + "%";
};

const begin = () => {
  buildTable();
  drawResults();
  if (!account.count) {
    frame.append(make("p", {}, "There is no bar to draw."));
    for (const panel of panels) panel.svg.parentNode.hidden = true;
    return;
  }
  set(frame, {
    tabindex: 0, role: "application", "aria-label": "Equity, drawdown and price over time. Arrow keys move the cursor, plus " +
      "and minus zoom, 0 shows all, n and p go to the next and previous trade.",
  });
  buildTools();
  frame.after(scroller, legend, make("p", { id: "chart-spoken", class: "spoken", "aria-live": "polite" }));
  new ResizeObserver(redraw).observe(frame);
  drawCharts();
  tellTrade(null);
};

addEventListener("beforeprint", () => {
  state.cursor = null;
  drawCharts(true);
  if (table) fillTable(0, printedRows);
});
addEventListener("afterprint", () => {
  drawCharts();
  if (table) fillTable();
});
document.addEventListener("copy", (event) => {
  const text = String(getSelection());
  if (!text.includes(minus)) return;
  event.clipboardData.setData("text/plain", text.replaceAll(minus, "-"));
  event.preventDefault();
});

begin();
document.documentElement.dataset.ready = "";
})();
