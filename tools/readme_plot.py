#!/usr/bin/env python3
"""The README's plot, cut out of a report: python3 tools/readme_plot.py REPORT.html PLOT > docs/images/NAME.svg

PLOT is the plot's id in the report: "d-RULE" for days used, "m-RULE" for month by month.  The report's style sheet
colours its plots; the few rules that a plot needs are put into the picture, with the colours for light paper.
"""
import re
import sys


def cut(html, plot):
    drawing = next((found for found in re.findall(r"<svg\b.*?</svg>", html, re.S)
                    if f'aria-labelledby="{plot}-t' in found), None)
    if drawing is None:
        raise SystemExit(f"readme_plot: the report has no plot '{plot}'")
    style = re.search(r"<style>(.*?)</style>", html, re.S).group(1)
    light = dict(re.findall(r"--(\w+):(#\w+)", re.search(r":root\{(.*?)\}", style, re.S).group(1)))
    rules = "".join(f".{name}{{{body}}}\n" for name, body in re.findall(r"^\.(\w+)\{(.*?)\}$", style, re.M)
                    if f'class="{name}"' in drawing)
    rules = re.sub(r"var\(--(\w+)\)", lambda found: light[found.group(1)], rules)
    width, height = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing).groups()
    drawing = re.sub(r"<g><title>.*?</title>\n(.*?)</g>\n", r"\1", drawing, flags=re.S)  # hints need a mouse
    return drawing.replace(">", f' xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">\n'
                           f"<style>text{{font-family:system-ui,sans-serif}}\n{rules}</style>\n"
                           f'<rect width="{width}" height="{height}" fill="{light["paper"]}"/>', 1) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as report:
        sys.stdout.write(cut(report.read(), sys.argv[2]))
