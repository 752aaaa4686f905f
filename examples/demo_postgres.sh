#!/bin/sh
# demo_postgres.sh DESK: runs the week on a private PostgreSQL server, with four desk processes at once,
# and shows that it comes to what one process makes of it on SQLite. Leaves nothing behind. Ends with 77
# when no server is installed.
set -eu
desk=$1
data=$(cd "$(dirname "$0")/data" && pwd)
. "$(dirname "$0")/private_postgres.sh"
find_postgres || { echo "no PostgreSQL server is installed (apt: postgresql)"; exit 77; }
folder=$(mktemp -d)
trap 'stop_postgres; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

DESK_CATALOGUE=$data/catalogue.json
export DESK_CATALOGUE
tenants='harbour-clinic oakwood-school corner-bakery city-museum'
sunday=2026-11-08T21:05:00Z                      # when the week is over
# Who may read each tenant's log.
auditor_of() {
    case $1 in
    harbour-clinic) echo member:emil@harbour-clinic.example ;;
    oakwood-school) echo member:hana@oakwood-school.example ;;
    corner-bakery) echo member:jo@corner-bakery.example ;;
    city-museum) echo member:lea@city-museum.example ;;
    esac
}
heading() {
    printf '\n=== %s\n\n' "$1"
}
# at_once ARGUMENT...: the same by four processes at once.
at_once() {
    running=
    for one in 1 2 3 4; do
        "$desk" "$@" >"$folder/said.$one" 2>&1 &
        running="$running $!"
    done
    all_done
}
# Waits for the processes that run; one that failed ends the demo.
all_done() {
    for process in $running; do
        wait "$process" || { sort -u "$folder"/said.*; exit 1; }
        processes=$((processes + 1))
    done
    running=
}

heading "The week by one process, on a new SQLite file"
"$desk" --db "$folder/desk.db" --mail "$folder/mail-sqlite" run "$data/week.jsonl" | head -4

heading "The week by four processes at once, on a new PostgreSQL server"
start_postgres
server=$(postgres_database desk)
"$postgres_bin/postgres" --version
export DESK_DB="$server"
processes=0
: >"$folder/nothing.jsonl"
at_once run "$folder/nothing.jsonl" # makes the tables
# The week in stretches that end where the machine has something to do at all tenants. Within a stretch
# each tenant's commands are a process's own; then all four tick, or one delivers.
awk -v folder="$folder" '
    { tenant = match($0, /"tenant":"[^"]*"/) ? substr($0, RSTART + 10, RLENGTH - 11) : "machine"
      file = sprintf("%s/stretch.%03d.%s.jsonl", folder, stretch, tenant)
      print >file
      if (tenant == "machine") { close(file); ++stretch } }' "$data/week.jsonl"
began=$(date +%s)
for last in "$folder"/stretch.*.machine.jsonl; do
    running=
    for tenant in $tenants; do
        file=${last%machine.jsonl}$tenant.jsonl
        [ -e "$file" ] || continue
        "$desk" run "$file" >"$folder/said.$tenant" 2>&1 &
        running="$running $!"
    done
    all_done
    at=$(sed 's/.*"at":"\([^"]*\)".*/\1/' "$last")
    if grep -q '"do":"tick"' "$last"; then
        at_once tick --at "$at"
    else
        "$desk" deliver --mail "$folder/mail-postgres" --at "$at" >"$folder/said" || exit 1
    fi
done
echo "$processes processes, four at once, in $(($(date +%s) - began)) s"

heading "Each tenant's audit log, from both"
# The museum has not shown its log to anybody yet.
for database in "$folder/desk.db" "$server"; do
    "$desk" --db "$database" audit-log show --tenant city-museum --as "$(auditor_of city-museum)" \
        --id after-the-week --at $sunday >"$folder/said"
done
equal=yes
total=0
for tenant in $tenants; do
    for kept in sqlite postgres; do
        test $kept = sqlite && database=$folder/desk.db || database=$server
        "$desk" --db "$database" log --all --format json --tenant "$tenant" \
            --as "$(auditor_of "$tenant")" --at $sunday >"$folder/$tenant.$kept"
    done
    events=$(wc -l <"$folder/$tenant.sqlite")
    total=$((total + events))
    if cmp -s "$folder/$tenant.sqlite" "$folder/$tenant.postgres"; then
        printf '%-15s %4d events, equal to the byte\n' "$tenant" "$events"
    else
        equal=
        printf '%-15s differs:\n' "$tenant"
        diff "$folder/$tenant.sqlite" "$folder/$tenant.postgres" | head -4
    fi
done
mails=$(ls "$folder/mail-sqlite" | wc -l)
if diff -r "$folder/mail-sqlite" "$folder/mail-postgres" >"$folder/said"; then
    printf '%-15s %4d mails, equal to the byte\n' "their mail" "$mails"
else
    equal=
    echo "their mail differs:"
    head -4 "$folder/said"
fi

if [ -z "$equal" ] || [ "$total" -eq 0 ]; then
    printf '\nverdict: PostgreSQL and SQLite DO NOT come to the same\n'
    exit 1
fi
printf '\nverdict: four processes on PostgreSQL came to what one did on SQLite, %d events.\n' "$total"
