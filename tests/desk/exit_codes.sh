# 0 done, 1 refused, 2 wrong usage or input, 3 failure of the machine.
. "$(dirname "$0")/setup.sh"
set_up
engineer=engineer:eve@provider.example
member=member:ada@contoso.example

expect 0 "lockbox is off\|one_approver\|no_recipient" check --as $member
expect 0 "Usage: desk" --help
expect 0 "justification" submit --help

expect 1 "^refused: it is so already" on --as $member
expect 1 "^refused: not allowed" off --as $engineer
expect 1 "^refused: not allowed" check --as $engineer
expect 1 "^refused: not allowed" on --as $member --tenant unknown-tenant
expect 1 "^refused: no live grant; needs .submit. (A1)" access --as $engineer --service mail --operation Read-Mail \
    --resource /mailboxes/bob
expect 1 "^refused: \`actor\` is not well formed" on --as member:anonymous
expect 1 "^refused: \`actor\` is not well formed" on --as member:

expect 2 "subcommand is required"
expect 2 "no command .nonsense" nonsense
expect 2 "required" submit --as $engineer
expect 2 "who acts" on
expect 2 "no actor" on --as ada
expect 2 "no actor" on --as king:ada
expect 2 "which tenant" on --as $member --tenant ""
expect 2 "no instant" on --as $member --at yesterday
expect 2 "no instant" on --as $member --at 2026-02-30T00:00:00Z
expect 2 "no instant" on --as $member --at 2026-11-02T09:00:00.0001Z
expect 2 "no duration" settings --as $member --longest-access long
expect 2 "longer than any duration" settings --as $member --longest-access 999999999999999d
expect 2 "no whole number" settings --as $member --managers-needed -1
expect 2 "no such permission" role define --as $member --role x --permit fly
expect 2 "format must be" log --as $member --format xml
expect 2 "status must be" list --as $member --status open
expect 2 "where to" deliver
expect 2 "catalogue missing.json cannot be read" tick --catalogue missing.json
printf '{"mail": {"Read-Mail": "secret"}}' >catalogue.json
expect 2 "must be service_operation, metadata or content" tick --catalogue catalogue.json
printf '{"mail": {}, "mail": {}}' >catalogue.json
expect 2 "stands there twice" tick --catalogue catalogue.json
expect 2 "cannot be read" run missing.jsonl --db none.db
expect 2 "cannot be read" run .

expect 3 "failed: unavailable.*database none/desk.db" tick --db none/desk.db
expect 3 "failed: unavailable" check --as $member --db none.db
if [ -e none.db ]; then
    echo "FAILED: looking at a database that is not there made it"
    failures=$((failures + 1))
fi
expect 3 "folder for mails cannot be made" deliver --mail desk.db/mail
if [ -e /dev/full ]; then
    "$desk" --help >/dev/null
    "$desk" check --as $member >/dev/full 2>err
    same "exit when the answer cannot be written" 3 $?
fi
finish
