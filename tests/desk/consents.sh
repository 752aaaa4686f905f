# Consents: given, listed, used and withdrawn.
. "$(dirname "$0")/setup.sh"
ada=member:ada@contoso.example
ben=member:ben@contoso.example
eve=engineer:eve@provider.example
mia=manager:mia@provider.example
day=2026-11-02
set_up

# give CODE PATTERN OPTION...: a consent to bob's mailbox, by whoever and whenever the options say.
give() {
    code=$1 pattern=$2
    shift 2
    expect "$code" "$pattern" consent give --service mail --operation Read-Mail \
        --operation Search-Mail --resource /mailboxes --reason customer_initiated_support \
        --duration 2h --until 2026-11-30T00:00:00Z "$@"
}

expect 0 "no consent of contoso stands" consent list --as $ada --at ${day}T08:10:00Z
give 1 "the settings let no consent stand" --as $ada --at ${day}T08:10:00Z
expect 0 "consents may stand" settings --consents --as $ada --at ${day}T08:11:00Z
expect 0 "consents  *may stand" settings --as $ada
give 1 "not allowed" --as $ben --at ${day}T08:12:00Z
give 0 "consent_given: consent 1 to Read-Mail and Search-Mail on /mailboxes of mail, for" --as $ada \
    --at ${day}T08:13:00Z
expect 0 "approvers ben@contoso.example" consent give --service files --operation Read-File \
    --resource / --reason provider_review --duration 1h --until ${day}T12:00:00Z --as $ada \
    --at ${day}T08:14:00Z
expect 2 "needs\|required" consent give --service mail --as $ada --at ${day}T08:14:00Z
expect 2 "number" consent withdraw --number x --as $ada --at ${day}T08:14:00Z
expect 0 "2026-11-30 00:00:00  yes  *2 h" consent list --as $ben --at ${day}T08:15:00Z
expect 1 "not allowed" consent list --as $eve --at ${day}T08:15:00Z
expect 0 "consent_lapses" check --as $ada --at ${day}T08:15:00Z

ask_for ${day}T09:00:00Z
expect 0 "consent_used R-000001 (case C-1): consent 1 opens the customer gate; automatic" approve \
    R-000001 --as $mia --at ${day}T09:01:00Z
expect 0 "consent 1 opened the customer's gate by itself" why R-000001 --as $ada \
    --at ${day}T09:02:00Z
expect 0 "approved by the customer" why R-000001 --as $eve --at ${day}T09:02:00Z
expect 0 "a consent opens the customer gate" show R-000001 --as $eve --at ${day}T09:02:00Z
expect 0 "accessed R-000001" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob --at ${day}T09:03:00Z
expect 0 "auditors may" audit-log show --as $ada --at ${day}T09:04:00Z
expect 0 '"Value":"automatic".*"Value":"Approve"' log --format office365 --as $ada \
    --at ${day}T09:04:00Z
expect 0 "revoked R-000001 (case C-1): its consent was withdrawn" consent withdraw --number 1 \
    --as $ada --at ${day}T09:05:00Z
expect 1 "no live grant" access --as $eve --service mail --operation Read-Mail \
    --resource /mailboxes/bob --at ${day}T09:06:00Z
expect 1 "no such consent stands" consent withdraw --number 1 --as $ada --at ${day}T09:06:00Z
expect 0 settings_changed settings --as $ada --no-consents --at ${day}T09:07:00Z
expect 0 "consents  *none" settings --as $ada
expect 0 "no consent of contoso stands" consent list --as $ada --at ${day}T09:08:00Z
finish
