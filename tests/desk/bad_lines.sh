# A line that cannot be a command: named with its number and its reason, and nothing is carried out.
. "$(dirname "$0")/setup.sh"
set_up
before=$("$desk" digest)
head='"at":"2026-11-02T09:00:00Z","tenant":"contoso","as":"member:ada@contoso.example","id":"x"'

# bad PATTERN LINE
bad() {
    printf '%s\n' "$2" >lines.jsonl
    expect 2 "lines.jsonl:1: $1" run lines.jsonl
}
bad "it is not JSON at byte" "{$head,\"do\":\"off\""
bad "it is not JSON at byte" "{$head,\"do\":\"of"
bad "it is not JSON at byte" "{$head,\"do\":\"off\"} and more"
bad "it is not JSON at byte" "{$head,\"do\":\"off\",}"
bad "it is not JSON at byte" "{$head,\"do\":\"off\",\"note\":\"$(printf '\377\376')\"}"
bad "it is not JSON at byte" "{$head,\"do\":\"off\",\"note\":\"$(printf '\302')\"}"
bad "it is not JSON at byte" "{$head,\"do\":\"off\",\"note\":\"$(printf '\033')[31m\"}"
bad "a line must be an object, and is a list" "[]"
bad "a line must be an object, and is a text" '"off"'
bad "a line must be an object, and is null" null
bad "it is nested deeper than 4" "{$head,\"do\":\"off\",\"note\":[[[[[[1]]]]]]}"
bad "it is nested deeper than 4" "$(printf '%02000d' 0 | tr 0 '[')"
bad "the key \`do\` stands there twice" "{$head,\"do\":\"on\",\"do\":\"off\"}"
bad "there is no command \`fly\`" "{$head,\"do\":\"fly\"}"
bad "\`do\` must be a text, and is a whole number" "{$head,\"do\":1}"
bad ".* is no whole number that can be kept" "{$head,\"do\":1.5}"
bad "it is not JSON at byte .*: number overflow" "{$head,\"do\":1e400}"
bad "a line needs the field \`do\`" "{$head}"
bad "a line needs the field \`at\`" '{"do":"off"}'
bad "a command needs the field \`tenant\`" '{"at":"2026-11-02T09:00:00Z","do":"off"}'
bad "a command needs the field \`id\`" \
    '{"at":"2026-11-02T09:00:00Z","do":"off","tenant":"contoso","as":"member:ada"}'
bad "\`at\`: .* is no instant" '{"at":"soon","do":"tick"}'
bad "\`as\`: .* is no actor" \
    '{"at":"2026-11-02T09:00:00Z","do":"off","tenant":"contoso","as":"ada","id":"x"}'
bad "\`off\` has no field \`resource\`" "{$head,\"do\":\"off\",\"resource\":\"/\"}"
bad "\`tick\` has no field \`tenant\`" "{$head,\"do\":\"tick\"}"
bad "\`deny\` needs the field \`request\`" "{$head,\"do\":\"deny\"}"
bad "\`recipients\` must be a list of texts, and is a text" \
    "{$head,\"do\":\"settings\",\"recipients\":\"a@b\"}"
bad "\`recipients\` must be a list of texts, and is a whole number" \
    "{$head,\"do\":\"settings\",\"recipients\":[1]}"
bad "\`comment_required\` must be true or false, and is null" \
    "{$head,\"do\":\"settings\",\"comment_required\":null}"
bad "\`rounds\` must be a whole number, and is a text" "{$head,\"do\":\"settings\",\"rounds\":\"9\"}"
bad "\`rounds\`: \`-9\` is no whole number" "{$head,\"do\":\"settings\",\"rounds\":-9}"
bad "\`rounds\`: .* is no whole number" "{$head,\"do\":\"settings\",\"rounds\":4294967296}"
bad "\`longest_access\`: .* is no duration" "{$head,\"do\":\"settings\",\"longest_access\":\"4\"}"
bad "\`expect\` must be" "{$head,\"do\":\"off\",\"expect\":\"maybe\"}"
bad "\`expect\` must be" "{$head,\"do\":\"off\",\"expect\":\"refused:bad_luck\"}"
bad "it delivers mail, and no folder is named with --mail" '{"at":"2026-11-02T09:00:00Z","do":"deliver"}'
awk -v head="$head" 'BEGIN { printf "{%s,\"do\":\"off\",\"note\":\"", head
    for (i = 0; i < 110000; ++i) printf "0123456789"; print "\"}" }' >lines.jsonl
expect 2 "longer than a mebibyte" run lines.jsonl
printf '{%s,"do":"off","note":"a\000b"}\n' "$head" >lines.jsonl
expect 2 "lines.jsonl:1: it is not JSON" run lines.jsonl

same "the log after all that" "$before" "$("$desk" digest)"
printf '\n  \n{%s,"do":"off"}\r\n' "$head" >lines.jsonl
expect 0 "1 carried out" run lines.jsonl
: >lines.jsonl
expect 0 "0 carried out" run lines.jsonl
finish
