// ./dev bench [quick]: a table of our figures beside their references, and the same as JSON.
#include <cstdio>
#include <cstring>

#include "suites.hpp"

namespace {

struct suite {
    const char* name;
    void (*run)(bench::figures&, bench::effort);
};

// `commit` keeps the heap's pages, so all that measures memory goes before it.
constexpr suite suites[] = {
    {"authorize", bench::authorize}, {"decide", bench::decide},   {"footprint", bench::footprint},
    {"growth", bench::growth},       {"replay", bench::replay},   {"policy", bench::policy},
    {"commit", bench::commit},       {"explore", bench::explore}, {"compile", bench::compile},
#ifdef LOCKBOX_BENCH_POSTGRES
    {"postgres", bench::postgres},
#endif
};

}  // namespace

int main(int count, char** words) {
    bench::effort how;
    const char* only = nullptr;
    for (int at = 1; at < count; ++at) {
        if (std::strcmp(words[at], "quick") == 0)
            how.quick = true;
        else
            only = words[at];
    }
    bench::figures all;
    for (const auto& one : suites) {
        if (only != nullptr && std::strcmp(only, one.name) != 0) continue;
        std::fprintf(stderr, "bench: %s\n", one.name);
        one.run(all, how);
    }
    bench::print(all);
    if (all.empty()) {
        std::fprintf(stderr, "bench: there is no suite of that name\n");
        return 2;
    }
    if (only == nullptr && !bench::write_json(all, LOCKBOX_BENCH_JSON)) {
        std::fprintf(stderr, "bench: cannot write %s\n", LOCKBOX_BENCH_JSON);
        return 1;
    }
    return 0;
}
