# A database that cannot be used: a failure that says why, and the file is left as it is.
. "$(dirname "$0")/setup.sh"
set_up
who="--as member:ada@contoso.example"

mkdir folder.db
expect 3 "failed: unavailable" tick --db folder.db
printf 'this is a letter, and no database at all; it is long enough to be taken for one' >letter.db
letter=$(cksum <letter.db)
expect 3 "failed: wrong_schema" tick --db letter.db
same "the letter" "$letter" "$(cksum <letter.db)"

cp desk.db newer.db
printf '\000\000\000\143' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
newer=$(cksum <newer.db)
expect 3 "failed: wrong_schema.*version 99" tick --db newer.db
same "the newer database" "$newer" "$(cksum <newer.db)"

cp desk.db foreign.db
printf '\000\000\000\001' | dd of=foreign.db bs=1 seek=68 conv=notrunc 2>/dev/null
expect 3 "failed: wrong_schema.*another application" tick --db foreign.db

head -c 5000 desk.db >cut.db
expect 3 "failed: corrupt" tick --db cut.db

# Nothing is read-only to root, who therefore tries it as somebody else.
cp desk.db readonly.db
chmod 444 readonly.db
if [ "$(id -u)" -ne 0 ]; then
    expect 3 "failed: read_only" on $who --db readonly.db
elif command -v setpriv >/dev/null; then
    chmod 755 .
    cp "$desk" own_desk
    setpriv --reuid=65534 --regid=65534 --clear-groups ./own_desk on $who --db readonly.db >out 2>&1
    same "exit of a database that is read-only" 3 $?
    grep -q "failed: read_only" out || { cat out; failures=1; }
fi

if [ -n "$extra" ]; then
    mkfifo input
    "$extra" desk.db <input >held &
    exec 3>input
    until grep -q held held; do sleep 0.1; done
    expect 3 "failed: busy" off $who --wait 100ms
    expect 0 "" check $who
    exec 3>&-
    wait
    expect 0 turned_off off $who
fi
finish
