#!/usr/bin/env bash
# postgres_server.sh FOLDER: a PostgreSQL server of its own in FOLDER (made when it is not there), reached by a socket in it.
# Prints how to connect, then waits for its standard input to end, and stops the server.  As root it runs the server as another
# user, for PostgreSQL refuses root.  Nothing else on the machine is touched.
set -euo pipefail
folder=$1
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=()
mkdir -p "$folder"
if [ "$(id -u)" = 0 ]; then
  user=nobody
  if id -u postgres >/dev/null 2>&1; then user=postgres; fi
  chown "$user" "$folder"
  as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --)
fi
cd "$folder"
if [ ! -f data/PG_VERSION ]; then
  "${as[@]}" "$programs/initdb" -D data -U ledger --auth=trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
  cat >>data/postgresql.conf <<END
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 60
shared_buffers = 16MB
logging_collector = off
END
fi
"${as[@]}" "$programs/postgres" -D data </dev/null >>server.log 2>&1 &
server=$!
# At the end: no waiting for clients, nothing is to be kept.
trap 'kill -QUIT $server 2>/dev/null; wait $server 2>/dev/null' EXIT
for _ in $(seq 600); do
  if "$programs/pg_isready" -q -h "$folder" -U ledger; then
    echo "host=$folder user=ledger dbname=postgres"
    cat >/dev/null
    exit 0
  fi
  kill -0 $server 2>/dev/null || break
  sleep 0.1
done
cat server.log >&2
exit 1
