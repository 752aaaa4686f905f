#include <lockbox/testing/explore/become.hpp>

#include "bent_rules.hpp"

#include "support/catch.hpp"

#include <random>
#include <vector>

using namespace words;
using V = vocabulary;
using real_rules = bent_rules;  // of which none is bent

namespace {

/// Tenants with and without requests, grants and denials, and with other settings and roles.
std::vector<lb::tenant> tenants_of_short_courses() {
    const real_rules as_they_are;
    const auto m = standard_model(2);
    testing::player<V, real_rules> player{m, as_they_are};
    std::vector<lb::tenant> all;
    testing::state_set states;
    testing::unpacked<V> start{m.start};
    states.insert(player.packer().pack(start), {});
    for (std::size_t at = 0; at < states.size() && at < 100; ++at) {
        player.enter(states[at]);
        player.visit([](std::size_t) { return true; },
                     [&](const auto& t) {
                         if (t.changed && states.insert(player.packer().pack(t.after), {}))
                             all.push_back(t.step.after);
                         return true;
                     });
    }
    return all;
}

}  // namespace

TEST_CASE("a tenant becomes any other, whatever it was before", "[explore]") {
    const auto all = tenants_of_short_courses();
    REQUIRE(all.size() > 500);
    std::mt19937 dice{5};
    lb::tenant to;
    for (int i = 0; i < 3000; ++i) {
        const auto& next = all[dice() % all.size()];
        testing::become(to, next);
        REQUIRE(to == next);
    }
}

TEST_CASE("only the parts that are asked for become those of the other", "[explore]") {
    const auto from = opened_tenant();
    lb::tenant to;
    testing::become(to, from, [&](const void* part) { return part != &to.settled; });
    CHECK(to.sequence == from.sequence);
    CHECK(to.settled == lb::tenant{}.settled);
}
