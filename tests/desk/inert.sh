# Text from people does nothing in a terminal, whatever it holds, and comes back as it was (V15, T21).
. "$(dirname "$0")/setup.sh"
escape=$(printf '\033')
csi=$(printf '\302\233')           # U+009B, which some terminals obey
override=$(printf '\342\200\256')  # U+202E, which turns the direction
tag=$(printf '\363\240\201\201')   # U+E0041, which nobody sees
set_up
ada=member:ada@contoso.example
expect 0 "" audit-log show --as $ada --at 2026-11-02T08:59:00Z
nasty="${escape}[2J ${csi}31m ${override}gpj.exe $tag \"quoted\" back\\slash
second line"
expect 0 submitted submit --as "engineer:eve@provider.example" --case "C-1" \
    --reporter bob@contoso.example --escalated --tried "$nasty" --service mail \
    --operation Read-Mail --resource /mailboxes/bob --reason customer_initiated_support \
    --justification "$nasty" --duration 2h --at 2026-11-02T09:00:00Z
expect 0 approved approve R-000001 --as manager:mia@provider.example --comment "$nasty" \
    --at 2026-11-02T09:01:00Z
expect 0 frozen freeze --as $ada --comment "$nasty" --at 2026-11-02T09:02:00Z
printf '{"at":"2026-11-02T09:00:00Z","do":"\\u001b[2J \\u202e \\u009b"}\n' >lines.jsonl

# harmless ARGUMENT...: whatever the desk says, no such character is in it.
harmless() {
    "$desk" "$@" >out 2>&1
    if LC_ALL=C grep -q -e "$escape" -e "$csi" -e "$override" -e "$tag" out; then
        echo "FAILED: desk $* writes characters that a terminal obeys"
        failures=$((failures + 1))
    fi
}
harmless show R-000001 --as $ada
harmless why R-000001 --as $ada
harmless why "$nasty" --as $ada
harmless log --as $ada
harmless log --as $ada --format json
harmless log --as $ada --format office365
harmless list --as $ada --case "$nasty"
harmless list --as $ada --status "$nasty"
harmless on --as "king:$nasty"
harmless on --as "$nasty" --at "$nasty"
harmless "$nasty"
harmless tick --db "none$nasty/desk.db"
harmless tick --catalogue "$nasty"
harmless run "$nasty"
harmless run lines.jsonl
harmless deliver --mail mail

"$desk" log --as $ada --format json --activity submitted >out
expect 0 'u001b\[2J .u009b31m .u202egpj.exe .udb40.udc41' log --as $ada --format json \
    --activity submitted
finish
