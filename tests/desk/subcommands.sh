# Each subcommand once, with its options.
. "$(dirname "$0")/setup.sh"
eve=engineer:eve@provider.example
mia=manager:mia@provider.example
ada=member:ada@contoso.example
ben=member:ben@contoso.example
day=2026-11-02
set_up

expect 0 "also told sec@contoso.example" settings --as $ada --at ${day}T08:01:00Z \
    --longest-access 3h --recipient sec@contoso.example --exempted chat --comment-required
expect 0 "longest_access  *3 h" settings --as $ada
expect 0 "comment_required  *yes" settings --as $ada
expect 0 settings_changed settings --as $ada --at ${day}T08:01:01Z --no-comment-required \
    --recipient "" --exempted ""
expect 0 "recipients  *none" settings --as $ada
expect 0 "auditors may" audit-log show --as $ada --at ${day}T08:02:00Z
expect 0 "nobody may" audit-log hide --as $ada --at ${day}T08:02:01Z
expect 1 "not allowed" log --as $ada --at ${day}T08:02:01Z
expect 0 "auditors may" audit-log show --as $ada --at ${day}T08:02:02Z
expect 0 "watch permits decide and view" role define --as $ada --at ${day}T08:03:00Z --role watch \
    --permit decide --permit view
expect 0 "until 2026-11-05 00:00:00" role assign --as $ada --at ${day}T08:03:01Z --role watch \
    --member cleo@contoso.example --until 2026-11-05T01:00:00+01:00
expect 0 "watch of cleo" role end --as $ada --at ${day}T08:03:02Z --role watch \
    --member cleo@contoso.example
expect 0 "blocking\|warning\|notice" check --as $ada --at ${day}T08:04:00Z

expect 0 "it would be accepted" preview --as $eve --case C-1 --reporter bob@contoso.example \
    --escalated --tried x --service mail --operation Read-Mail --resource /mailboxes/bob \
    --reason customer_initiated_support --justification y --duration 1h --at ${day}T08:59:00Z
expect 0 "no requests" list --as $ada --at ${day}T08:59:00Z
expect 0 "submitted R-000001" drill --as $ada --case D-1 --reporter ada@contoso.example --tried x \
    --service mail --operation Read-Mail --resource / --reason provider_review \
    --justification "does it work?" --duration 1h --at ${day}T08:59:30Z

ask_for ${day}T09:00:00Z
expect 0 "customer gate waits" approve R-000002 --as $mia --at ${day}T09:01:00Z
expect 0 "asked R-000002" ask R-000002 --as $ben --question "which folder?" --at ${day}T09:02:00Z
expect 0 "answered R-000002" answer R-000002 --as $eve --answer "the inbox" --at ${day}T09:03:00Z
expect 1 "wider than what was asked" approve R-000002 --as $ben --narrow-resource /mailboxes \
    --at ${day}T09:04:00Z
expect 1 "no such request" approve R-999999 --as $ben --narrow-resource /mailboxes \
    --at ${day}T09:04:00Z
expect 0 "10:05:00: Read-Mail on$" approve R-000002 --as $ben \
    --narrow-duration 1h --narrow-operation Read-Mail --narrow-resource /mailboxes/bob/inbox \
    --comment "[inbox, only]" --at ${day}T09:05:00Z
expect 0 "accessed R-000002" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob/inbox/1 --at ${day}T09:06:00Z --from-ip 10.0.0.7 --id once
expect 1 "access that was allowed" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob/inbox/1 --at ${day}T09:06:01Z --id once
expect 1 "used for something else" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob/inbox/2 --at ${day}T09:06:01Z --id once
printf '{"mail": {"Get-Size": "metadata"}}' >catalogue.json
expect 0 "touches metadata" access --as $eve --service mail --operation Get-Size \
    --resource /mailboxes/bob --at ${day}T09:07:00Z --catalogue catalogue.json
expect 0 "finished R-000002" finish R-000002 --as $eve --at ${day}T09:08:00Z

ask_for ${day}T09:10:00Z
expect 0 "withdrawn R-000003" withdraw R-000003 --as $eve --at ${day}T09:11:00Z
ask_for ${day}T09:12:00Z
expect 0 "denied R-000004" deny R-000004 --as $mia --comment "use metadata" --at ${day}T09:13:00Z
ask_for ${day}T09:14:00Z --start ${day}T10:00:00Z
expect 0 approved approve R-000005 --as $mia --at ${day}T09:15:00Z
expect 0 "from 2026-11-02 10:00:00" approve R-000005 --as $ben --at ${day}T09:16:00Z
expect 0 "revoked R-000005" revoke R-000005 --as $ben --comment "no more" --at ${day}T09:17:00Z
ask_for ${day}T09:18:00Z
expect 0 "withdrawn R-000006" close-case --case C-1 --as $eve --at ${day}T09:19:00Z
expect 2 "required" close-case --as $eve
expect 0 "withdrawn\|case_closed" log --as $ada --at ${day}T09:19:00Z --limit 2

expect 0 "R-000002 of contoso: finished" show R-000002 --as $ben --at ${day}T09:20:00Z
expect 0 "\[inbox, only\]" show R-000002 --as $ben --at ${day}T09:20:00Z
expect 1 "no such request" show R-999999 --as $ben
expect 0 "R-000002 of contoso: finished (R7)" why R-000002 --as $ben --at ${day}T09:20:00Z
expect 0 "by mia@provider.example at the manager's gate" why R-000004 --as $eve \
    --at ${day}T09:20:00Z
expect 0 "needs 1 more manager" why R-000001 --as $mia --at ${day}T09:20:00Z
expect 1 "no such request" why R-000001 --as $eve --at ${day}T09:20:00Z
expect 1 "no such request" why R-999999 --as $ben
expect 1 "not allowed" why R-000001 --as member:zoe@fabrikam.example
expect 0 "R-000004 *denied" list --as $ada --status denied --at ${day}T09:20:00Z
expect 0 "R-000001 *pending, manager (drill)" list --as $ada --at ${day}T09:20:00Z --case D-1
expect 0 "R-000003" list --as $eve --engineer eve@provider.example --at ${day}T09:20:00Z \
    --from ${day}T09:09:00Z --until ${day}T09:11:00Z
expect 0 "more: --before 6" list --as $ada --limit 1 --at ${day}T09:20:00Z
expect 0 "R-000005" list --as $ada --limit 1 --before 6 --at ${day}T09:20:00Z
expect 0 "accessed" log --as $ada --activity accessed
expect 0 "accessed" log --as $ada --person eve@provider.example --item R-000002
expect 0 "submitted" log --as $ada --case C-1 --from ${day}T09:14:00Z --until ${day}T09:15:00Z
expect 0 "no events" log --as $ada --until 2020-01-01T00:00:00Z
expect 0 '^{"tenant":"contoso".*"origin":"10.0.0.7"' log --as $ada --activity accessed --format json
expect 0 '"ApprovalDecision","Value":"Approve"' log --as $ada --format office365 --all
expect 0 '"UserId":"Microsoft Operator"' log --as $ada --format office365 --activity accessed

expect 0 "frozen" freeze --as $ben --comment "stop" --at ${day}T09:21:00Z
expect 0 "freeze_lifted" lift --as $ada --at ${day}T09:22:00Z
expect 0 "reminders 2 h and 30 min before, escalation 1 h before" settings \
    --as $ada --at ${day}T09:22:10Z --reminder 2h --reminder 30m --escalation-before 1h \
    --escalation-recipient boss@contoso.example
expect 0 "escalation_recipients  *boss@contoso.example" settings --as $ada
expect 0 settings_changed settings --as $ada --at ${day}T09:22:20Z --escalation-recipient ""
expect 2 "no duration" settings --as $ada --reminder soon
expect 1 "out of range" settings --as $ada --reminder 30s --at ${day}T09:22:30Z
expect 0 settings_changed settings --as $ada --at ${day}T09:22:40Z --customer-window 2h
expect 0 "window_too_short *customer_window: too short" check --as $ada --at ${day}T09:22:50Z
expect 0 "turned_off" off --as $ada --at ${day}T09:23:00Z
ask_for ${day}T09:24:00Z
expect 0 "recorded: 1 (1 reminded)" tick --at ${day}T19:30:00Z
expect 0 "the manager gate still waits until 2026-11-02 21:2" log --as $ada --activity reminded
expect 0 "recorded: 1 (1 expired)" tick --at 2026-11-05T00:00:00Z
expect 0 "undeliverable: 0" deliver --mail mail --at 2026-11-05T00:00:01Z
same "every mail has its file" "$(ls mail | wc -l)" "$(sed 's/.*written: \([0-9]*\).*/\1/' out)"
expect 0 "mails written: 0" deliver --mail mail
expect 0 "events, fingerprint [0-9a-f]\{16\}$" digest
finish
