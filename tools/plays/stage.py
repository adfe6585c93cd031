"""What every play needs: the calendar, and a case that keeps its rows and what was planted.  Knows no procedure."""
import bisect
import datetime
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = datetime.timedelta(days=1)


class Calendar:
    def __init__(self, path):
        listed = {}
        for line in path.read_text().splitlines():
            cells = line.split("\t")
            if len(cells) > 2 and cells[1] in ("off", "work"):
                listed[cells[0]] = cells[1] == "work"
        self.days = []
        day = datetime.date(2022, 1, 1)
        self.works = set()
        while day.year < 2027:
            if listed.get(day.isoformat(), day.weekday() < 5):
                self.days.append(day)
                self.works.add(day)
            day += DAY

    def on(self, day):
        """That day, or the first working day after it."""
        return self.days[bisect.bisect_left(self.days, day)]

    def after(self, day, count):
        """The count-th working day after a day."""
        return self.days[bisect.bisect_right(self.days, day) + count - 1]

    def before(self, day, count):
        """The last day with count working days between it and a day, that day itself not counted."""
        return self.days[bisect.bisect_left(self.days, day) - count] - DAY

    def due(self, day, count):
        """Calendar days; a last day that is off is put off."""
        return self.on(day + count * DAY)


CALENDAR = Calendar(ROOT / "packs/calendars/prc.tsv")


class Case:
    def __init__(self, name, random_source):
        self.name, self.random, self.rows, self.planted = name, random_source, [], []

    def do(self, act, day, doer=None, **fields):
        self.rows.append({"case": self.name, "act": act, "time": day.isoformat(), **({"org:resource": doer} if doer else {}),
                          **{key.replace("_", "-"): str(value) for key, value in fields.items()}})

    def find(self, fact, day, value="yes", **fields):
        self.do("find " + fact, day, value=value, **fields)

    def plant(self, who, rule, act):
        self.planted.append((self.name, who, rule, act))

    def some(self, day, most):
        """A working day, up to so many after a day."""
        return CALENDAR.after(day, self.random.randint(1, most))

    def maybe(self, chance):
        return self.random.random() < chance
