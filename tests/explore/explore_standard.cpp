// The standard policy, explored: explore_standard [seconds] [millions of transitions] [requests].
// Ends with 1 when an invariant does not hold.
#include "desk.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>

int main(int count, char** words_given) {
    const auto given = [&](int which, double otherwise) {
        return which < count ? std::strtod(words_given[which], nullptr) : otherwise;
    };
    words::testing::bounds until;
    until.seconds = std::chrono::duration<double>(given(1, 60));
    until.transitions = static_cast<std::size_t>(given(2, 1e9) * 1e6);
    const auto requests = static_cast<std::size_t>(given(3, 2));

    using V = words::vocabulary;
    const auto processor_seconds = [] {
        return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
    };
    const auto found = words::testing::explore(words::standard_model(requests),
                                               words::testing::standard_rules<V>{},
                                               words::testing::invariants<V>(), until);
    (void)std::fputs(text_of(found).c_str(), stdout);
    const auto taken = processor_seconds();
    (void)std::printf(
        "%.1f seconds; %.2f million transitions and %.2f million evolved a second of one "
        "processor\n",
        found.seconds, static_cast<double>(found.transitions) / taken / 1e6,
        static_cast<double>(found.evolved) / taken / 1e6);
    return found.violations.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}
