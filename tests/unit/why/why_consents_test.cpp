// What explanations say of consents (G8).
#include "unit/why/explaining.hpp"

#include <utility>

using namespace support;

namespace {

lb::consent a_consent() { return {{wish().scope, {wish().reason}, 2h, day_one + 240h}}; }

}  // namespace

TEST_CASE("access that a consent opened says so, to its own side alone", "[why][G8][S7]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    s.given(carl, a_consent());
    const auto id = s.active();
    CHECK(why(s, id, bea) ==
          "active: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z, "
          "approved by mia@provider.example, consent 1 opened the customer's gate by itself; needs "
          "`access` by its engineer (A1)");
    CHECK(why(s, id, eve) ==
          "active: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z, "
          "approved by mia@provider.example, approved by the customer; needs `access` by its "
          "engineer (A1)");
    s.given(carl, lb::withdraw_consent{1});
    const auto closed = status_of(s, id, bea);
    CHECK(closed.rule == lockbox::rule::g8);
    CHECK(sentence(closed).starts_with(
        "revoked: at 2026-03-02T09:00:00Z with the consent that opened it by "
        "carl@contoso.example"));
    CHECK(why(s, id, eve)
              .starts_with("revoked: at 2026-03-02T09:00:00Z with the consent that opened it by "
                           "the customer"));
}

TEST_CASE("a consent that is refused", "[why][G8]") {
    scenario s;
    CHECK(why(s, carl, a_consent()) ==
          "refused: the settings let no consent stand; needs `change_settings` by "
          "ada@contoso.example or carl@contoso.example (G8)");
    CHECK(why(s, bea, a_consent()) ==
          "refused: not allowed: `consent` takes a member with `settings` and `decide` at an open "
          "tenant; needs another try by ada@contoso.example or carl@contoso.example (S10)");
    s.settings([](auto& c) { c.consents = true; });
    auto long_one = a_consent();
    long_one.rule.until = day_one + 2160h + 1ms;
    CHECK(why(s, carl, long_one) ==
          "refused: `until` is out of range, its limit is 7776000000 ms; needs a mended command "
          "(G8)");
    auto idle = a_consent();
    idle.rule.reasons = {};
    CHECK(why(s, carl, idle) == "refused: `reason` is missing; needs a mended command (G8)");
    for (int n = 0; n < 20; ++n) s.given(carl, a_consent());
    CHECK(why(s, carl, a_consent()) ==
          "refused: `consent` is too long, at most 20 entries; needs a mended command (R9)");
    CHECK(why(s, carl, lb::withdraw_consent{21}) == "refused: no such consent stands (G8)");
    s.given(bea, lb::freeze{});
    CHECK(lockbox::name_of(refusal_of(s, carl, a_consent()).rule) == "S8");
}
