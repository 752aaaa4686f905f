# A run stops at a bad line, with all before it done and nothing after it; mended, it goes on there.
. "$(dirname "$0")/setup.sh"
set_up
line() {
    printf '{"at":"2026-11-02T%s","tenant":"contoso","as":"member:ada@contoso.example","id":"%s","do":"%s"%s}\n' \
        "$1" "$2" "$3" "${4:-}"
}
{
    line 09:00:00Z a off
    line 09:00:01Z b "audit-log show"
    line 09:00:02Z c fly
    line 09:00:03Z d on
} >lines.jsonl
expect 2 "lines.jsonl:3: there is no command" run lines.jsonl
expect 2 "2 by an earlier run" run lines.jsonl
expect 2 "stopped at line 3" run lines.jsonl
expect 0 "turned_off" log --as member:ada@contoso.example --activity turned_off
expect 0 "role_assigned" log --as member:ada@contoso.example --until 2026-11-02T09:00:00Z

sed 's/fly/audit-log hide/' lines.jsonl >mended.jsonl
expect 0 "2 carried out, 2 by an earlier run" run mended.jsonl
digest=$("$desk" digest)
expect 0 "0 carried out, 4 by an earlier run" run mended.jsonl
same "the log after the second run" "$digest" "$("$desk" digest)"

line 09:00:04Z e "audit-log show" >>mended.jsonl
expect 0 "1 carried out, 4 by an earlier run" run mended.jsonl

# Counting instead of stopping.
{
    line 09:01:00Z f fly
    line 09:01:01Z g off
    echo '{"cut": '
    line 09:01:02Z h on
} >counted.jsonl
expect 2 "2 carried out, 2 bad" run --keep-going counted.jsonl
expect 2 "counted.jsonl:3: it is not JSON" run --keep-going --db other.db counted.jsonl

# A line that tests itself.
line 09:02:00Z i on ',"expect":"refused:unchanged"' >expects.jsonl
expect 0 "1 refused" run expects.jsonl
line 09:02:01Z j off ',"expect":"refused:unchanged"' >expects.jsonl
expect 2 "expects.jsonl:1: expected refused:unchanged, and the answer is done" run expects.jsonl
line 09:02:02Z k off ',"expect":"done"' >expects.jsonl
expect 2 "expected done, and the answer is refused: it is so already" run expects.jsonl
line 09:02:03Z l off ',"expect":"refused:not_allowed"' >expects.jsonl
expect 2 "expected refused:not_allowed, and the answer is refused: it is so already" run expects.jsonl
line 09:02:04Z m off ',"expect":"refused"' >expects.jsonl
expect 0 "1 refused" run expects.jsonl

# What is overdue is recorded between the lines when that is asked for.
line 09:03:00Z n on >first.jsonl
expect 0 "done" run first.jsonl
ask_for 2026-11-02T09:04:00Z
line 23:00:00Z o off >later.jsonl
expect 0 "1  expired" run --tick later.jsonl
finish
