// Why an open request is where it is, to each side.
#include "unit/why/explaining.hpp"

#include <array>
#include <bit>
#include <random>
#include <utility>

using namespace support;
using lockbox::deed;
using lockbox::doer;
using people = lockbox::vector<lb::person_id>;

namespace {

/// A policy whose customer gate has clauses: two people, of whom one is an administrator of
/// compliance, and either two approvers or one global administrator.
lb::proposal with_clauses(const lb::tenant& t, const lb::submission& asked) {
    auto terms = *lockbox::standard_policy{}(t, asked);
    auto& gate = terms.gates.back();
    gate.needed = 2;
    gate.clauses = {{{{1, {"compliance_admin"}}}},
                    {{{2, {"access_approver"}}, {1, {"global_admin"}}}}};
    return terms;
}

}  // namespace

TEST_CASE("a manager's gate needs managers, and names none", "[why][G3]") {
    scenario s;
    s.settings([](auto& all) { all.managers_needed = 2; });
    const auto id = s.pending_at_manager();
    for (const auto& reader : {eve, mia, ada})
        CHECK(why(s, id, reader) ==
              "waits at the manager's gate until 2026-03-02T21:00:00Z: 0 of 2 approvals; needs 2 "
              "more managers (G3)");
    s.given(mia, lb::approve{id, {}, {}});
    CHECK(why(s, id, mia) ==
          "waits at the manager's gate until 2026-03-02T21:00:00Z: 1 of 2 approvals; needs 1 more "
          "manager (G3)");
}

TEST_CASE("a customer's gate names to its own side those who could open it", "[why][G3][S7]") {
    scenario s;
    s.given(ada, lb::define_role{"roles_only", {permission::assign_roles}});
    s.given(ada, lb::assign_role{amir.person, "roles_only", {}});
    s.settings([](auto& all) { all.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    CHECK(why(s, id, bea) ==
          "waits at the customer's gate until 2026-03-02T21:00:00Z: 0 of 2 approvals; needs 2 more "
          "of access_approver, compliance_admin or global_admin, from among ada@contoso.example, "
          "bea@contoso.example, ben@contoso.example and carl@contoso.example (G3)");
    s.given(bea, lb::approve{id, {}, {}});
    const auto e = status_of(s, id, amir);
    CHECK(*e.get_if<lockbox::facts::votes>() == lockbox::facts::votes{1, 2});
    CHECK(e.next.front().people == people{ada.person, ben.person, carl.person});
    CHECK(e.next.front().until == day_one + 12h);

    SECTION("and to the provider's side that it waits") {
        for (const auto& reader : {eve, mia, nora})
            CHECK(why(s, id, reader) ==
                  "waits at the customer's gate until 2026-03-02T21:00:00Z; needs approval by the "
                  "customer (G3)");
    }
    SECTION("a vote whose caster lost the role does not count, and does again with the role") {
        s.given(ada, lb::end_role{bea.person, "access_approver"});
        const auto lapsed = status_of(s, id, ada);
        CHECK(lapsed.get_if<lockbox::facts::votes>()->counted == 0);
        CHECK(lapsed.get_if<lockbox::facts::lapsed_vote<V>>()->person == bea.person);
        CHECK(lapsed.next.front().count == 2);
        CHECK(lapsed.next.front().people == people{ada.person, ben.person, carl.person});
        s.given(ben, lb::approve{id, {}, {}});
        s.given_by_two(ada, amir, lb::assign_role{bea.person, "access_approver", {}});
        const auto back = status_of(s, id, ada);
        CHECK(*back.get_if<lockbox::facts::votes>() == lockbox::facts::votes{2, 2});
        CHECK(back.next.front().count == 1);  // which counts the others anew
        s.given(carl, lb::approve{id, {}, {}});
        CHECK(why(s, id, amir) ==
              "active: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z, "
              "approved by mia@provider.example, approved by bea@contoso.example, "
              "ben@contoso.example and carl@contoso.example; needs `access` by its engineer (A1)");
        CHECK(why(s, id, eve) ==
              "active: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z, "
              "approved by mia@provider.example, approved by the customer; needs `access` by its "
              "engineer (A1)");
    }
    SECTION("where too few are left, roles are needed first") {
        s.given(ada, lb::end_role{bea.person, "access_approver"});
        s.given(ada, lb::end_role{ben.person, "access_approver"});
        s.given(ada, lb::end_role{carl.person, "compliance_admin"});
        CHECK(why(s, id, amir) ==
              "waits at the customer's gate until 2026-03-02T21:00:00Z: 0 of 2 approvals, the "
              "approval of bea@contoso.example does not count, for the role is held no more; needs "
              "`assign_role` by ada@contoso.example or amir@contoso.example (G3)");
    }
}

TEST_CASE("a clause that is not filled is named, and who could fill it", "[why][G3][T30]") {
    scenario s;
    s.policy = with_clauses;
    const auto id = s.pending_at_customer();
    const auto unfilled = [&] {
        std::string places;
        for (const auto& one : status_of(s, id, amir).facts)
            if (const auto* clause = one.get_if<lockbox::facts::unfilled_clause<V>>())
                places += std::to_string(clause->place);
        return places;
    };
    CHECK(unfilled() == "12");
    CHECK(status_of(s, id, amir).next.front().count == 2);  // carl and ada
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(unfilled() == "12");
    s.given(ben, lb::approve{id, {}, {}});
    CHECK(why(s, id, amir) ==
          "waits at the customer's gate until 2026-03-02T21:00:00Z: 2 of 2 approvals, clause 2 is "
          "not filled (1 of compliance_admin); needs 1 more of access_approver, compliance_admin "
          "or global_admin, by carl@contoso.example (G3)");
    CHECK(s.would(ada, lb::approve{id, {}, {}}) == "approved");
    CHECK(s.would(carl, lb::approve{id, {}, {}}) == "approved, granted");
}

TEST_CASE("either of two ways to fill a clause", "[why][G3]") {
    scenario s;
    s.policy = with_clauses;
    const auto id = s.pending_at_customer();
    s.given(carl, lb::approve{id, {}, {}});
    const auto e = status_of(s, id, amir);
    CHECK(e.get_if<lockbox::facts::unfilled_clause<V>>()->place == 1);
    CHECK(sentence(e).find("clause 1 is not filled (2 of access_approver, or 1 of global_admin)") !=
          std::string::npos);
    CHECK(e.next.front().count == 1);
    CHECK(e.next.front().people == people{ada.person});  // bea and ben would be two
}

TEST_CASE("the smallest groups that open a gate, as trying every group tells", "[why][G3]") {
    using namespace lockbox;
    std::mt19937 numbers{31};
    const auto below = [&](unsigned n) { return static_cast<std::uint32_t>(numbers() % n); };
    const auto role = [&](std::uint32_t n) {
        return lb::role{std::string{"role-"} + char(97 + n)};
    };
    int with_clauses = 0;
    for (int round = 0; round < 3000; ++round) {
        lb::tenant t;
        lb::request r;
        lb::gate gate;
        for (std::uint32_t n = 0; n < 4; ++n) {
            t.settled.roles.push_back({role(n), {permission::decide}});
            gate.roles.push_back(role(n));
        }
        gate.needed = 1 + below(3);
        gate.clauses.resize(below(4));
        for (auto& clause : gate.clauses) {
            clause.any_of.resize(1 + below(3));
            for (auto& quorum : clause.any_of) {
                quorum.needed = 1 + below(2);
                quorum.roles = {role(below(4))};
            }
        }
        for (char name = 'a'; name < 'h'; ++name) {
            lockbox::member<V> one{lb::person_id{std::string(1, name)}, {{role(below(4)), {}}}};
            if (below(3) == 0) one.roles.push_back({role(below(4)), {}});
            if (below(4) == 0) r.votes.push_back({one.person, 0});
            t.settled.members.push_back(std::move(one));
        }
        lb::terms terms;
        terms.gates = {gate};
        r.terms = terms;
        r.asked.change([](auto& asked) { asked.requester = "the requester"; });

        // Every group of those who have no vote, by size.
        people left;
        for (const auto& one : t.settled.members)
            if (!find_by(r.votes, one.person, &lockbox::vote<V>::person))
                left.push_back(one.person);
        std::uint32_t fewest = 0;
        people useful;
        for (std::uint32_t group = 1; group < 1U << left.size(); ++group) {
            const auto size = static_cast<std::uint32_t>(std::popcount(group));
            if (fewest != 0 && size > fewest) continue;
            lockbox::rules::count_at<V> count{t.settled, gate, day_one};
            for (const auto& vote : r.votes) count.add(vote.person);
            for (std::size_t at = 0; at < left.size(); ++at)
                if ((group >> at & 1U) != 0) count.add(left[at]);
            if (!count.opens()) continue;
            if (size != fewest) useful.clear();
            fewest = size;
            for (std::size_t at = 0; at < left.size(); ++at)
                if ((group >> at & 1U) != 0) unite(useful, {left[at]});
        }
        const lockbox::pending<V> waits{};
        const explaining::gate_votes<V> votes{t.settled, r, waits, day_one};
        CHECK(votes.fewest() == fewest);
        CHECK(votes.useful() == useful);
        with_clauses += fewest != 0 && !gate.clauses.empty() ? 1 : 0;
    }
    CHECK(with_clauses > 500);
}

TEST_CASE("an open question is told, and moves no deadline", "[why][G4]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::ask{id, "why?"});
    CHECK(why(s, id, eve) ==
          "waits at the customer's gate until 2026-03-02T21:00:00Z: a question waits for its "
          "answer; needs `answer` by its engineer, or approval by the customer (G3)");
}

TEST_CASE("a gate out of its hours says when they open", "[why][G3]") {
    scenario s;
    std::chrono::minutes from = 12h;
    s.policy = [&](const lb::tenant& t, const lb::submission& asked) {
        auto terms = *lockbox::standard_policy{}(t, asked);
        terms.gates.back().hours = {
            {{lockbox::weekday::monday, lockbox::weekday::friday}, from, 20h, -2h}};
        return lb::proposal{terms};
    };
    SECTION("in time") {
        const auto id = s.pending_at_customer();
        CHECK(why(s, id, eve) ==
              "waits at the customer's gate until 2026-03-02T21:00:00Z: the hours open at "
              "2026-03-02T14:00:00Z; needs approval by the customer, from 2026-03-02T14:00:00Z "
              "(G3)");
        CHECK(status_of(s, id, bea).next.front().from == day_one + 5h);
    }
    SECTION("or not") {
        from = 19h;
        s.settings([](auto& all) { all.customer_window = 11h; });
        const auto id = s.pending_at_customer();
        CHECK(why(s, id, bea) ==
              "waits at the customer's gate until 2026-03-02T20:00:00Z: 0 of 1 approval, the hours "
              "do not open in time (G3)");
        CHECK(status_of(s, id, eve).next.empty());
    }
}

TEST_CASE("access that begins later says when", "[why][G9][A2]") {
    scenario s;
    auto asked = wish();
    asked.start = day_one + 6h;
    (void)s.active(asked);
    CHECK(status_of(s, r(1), eve).next.front().from == asked.start);
    CHECK(status_of(s, r(1), eve).next.front().until == day_one + 8h);
}

TEST_CASE("when hours open next, as trying every minute tells", "[why][G3]") {
    using namespace lockbox;
    const std::array<weekly_hours, 5> some{{{{weekday::monday}, 9h, 17h, 0h},
                                            {{weekday::monday, weekday::friday}, 22h, 6h, 5h},
                                            {{weekday::sunday}, 0h, 24h, -11h},
                                            {{weekday::tuesday, weekday::saturday}, 12h, 12h, 3h},
                                            {{weekday::monday, weekday::tuesday}, 16h, 1h, 0h}}};
    const auto slowly = [](const vector<weekly_hours>& all, lb::time_point from) {
        for (auto at = from; at < from + 8 * 24h;
             at = std::chrono::floor<std::chrono::minutes>(at) + 1min)
            if (open_at(all, at)) return lockbox::optional{at};
        return lockbox::optional<lb::time_point>{};
    };
    for (const auto& a : some)
        for (const auto& b : some)
            for (int at = 0; at < 14; ++at) {
                const vector<weekly_hours> both{a, b};
                const auto from = day_one + at * (12h + 7min + 3ms);
                CHECK(explaining::opens_next(both, from) == slowly(both, from));
            }
    CHECK(explaining::opens_next({}, day_one) == day_one);
}
