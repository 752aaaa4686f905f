# A tenant's own policy: shown, set and tried, from files.
. "$(dirname "$0")/setup.sh"
ada=member:ada@contoso.example
ben=member:ben@contoso.example
eve=engineer:eve@provider.example
day=2026-11-02
set_up
# Where two must approve, what loosens takes a second member: cara.
expect 0 "keeper permits settings" role define --role keeper --permit settings --as $ada \
    --at ${day}T08:00:04Z
expect 0 role_assigned role assign --member cara@contoso.example --role keeper --as $ada \
    --at ${day}T08:00:05Z

# try_out FILE [LENGTH]: what eve's submission would be answered.
try_out() {
    "$desk" policy try "$1" --as $ada --at ${day}T09:05:00Z --engineer eve@provider.example \
        --case C-1 --reporter bob@contoso.example --escalated --tried x --service mail \
        --operation Read-Mail --resource /mailboxes/bob --reason customer_initiated_support \
        --justification y --duration "${2:-2h}" >out 2>&1
}
# answers CODE PATTERN: what it ended with, and said.
answers() {
    code=$?
    same "exit of policy try" "$1" "$code"
    grep -q -e "$2" out || same "policy try" "$2" "$(cat out)"
}

expect 0 '"rules": \[\]' policy show --as $ada
cat >strict.json <<'END'
{
  "version": 1,
  "rules": [
    {"when": {"operations": ["Read-Mail"]},
     "ask": {"approvals": {"needed": 2, "roles": ["global_admin", "access_approver"]},
             "access_hours": [{"days": ["monday"], "from": "08:00", "until": "18:00"}]}},
    {"when": {"longer_than": "1h"}, "ask": {"comment": true, "longest_access": "2h"}}
  ]
}
END
try_out strict.json
answers 0 "^now: it would be accepted"
answers 0 "^with strict.json: it would be accepted"
answers 0 "customer gate asks 2 people and waits 12 h; roles access_approver and global_admin"
answers 0 "longest access is 2 h; every decision needs a comment"
answers 0 "access is open on monday from 08:00 to 18:00, at UTC+00:00"
answers 0 "nothing was written"
try_out strict.json 3h
answers 0 "^with strict.json: refused: .duration. is out of range, its limit is 2 h"
expect 0 '"rules": \[\]' policy show --as $ada

expect 0 "rules of its own policy 2" policy set strict.json --as $ada --at ${day}T08:10:00Z
"$desk" policy show --as $ada >shown.json
expect 1 "unchanged\|so already" policy set shown.json --as $ada --at ${day}T08:11:00Z
"$desk" policy show --as $ada >again.json
same "what is shown again" "$(cat shown.json)" "$(cat again.json)"
expect 0 "auditors may" audit-log show --as $ada --at ${day}T08:12:00Z
expect 0 '"policy":{"rules":\[{"when":' log --as $ada --activity settings_changed --format json
ask_for ${day}T09:00:00Z
expect 0 "customer gate" approve R-000001 --as manager:mia@provider.example --comment ok \
    --at ${day}T09:01:00Z
expect 0 "^approved" approve R-000001 --as $ben --comment ok --at ${day}T09:02:00Z
expect 1 "no live grant" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob --at ${day}T09:03:00Z
expect 0 "granted" approve R-000001 --as $ada --comment ok --at ${day}T09:04:00Z

printf '{"version": 1, "rules": [{"ask": {"refuse": ["reason"]},
    "unless": {"reasons": ["production_alert"]}}]}' >reasons.json
try_out reasons.json
answers 0 "^with reasons.json: refused: rules\[0\].ask.refuse: .*: not for this reason"

# What may not be set is refused by its place; what is no policy is wrong input.
printf '{"version": 1, "rules": [{"ask": {"comment": true}},
    {"ask": {"approvals": {"roles": ["legal"]}}}]}' >legal.json
legal='refused: rules\[1\].ask.approvals.roles\[0\]: the tenant defines no role `legal`'
expect 1 "$legal" policy set legal.json --as $ada
try_out legal.json
answers 1 "$legal"
printf '{"version": 1, "rules": [{"ask": {"approvals": {"needed": 3}}}]}' >three.json
expect 1 'rules\[0\].ask: nobody could open a gate' policy set three.json --as $ada
printf '{"version": 1, "rules": [{"ask": {"managers": 0}}]}' >zero.json
expect 1 'rules\[0\].ask.managers: .managers. is out of range' policy set zero.json --as $ada
printf '{"version": 2}' >newer.json
expect 2 "newer.json: version: version 2 is newer" policy set newer.json --as $ada
printf '{"version": 1, "rules": [{"ask": {"comments": true}}]}' >typo.json
expect 2 "typo.json: rules\[0\].ask.comments: there is no such field; nothing" policy set typo.json \
    --as $ada
printf '{"version": 1, "rules": [], "rules": []}' >twice.json
expect 2 "stands there twice" policy set twice.json --as $ada
printf '[' >half.json
expect 2 "half.json: it is not JSON at byte" policy set half.json --as $ada
expect 2 "cannot be read" policy set missing.json --as $ada
expect 2 "cannot be read" policy set . --as $ada
awk 'BEGIN { for (i = 0; i < 300000; ++i) printf " " }' >long.json
expect 2 "it is longer than 262144 bytes" policy set long.json --as $ada
awk 'BEGIN { for (i = 0; i < 100000; ++i) printf "[" }' >deep.json
expect 2 "nested deeper than 9 levels" policy set deep.json --as $ada
expect 2 "required" policy set --as $ada
expect 1 "not allowed" policy show --as $ben
expect 1 "not allowed" policy set reasons.json --as $ben --at ${day}T09:10:00Z
expect 1 "not allowed" policy show --as $eve
expect 1 "not allowed" policy show --as $ada --tenant unknown
expect 0 "change_proposed" policy set reasons.json --as $ada --at ${day}T10:00:00Z
expect 0 "settings_changed" agree 1 --as member:cara@contoso.example --at ${day}T10:00:30Z
expect 1 "not for this reason" submit --as $eve --case C-2 --reporter bob@contoso.example \
    --escalated --tried x --service mail --operation Read-Mail --resource /mailboxes/bob \
    --reason customer_initiated_support --justification y --duration 1h --at ${day}T10:01:00Z

# A rule that members no longer meet is a finding.
printf '{"version": 1, "rules": [{"ask": {"approvals": {"needed": 2}}}]}' >two.json
expect 0 "settings_changed" policy set two.json --as $ada --at ${day}T10:02:00Z
expect 0 "role_ended" role end --member ben@contoso.example --role access_approver --as $ada \
    --at ${day}T10:03:00Z
expect 0 "rule_for_nobody  *rules\[0\]: of the tenant's own policy" check --as $ada \
    --at ${day}T10:04:00Z
finish
