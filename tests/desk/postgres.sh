# The desk on a real PostgreSQL server of its own says what it says on SQLite; and an address that leads
# nowhere is a failure in one sentence, which keeps the password to itself.
. "$(dirname "$0")/setup.sh"
. "$source/examples/private_postgres.sh"
trap 'stop_postgres; rm -rf "$folder"' EXIT
secret=hush-12
nobody=postgresql://ada:$secret@127.0.0.1:1/desk

# fails CODE PATTERN ARGUMENT...: the same as expect, on one line and without the password.
fails() {
    expect "$@"
    same "lines of: $*" 1 "$(wc -l <out | tr -d ' ')"
    if grep -q "hush\|-12" out; then
        echo "FAILED: the password is told:"
        cat out
        failures=$((failures + 1))
    fi
}

# What may hold a password where none belongs is not given to anybody.
for address in "postgresql://ada:$secret/x@127.0.0.1/desk" "postgresql://ada:$secret@x@127.0.0.1/desk" \
    "postgres://ada:$secret" "postgresql://127.0.0.1/desk?password=$secret@x" \
    "postgresql://[::1$secret/desk"; do
    fails 2 "no address of a server" tick --db "$address"
done
fails 2 "a server is named as postgresql://" tick --db "host=127.0.0.1 password=$secret"
fails 2 "nothing was carried out" tick --database "$nobody"
fails 2 "nothing was carried out" "$nobody"

"$desk" tick --wait 0s --db "$nobody" >out 2>&1
if [ $? -eq 2 ]; then
    fails 2 "built without PostgreSQL.*install libpq" tick --db "$nobody"
    [ $failures -eq 0 ] || exit 1
    echo "the desk was built without PostgreSQL, so the rest is skipped (apt: libpq-dev)"
    exit 77
fi
fails 3 "failed: unavailable.*the server runs.*database postgresql://127.0.0.1:1/desk" \
    tick --wait 0s --db "$nobody"
fails 3 "failed: unavailable.*database postgres://127.0.0.1:1/desk" \
    tick --wait 0s --db "postgres://127.0.0.1:1/desk?user=ada&password=$secret"
fails 3 "failed: unavailable.*connection string cannot be read" \
    tick --wait 0s --db "postgresql://ada:$secret%zz@127.0.0.1/desk"
fails 3 "failed: unavailable.*connection string cannot be read" \
    tick --wait 0s --db "postgresql://127.0.0.1/desk?pass=$secret"

if ! find_postgres; then
    [ $failures -eq 0 ] || exit 1
    echo "no PostgreSQL server is installed (apt: postgresql), so the rest is skipped"
    exit 77
fi
start_postgres || exit 1
server=$(postgres_database desk)

# A file of commands comes to the same, and going on with it too.
who=member:ada@contoso.example
run=$source/examples/data/first.jsonl
day=2026-11-03T10
expect 3 "wrong_schema" check --as $who --db "$server"
for kept in file.db "$server"; do
    {
        "$desk" --db "$kept" --mail mail run --digest "$run" && "$desk" --db "$kept" run --digest "$run"
        DESK_DB=$kept
        expect 0 audit_visibility audit-log show --as $who --id 6 --at ${day}:00:00Z
        ask_for ${day}:01:00Z --id 7
        expect 0 "R-000002" approve R-000002 --as manager:mia@provider.example --id 8 --at ${day}:02:00Z
        expect 0 granted approve R-000002 --as $who --narrow-duration 1h --id 9 --at ${day}:03:00Z
        expect 1 "not allowed" off --as engineer:eve@provider.example --id 10 --at ${day}:04:00Z
        "$desk" why R-000002 --as $who --at ${day}:05:00Z && "$desk" list --as $who --at ${day}:05:00Z
        "$desk" tick --at ${day}:59:00Z && "$desk" tick --at 2026-11-03T11:03:00Z
        "$desk" show R-000002 --as $who --at 2026-11-03T12:00:00Z
        "$desk" log --all --as $who --at 2026-11-03T12:00:00Z
        "$desk" log --all --format json --as $who --at 2026-11-03T12:00:00Z && "$desk" digest
    } >printed 2>&1
    if grep -q FAILED printed; then
        cat printed
        failures=$((failures + 1))
    fi
    sort -u printed | wc -l >lines
    [ "$kept" = file.db ] && mv printed on_sqlite
done
same "that enough is printed" yes "$([ "$(cat lines)" -gt 30 ] && echo yes)"
if ! diff on_sqlite printed; then
    echo "FAILED: SQLite and PostgreSQL print other things (see above)"
    failures=$((failures + 1))
fi

# A trial's own time is not compared with the server's clock; the machine's is, and agrees with it.
DESK_DB=$server
expect 0 turned_off off --as $who --at 2026-11-03T13:00:00Z
expect 0 turned_on on --as $who
if soon=$(date -u -d '+10 minutes' +%Y-%m-%dT%H:%M:%SZ 2>/dev/null); then
    expect 0 turned_off off --as $who --at "$soon" # and no command is recorded before another
    fails 3 "too far from the database's clock" on --as $who
    expect 0 turned_on on --as $who --at "$soon"
fi

# The server goes away: a failure, and nothing is changed.
stop_postgres
fails 3 "failed: unavailable" off --as $who --wait 100ms --db "$server&password=$secret"
finish
