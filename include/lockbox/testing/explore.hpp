// All courses of events of a host's policy, tried under the real rules: breadth first, in memory,
// from whatever test framework.
//
//     testing::model<V> m{.start = state, .alike = {{eve, emil}}};
//     m.let({lb::engineer(eve), lb::engineer(emil)}, {wish, lb::finish{1}});
//     const auto found = testing::explore(m, testing::standard_rules<V>{},
//                                         testing::invariants<V>(), {.depth = 6});
//     for (const auto& one : found.violations) std::cerr << one.property << '\n' << one.course;
#pragma once

#include <string>
#include <vector>

#include <lockbox/testing/explore/invariants.hpp>
#include <lockbox/testing/explore/search.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Tries every move in every state that the moves reach, at every instant that could matter, until
/// nothing is new or a bound is met. What it finds is the shortest course to each property that
/// does not hold, to an event that cannot be folded, to a request on which nobody can decide, and
/// to a gate that nobody can open. Cost: some 100 bytes for a state; most time is the rules' own.
template <class V, class Rules>
    requires rules_for<Rules, V>
[[nodiscard]] report explore(const model<V>& of, const Rules& rules,
                             const std::vector<property<V>>& properties, const bounds& until = {}) {
    return search<V, Rules>{of, rules, properties, until}.run();
}

/// A report as lines for people, the courses of its violations with it.
[[nodiscard]] inline std::string text_of(const report& r) {
    const auto count = [](std::size_t n) { return std::to_string(n); };
    std::string out = count(r.states) + " states, " + count(r.transitions) + " transitions, " +
                      count(r.violations.size()) + " violations; all courses of " + count(r.depth) +
                      " steps" + (r.complete ? ", and there are no longer ones" : "");
    if (r.states > 0) out += "; " + count(r.bytes / r.states) + " bytes a state";
    out += '\n';
    for (const auto& one : r.violations)
        out += "\nbroken in " + count(one.steps) + " steps: " + one.property + '\n' + one.course;
    return out;
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
