#include <lockbox/testing/specification.hpp>

#include <chrono>
#include <sstream>
#include <string>

#include <lockbox/bind.hpp>
#include <lockbox/policies.hpp>

#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::ground;
namespace then = lockbox::testing::then;

constexpr lb::time_point monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + 9h;
const auto olga = lb::operator_("olga");
const auto ada = lb::member("ada");
const auto eve = lb::engineer("eve");
const auto mia = lb::manager("mia");

lb::submit wish() {
    return {.support_case = {"C-1", "rita", true, "restarted it"},
            .scope = {"mail", {"read"}, {"/ada"}},
            .reason = "production_alert",
            .justification = "it is down",
            .duration = 1h};
}

template <class Policy = lockbox::standard_policy>
auto contoso(Policy policy = {}) {
    lockbox::testing::specification<V, Policy> s{"contoso", monday, policy};
    s.given(olga, lb::open_tenant{"ada"})
        .given(olga, lb::record_entitlement{{true, true}})
        .given(ada, lb::turn_on{});
    return s;
}

std::string shown(const lockbox::testing::outcome_of_command& of) {
    std::ostringstream out;
    out << of;
    return out.str();
}

}  // namespace

TEST_CASE("a story is told of a policy, and asked how it goes on", "[specification]") {
    auto s = contoso();
    CHECK(s.when(eve, wish()) == then::emitted("submitted"));
    CHECK(s.when(mia, lb::approve{s.newest(), "", {}}) == then::emitted("approved", "gate_opened"));
    CHECK(s.would(ada, lb::approve{s.newest(), "", {}}) == then::emitted("approved", "granted"));
    CHECK(s.later(12h).when(ada, lb::approve{s.newest(), "", {}}) ==
          then::refused(ground::not_open));
    CHECK(s.at(monday + 12h).now() == monday + 12h);
    CHECK(s.log().size() == s.state().sequence);
}

TEST_CASE("what is not as expected differs, and says what it is", "[specification]") {
    auto s = contoso();
    const auto again = s.would(ada, lb::turn_on{});
    CHECK(again == then::refused(ground::unchanged));
    CHECK_FALSE(again == then::refused(ground::not_open));
    CHECK_FALSE(again == then::refused(ground::unchanged, lockbox::field::scope));
    CHECK_FALSE(again == then::emitted());
    CHECK(shown(again) == "refused: it is so already");
    const auto off = s.would(ada, lb::turn_off{});
    CHECK_FALSE(off == then::emitted("turned_on"));
    CHECK_FALSE(off == then::emitted("turned_off", "expired"));
    CHECK_FALSE(off == then::refused(ground::unchanged));
    CHECK(shown(off) == "emitted turned_off");
    CHECK(shown(s.would(mia, lb::turn_off{})) == "refused: not allowed (emitted refused)");
    CHECK(shown(then::refused(ground::unchanged)) == "refused: it is so already");
    CHECK(shown(s.would({"lockbox", lockbox::capacity::system}, lb::tick{})) == "nothing happened");
}

TEST_CASE("a given that does not hold spoils what comes after, and names its line",
          "[specification]") {
    auto s = contoso();
    s.given(ada, lb::turn_on{});
    const auto line = std::to_string(__LINE__ - 1);
    const auto got = s.when(ada, lb::turn_off{});
    CHECK_FALSE(got == then::emitted("turned_off"));
    CHECK(shown(got).find("specification_test.cpp:" + line + ": given, but refused") !=
          std::string::npos);
}

TEST_CASE("a policy is told a story as the standard one is", "[specification][policies]") {
    auto s = contoso(lockbox::policies<V>::longest_access(30min));
    CHECK(s.when(eve, wish()) == then::refused(ground::out_of_range, lockbox::field::duration));
}
