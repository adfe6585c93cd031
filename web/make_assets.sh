#!/usr/bin/env bash
# Makes BUILD/assets: the style sheet of the pages, out of govuk-frontend (npm, pinned in package-lock.json) and our own, and
# the licence of what is not ours.  What is fetched lands in BUILD/web, never in the checkout.  Does nothing when all is there.
#   govuk-frontend's font belongs to GOV.UK alone: its faces are cut out and fonts of the system stand in their place, with
#   Chinese ones; so are its crown and its colour.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/web" "$1/assets"
build=$(cd "$1" && pwd)
cp "$here/package.json" "$here/package-lock.json" "$build/web"
cd "$build/web"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json installed-lock.json
fi
from=node_modules/govuk-frontend
fonts='system-ui,-apple-system,"Segoe UI",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif'
{
  sed -E -e "s/@font-face\{[^}]*\}//g" -e "s/GDS Transport,arial,sans-serif/$fonts/g" -e 's|url\(/assets/images/govuk-crest.svg\)|none|g' -e 's|/\*# sourceMappingURL.*||' \
    "$from/dist/govuk/govuk-frontend.min.css"
  cat "$here/lawbound.css"
} >"$build/assets/lawbound.css.new"
if grep -q 'GDS Transport\|@font-face\|url(/assets' "$build/assets/lawbound.css.new"; then
  echo "the style sheet still names fonts or pictures of GOV.UK" >&2
  exit 1
fi
mv "$build/assets/lawbound.css.new" "$build/assets/lawbound.css"
cp "$here/LICENSE-govuk-frontend.txt" "$build/assets/"
