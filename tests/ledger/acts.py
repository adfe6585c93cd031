"""Acts for tests, made up by number."""
import json

PACK = "lf8rfGU4K5bT3PWNREmq6KZdOM4blSVC94XuVU8kEek="


def act(number, **fields):
    return {
        "request": f"request {number}",
        "facts": {"act": "decide", "day": "2026-02-28", "matter": f"m-{number // 3}", "office": "town-hall",
                  "pack": PACK, "program": PACK, "verdict": "lawful"},
        "fields": fields,
    }


def lines(acts):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in acts)


if __name__ == "__main__":
    import sys
    for i in range(int(sys.argv[1])):
        sys.stdout.write(lines([act(i, name=f"Person {i}", phone=None)]))
