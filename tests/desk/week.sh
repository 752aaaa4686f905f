# The week meets every status, every ending, every kind of event and every ground of refusal that the
# rules give without a host's own policy.
. "$(dirname "$0")/setup.sh"
data=$source/examples/data
DESK_CATALOGUE=$data/catalogue.json
DESK_MAIL=mail
export DESK_CATALOGUE DESK_MAIL
expect 0 "carried out" run "$data/week.jsonl"
cp out summary

for ground in malformed id_reused already_used not_allowed already_open clock_behind frozen not_open \
    same_person already_voted missing out_of_range too_long not_escalated no_request_needed \
    comment_required question_open no_question widens narrows_to_nothing unchanged not_entitled \
    beyond_own last_administrator unknown_role no_approver too_soon too_many_pending too_many_open \
    no_grant not_yet not_covered no_consents; do
    grep -q "[0-9]  $ground\( \|$\)" summary || { echo "FAILED: no refusal $ground"; failures=1; }
done
for event in tenant_opened entitlement_recorded turned_on turned_off settings_changed \
    audit_visibility_changed role_defined role_assigned role_ended frozen freeze_lifted \
    change_proposed change_agreed change_declined change_lapsed submitted terms_tightened approved \
    gate_opened consent_given consent_used consent_withdrawn granted denied asked answered \
    reminded withdrawn accessed \
    access_refused finished revoked expired ended case_closed refused throttled undeliverable; do
    sed -n '/^events/,$p' summary | grep -q "[0-9]  $event\( \|$\)" ||
        { echo "FAILED: no event $event"; failures=1; }
done
for status in pending active denied expired withdrawn ended finished revoked; do
    expect 0 "^R-" list --status $status --tenant harbour-clinic --at 2026-11-08T21:05:00Z \
        --as member:ada@harbour-clinic.example
done
expect 0 "no_approver" check --tenant corner-bakery --as member:jo@corner-bakery.example \
    --at 2026-11-08T21:05:00Z
expect 0 "blocking  off" check --tenant oakwood-school --as member:hana@oakwood-school.example \
    --at 2026-11-08T21:05:00Z
expect 0 "expired" list --tenant city-museum --as member:lea@city-museum.example
expect 0 "address_bounced *frontdesk" check --tenant harbour-clinic \
    --as member:ada@harbour-clinic.example --at 2026-11-08T21:05:00Z

lines=$(wc -l <"$data/week.jsonl")
[ "$lines" -ge 400 ] || { echo "FAILED: only $lines lines"; failures=1; }
if command -v python3 >/dev/null; then
    cp "$data/make_week.py" . && python3 make_week.py &&
        same "what make_week.py writes" "$(cksum <"$data/week.jsonl")" "$(cksum <week.jsonl)"
fi
finish
