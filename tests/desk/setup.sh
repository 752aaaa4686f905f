# What the scripts share. Each is called with the desk, and works in a new folder of its own.
set -u
desk=$1
extra=${2:-}
source=$(pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
unset DESK_MAIL DESK_CATALOGUE
DESK_DB=desk.db
DESK_TENANT=contoso
export DESK_DB DESK_TENANT
failures=0

# expect CODE PATTERN ARGUMENT...: the desk ends with that code, and says something that matches.
expect() {
    code=$1 pattern=$2
    shift 2
    "$desk" "$@" >out 2>&1
    got=$?
    if [ $got -ne "$code" ] || ! grep -q -e "$pattern" out; then
        echo "FAILED: desk $*"
        echo "  wanted exit $code and \"$pattern\"; got exit $got and:"
        sed 's/^/  | /' out
        failures=$((failures + 1))
    fi
}

# same WHAT A B: two texts are equal.
same() {
    if [ "$2" != "$3" ]; then
        echo "FAILED: $1: wanted \"$2\", got \"$3\""
        failures=$((failures + 1))
    fi
}

# set_up: a tenant that is on, with two approvers.
set_up() {
    day=2026-11-02
    expect 0 tenant_opened tenant open --as operator:ola@provider.example \
        --admin ada@contoso.example --at ${day}T08:00:00Z
    expect 0 entitlement entitle --plan --support --as operator:ola@provider.example \
        --at ${day}T08:00:01Z
    expect 0 turned_on on --as member:ada@contoso.example --at ${day}T08:00:02Z
    expect 0 role_assigned role assign --member ben@contoso.example --role access_approver \
        --as member:ada@contoso.example --at ${day}T08:00:03Z
}

# ask_for INSTANT [OPTION...]: eve submits.
ask_for() {
    at=$1
    shift
    expect 0 submitted submit --as engineer:eve@provider.example --case C-1 \
        --reporter bob@contoso.example --escalated --tried "the index was restarted" \
        --service mail --operation Read-Mail --operation Search-Mail --resource /mailboxes/bob \
        --reason customer_initiated_support --justification "mail is lost" --duration 2h \
        --at "$at" "$@"
}

finish() {
    [ $failures -eq 0 ] || exit 1
    echo "passed"
}
