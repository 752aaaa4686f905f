// The standard policy explored on one core, by the program that `./dev explore` runs: in a process
// of its own, with a heap for one thread.
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

/// Millions a second of one processor.
struct rates {
    double tried = 0;
    double evolved = 0;
};

/// What its last line says: "2.0 seconds; 4.50 million transitions and 0.90 million evolved …".
rates explored() {
    // So many millions take a second; on a busy machine, ten seconds of the clock end it.
    std::FILE* const out = ::popen(LOCKBOX_BENCH_EXPLORER " 10 4", "r");
    require(out != nullptr, "the explorer does not start");
    std::string last;
    for (char line[256]; std::fgets(line, sizeof line, out) != nullptr;) last = line;
    require(::pclose(out) == 0, "the explorer found a broken invariant, or ended early");
    rates found;
    std::string word;
    std::istringstream in{last};
    in >> word >> word >> found.tried >> word >> word >> word >> found.evolved;
    require(!in.fail(), "the explorer does not tell its rates");
    return found;
}

}  // namespace

void explore(figures& into, effort how) {
    std::vector<double> tried;
    std::vector<double> evolved;
    for (std::size_t round = 0; round < how.rounds(1, 5); ++round) {
        const auto found = explored();
        tried.push_back(found.tried * 1e6);
        evolved.push_back(found.evolved * 1e6);
    }
    into.push_back({"explore_rate",
                    "/s",
                    median(std::move(tried)),
                    {},
                    bar::at_least,
                    4e6,
                    "decisions tried, standard policy, one core"});
    into.push_back({"explore_evolved",
                    "/s",
                    median(std::move(evolved)),
                    {},
                    bar::at_least,
                    8e5,
                    "of those, the ones that led to a state"});
}

}  // namespace bench
