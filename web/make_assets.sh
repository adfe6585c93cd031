#!/usr/bin/env bash
# Makes BUILD/assets: the style sheet of the pages, out of govuk-frontend, two components of MoJ's (npm, pinned in
# package-lock.json) and our own, and the licences of what is not ours.  What is fetched lands in BUILD/web, never in the checkout.  Does nothing when all is there.
#   govuk-frontend's font belongs to GOV.UK alone: its faces are cut out and fonts of the system stand in their place, with
#   Chinese ones; so are its crown and its colour.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/web" "$1/assets"
build=$(cd "$1" && pwd)
cp "$here/package.json" "$here/package-lock.json" "$here/cut_css.mjs" "$build/web"
cd "$build/web"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json installed-lock.json
fi
from=node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css
moj=node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.css
fonts='system-ui,-apple-system,"Segoe UI",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif'
clean() {
  sed -E -e "s/@font-face\{[^}]*\}//g" -e "s/GDS Transport,arial,sans-serif/$fonts/g" -e 's|url\(/assets/images/govuk-crest.svg\)|none|g' \
    -e 's|/\*# sourceMappingURL.*||'
}
parts="timeline timeline__item timeline__title timeline__date timeline__description
  alert alert__icon alert__content alert--information alert--success alert--warning alert--error"
{
  clean <"$from"
  # shellcheck disable=SC2086
  node cut_css.mjs "$moj" $parts | clean
  cat "$here/lawbound.css"
} >"$build/assets/lawbound.css.new"
if grep -q 'GDS Transport\|@font-face\|url(/assets' "$build/assets/lawbound.css.new"; then
  echo "the style sheet still names fonts or pictures of GOV.UK" >&2
  exit 1
fi
mv "$build/assets/lawbound.css.new" "$build/assets/lawbound.css"
cp "$here/LICENSE-govuk-frontend.txt" "$here/LICENSE-moj-frontend.txt" "$build/assets/"
