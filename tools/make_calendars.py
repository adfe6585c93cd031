#!/usr/bin/env python3
"""Writes packs/calendars/*.tsv: the PRC's from the data of two open projects, the others from their statutes.

  tools/make_calendars.py HOLIDAYS OUT     HOLIDAYS has chinese-days.json and holiday-cn/YYYY.json

Run by hand when a notice or a statute changes a day; raise that calendar's version with it.  The output is committed.
The statutes' rules below were mostly written from memory of the provisions cited; each file says what was seen of them.
"""

import json
import pathlib
import sys
from datetime import date, timedelta

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
FROM_MEMORY = "The rules were written from memory of the provisions cited below; no official text was at hand."
PARTLY_SEEN = "Written from memory of the provisions cited below, save for what was seen in stored copies: "


def easter(year):
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth(year, month, weekday, n):
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))


def last(year, month, weekday):
    end = date(year, month + 1, 1) - timedelta(1)
    return end - timedelta((end.weekday() - weekday) % 7)


class Sheet:
    """One calendar: days off and days worked, in any order."""

    def __init__(self, name, title, version, published, rest, notes, sources, listed=None):
        self.listed = listed or published  # the days that are written, when more than the published ones are known
        self.head = (name, title, version, published, rest, notes)
        self.sources = sources
        self.rows = {}

    def add(self, day, source, name, kind="off"):
        assert source in self.sources, source
        if day in self.rows and self.rows[day][0] == kind:  # two holidays on one day: name both
            name = f"{self.rows[day][2]}, {name}"
        self.rows[day] = (kind, source, name)

    def write(self, folder):
        name, title, version, published, rest, notes = self.head
        lines = [f"# {note}" for note in notes]
        lines += [f"name\t{name}", f"title\t{title}", f"version\t{version}"]
        lines += ["published\t" + "\t".join(str(day) for day in published), "rest\t" + "\t".join(rest)]
        kept = [(d, row) for d, row in sorted(self.rows.items()) if self.listed[0] <= d <= self.listed[1]]
        used = {row[1] for _, row in kept}
        lines += [f"source\t{key}\t{citation}" for key, citation in self.sources.items() if key in used]
        lines += [f"{day}\t{kind}\t{source}\t{what}" for day, (kind, source, what) in kept]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def prc(holidays):
    days = json.loads((holidays / "chinese-days.json").read_text(encoding="utf-8"))
    papers, listed = {}, {}
    for year in range(2007, 2027):
        table = json.loads((holidays / "holiday-cn" / f"{year}.json").read_text(encoding="utf-8"))
        papers[year] = " ; ".join(table["papers"])
        for day in table["days"]:
            listed[date.fromisoformat(day["date"])] = (not day["isOffDay"], year)
    sources = {"cd": "chinese-days 1.5.7, which names no notice for this day"}
    sources |= {f"n{year}": f"General Office of the State Council, {urls}" for year, urls in papers.items()}
    sheet = Sheet(
        "prc", "Working days of the People's Republic of China", "2026-1", (date(2004, 1, 1), date(2026, 12, 31)),
        ("saturday", "sunday"),
        ["Days off and days made up, as the yearly notices of the General Office of the State Council fix them.",
         "Days and names: chinese-days 1.5.7, (c) 2024 Yawei sun, MIT (LICENSE.chinese-days).",
         "Days and notices from 2007 on: holiday-cn, (c) 2019 NateScarlet, MIT (LICENSE.holiday-cn).",
         "From 2007-01-01 both give the same answer for every day; the years 2004 to 2006 rest on the first alone.",
         "The notices themselves were not read, save that of 2025-11-04 for 2026, in copies."],
        sources)
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        iso = day.isoformat()
        off, made_up, weekend = iso in days["holidays"], iso in days["workdays"], day.weekday() >= SATURDAY
        works = made_up or not (off or weekend)
        if day.year >= 2007 and works != (listed[day][0] if day in listed else not weekend):
            sys.exit(f"the two sources differ on {iso}")
        source = f"n{listed[day][1]}" if day in listed else "cd"
        if off or made_up:
            what = days["holidays" if off else "workdays"][iso].split(",")[0]
            sheet.add(day, source, what, "work" if made_up else "off")
        day += timedelta(1)
    return sheet


def italy():
    sheet = Sheet(
        "italy", "Public holidays of Italy", "2026-1", (date(1990, 1, 1), date(2030, 12, 31)), ("sunday",),
        ["The national holidays; local ones (the patron's day) are not in it.  Saturday is not a holiday: it ends a term.",
         PARTLY_SEEN + "L. 151/2025 (normattiva.it), the text of D.L. 5/2011 and art. 2 of L. 260/1949 (others' pages)."],
        {"l260": "L. 27 maggio 1949, n. 260, art. 2, as amended by L. 5 marzo 1977, n. 54",
         "dpr792": "D.P.R. 28 dicembre 1985, n. 792 (Epiphany)",
         "l336": "L. 20 novembre 2000, n. 336 (2 June is a holiday again from 2001)",
         "dl5": "D.L. 22 febbraio 2011, n. 5, art. 1 (17 March, in 2011 only)",
         "l151": "L. 8 ottobre 2025, n. 151 (4 October, from 2026)"})
    for year in range(1990, 2031):
        sheet.add(date(year, 1, 1), "l260", "New Year's Day")
        sheet.add(date(year, 1, 6), "dpr792", "Epiphany")
        sheet.add(easter(year) + timedelta(1), "l260", "Easter Monday")
        sheet.add(date(year, 4, 25), "l260", "Liberation Day")
        sheet.add(date(year, 5, 1), "l260", "Labour Day")
        if year >= 2001:
            sheet.add(date(year, 6, 2), "l336", "Republic Day")
        sheet.add(date(year, 8, 15), "l260", "Assumption")
        if year >= 2026:
            sheet.add(date(year, 10, 4), "l151", "Saint Francis")
        sheet.add(date(year, 11, 1), "l260", "All Saints")
        sheet.add(date(year, 12, 8), "l260", "Immaculate Conception")
        sheet.add(date(year, 12, 25), "l260", "Christmas Day")
        sheet.add(date(year, 12, 26), "l260", "Saint Stephen")
    sheet.add(date(2011, 3, 17), "dl5", "150 years of unity")
    return sheet


def germany():
    sheet = Sheet(
        "germany", "Public holidays of all German Laender", "2026-1", (date(1995, 1, 1), date(2030, 12, 31)),
        ("saturday", "sunday"),
        ["Only days that are holidays in every Land.  Saturday is a rest day: BGB 193 moves the end of a term past it.",
         "Begins in 1995: until 1994 the day of repentance was a holiday in most or all Laender, which was not verified.",
         FROM_MEMORY],
        {"land": "the holidays acts of the Laender, which agree on this day",
         "ev": "Einigungsvertrag, 31 August 1990, art. 2(2)",
         "r2017": "acts and orders of the Laender for 31 October 2017"})
    for year in range(1995, 2031):
        sheet.add(date(year, 1, 1), "land", "New Year's Day")
        sheet.add(easter(year) - timedelta(2), "land", "Good Friday")
        sheet.add(easter(year) + timedelta(1), "land", "Easter Monday")
        sheet.add(date(year, 5, 1), "land", "Labour Day")
        sheet.add(easter(year) + timedelta(39), "land", "Ascension Day")
        sheet.add(easter(year) + timedelta(50), "land", "Whit Monday")
        sheet.add(date(year, 10, 3), "ev", "German Unity Day")
        sheet.add(date(year, 12, 25), "land", "Christmas Day")
        sheet.add(date(year, 12, 26), "land", "Second day of Christmas")
    sheet.add(date(2017, 10, 31), "r2017", "Reformation Day, 500 years")
    return sheet


def england_wales():
    sheet = Sheet(
        "england-wales", "Bank holidays of England and Wales", "2026-1", (date(1990, 1, 1), date(2027, 12, 31)),
        ("saturday", "sunday"),
        ["Bank holidays with their substitute days, Christmas Day and Good Friday.",
         PARTLY_SEEN + "sch. 1, para. 1 (legislation.gov.uk), the proclamation of 24 June 1998 (thegazette.co.uk).",
         "The proclamations of the other years were not seen; 2027 follows the rule they have followed."],
        {"law": "common law holiday",
         "a1971": "Banking and Financial Dealings Act 1971, sch. 1, para. 1",
         "proc": "Banking and Financial Dealings Act 1971, s. 1(2) and (3): royal proclamation"})
    once = {date(1999, 12, 31): "Millennium", date(2002, 6, 3): "Golden Jubilee", date(2011, 4, 29): "Royal wedding",
            date(2012, 6, 5): "Diamond Jubilee", date(2022, 6, 3): "Platinum Jubilee",
            date(2022, 9, 19): "State funeral of Queen Elizabeth II", date(2023, 5, 8): "Coronation of King Charles III"}
    early_may = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
    spring = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
    for year in range(1990, 2028):
        new_year = date(year, 1, 1)
        sheet.add(new_year + timedelta({SATURDAY: 2, SUNDAY: 1}.get(new_year.weekday(), 0)), "proc", "New Year's Day")
        sheet.add(easter(year) - timedelta(2), "law", "Good Friday")
        sheet.add(easter(year) + timedelta(1), "a1971", "Easter Monday")
        sheet.add(early_may.get(year, nth(year, 5, MONDAY, 1)), "proc", "Early May bank holiday")
        moved = year in spring
        sheet.add(spring.get(year, last(year, 5, MONDAY)), "proc" if moved else "a1971", "Spring bank holiday")
        sheet.add(last(year, 8, MONDAY), "a1971", "Summer bank holiday")
        christmas = date(year, 12, 25)
        sheet.add(christmas, "law", "Christmas Day")
        # 26 and 27 December stand in the schedule; a day that is still owed on 28 December was proclaimed.
        if christmas.weekday() == SATURDAY:
            sheet.add(date(year, 12, 27), "a1971", "Substitute for Christmas Day")
            sheet.add(date(year, 12, 28), "proc", "Substitute for Boxing Day")
        elif christmas.weekday() == SUNDAY:
            sheet.add(date(year, 12, 26), "a1971", "Boxing Day")
            sheet.add(date(year, 12, 27), "a1971", "Substitute for Christmas Day")
        elif christmas.weekday() == FRIDAY:
            sheet.add(date(year, 12, 26), "a1971", "Boxing Day")
            sheet.add(date(year, 12, 28), "proc", "Substitute for Boxing Day")
        else:
            sheet.add(date(year, 12, 26), "a1971", "Boxing Day")
    for day, name in once.items():
        sheet.add(day, "proc", name)
    return sheet


def united_kingdom():
    """A day that is a bank holiday in any part of the country: what the Freedom of Information Act 2000 does not count."""
    base = england_wales()
    sheet = Sheet(
        "united-kingdom", "Bank holidays in any part of the United Kingdom", "2026-1", (date(2005, 1, 1), date(2027, 12, 31)),
        ("saturday", "sunday"),
        ["The days of England and Wales, and those that only Scotland or Northern Ireland have; as the Freedom of Information Act 2000 (s. 10(6)) counts.",
         "The days of Scotland and Northern Ireland were written from memory of the provisions cited below; no official text of them was at hand.",
         "Of the proclamations none was seen; 15 June 2026 (Scotland) is from memory too."],
        base.sources | {"scot": "Banking and Financial Dealings Act 1971, sch. 1, para. 2 (Scotland)",
                        "ni": "Banking and Financial Dealings Act 1971, sch. 1, para. 3 (Northern Ireland)",
                        "andrew": "St Andrew's Day Bank Holiday (Scotland) Act 2007"})
    for day, (kind, source, name) in base.rows.items():
        if day.year >= 2005:
            sheet.add(day, source, name, kind)
    for year in range(2005, 2028):
        # 1 and 2 January, each with a working day for the one that is none.
        days = [date(year, 1, 1), date(year, 1, 2)]
        owed = sum(day.weekday() >= SATURDAY for day in days)
        day = date(year, 1, 2)
        while owed:
            day += timedelta(1)
            owed -= day.weekday() < SATURDAY
        for one in (date(year, 1, n) for n in range(2, day.day + 1)):
            if one not in sheet.rows and (one.weekday() < SATURDAY or one.day == 2):
                sheet.add(one, "scot", "2 January")
        for month, number, source, name in ((3, 17, "ni", "Saint Patrick's Day"), (7, 12, "proc", "Battle of the Boyne"),
                                            (11, 30, "andrew", "Saint Andrew's Day")):
            day = date(year, month, number)
            if source != "andrew" or year >= 2007:
                sheet.add(day + timedelta({SATURDAY: 2, SUNDAY: 1}.get(day.weekday(), 0)), source, name)
        sheet.add(nth(year, 8, MONDAY, 1), "scot", "Summer bank holiday in Scotland")
    sheet.add(date(2026, 6, 15), "proc", "World Cup, in Scotland")
    return sheet


def netherlands():
    sheet = Sheet(
        "netherlands", "Days on which terms do not end in the Netherlands", "2026-1",
        (date(2023, 1, 1), date(2028, 12, 31)), ("saturday", "sunday"),
        ["The days of the Algemene termijnenwet, art. 3, and those that a decree equates with them (art. 3(3)).",
         "Published from 2023 to 2028: the decrees of the other years, which add some days to nearly every year, were not",
         "found, so answers there are provisional though the days of the act itself are listed.",
         "Art. 3(1) and (2) were seen in copies, the decrees' titles, which name their days, in one report of a lawyer.",
         "When the birthday is kept was written from memory."],
        {"atw1": "Algemene termijnenwet, art. 3(1)", "atw2": "Algemene termijnenwet, art. 3(2)",
         "kb2023": "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025 "
                   "(https://sterfgeval.nl/, vraag 70745)",
         "kb2026": "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028 "
                   "(https://sterfgeval.nl/, vraag 70745)"},
        (date(1990, 1, 1), date(2030, 12, 31)))
    equated = {"kb2023": ("2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30"),
               "kb2026": ("2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26")}
    for source, days in equated.items():
        for day in days:
            sheet.add(date.fromisoformat(day), source, "Day equated with a holiday")
    for year in range(1990, 2031):
        sheet.add(date(year, 1, 1), "atw1", "New Year's Day")
        sheet.add(easter(year) - timedelta(2), "atw2", "Good Friday")
        sheet.add(easter(year) + timedelta(1), "atw1", "Easter Monday")
        birthday = date(year, 4, 30 if year < 2014 else 27)
        if birthday.weekday() == SUNDAY:
            birthday -= timedelta(1)
        sheet.add(birthday, "atw1", "Queen's Day" if year < 2014 else "King's Day")
        sheet.add(date(year, 5, 5), "atw1", "Liberation Day")
        sheet.add(easter(year) + timedelta(39), "atw1", "Ascension Day")
        sheet.add(easter(year) + timedelta(50), "atw1", "Whit Monday")
        sheet.add(date(year, 12, 25), "atw1", "Christmas Day")
        sheet.add(date(year, 12, 26), "atw1", "Second day of Christmas")
    return sheet


def us_federal():
    sheet = Sheet(
        "us-federal", "Federal holidays of the United States", "2026-1", (date(1990, 1, 1), date(2030, 12, 31)),
        ("saturday", "sunday"),
        ["Observed on Friday when on Saturday, on Monday when on Sunday, as for staff who work Monday to Friday.",
         "Inauguration Day and days on which the President closed the offices by order are not in it.", FROM_MEMORY],
        {"a": "5 U.S.C. 6103(a)", "b": "5 U.S.C. 6103(b)(1)", "eo": "Executive Order 11582, s. 3",
         "j": "5 U.S.C. 6103(a), as amended by Pub. L. 117-17 (2021)"})

    def observed(day, source, name):
        sheet.add(day, source, name)
        if day.weekday() == SATURDAY:
            sheet.add(day - timedelta(1), "b", f"{name} (observed)")
        elif day.weekday() == SUNDAY:
            sheet.add(day + timedelta(1), "eo", f"{name} (observed)")

    for year in range(1990, 2032):
        observed(date(year, 1, 1), "a", "New Year's Day")
        sheet.add(nth(year, 1, MONDAY, 3), "a", "Birthday of Martin Luther King, Jr.")
        sheet.add(nth(year, 2, MONDAY, 3), "a", "Washington's Birthday")
        sheet.add(last(year, 5, MONDAY), "a", "Memorial Day")
        if year >= 2021:
            observed(date(year, 6, 19), "j", "Juneteenth National Independence Day")
        observed(date(year, 7, 4), "a", "Independence Day")
        sheet.add(nth(year, 9, MONDAY, 1), "a", "Labor Day")
        sheet.add(nth(year, 10, MONDAY, 2), "a", "Columbus Day")
        observed(date(year, 11, 11), "a", "Veterans Day")
        sheet.add(nth(year, 11, THURSDAY, 4), "a", "Thanksgiving Day")
        observed(date(year, 12, 25), "a", "Christmas Day")
    return sheet


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    holidays, out = map(pathlib.Path, sys.argv[1:])
    for sheet in (prc(holidays), italy(), germany(), england_wales(), united_kingdom(), netherlands(), us_federal()):
        sheet.write(out)
    (out / "weekday.tsv").write_text(
        "# Monday to Friday and nothing else; every answer is provisional, for no notice stands behind it.\n"
        "name\tweekday\ntitle\tMonday to Friday\nversion\t1\npublished\tnever\nrest\tsaturday\tsunday\n",
        encoding="utf-8")


main()
