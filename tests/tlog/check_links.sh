#!/usr/bin/env bash
# check_links.sh PROGRAM MAP: lawbound-verify holds nothing of this project but base and tlog, and loads no library that
# reads more than files.
set -euo pipefail
program=$1 map=$2
own=$(grep -oE '^(LOAD )?lib[a-z]+\.a' "$map" | sed 's/^LOAD //' | sort -u | tr '\n' ' ')
[ "$own" = 'libbase.a libtlog.a ' ] || { echo "links $own"; exit 1; }
loaded=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(lib[a-z_+]*\).*/\1/p' | sort | tr '\n' ' ')
for library in $loaded; do
  case $library in
    libc | libm | libgcc_s | libstdc++ | libfmt | libcrypto | libsodium | ld-linux-x*) ;;
    *) echo "loads $library"; exit 1 ;;
  esac
done
echo "base, tlog; loads $loaded"
