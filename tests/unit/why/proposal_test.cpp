// What a proposed change waits for, and why somebody may not settle it.
#include <lockbox/why/proposal.hpp>

#include <algorithm>
#include <string>

#include "unit/why/explaining.hpp"

using namespace support;

namespace {

/// ada and carl administer it; what loosens takes two.
scenario two_people() {
    scenario s;
    s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
    s.settings([](auto& c) { c.two_person_changes = true; });
    return s;
}

std::string waits(const scenario& s, std::uint64_t number, const lb::actor& reader) {
    const auto e = lockbox::why_proposed(s.state, number, s.now, reader);
    return e ? sentence(*e) : "nothing";
}

}  // namespace

TEST_CASE("a proposal names who could agree, and not who proposed it", "[why][S9]") {
    auto s = two_people();
    s.when(ada, lb::turn_off{});
    const std::string told =
        "proposal 1, `turn_off` by ada@contoso.example, waits until 2026-03-02T21:00:00Z; needs "
        "`agree` by bea@contoso.example, ben@contoso.example or carl@contoso.example (S9)";
    for (const auto& reader : {ada, carl, bea, amir}) CHECK(waits(s, 1, reader) == told);
    const auto e = lockbox::why_proposed(s.state, 1, s.now, ada);
    REQUIRE(e);
    CHECK(e->rule == lockbox::rule::s9);
    CHECK(e->next.front().until == day_one + 12h);
    CHECK(e->get_if<lockbox::facts::proposed<V>>()->proposer == ada.person);
    CHECK(waits(s, 2, ada) == "nothing");
    for (const auto& reader : {eve, mia, olga, nora, machine})
        CHECK(waits(s, 1, reader) == "nothing");
    CHECK(waits(s.at(day_one + 12h), 1, ada) == "nothing");
}

TEST_CASE("whoever could agree and sees no requests reads no names", "[why][S9][S7]") {
    scenario s;
    s.given(ada, lb::define_role{"keeper", {permission::assign_roles}});
    s.given(ada, lb::assign_role{nora.person, "keeper", {}});
    s.settings([](auto& c) { c.two_person_changes = true; });
    s.when(ada, lb::assign_role{amir.person, "access_approver", {}});
    CHECK(waits(s, 1, nora) ==
          "proposal 1, `assign_role` by the customer, waits until 2026-03-02T21:00:00Z; needs "
          "`agree` by the customer (S9)");
}

TEST_CASE("who may not agree is told why, and who could", "[why][S9][V5][S10]") {
    auto s = two_people();
    s.when(ada, lb::assign_role{nora.person, "audit_reader", {}});
    CHECK(why(s, ada, lb::agree{1}) ==
          "refused: whoever proposed a change cannot agree to it: the actor proposed it, proposal "
          "1, `assign_role` by ada@contoso.example, waits until 2026-03-02T21:00:00Z; needs "
          "`agree` by carl@contoso.example (S9)");
    CHECK(why(s, bea, lb::agree{1}) ==
          "refused: not allowed: proposal 1, `assign_role` by ada@contoso.example, waits until "
          "2026-03-02T21:00:00Z; needs `agree` by carl@contoso.example (S9)");
    CHECK(why(s, carl, lb::agree{2}) == "refused: no such proposal waits (S9)");
    CHECK(why(s, eve, lb::agree{1}) ==
          "refused: not allowed: `agree` takes a member with `switch`, `settings` or "
          "`assign_roles` at an open tenant; needs another try by the customer (S10)");
    CHECK(why(s, amir, lb::decline{1}) ==
          "refused: not allowed: `decline` takes a member with `switch`, `settings` or "
          "`assign_roles` at an open tenant; needs another try by ada@contoso.example, "
          "bea@contoso.example, ben@contoso.example or carl@contoso.example (S10)");
}

TEST_CASE("where too many proposals wait, one must be declined first", "[why][S9][R9]") {
    auto s = two_people();
    for (std::size_t n = 0; n < lockbox::most_proposals; ++n) s.when(ada, lb::turn_off{});
    CHECK(why(s, ada, lb::turn_off{}) ==
          "refused: too many proposals wait, at most 20; needs `decline` (S9)");
}
