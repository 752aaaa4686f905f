#!/bin/sh
# demo.sh DESK: runs a week of four tenants through the desk on a new SQLite file, and shows what is on
# record afterwards. Leaves nothing behind.
set -eu
desk=$1
data=$(cd "$(dirname "$0")/data" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

DESK_DB=$folder/desk.db
DESK_MAIL=$folder/mail
DESK_CATALOGUE=$data/catalogue.json
DESK_TENANT=harbour-clinic
export DESK_DB DESK_MAIL DESK_CATALOGUE DESK_TENANT

sunday=2026-11-08T21:05:00Z                      # when the week is over
auditor=member:emil@harbour-clinic.example
request=R-000002                                 # the one that is followed

heading() {
    printf '\n=== %s\n\n' "$1"
}
# JSON over lines of at most 98 columns, broken between its fields.
folded() {
    awk -F ',"' '{
        line = "  " $1
        for (i = 2; i <= NF; ++i) {
            if (length(line) + length($i) > 94) { print line ","; line = "    \"" $i }
            else line = line ",\"" $i
        }
        print line
    }'
}
# A mail as its reader sees it: the headers that say who is told what, and the plain text.
letter() {
    tr -d '\r' <"$1" | awk '
        NR == 1, /^$/ { if (/^(From|To|Subject|Date|Importance):/ || (folding && /^ /)) print
                        folding = /^Subject:/ || (folding && /^ /); next }
        /^Content-Type: text\/html/ { exit }
        /^Content-/ || /^--/ { next }
        { soft = sub(/=$/, ""); gsub(/=3D/, "="); text = text $0 (soft ? "" : "\n") }
        END { n = split(text, lines, "\n"); while (n > 0 && lines[n] == "") --n
              for (i = 1; i <= n; ++i) print lines[i] }' |
        fold -s -w 94 | sed 's/^/  /; s/ *$//'
}

heading "A week of four tenants, through the desk on a new SQLite file"
"$desk" run --digest "$data/week.jsonl" | tee "$folder/summary"

heading "One request's life: $request of the clinic"
"$desk" show "$request" --as "$auditor" --at "$sunday"

heading "What is wrong with each tenant's set-up"
gap=
for admin in ada@harbour-clinic hana@oakwood-school jo@corner-bakery lea@city-museum; do
    printf '%s%s\n' "$gap" "${admin#*@}"
    gap='
'
    "$desk" check --tenant "${admin#*@}" --as "member:$admin.example" --at "$sunday" | sed 's/^/  /'
done

heading "Who was notified most, and how often"
cat "$DESK_MAIL"/*.eml | tr -d '\r' | sed -n 's/^To: //p' | sort | uniq -c | sort -rn | head -12
printf '\nOne of these mails, to an approver when the customer gate opened:\n\n'
opened=$("$desk" log --item "$request" --activity gate_opened --as "$auditor" --at "$sunday" \
    --format json | sed 's/.*"sequence":\([0-9]*\),.*/\1/')
letter "$DESK_MAIL/harbour-clinic-$(printf '%06d' "$opened")-1.eml"

heading "The audit record of a decision, and of an engineer's action"
gap=
for record in "approved ben@harbour-clinic.example" "accessed eve@provider.example"; do
    activity=${record%% *}
    for format in json office365; do
        printf '%s%s, %s:\n' "$gap" "$activity" \
            "$(test $format = json && echo 'natively' || echo 'as Microsoft 365 shows it')"
        "$desk" log --item "$request" --activity "$activity" --person "${record#* }" --limit 1 \
            --as "$auditor" --at "$sunday" --format $format 2>/dev/null | folded
        gap='
'
    done
done

heading "A second process sees the same, and running the file again changes nothing"
sed -n 's/^log  */the process that ran the week   /p' "$folder/summary"
second=$("$desk" digest)
printf 'a second process                %s\n' "$second"
"$desk" run --digest "$data/week.jsonl" >"$folder/again"
sed -n 's/^log  */after running the file again    /p' "$folder/again"
for told in summary again; do
    if [ "$(sed -n 's/^log  *//p' "$folder/$told")" != "$second" ]; then
        printf '\nverdict: the processes DO NOT see the same log\n'
        exit 1
    fi
done

printf '\nverdict: the week ran as expected, and every process sees the same log.\n'
