#!/usr/bin/env bash
# Audits the demonstration log and leaves the report, and the page of every pack in packs/, where the browser test looks
# for them: BUILD/e2e/report.html, BUILD/e2e/packs; and pages of law, of a text of our own, in BUILD/e2e/laws.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
mkdir -p "$build/e2e"
rm -f "$build/e2e/report.html"
"$build/demo_log" --cases 600 --out "$build/e2e/log.xes" --truth "$build/e2e/truth.tsv"
"$build/lawbound" audit packs/it/traffic-fine "$build/e2e/log.xes" --html "$build/e2e/report.html"
test -s "$build/e2e/report.html"
rm -rf "$build/e2e/packs"
mkdir -p "$build/e2e/packs"
grep -rlE '^pack [a-z]' packs --include='*.md' | xargs -n 1 dirname | sort -u | while read -r pack; do
  page="$build/e2e/packs/$(echo "${pack#packs/}" | tr / -)"
  "$build/lawbound" doc "$pack" --html "$page.html" --markdown "$page.md"
  test -s "$page.html"
done

late=$(awk '$2 == "sent-late" { print $1; exit }' "$build/e2e/truth.tsv")
"$build/lawbound" explain packs/it/traffic-fine "$build/e2e/log.xes" --case "$late" --next --html "$build/e2e/packs/explained.html"

mkdir -p "$build/e2e/sheets"
printf '%s\n' 编号,收到申请日期,答复日期,延期日期,申请人 A-1,2026-03-02,2026-04-20,,张某 A-2,2026年4月7日,,,李某 A-3,2026-04-10,2026-04-09,, \
  > "$build/e2e/sheets/依申请公开.csv"
for language in en zh; do
  "$build/lawbound" look "$build/e2e/sheets/依申请公开.csv" --as-of 2026-05-06 --lang "$language" \
    --none delay,ask-correction,consult,ask-co-maker,refer-doubt --html "$build/e2e/packs/look-$language.html" > /dev/null
done

laws="$build/e2e/laws"
rm -rf "$laws" "$build/e2e/texts" "$build/e2e/law.registry"*
mkdir -p "$laws" "$build/e2e/texts"
article='第一条 灯笼应当亮。\n灯笼分为：\n（一）红灯笼；\n（二）黄灯笼：\n1.大的；\n2.小的。\n'
printf '# 灯笼法\n2016年3月1日 公布\n2017年1月1日 施行\n<!-- INFO END -->\n## 第一章 总则\n%b## 第二章 附则\n第二条 旧。\n' "$article" \
  > "$build/e2e/texts/灯笼法(2016-03-01).md"
printf '# 灯笼法\n2020年3月1日 公布\n2021年1月1日 施行\n<!-- INFO END -->\n## 第一章 总则\n%b## 第二章 附则\n第三条 新，长：%s。\n' \
  "${article/亮/明亮}" "$(printf 'a%.0s' {1..300})" > "$build/e2e/texts/灯笼法(2020-03-01).md"
printf '# 集会游行示威法\n%b第二条 本条没有年份。\n' "$article" > "$build/e2e/texts/undated.md"
"$build/lawbound" law import "$build/e2e/law.registry" "$build/e2e/texts" --rank law --territory prc --quiet
"$build/lawbound" law export "$build/e2e/law.registry" /law/prc/2020/灯笼法 --format html --out "$laws/law-2020.html"
"$build/lawbound" law export "$build/e2e/law.registry" /law/prc/集会游行示威法 --format html --out "$laws/law-undated.html"
"$build/lawbound" law compare "$build/e2e/law.registry" /law/prc/2016/灯笼法 /law/prc/2020/灯笼法 --html "$laws/law-compared.html"
