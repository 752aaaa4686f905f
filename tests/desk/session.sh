# Runs the ```console blocks of docs/desk.md, one after the other in one shell and one folder, and
# compares what is printed with what the page shows. `session.sh DESK update` writes the page anew.
. "$(dirname "$0")/setup.sh"
page=$source/docs/desk.md
mkdir bin
ln -s "$desk" bin/desk
ln -s "$source/examples" examples
PATH=$folder/bin:$PATH
unset DESK_DB DESK_TENANT

inside=
ended=
while IFS= read -r text; do
    case $text in
    '```console') inside=yes; printf '%s\n' "$text" ;;
    '```') inside=; printf '%s\n' "$text" ;;
    '$ '*)
        printf '%s\n' "$text"
        if [ -n "$inside" ]; then
            command=${text#??}
            while [ "${command%\\}" != "$command" ]; do
                IFS= read -r more
                printf '%s\n' "$more"
                command="${command%\\} ${more#> }"
            done
            eval "$command" 2>&1 </dev/null
        fi
        ;;
    *) [ -n "$inside" ] || printf '%s\n' "$text" ;;
    esac
done <"$page" >page.md

if [ "$extra" = update ]; then
    cp page.md "$page"
elif ! diff -u "$page" page.md; then
    echo "FAILED: docs/desk.md shows other output than the desk gives (see above)"
    exit 1
fi
finish
