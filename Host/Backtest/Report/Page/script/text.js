
// Numbers and times as the reader sees them.

const minus = "\u2212";
const none = "\u2013";
const day = 86400000;
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** A plain decimal such as -1234.5 with groups, a true minus sign, and at least so many places. */
const decimalText = (text, places = 0, signed = false) => {
  const negative = text.startsWith("-");
  const [whole, fraction = ""] = text.replace("-", "").split(".");
  const padded = fraction.padEnd(places, "0");
  const isZero = !/[1-9]/.test(text);
  const sign = isZero ? "" : negative ? minus : signed ? "+" : "";
  return sign + grouped(whole) + (padded ? "." + padded : "");
};

const numberText = (value, places, signed = false) =>
  Number.isFinite(value) ? decimalText(value.toFixed(places), places, signed) : none;

const percentText = (value, places = 2, signed = false) =>
  Number.isFinite(value) ? numberText(value * 100, places, signed) + "\u202f%" : none;

/** An amount of the account in cents, or below one in all the places it is drawn from. */
const amountText = (value) => numberText(value, Math.abs(value) >= 1 ? 2 : Math.max(account.places, 2));

/** A price in four places at most, or in all of them below one. */
const priceText = (value, { places }) => numberText(value, Math.abs(value) < 1 ? places : Math.min(places, 4));

const two = (value) => String(value).padStart(2, "0");

const dateText = (time) => new Date(time).toISOString().slice(0, 10);

const clockText = (time) => {
  const ofDay = ((time % day) + day) % day;
  const seconds = Math.floor(ofDay / 1000) % 60;
  const clock = two(Math.floor(ofDay / 3600000)) + ":" + two(Math.floor(ofDay / 60000) % 60);
  return seconds ? clock + ":" + two(seconds) : clock;
};

/** 2005-04-21 of daily data, else 2013-10-07 18:07Z. */
const timeText = (time) => (data.daily ? dateText(time) : dateText(time) + " " + clockText(time) + "Z");

/** A length of time in its leading units. */
const lengthText = (length) => {
  const minutes = Math.round(length / 60000);
  if (data.daily || length >= 2 * day) return numberText(length / day, data.daily ? 0 : 1) + " d";
  if (minutes >= 60) return Math.floor(minutes / 60) + " h " + two(minutes % 60) + " min";
  return minutes ? minutes + " min" : numberText(length / 1000, 0) + " s";
};
