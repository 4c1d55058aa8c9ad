#!/usr/bin/env python3
"""Writes the exchange tables of this folder from session lists.

    python3 generate.py FOLDER

FOLDER holds <EXCHANGE>_sessions.csv (date,open_utc,close_utc,early_close), one line for each session. Prints the
number of sessions and early closes and the FNV-1a digest that the tests of MarketCalendar state. Needs only the
standard library and the system's tzdata.
"""

import csv
import datetime
import pathlib
import sys
from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

EXCHANGES = {
    "XNYS": ("xnys", "America/New_York", "newYork", "New York Stock Exchange"),
    "XLON": ("xlon", "Europe/London", "london", "London Stock Exchange"),
    "XETR": ("xetr", "Europe/Berlin", "berlin", "Xetra"),
    "XAMS": ("xams", "Europe/Amsterdam", "amsterdam", "Euronext Amsterdam"),
}
SOURCE = "exchange_calendars 4.13.2 (Apache-2.0)"


def local_time(text, zone, date):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(zone)
    if moment.date() != date or moment.second:
        raise SystemExit(f"{text} is not a whole minute of {date} in {zone}: the tables cannot hold it")
    return moment.hour, moment.minute


def by_year(dates, indent):
    years = defaultdict(list)
    for date in dates:
        years[date.year].append(f"{date:%m-%d}")
    return "".join(f"{indent}{year} {' '.join(days)}\n" for year, days in sorted(years.items()))


def clock(time):
    return f".at({time[0]}, {time[1]})"


def main(folder):
    here = pathlib.Path(__file__).parent
    for code, (variable, zone_name, zone_variable, title) in EXCHANGES.items():
        path = folder / f"{code}_sessions.csv"
        zone = ZoneInfo(zone_name)
        hours = {}
        early = 0
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                date = datetime.date.fromisoformat(row["date"])
                hours[date] = (local_time(row["open_utc"], zone, date), local_time(row["close_utc"], zone, date))
                early += row["early_close"] == "yes"
                if date.weekday() > 4:
                    raise SystemExit(f"{path.name}: {date} is a weekend session: the tables cannot hold it")
        regular = Counter(hours.values()).most_common(1)[0][0]
        first, last = min(hours).year, max(hours).year
        day, closures = datetime.date(first, 1, 1), []
        while day.year <= last:
            if day.weekday() < 5 and day not in hours:
                closures.append(day)
            day += datetime.timedelta(days=1)
        special = defaultdict(list)
        for date, times in hours.items():
            if times != regular:
                special[times].append(date)

        text = f"// Written by generate.py from {SOURCE}; see README.md of this folder.\n\n"
        text += "extension ExchangeTable {\n"
        text += f"  /// {title}, {first} to {last}.\n"
        text += f"  static let {variable} = ExchangeTable(\n"
        text += f'    code: "{code}", zone: .{zone_variable},\n'
        text += f"    opens: {clock(regular[0])}, closes: {clock(regular[1])},\n"
        text += f'    years: {first}...{last},\n    closures: """\n{by_year(closures, "      ")}      """,\n'
        text += "    special: [\n"
        for times, dates in sorted(special.items()):
            text += "      SpecialHours(\n"
            text += f"        opens: {clock(times[0])}, closes: {clock(times[1])},\n"
            text += f'        dates: """\n{by_year(dates, "          ")}          """)\n'
        text = text.rstrip("\n") + "\n    ])\n}\n"
        (here / f"{code}.swift").write_text(text)

        digest = 0xCBF29CE484222325
        for byte in path.read_bytes():
            digest = (digest ^ byte) * 0x100000001B3 % 2**64
        print(f"{code}: {len(hours)} sessions, {early} early closes, digest 0x{digest:016x}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]))
