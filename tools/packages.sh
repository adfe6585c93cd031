# shellcheck shell=bash
# The Debian packages each job needs, in one place, and how they come onto the machine.  Sourced by run and test.
# "package=command": any installed program of that name will do, from wherever it came.

packages_of() {
  case $1 in
    build) echo g++ cmake=cmake ninja-build=ninja libfmt-dev nlohmann-json3-dev libcli11-dev libexpat1-dev \
      zlib1g-dev libssl-dev libsodium-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libmicrohttpd-dev libqrencode-dev libhowardhinnant-date-dev tzdata python3=python3 ;;
    test) echo libgtest-dev libgmock-dev librapidcheck-dev python3=python3 clang-format=clang-format git=git \
      golang-go=go golang-golang-x-mod-dev nodejs=node strace=strace postgresql-15 xz-utils=xz graphviz=dot ;;
    sanitizers) echo clang=clang++ libclang-rt-14-dev ;;
    browser) echo chromium=chromium fonts-dejavu-core fonts-wqy-microhei graphviz=dot nodejs=node npm=npm ca-certificates ;;
    pages) echo nodejs=node npm=npm ca-certificates ;;
    lint) echo clang-tidy=clang-tidy ;;
    bench) echo libsqlite3-dev valgrind=valgrind nodejs=node npm=npm ca-certificates ;;
  esac
}

is_there() {  # package or package=command
  if [[ $1 == *=* ]] && command -v "${1#*=}" >/dev/null; then return 0; fi
  [ "$(dpkg-query -W -f='${db:Status-Status}' "${1%%=*}" 2>/dev/null)" = installed ]
}

# need JOB...: installs what the jobs lack.  Asks apt for nothing when nothing is missing.
need() {
  local job item as_root=() missing=()
  for job in "$@"; do
    for item in $(packages_of "$job"); do
      is_there "$item" || missing+=("${item%%=*}")
    done
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local line="apt-get install --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -v 2>/dev/null; then  # asks for the password when there is somebody to ask
      printf 'Some packages are missing. As root, run\n  %s\nand start this again.\n' "$line" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  printf 'Installing (this can take minutes): %s\n' "${missing[*]}" >&2
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
           apt-get install -y --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    printf 'apt-get failed (above). The line was\n  %s\n' "$line" >&2
    return 1
  fi
  rm -f "$log"
}

# build PRESET [cmake options for the first time] -- [targets]: configures once, builds, says little.
build() {
  local preset=$1 options=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift || true
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" "${options[@]}" >"/tmp/lawbound-configure.$$" 2>&1 || {
      cat "/tmp/lawbound-configure.$$" >&2
      rm -f "/tmp/lawbound-configure.$$"
      return 1
    }
    rm -f "/tmp/lawbound-configure.$$"
  fi
  printf 'Building build/%s\n' "$preset" >&2
  if [ -t 2 ]; then
    NINJA_STATUS='  %f of %t ' ninja -C "build/$preset" "$@" >&2
  else
    ninja --quiet -C "build/$preset" "$@" >&2
  fi
}
