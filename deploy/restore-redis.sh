#!/bin/sh
# Makes the directory of a Redis from a back-up: sh deploy/restore-redis.sh BACKUP.rdb DIRECTORY
#
# A Redis with `appendonly yes` reads its append-only files and nothing else: with a copied dump.rdb it starts empty.
# So a server that does not append yet loads the back-up here, and is then told to write it into such files.
# Needs redis-server and redis-cli, of the version that will serve the directory, and the user that it runs as.
set -eu

fail() {
    echo "restore-redis: $1" >&2
    exit 1
}

[ $# -eq 2 ] || fail "write: sh deploy/restore-redis.sh BACKUP.rdb DIRECTORY"
backup=$1
directory=$2
[ -s "$backup" ] || fail "$backup is not there, or empty"
mkdir -p "$directory"
[ -z "$(ls -A "$directory")" ] || fail "$directory is not empty; move it away first"

work=$(mktemp -d /tmp/restore-redis.XXXXXX) # short: the path of a socket may have 107 bytes
server=
clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
    rm -f "$directory/restoring.rdb"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

ask() {
    redis-cli -s "$work/socket" "$@"
}
still_runs() {
    kill -0 "$server" 2>/dev/null || fail "redis-server ended: $(tail -n 1 "$work/log")"
    sleep 0.1
}

cp "$backup" "$directory/restoring.rdb"
redis-server --port 0 --unixsocket "$work/socket" --dir "$directory" --dbfilename restoring.rdb \
    --appendonly no --save "" >"$work/log" 2>&1 &
server=$!
until [ "$(ask ping 2>/dev/null)" = PONG ]; do still_runs; done
ask config set appendonly yes >/dev/null
while ask info persistence | grep -q '^aof_rewrite_\(in_progress\|scheduled\):1'; do still_runs; done
ask info persistence | grep -q '^aof_last_bgrewrite_status:ok' || fail "it could not be written; is the disk full?"
keys=$(ask dbsize)
ask shutdown nosave >/dev/null 2>&1 || true
wait "$server" || true
server=
echo "$directory holds $keys keys; start Redis on it with appendonly yes"
