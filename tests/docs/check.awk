# Says what in the pages given is no longer so: excerpts that differ from their file, tables that lack a
# name of the code, and links that lead nowhere. Run at the root of the source.
#
#     <!-- from FILE -->                 the next block stands in FILE, word for word
#     <!-- rows: names_of<E> in FILE --> the next table has one row for each name of the enum, in order
#     <!-- rows: name in FILE... -->     the same for every `name = "..."` of the files
#     <!-- rows: fields_of<S> in FILE --> the same for every field that a struct lists
function fault(line, what) {
    print page ":" line ": " what
    failed = 1
}
function exists(path) { return system("test -e '" path "'") == 0 }

# --- excerpts ---
function indented(text, indent) { return text == "" ? "" : indent text }
function stands_at(at,   i, indent) {
    indent = lines[at]
    if (substr(indent, length(indent) - length(block[1]) + 1) != block[1]) return 0
    indent = substr(indent, 1, length(indent) - length(block[1]))
    if (indent !~ /^ *$/) return 0
    for (i = 2; i <= rows; ++i)
        if (lines[at + i - 1] != indented(block[i], indent)) return 0
    return 1
}
function compare(file,   text, count, at) {
    count = 0
    while ((getline text < file) > 0) lines[++count] = text
    close(file)
    if (count == 0) return fault(began, "there is no " file)
    for (at = 1; at + rows - 1 <= count; ++at)
        if (stands_at(at)) return
    fault(began, "this does not stand in " file)
}

# --- tables ---
function names_in(spec,   part, count, i, text, seen) {
    wanted = 0
    count = split(spec, part, " ")
    for (i = 3; i <= count; ++i) {
        if (!exists(part[i])) return fault(FNR, "there is no " part[i])
        seen = 0
        while ((getline text < part[i]) > 0) {
            if (part[1] ~ /^fields_of</) {
                if (text == "struct " substr(part[1], 11, length(part[1]) - 11) " {") seen = 1
                if (text == "};") seen = 0
                if (!seen || text !~ /^ *f\("/) continue
                sub(/.*f\("/, "", text)
                sub(/".*/, "", text)
                want[++wanted] = text
                continue
            }
            if (part[1] == "name") {
                if (text !~ /string_view name = "/) continue
                sub(/.*name = "/, "", text)
                sub(/".*/, "", text)
                want[++wanted] = text
                continue
            }
            if (index(text, part[1] " =") > 0) {
                seen = 1
                sub(/.*=/, "", text)
            }
            while (seen && match(text, /"[^"]*"/)) {
                want[++wanted] = substr(text, RSTART + 1, RLENGTH - 2)
                text = substr(text, RSTART + RLENGTH)
            }
            if (text ~ /;/) seen = 0
        }
        close(part[i])
    }
    if (wanted == 0) fault(FNR, "no names: " spec)
    row = 0
}
function check_row(text) {
    sub(/^\| */, "", text)
    sub(/ *\|.*/, "", text)
    while (match(text, /`[^`]*`/)) {
        if (substr(text, RSTART + 1, RLENGTH - 2) != want[++row])
            fault(FNR, "expected a row for `" want[row] "`")
        text = substr(text, RSTART + RLENGTH)
    }
}

# --- links ---
function check_links(text,   to, base, target) {
    gsub(/`[^`]*`/, "", text)
    while (match(text, /\]\([^)]*\)/)) {
        to = substr(text, RSTART + 2, RLENGTH - 3)
        text = substr(text, RSTART + RLENGTH)
        if (to ~ /^[a-z]+:/) continue
        base = page
        if (!sub(/[^\/]*$/, "", base)) base = ""
        target = to
        sub(/#.*/, "", target)
        if (target != "" && !exists(base target)) fault(FNR, "a link leads nowhere: " to)
        if (to ~ /#/) {
            sub(/.*#/, "", to)
            links[++linked] = (target == "" ? page : base target) " " to " " page ":" FNR
        }
    }
}
function anchor(text) {
    sub(/^#+ */, "", text)
    text = tolower(text)
    gsub(/[^a-z0-9 _-]/, "", text)
    gsub(/ /, "-", text)
    return text
}

FNR == 1 { how = ""; open = ""; page = FILENAME; sub(/^\.\//, "", page); in_table = 0 }
/^<!-- .* -->$/ && open == "" {
    how = substr($0, 6, length($0) - 9)
    if (how ~ /^rows: /) names_in(substr(how, 7))
    next
}
/^ *```/ && open == "" {
    open = $0
    sub(/```.*/, "```", open)
    rows = 0
    began = FNR
    next
}
open != "" && $0 == open {
    if (how ~ /^from /) compare(substr(how, 6))
    open = ""; how = ""
    next
}
open != "" { block[++rows] = $0; next }
/^\|/ && how ~ /^rows: / {
    if (in_table > 1) check_row($0)
    ++in_table
}
!/^\|/ && in_table {
    if (row != wanted) fault(FNR, "the table above has no row for `" want[row + 1] "`")
    in_table = 0; how = ""
}
/^#/ { anchors[page " " anchor($0)] = 1 }
{ check_links($0) }
!/^\|/ && NF > 0 { how = "" }
END {
    for (i = 1; i <= linked; ++i) {
        split(links[i], link, " ")
        if (!((link[1] " " link[2]) in anchors)) {
            print link[3] ": there is no heading #" link[2] " in " link[1]
            failed = 1
        }
    }
    exit failed
}
