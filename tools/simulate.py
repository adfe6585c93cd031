#!/usr/bin/env python3
"""Plays procedures with lawful, careless and malicious officials and parties, and writes their log.

    simulate.py PROCEDURE --cases 1000 --seed 1 --out FOLDER

PROCEDURE is penalty, penalty-market, information-request, reconsideration, general-procedure, major-decision or interference; the log is read
by the mapping `register` of prc/PROCEDURE.
Beside it `planted.tsv` says which breaches were planted: case, who (careless official, malicious official, careless party,
malicious party), rule, act.  What a party leaves undone is no breach of the authority: its rule is written with `party`.

It knows neither packs nor the engine: it plays the law by its own sums, over the days off that the State Council
publishes (packs/calendars/prc.tsv, read here as text).  The same seed gives the same bytes.
"""
import argparse
import datetime
import json
import pathlib
import random

from plays import general_procedure, information_request, interference, major_decision, market, penalty, reconsideration
from plays.stage import DAY, Case

PROCEDURES = {"information-request": information_request.information, "penalty": penalty.penalty, "penalty-market": market.market,
              "reconsideration": reconsideration.reconsideration, "general-procedure": general_procedure.burden,
              "major-decision": major_decision.major_decision, "interference": interference.interference}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("procedure", choices=sorted(PROCEDURES))
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    acts = planted = 0
    source = random.Random(given.seed)
    with (given.out / "log.jsonl").open("w") as log, (given.out / "planted.tsv").open("w") as truth:
        truth.write("case\twho\trule\tact\n")
        for number in range(1, given.cases + 1):
            case = Case(f"C{number}", source)
            PROCEDURES[given.procedure](case, datetime.date(2024, 3, 1) + source.randrange(500) * DAY)
            log.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in case.rows)
            truth.writelines("\t".join(row) + "\n" for row in case.planted)
            acts += len(case.rows)
            planted += len(case.planted)
    print(f"{given.cases} cases, {acts} acts, {planted} breaches planted")


if __name__ == "__main__":
    main()
