#!/usr/bin/env bash
# PostgreSQL 15 in a throw-away cluster, as a peer of the server's figures; as Debian has it, nothing tuned.
#   postgres.sh start FOLDER                      makes the cluster and starts it
#   postgres.sh run FOLDER append|append_in_order CLIENTS SECONDS    prints: rate p50 p99 (seconds)
#   postgres.sh stop FOLDER
set -euo pipefail
export LC_ALL=C.UTF-8
bin=/usr/lib/postgresql/15/bin
folder=$2
here=$(dirname -- "$(readlink -f -- "$0")")

as_user() { # PostgreSQL does not run as root.
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

case $1 in
  start)
    if [ ! -x $bin/postgres ]; then
      apt-get -q install -y --no-install-recommends postgresql-15 >&2
    fi
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    as_user $bin/initdb -D "$folder/cluster" -A trust -U bench -E UTF8 --no-locale >&2
    as_user $bin/pg_ctl -D "$folder/cluster" -w -l "$folder/log" \
      -o "-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=300" start >&2
    as_user $bin/psql -q -h "$folder" -U bench -d postgres <"$here/postgres.sql" >&2
    ;;
  run)
    script=$(mktemp)
    echo "select $3(nextval('stream_id'), 0, convert_to(repeat('x', 512), 'UTF8'));" >"$script"
    chmod 644 "$script"
    cd "$folder"
    rm -f latency.*
    as_user $bin/pgbench -n -M prepared -h "$folder" -U bench -c "$4" -j 1 -T "$5" -f "$script" \
      -l --log-prefix=latency postgres >"$script.out" 2>&1
    rate=$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$script.out")
    cut -d' ' -f3 latency.* | sort -n | awk -v rate="$rate" \
      '{ all[NR] = $1 } END { printf "%s %.6f %.6f\n", rate, all[int(NR / 2) + 1] / 1e6, all[int(NR * 0.99) + 1] / 1e6 }'
    rm -f "$script" "$script.out" latency.*
    ;;
  stop) as_user $bin/pg_ctl -D "$folder/cluster" -w -m immediate stop >&2 ;;
esac
