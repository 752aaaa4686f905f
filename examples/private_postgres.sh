# A PostgreSQL server of one's own, for a script to source: in a new folder, on a socket in it.
#
#   find_postgres            whether a server is installed; sets $postgres_bin
#   start_postgres           makes and starts one; sets $postgres_folder
#   postgres_database NAME   makes an empty database, and prints how the desk is told of it
#   stop_postgres            stops the server and removes it; harmless when there is none

# LOCKBOX_POSTGRES_BIN, or the newest that the system has.
find_postgres() {
    postgres_bin=${LOCKBOX_POSTGRES_BIN:-}
    [ -z "$postgres_bin" ] || return 0
    for postgres_bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -rn) \
        /usr/bin /usr/local/bin /opt/homebrew/bin; do
        [ ! -x "$postgres_bin/initdb" ] || return 0
    done
    return 1
}

# A server refuses to be run by root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
    else
        "$@"
    fi
}

start_postgres() {
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/lockbox-pg-XXXXXX") || return 1
    [ "$(id -u)" != 0 ] || chown postgres: "$postgres_folder" || return 1
    as_postgres "$postgres_bin/initdb" -D "$postgres_folder/data" -U desk -A trust -E UTF8 \
        --locale=C --no-sync >"$postgres_folder/said" 2>&1 &&
        as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/log" -s -w \
            -o "-k $postgres_folder -c listen_addresses=" start >>"$postgres_folder/said" 2>&1 &&
        return 0
    echo "the server does not start:" >&2
    cat "$postgres_folder/said" "$postgres_folder/log" >&2
    return 1
}

postgres_database() {
    "$postgres_bin/createdb" -h "$postgres_folder" -U desk "$1" &&
        echo "postgresql://desk@/$1?host=$postgres_folder"
}

stop_postgres() {
    [ -n "${postgres_folder:-}" ] || return 0
    if [ -e "$postgres_folder/data/postmaster.pid" ]; then
        as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -s -w -m fast stop || true
    fi
    rm -rf "$postgres_folder"
    postgres_folder=
}
