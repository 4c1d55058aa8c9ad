
// Round numbers for the axes.

/** Round values between two bounds, about as many as asked for, and the places they need. */
const roundTicks = (low, high, wanted) => {
  const raw = (high - low) / Math.max(wanted, 1);
  if (!(raw > 0) || !Number.isFinite(raw)) return { values: [low], places: 2 };
  const power = 10 ** Math.floor(Math.log10(raw));
  const part = raw / power;
  const step = power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
  const values = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) values.push(k * step);
  return { values, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
};

/** Round values on a logarithmic scale: 1, 2 and 5 of each decade, or plain ones where it spans too little. */
const logTicks = (low, high, wanted) => {
  if (high / low < 4) return roundTicks(low, high, wanted);
  const values = [];
  const decades = Math.log10(high / low);
  const parts = decades > 4 ? [1] : [1, 2, 5];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const part of parts) if (part * power >= low && part * power <= high) values.push(part * power);
  }
  return { values, places: Math.max(0, -Math.floor(Math.log10(values[0] ?? 1) + 1e-9)) };
};

const months = account.times.map((time) => {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
});

// What a tick may stand for, from fine to coarse: a key that changes where a new one begins.
const timeUnits = [
  ...[1, 5, 10, 30].map((n) => n * 1000), ...[1, 2, 5, 10, 15, 30].map((n) => n * 60000),
  ...[1, 2, 3, 6, 12].map((n) => n * 3600000)]
  .map((length) => ({ kind: "clock", length, key: (i) => Math.floor(account.times[i] / length) }))
  .concat([
    { kind: "day", key: (i) => Math.floor(account.times[i] / day) },
    { kind: "day", key: (i) => Math.floor((account.times[i] / day + 3) / 7) },
    ...[1, 3, 6].map((n) => ({ kind: "month", key: (i) => Math.floor(months[i] / n) })),
    ...[1, 2, 5, 10, 20, 50].map((n) => ({ kind: "year", key: (i) => Math.floor(months[i] / 12 / n) })),
  ]);

/** Where a round time of the clock lies: within the bucket before i where that reaches up to i, else at i itself. */
const roundTime = (unit, i) => {
  const round = unit.key(i) * unit.length;
  const usual = account.count > 1 ? (account.times[account.count - 1] - account.times[0]) / account.count : 0;
  const length = i > 0 ? account.times[i] - account.times[i - 1] : 0;
  if (account.span === 1 || i === 0 || length > 3 * usual) return { place: i, time: account.times[i] };
  return { place: i - 1 + (round - account.times[i - 1]) / length, time: round };
};

const tickLabel = (kind, i, before, time = account.times[i]) => {
  const date = new Date(time);
  const year = String(date.getUTCFullYear());
  if (kind === "year" || (before >= 0 && Math.floor(months[before] / 12) !== date.getUTCFullYear())) return year;
  const month = monthNames[date.getUTCMonth()];
  if (kind === "month") return date.getUTCMonth() === 0 ? year : month;
  const isNewDay = before < 0 || Math.floor(account.times[before] / day) !== Math.floor(account.times[i] / day);
  if (kind === "day" || isNewDay) return date.getUTCDate() + " " + month;
  return clockText(time);
};

/** The buckets between two places where a day, a month, a year ... begins, at most so many. */
const timeTicks = (from, to, most) => {
  const first = clamp(Math.ceil(from - 0.5), 0, account.count - 1);
  const last = clamp(Math.floor(to - 0.5), 0, account.count - 1);
  for (const unit of timeUnits) {
    const found = [];
    let key = first > 0 ? unit.key(first - 1) : unit.key(first);
    for (let i = first; i <= last && found.length <= most; i += 1) {
      const next = unit.key(i);
      if (next !== key) found.push(i);
      key = next;
    }
    if (found.length > most) continue;
    return found.map((i, n) => {
      const { place, time } = unit.length ? roundTime(unit, i) : { place: i, time: account.times[i] };
      return { place, label: tickLabel(unit.kind, i, n ? found[n - 1] : -1, time) };
    });
  }
  return [];
};
