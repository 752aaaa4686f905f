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
kills=0
while [ $kills -lt 400 ]; do
    "$desk" --db killed.db --mail killed --catalogue "$data/catalogue.json" run --digest \
        "$data/week.jsonl" >out 2>&1 &
    running=$!
    # From before its first line to the midst of a delivery.
    case $((kills % 5)) in
    0) sleep 0.02 ;;
    1) sleep 0.05 ;;
    2) sleep 0.1 ;;
    3) sleep 0.07 ;;
    4) sleep 0.4 ;;
    esac
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
