"""Where benchmarks write: bench/README.md, each between the marks that bear its name."""
import pathlib

PAGE = pathlib.Path(__file__).resolve().parent / "README.md"


def write(name, block):
    """Puts the block between the marks of `bench/run NAME`, and prints it."""
    begin, end = f"<!-- bench/run {name} writes from here -->\n", f"<!-- to here: {name} -->\n"
    head, rest = PAGE.read_text(encoding="utf-8").split(begin)
    PAGE.write_text(head + begin + block + end + rest.split(end)[1], encoding="utf-8")
    print(block)
