# Prints one C++ source that holds every ```cpp block of the pages given, each in a namespace of its own
# and under its own page and line. What stands in the comment before a block says how:
#
#     <!-- from FILE -->           shown from a file that is compiled anyway: check.awk compares
#     <!-- statements -->          the body of a function, to which prelude.hpp's objects are given
#     <!-- not compiled: WHY -->   left out
#     (none)                       declarations; a whole program is just that
function start(   head) {
    head = "\n#line " (FNR + 1) " \"" FILENAME "\"\n"
    if (how ~ /^(from|not compiled)/) return 0
    ++blocks
    body = body "namespace block_" blocks " {\nusing namespace docs;\n"
    if (how == "statements") body = body "void shown(shown_objects& with) {\n" unpack
    body = body head
    return 1
}
function stop() {
    body = body (how == "statements" ? "}\n}\n" : "}\n")
}
BEGIN {
    unpack = "[[maybe_unused]] auto& [clock, store, sink, engine, command, tenant, event] = with;\n"
}
FNR == 1 { how = ""; open = ""; keep = 0 }
/^<!-- .* -->$/ && open == "" { how = substr($0, 6, length($0) - 9); next }
/^ *```/ && open == "" {
    open = $0
    sub(/```.*/, "```", open)
    keep = ($0 ~ /```cpp/) ? start() : 0
    next
}
open != "" && $0 == open {
    if (keep) stop()
    open = ""; how = ""; keep = 0
    next
}
keep && /^ *#include/ { includes = includes $0 "\n"; body = body "\n"; next }
keep { body = body $0 "\n" }
open == "" && NF > 0 { how = "" }
END {
    if (blocks == 0) exit 1
    print "#include \"prelude.hpp\""
    print includes body
}
