
// Reading off, zooming and choosing trades, by mouse, finger and keyboard.

const frame = byId("chart-panels");
const tradeLine = byId("chart-trade");
let drag = null;
const fingers = new Map();

const readouts = () => {
  const at = clamp(Math.floor(state.cursor ?? state.to - 1e-6), 0, account.count - 1);
  const equity = account.last[at];
  equityPanel.readout.replaceChildren(
    make("time", {}, timeText(account.times[at]) + (account.span > 1 ? ", " + grouped(String(account.span)) + " bars" : "")),
    make("b", {}, amountText(equity) + " " + data.currency),
    make("span", { class: equity >= startingCash ? "gain" : "loss" }, percentText(equity / startingCash - 1, 2, true)));
  const compared = state.hold ? holding() : null;
  if (compared) {
    const price = prices[state.chart];
    const value = compared[pricePanel.value(at + 0.5).index];
    equityPanel.readout.append(make("span", { class: "compared" },
      "held " + symbolName(price.symbol) + " " + numberText(value, 2)));
  }
  drawdownPanel.readout.replaceChildren(make("b", {}, percentText(account.drawdown[at])));
  const price = prices[state.chart];
  if (!price) return;
  pricePanel.heading.textContent = symbolName(price.symbol);
  const i = pricePanel.value(state.cursor ?? state.to - 1e-6).index;
  pricePanel.readout.replaceChildren(...["open", "high", "low", "close"].map((name) => {
    const part = make("span", {}, name[0].toUpperCase() + " ");
    part.append(make("b", {}, priceText(price[name][i], price)));
    return part;
  }), make("span", {}, price.currency));
};

/** The time under the cursor, over the time axis. */
const drawCursorTime = (panel, x) => {
  const at = clamp(Math.floor(state.cursor), 0, account.count - 1);
  const text = timeText(account.times[at]);
  const width = text.length * 6.6 + 12;
  const middle = clamp(x, width / 2, layout.width - width / 2);
  draw(panel.flag, "rect", { x: middle - width / 2, y: panel.shown + 4, width, height: 19, rx: 3 });
  draw(panel.flag, "text", { x: middle, y: panel.shown + 18, class: "time" }, text);
};

const drawCursor = () => {
  lastPanel().flag.replaceChildren();
  for (const panel of panels) {
    panel.cursor.replaceChildren();
    if (panel === pricePanel && !prices.length) continue;
    if (state.trade) {
      const { from, to } = state.trade.place;
      const [left, right] = [Math.max(xOf(from), 0), Math.min(xOf(to), layout.plot)];
      if (right >= left) {
        draw(panel.cursor, "rect", { class: "chosen", x: left, y: 0, width: Math.max(right - left, 2), height: panel.shown });
      }
    }
    if (drag?.isZoom) {
      draw(panel.cursor, "rect", {
        class: "drag", x: Math.min(drag.x, drag.now), y: 0, width: Math.abs(drag.now - drag.x), height: panel.shown,
      });
    }
    if (state.cursor === null || !panel.value) continue;
    const x = xOf(Math.floor(state.cursor) + 0.5);
    if (x < 0 || x > layout.plot) continue;
    draw(panel.cursor, "path", { d: `M${x.toFixed(1)} 0V${panel.shown}` });
    if (panel === lastPanel()) drawCursorTime(panel, x);
    draw(panel.cursor, "circle", { cx: x.toFixed(1), cy: panel.value(state.cursor).y.toFixed(1), r: 3 });
  }
  readouts();
};

/** The trade whose mark or line is nearest to a point of the price panel, within reach. */
const tradeAt = (x, y) => {
  let [best, nearest] = [null, 14];
  for (const spot of pricePanel.pick?.spots ?? []) {
    const [dx, dy] = [spot.x2 - spot.x1, spot.y2 - spot.y1];
    const along = clamp(((x - spot.x1) * dx + (y - spot.y1) * dy) / (dx * dx + dy * dy || 1), 0, 1);
    const distance = Math.hypot(x - spot.x1 - along * dx, y - spot.y1 - along * dy);
    if (distance < nearest) [best, nearest] = [spot.trade, distance];
  }
  return best;
};

const describeTrade = (trade) => {
  const side = trade.side > 0 ? "long" : "short";
  const name = trade.number ? "Trade " + grouped(String(trade.number)) : "Open position";
  const parts = [name + ": " + side + " " + (trade.quantity ?? "") + " " + symbolName(trade.symbol)];
  parts.push("in " + timeText(trade.entry) + " at " + trade.in);
  if (trade.out !== undefined) parts.push("out " + timeText(trade.exit) + " at " + trade.out + " (" + trade.reason + ")");
  if (trade.stop) parts.push("stop " + trade.stop);
  if (!prices.some((price) => price.symbol === trade.symbol)) parts.push("its price is not charted");
  return parts.join(" \u00b7 ");
};

/** Shows a trade in words; the one under the pointer, else the chosen one. */
const tellTrade = (trade) => {
  const told = trade ?? state.trade?.trade;
  tradeLine.replaceChildren();
  if (!told) {
    const pick = pricePanel.pick;
    tradeLine.textContent = !pick || !pick.count ? "" : pick.isFull
      ? "Point at a trade to read it, click to find it in the list."
      : grouped(String(pick.count)) + " trades in view" + (pick.spots.length ? ", drawn as lines" : "") +
        "; zoom in to see entries, exits and stops.";
    return;
  }
  tradeLine.append(make("span", {}, describeTrade(told) + " "));
  if (told.number) {
    tradeLine.append(make("b", { class: told.gain > 0 ? "gain" : told.gain < 0 ? "loss" : "" },
      decimalText(told.pnl, 2, true) + " " + data.currency));
    if (state.trade?.trade === told) {
      const link = make("a", { href: "#trade-table" }, "show in the list");
      link.addEventListener("click", (event) => {
        event.preventDefault();
        document.querySelector("#trade-table tr[aria-selected=true]")?.scrollIntoView({ block: "center" });
      });
      tradeLine.append(" ", link);
    }
  }
};

/** Chooses a trade in charts and list alike; from the list, the charts go to it. */
const chooseTrade = (trade, goThere) => {
  const chart = trade ? prices.findIndex((price) => price.symbol === trade.symbol) : -1;
  if (trade && goThere && chart >= 0 && chart !== state.chart) showSymbol(chart);
  state.trade = trade && {
    trade, place: { from: placeOf(trade.entry), to: trade.exit === Infinity ? account.count : placeOf(trade.exit) },
  };
  if (trade && goThere) {
    const { from, to } = state.trade.place;
    const room = Math.max((to - from) * 1.5, 20);
    showRange(from - room, to + room);
    state.cursor = Math.floor(from) + 0.5;
  }
  showTradeInList(trade, !goThere);
  tellTrade(null);
  drawCursor();
};

const pointOf = (event) => {
  const box = lastPanel().svg.getBoundingClientRect();
  return { x: clamp(event.clientX - box.left, 0, layout.plot), y: event.clientY - box.top, isIn: event.clientY >= box.top };
};

const pinch = () => {
  const [a, b] = [...fingers.values()];
  return { middle: (a + b) / 2, width: Math.max(Math.abs(a - b), 20) };
};

frame.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || !event.target.closest("svg")) return;
  const { x } = pointOf(event);
  fingers.set(event.pointerId, x);
  if (fingers.size === 2) {
    const { middle, width } = pinch();
    drag = { pinch: width, place: placeAt(middle), from: state.from, to: state.to };
  } else {
    drag = { x, now: x, isTouch: event.pointerType === "touch", isZoom: false };
    state.cursor = placeAt(x);
  }
  frame.setPointerCapture(event.pointerId);
  drawCursor();
});

frame.addEventListener("pointermove", (event) => {
  const { x, y } = pointOf(event);
  if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
  if (drag?.pinch && fingers.size === 2) {
    const { middle, width } = pinch();
    const size = ((drag.to - drag.from) * drag.pinch) / width;
    const from = drag.place - (middle / layout.plot) * size;
    return showRange(from, from + size);
  }
  state.cursor = placeAt(x);
  if (drag && !drag.isTouch) {
    drag.now = x;
    drag.isZoom = Math.abs(x - drag.x) > 5;
  }
  const trade = tradeAt(x, y);
  frame.classList.toggle("on-trade", Boolean(trade));
  tellTrade(trade);
  drawCursor();
});

const release = (event) => {
  fingers.delete(event.pointerId);
  const ended = drag;
  drag = fingers.size ? drag : null;
  if (!ended || ended.pinch || event.type === "pointercancel") return drawCursor();
  if (ended.isZoom) return showRange(placeAt(Math.min(ended.x, ended.now)), placeAt(Math.max(ended.x, ended.now)));
  const { x, y } = pointOf(event);
  chooseTrade(tradeAt(x, y), false);
};
frame.addEventListener("pointerup", release);
frame.addEventListener("pointercancel", release);
frame.addEventListener("pointerleave", (event) => {
  if (drag || event.pointerType === "touch") return;
  state.cursor = null;
  tellTrade(null);
  drawCursor();
});
frame.addEventListener("dblclick", showAll);
frame.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
  event.preventDefault();
  if (event.ctrlKey) zoom(1.002 ** clamp(event.deltaY, -200, 200)); else pan(event.deltaX / layout.plot);
}, { passive: false });

const moveCursor = (steps) => {
  const place = Math.floor(state.cursor ?? (state.from + state.to) / 2) + 0.5 + steps;
  state.cursor = clamp(place, 0.5, account.count - 0.5);
  const width = state.to - state.from;
  if (state.cursor < state.from) showRange(state.cursor - width * 0.1, state.cursor + width * 0.9);
  if (state.cursor > state.to) showRange(state.cursor - width * 0.9, state.cursor + width * 0.1);
  drawCursor();
};

/** Chooses the trade of the charted symbol before or after the chosen one, else the one nearest to the cursor. */
const stepTrade = (direction) => {
  const placed = placedTrades().filter(({ trade }) => trade.number).sort((a, b) => a.from - b.from);
  const at = placed.findIndex(({ trade }) => trade === state.trade?.trade);
  const cursor = state.cursor ?? state.from;
  const after = placed.findIndex(({ from }) => from >= cursor);
  const beyond = after < 0 ? placed.length : after;
  const next = placed[at >= 0 ? at + direction : direction > 0 ? beyond : beyond - 1];
  if (next) chooseTrade(next.trade, true);
};

const keys = {
  ArrowLeft: (event) => moveCursor(event.shiftKey ? -10 : -1), ArrowRight: (event) => moveCursor(event.shiftKey ? 10 : 1),
  Home: () => moveCursor(-account.count), End: () => moveCursor(account.count),
  "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), "0": showAll,
  n: () => stepTrade(1), p: () => stepTrade(-1),
  Escape: () => (state.trade ? chooseTrade(null, false) : showAll()),
};
frame.addEventListener("keydown", (event) => {
  const action = keys[event.key];
  if (!action || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  action(event);
  announce();
});

const announce = () => {
  const at = clamp(Math.floor(state.cursor ?? state.to - 1e-6), 0, account.count - 1);
  byId("chart-spoken").textContent = timeText(account.times[at]) + ", equity " + amountText(account.last[at]) + " " +
    data.currency + ", drawdown " + percentText(account.drawdown[at]);
};
