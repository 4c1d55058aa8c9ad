
// The list of trades: sorted, filtered, in pages.

const pageSize = 50;
const printedRows = 400;
const list = { sort: "number", falling: false, page: 0, rows: trades, outcome: "", symbol: "" };
const table = byId("trade-table");

const longestFraction = (name) =>
  trades.reduce((most, trade) => Math.max(most, (trade[name].split(".")[1] ?? "").length), 0);

/** A decimal in full, its point under those above it; places beyond the second are set back. */
const exactCell = (name, { signed = false, atLeast = 2 } = {}) => {
  const places = longestFraction(name);
  return (trade, cell) => {
    const text = decimalText(trade[name], Math.min(atLeast, places), signed);
    const [whole, fraction = ""] = text.split(".");
    const shown = Math.max(places, fraction ? atLeast : 0);
    cell.append(whole + (fraction ? "." + fraction.slice(0, atLeast) : ""));
    const rest = fraction.slice(atLeast);
    if (rest) cell.append(make("span", { class: "fine" }, rest));
    const pad = shown - fraction.length;
    if (pad > 0) cell.append(make("span", { class: "pad", "aria-hidden": "true" }, (fraction ? "" : ".") + "0".repeat(pad)));
    return cell;
  };
};

const columns = [
  { key: "number", title: "#", kind: "number", of: (trade) => trade.number, cell: (trade, cell) => {
    const button = make("button", { type: "button", class: "plain", "aria-label": "Show trade " + trade.number + " in the charts" },
      grouped(String(trade.number)));
    cell.append(button);
  } },
  { key: "symbol", title: "Symbol", when: data.symbols.length > 1, of: (trade) => symbolName(trade.symbol) },
  { key: "strategy", title: "Strategy", when: data.strategies.length > 1, of: (trade) => data.strategies[trade.strategy] ?? "?" },
  { key: "side", title: "Side", when: trades.some((trade) => trade.side < 0), of: (trade) => (trade.side > 0 ? "long" : "short") },
  { key: "quantity", title: "Quantity", kind: "number", of: (trade) => Number(trade.quantity), cell: exactCell("quantity", { atLeast: 0 }) },
  { key: "entry", title: "Entry", kind: "time", of: (trade) => trade.entry, cell: (trade, cell) => cell.append(timeText(trade.entry)) },
  { key: "in", title: "Price", kind: "number", of: (trade) => Number(trade.in), cell: exactCell("in") },
  { key: "exit", title: "Exit", kind: "time", of: (trade) => trade.exit, cell: (trade, cell) => cell.append(timeText(trade.exit)) },
  { key: "out", title: "Price", kind: "number", of: (trade) => Number(trade.out), cell: exactCell("out") },
  { key: "held", title: "Held", kind: "number", of: (trade) => trade.held, cell: (trade, cell) => cell.append(lengthText(trade.held)) },
  { key: "share", title: "Return", kind: "number", of: (trade) => trade.share, cell: (trade, cell) => {
    cell.classList.add(outcome(trade));
    cell.append(percentText(trade.share, 2, true));
  } },
  { key: "gain", title: "Profit", kind: "number", of: (trade) => trade.gain, cell: (() => {
    const exact = exactCell("pnl", { signed: true });
    return (trade, cell) => exact(trade, cell).classList.add(outcome(trade));
  })() },
  { key: "fees", title: "Fees", kind: "number", when: trades.some((trade) => Number(trade.fees) !== 0), of: (trade) => Number(trade.fees), cell: exactCell("fees") },
  { key: "reason", title: "Exit by", of: (trade) => trade.reason },
].filter((column) => column.when ?? true);

const sortRows = () => {
  const { of } = columns.find((column) => column.key === list.sort);
  const direction = list.falling ? -1 : 1;
  list.rows = trades.filter((trade) => (!list.outcome || outcome(trade) === list.outcome) &&
    (list.symbol === "" || trade.symbol === Number(list.symbol)));
  list.rows.sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    return (x < y ? -direction : x > y ? direction : 0) || a.number - b.number;
  });
};

const tradeRow = (trade) => {
  const row = make("tr", { "data-trade": trade.number, "aria-selected": String(state.trade?.trade === trade) });
  for (const column of columns) {
    const cell = make("td", { class: column.kind ?? "" });
    if (column.cell) column.cell(trade, cell); else cell.textContent = column.of(trade);
    row.append(cell);
  }
  return row;
};

const fillTable = (from = list.page * pageSize, count = pageSize) => {
  if (!table) return;
  table.tBodies[0].replaceChildren(...list.rows.slice(from, from + count).map(tradeRow));
  for (const head of table.tHead.rows[0].cells) {
    const isSorted = head.dataset.key === list.sort;
    set(head, { "aria-sort": isSorted ? (list.falling ? "descending" : "ascending") : "none" });
  }
  const pages = Math.max(Math.ceil(list.rows.length / pageSize), 1);
  const [first, last] = [Math.min(from + 1, list.rows.length), Math.min(from + count, list.rows.length)];
  byId("trade-count").textContent = grouped(String(first)) + "\u2013" + grouped(String(last)) + " of " + grouped(String(list.rows.length));
  for (const button of byId("trade-pages").querySelectorAll("button")) {
    button.disabled = button.dataset.step < 0 ? list.page === 0 : list.page >= pages - 1;
  }
  byId("trade-pages").classList.toggle("single", pages === 1);
};

const showTradeInList = (trade, isChosenInChart) => {
  if (!table) return;
  if (trade?.number && isChosenInChart) {
    if (!list.rows.includes(trade)) {
      list.outcome = list.symbol = "";
      for (const choice of byId("trade-tools").querySelectorAll("select")) choice.value = "";
      sortRows();
    }
    list.page = Math.floor(list.rows.indexOf(trade) / pageSize);
    return fillTable();
  }
  for (const row of table.tBodies[0].rows) set(row, { "aria-selected": String(Number(row.dataset.trade) === trade?.number) });
};

const choice = (label, options, act) => {
  const holder = make("label", {}, label + " ");
  const select = make("select");
  for (const [value, text] of options) select.append(make("option", { value }, text));
  select.addEventListener("change", () => act(select.value));
  holder.append(select);
  return holder;
};

const pressButton = (label, act, attributes = {}) => {
  const button = make("button", { type: "button", ...attributes }, label);
  button.addEventListener("click", act);
  return button;
};

/** The list as it is shown, all pages, as CSV with plain numbers. */
const saveTrades = () => {
  const quoted = (text) => (/[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const safe = (text) => quoted(/^[=+\-@\t]/.test(text) ? "'" + text : text);
  const instant = (time) => new Date(time).toISOString().replace(".000", "");
  const lines = list.rows.map((trade) => [
    trade.number, safe(symbolName(trade.symbol)), safe(data.strategies[trade.strategy] ?? ""), trade.side > 0 ? "long" : "short",
    trade.quantity, instant(trade.entry), trade.in, instant(trade.exit), trade.out, trade.stop, trade.target,
    trade.fees, trade.pnl, data.currency, safe(trade.reason)].join(","));
  const head = "number,symbol,strategy,side,quantity,entry_time,entry_price,exit_time,exit_price,stop,target,fees,pnl,currency,reason";
  const link = make("a", { download: "trades.csv", href: URL.createObjectURL(new Blob([head + "\n" + lines.join("\n") + "\n"], { type: "text/csv" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

const buildTable = () => {
  if (!table) return;
  const head = table.createTHead().insertRow();
  table.createTBody();
  for (const column of columns) {
    const cell = make("th", { scope: "col", class: column.kind ?? "", "data-key": column.key });
    cell.append(pressButton(column.title, () => {
      list.falling = list.sort === column.key ? !list.falling : column.kind === "number" && column.key !== "number";
      list.sort = column.key;
      list.page = 0;
      sortRows();
      fillTable();
    }, { class: "plain" }));
    head.append(cell);
  }
  const filter = (name) => (value) => {
    list[name] = value;
    list.page = 0;
    sortRows();
    fillTable();
  };
  const tools = byId("trade-tools");
  tools.append(choice("Show", [["", "all trades"], ["won", "won"], ["lost", "lost"]], filter("outcome")));
  if (data.symbols.length > 1) {
    const traded = [...new Set(trades.map((trade) => trade.symbol))].sort((a, b) => (symbolName(a) < symbolName(b) ? -1 : 1));
    tools.append(choice("of", [["", "all symbols"], ...traded.map((symbol) => [symbol, symbolName(symbol)])], filter("symbol")));
  }
  tools.append(pressButton("Save as CSV", saveTrades, { class: "right" }));
  const turn = (step) => () => {
    list.page += step;
    fillTable();
  };
  byId("trade-pages").append(pressButton("Previous", turn(-1), { "data-step": -1 }), make("span", { id: "trade-count" }),
    pressButton("Next", turn(1), { "data-step": 1 }));
  table.tBodies[0].addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (!row || String(getSelection())) return;
    chooseTrade(trades[Number(row.dataset.trade) - 1], true);
    byId("charts").scrollIntoView({ block: "start" });
    if (event.target.closest("button")) frame.focus({ preventScroll: true });
  });
  fillTable();
};
