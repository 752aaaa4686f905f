# A run that is killed at any point and run again leaves the log that a whole run leaves, and a whole
# run that is run again changes nothing (V8, V17).
. "$(dirname "$0")/setup.sh"
data=$source/examples/data
run() {
    "$desk" --db "$1.db" --mail "$1" --catalogue "$data/catalogue.json" run --digest \
        "$data/week.jsonl" >out 2>&1
}
run whole || { cat out; exit 1; }
whole=$(sed -n 's/^log  *//p' out)
run whole || { cat out; exit 1; }
same "the log after a second run" "$whole" "$(sed -n 's/^log  *//p' out)"
same "lines carried out by the second run" 1 "$(grep -c '0 carried out' out)"

# Killed in the middle, again and again, until it is through.
began=$(date +%s%N)
"$desk" --help >out
start_up=$((($(date +%s%N) - began) / 1000000)) # ms: with a sanitizer it is a third of a second
kills=0
while [ $kills -lt 400 ]; do
    "$desk" --db killed.db --mail killed --catalogue "$data/catalogue.json" run --digest \
        "$data/week.jsonl" >out 2>&1 &
    running=$!
    # From before its first line to the midst of a delivery.
    case $((kills % 5)) in
    0) after=0 ;;
    1) after=30 ;;
    2) after=80 ;;
    3) after=50 ;;
    4) after=380 ;;
    esac
    sleep "$(awk "BEGIN { print ($start_up + $after) / 1000 }")"
    kill -9 $running 2>/dev/null
    wait $running 2>/dev/null && break
    kills=$((kills + 1))
done
run killed || { cat out; exit 1; }
same "the log after $kills kills" "$whole" "$(sed -n 's/^log  *//p' out)"
same "the mails after $kills kills" "$(cd whole && cat *.eml | cksum)" "$(cd killed && cat *.eml | cksum)"
same "the names of the mails" "$(ls whole)" "$(ls killed)"
echo "killed $kills times"
finish
