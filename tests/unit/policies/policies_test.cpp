#include <lockbox/policies.hpp>

#include <chrono>
#include <random>
#include <vector>

#include <lockbox/rules/clauses.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

using V = lb::vocabulary;
using policies = lockbox::policies<V>;
using lockbox::stricter;
using lockbox::when;

/// A whole working day in UTC, Monday to Friday.
const lockbox::weekly_hours office{
    {lockbox::weekday::monday, lockbox::weekday::tuesday, lockbox::weekday::wednesday,
     lockbox::weekday::thursday, lockbox::weekday::friday},
    8h,
    18h,
    0h};
const lockbox::weekly_hours night{
    {lockbox::weekday::monday, lockbox::weekday::tuesday, lockbox::weekday::wednesday,
     lockbox::weekday::thursday, lockbox::weekday::friday, lockbox::weekday::saturday,
     lockbox::weekday::sunday},
    20h,
    6h,
    0h};

/// What a submission comes to under a policy: its terms, or the refusal.
lb::proposal under(scenario& s, const lb::submit& asked = wish()) {
    const auto decided = s.decision_on(s.command(eve, asked));
    if (decided.refused) return tl::unexpected{*decided.refused};
    return *decided.happened.front().body.get_if<lb::submitted>()->terms;
}

}  // namespace

TEST_CASE("each ready policy makes its own term stricter, and no other", "[R4][policies]") {
    scenario s;
    const auto plain = *under(s);
    const auto differs = [&](auto policy, edit<lb::terms> by) {
        s.policy = policy;
        auto expected = plain;
        by(expected);
        const auto got = under(s);
        REQUIRE(got);
        CHECK(*got == expected);
    };
    differs(policies::approvals(2), [](auto& t) { t.gates[1].needed = 2; });
    differs(policies::approvals(1, {"access_approver", "legal"}),
            [](auto& t) { t.gates[1].roles = {"access_approver"}; });
    differs(policies::any_of({{2, {"access_approver"}}, {1, {"global_admin"}}}), [](auto& t) {
        t.gates[1].clauses = {{{{2, {"access_approver"}}, {1, {"global_admin"}}}}};
    });
    differs(policies::managers(3), [](auto& t) { t.gates[0].needed = 3; });
    differs(policies::comment(), [](auto& t) { t.comment_required = true; });
    differs(policies::no_consents(), [](auto& t) { t.no_consents = true; });
    differs(policies::window(side::tenant, 2h), [](auto& t) { t.gates[1].window = 2h; });
    differs(policies::window(side::provider, 99h), [](auto&) {});
    differs(policies::longest_access(2h), [](auto& t) { t.longest_access = 2h; });
    differs(policies::longest_access(24h), [](auto&) {});
    differs(policies::approval_hours(office), [](auto& t) { t.gates[1].hours = {office}; });
    differs(policies::access_hours(office), [](auto& t) { t.access_hours = {office}; });
    differs(policies::customer_gate(), [](auto&) {});
}

TEST_CASE("a policy can ask the customer where the standard terms do not", "[R4][policies]") {
    scenario s;
    s.settings([](auto& c) { c.exempted = {"exchange"}; });
    CHECK_FALSE(under(s)->asks_customer());
    s.policy = stricter(policies::customer_gate(), policies::approvals(2));
    REQUIRE(under(s)->asks_customer());
    CHECK(under(s)->gates[1].needed == 2);
}

TEST_CASE("a policy refuses, and says why", "[R4][policies]") {
    scenario s;
    const auto note = [&](auto policy) {
        s.policy = policy;
        const auto got = under(s);
        return got ? std::string{} : std::string{got.error().note};
    };
    CHECK(note(policies::closed_services({"exchange"})) == "this service is closed");
    CHECK(note(policies::closed_services({"files"})).empty());
    CHECK(note(policies::only_reasons({"production_alert"})) == "not for this reason");
    CHECK(note(policies::only_reasons({wish().reason})).empty());
    CHECK(note(policies::refuse(policies::longer_than(1h), "an hour is enough")) ==
          "an hour is enough");
}

TEST_CASE("no more than so many grants are live", "[R4][policies]") {
    scenario s;
    s.policy = policies::most_live_grants(1);
    s.active();
    CHECK(under(s).error().why == ground::policy);
    s.later(2h);
    CHECK(under(s));
}

TEST_CASE("a denied case rests", "[R4][policies]") {
    scenario s;
    s.policy = policies::pause_after_denial(30min);
    const auto id = s.pending_at_customer();
    s.given(bea, lb::deny{id, {}});
    s.later(30min - 1ms);
    CHECK(under(s).error().why == ground::policy);
    s.later(1ms);
    CHECK(under(s));
}

TEST_CASE("a policy applies to what its condition names", "[policies]") {
    scenario s;
    const auto asks_two = [&](auto condition) {
        s.policy = when(condition, policies::approvals(2));
        return under(s)->gates[1].needed == 2;
    };
    const auto other = policies::service_is({"files"});
    const auto mine = policies::service_is({"files", "exchange"});
    CHECK(asks_two(mine));
    CHECK_FALSE(asks_two(other));
    CHECK(asks_two(!other));
    CHECK(asks_two(mine && !other));
    CHECK(asks_two(other || mine));
    CHECK_FALSE(asks_two(other && mine));
    CHECK(asks_two(policies::operation_is({wish().scope.operations.front()})));
    CHECK_FALSE(asks_two(policies::operation_is({"format_disk"})));
    auto part = wish().scope;
    part.resources = {"/"};
    CHECK(asks_two(policies::touches(part)));
    part.resources = {"/elsewhere"};
    CHECK_FALSE(asks_two(policies::touches(part)));
    CHECK(asks_two(policies::reason_is({wish().reason})));
    CHECK(asks_two(policies::requester_is({eve.person})));
    CHECK_FALSE(asks_two(policies::requester_is({emil.person})));
    CHECK(asks_two(policies::tenant_is({"contoso"})));
    CHECK_FALSE(asks_two(policies::tenant_is({"fabrikam"})));
    CHECK(asks_two(policies::entitled_to({true, true})));
    CHECK(asks_two(policies::longer_than(wish().duration - 1ms)));
    CHECK_FALSE(asks_two(policies::longer_than(wish().duration)));
    CHECK(asks_two(policies::submitted_in(office)));
    CHECK_FALSE(asks_two(policies::submitted_in(night)));
    CHECK(asks_two([](const lb::tenant&, const lb::submission& asked) { return !asked.drill; }));
}

TEST_CASE("no approver is left where policies ask for different roles", "[R4][policies]") {
    scenario s;
    s.policy = stricter(policies::approvals(1, {"access_approver"}),
                        policies::approvals(1, {"compliance_admin"}));
    CHECK(under(s).error().why == ground::no_terms);
}

TEST_CASE("more clauses together than terms may have are no terms", "[policies][T3]") {
    const auto asks = [](std::initializer_list<lb::role> roles) {
        lb::terms t;
        t.gates.push_back({side::tenant, 1, 1h, {"admin"}, {}, {}});
        for (const auto& role : roles) t.gates[0].clauses.push_back({{{1, {role}}}});
        return t;
    };
    CHECK(stricter(asks({"a", "b"}), asks({"c", "d"})).has_value());
    const auto both = stricter(asks({"a", "b", "c"}), asks({"d", "e"}));
    REQUIRE_FALSE(both.has_value());
    CHECK(both.error() == lockbox::refusal{ground::bad_terms, field::gates, 0, {}});
}

TEST_CASE("a policy's name stands in its refusals, with the term at fault", "[policies][T3]") {
    scenario s;
    s.policy = stricter(lockbox::standard_policy{},
                        lockbox::named("bank: windows", policies::window(side::tenant, 0h)));
    CHECK(under(s).error() ==
          lockbox::refusal{ground::bad_terms, field::customer_window, 0, "bank: windows"});
    s.policy = lockbox::named("bank: services", policies::closed_services({"exchange"}));
    CHECK(under(s).error().note == "bank: services");
    s.policy = lockbox::named("bank: legal", policies::any_of({{0, {"legal"}}}));
    CHECK(under(s).error() ==
          lockbox::refusal{ground::bad_terms, field::approvers_needed, 0, "bank: legal"});
    auto endless = office;
    endless.days.clear();
    s.policy = policies::access_hours(endless);
    CHECK(under(s).error().about == field::hours);
}

TEST_CASE("terms that are none are found in whatever they are combined with", "[policies][T3]") {
    scenario s;
    const auto broken = [](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        terms.gates[1].needed = 0;
        return terms;
    };
    s.policy = stricter(policies::approvals(2), broken);
    CHECK(under(s).error().why == ground::bad_terms);
    s.policy = stricter(broken, policies::approvals(2));
    CHECK(under(s).error().why == ground::bad_terms);
}

namespace {

/// Terms at random, of the customer's and perhaps the manager's gate.
class terms_at_random {
  public:
    lb::terms operator()() {
        lb::terms t;
        if (below(4) != 0) t.gates.push_back({side::provider, 1 + below(3), hours(), {}, {}, {}});
        lb::gate customer{side::tenant, 1 + below(4), hours(), roles(), {}, {}};
        for (auto left = below(3); left > 0; --left) add(customer.clauses);
        for (auto left = below(3); left > 0; --left)
            lockbox::unite(customer.hours, {below(2) == 0 ? office : night});
        t.gates.push_back(customer);
        t.longest_access = hours();
        t.comment_required = below(2) == 0;
        t.no_consents = below(2) == 0;
        if (below(3) == 0) t.access_hours = {office};
        return t;
    }

  private:
    std::uint32_t below(std::uint32_t most) { return static_cast<std::uint32_t>(random_()) % most; }
    lb::duration hours() { return (1 + below(5)) * lb::duration{1h}; }
    std::vector<lb::role> roles() {
        std::vector<lb::role> some;
        for (const char* role : {"admin", "board", "clerk", "legal"})
            if (below(4) != 0) some.push_back(lb::role{std::string{role}});
        if (some.empty()) some = {"admin"};
        return some;
    }
    void add(lockbox::vector<lb::clause>& to) {
        lb::clause one;
        for (auto left = 1 + below(2); left > 0; --left)
            one.any_of.push_back({1 + below(3), roles()});
        lockbox::demand(to, {one});
    }

    std::mt19937 random_{2026};
};

/// The stricter of two proposals; a refusal with either is a refusal.
lb::proposal meet(const lb::proposal& a, const lb::proposal& b) {
    if (!a) return a;
    if (!b) return b;
    return stricter(*a, *b);
}

/// Whether both are the same terms, or both none.
bool same(const lb::proposal& a, const lb::proposal& b) {
    return a.has_value() == b.has_value() && (!a || *a == *b);
}

/// Whether whatever opens a gate of `a` opens the gate of `b`: tried with people of every kind.
bool opens_only_where(const lb::gate& a, const lb::gate& b, std::mt19937& random) {
    for (int time = 0; time < 40; ++time) {
        lockbox::settled<V> s;
        for (const char* role : {"admin", "board", "clerk", "legal"})
            s.roles.push_back({lb::role{std::string{role}}, {permission::decide}});
        lockbox::rules::count_at<V> in_a{s, a, day_one};
        lockbox::rules::count_at<V> in_b{s, b, day_one};
        for (auto people = random() % 8; people > 0; --people) {
            const lb::person_id person{"p" + std::to_string(people)};
            lockbox::member<V> m{person, {}};
            for (const auto& role : s.roles)
                if (random() % 2 == 0) m.roles.push_back({role.role, {}});
            lockbox::placed(s.members, person, &lockbox::member<V>::person) = m;
            if (!lockbox::rules::is_approver(s, a, person, day_one)) continue;
            in_a.add(person);
            in_b.add(person);
        }
        if (in_a.opens() && !in_b.opens()) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("the stricter of terms is a meet: in any order, any grouping, and of itself",
          "[R4][V16][policies]") {
    terms_at_random terms;
    std::mt19937 random{16};
    std::size_t met = 0;
    for (int time = 0; time < 2000; ++time) {
        INFO("time " << time);
        const auto a = stricter(terms(), terms());
        const auto b = stricter(terms(), terms());
        const auto c = stricter(terms(), terms());
        const auto both = meet(a, b);
        CHECK(same(both, meet(b, a)));
        CHECK(same(meet(both, c), meet(a, meet(b, c))));
        CHECK(same(meet(a, a), a));
        CHECK(same(meet(both, a), both));
        if (!both) continue;
        ++met;
        CHECK(both->longest_access <= std::min(a->longest_access, b->longest_access));
        CHECK(both->comment_required >= a->comment_required);
        CHECK(both->no_consents == (a->no_consents || b->no_consents));
        CHECK(both->gates.size() >= a->gates.size());
        CHECK(both->gates.back().window <= a->gates.back().window);
        CHECK(opens_only_where(both->gates.back(), a->gates.back(), random));
        CHECK(opens_only_where(both->gates.back(), b->gates.back(), random));
    }
    CHECK(met > 500);
}

TEST_CASE("policies combine alike in any order and grouping", "[R4][V16][policies]") {
    scenario s;
    const auto a = policies::approvals(2, {"access_approver", "global_admin"});
    const auto b = when(policies::service_is({"exchange"}),
                        policies::any_of({{1, {"global_admin"}}, {2, {"access_approver"}}}));
    const auto c = [](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        terms.longest_access = 3h;
        return terms;
    };
    const auto of = [&](auto policy) {
        s.policy = policy;
        return *under(s);
    };
    const auto all = of(stricter(a, b, c));
    CHECK(of(stricter(c, b, a)) == all);
    CHECK(of(stricter(stricter(b, a), c)) == all);
    CHECK(of(stricter(a, stricter(c, b))) == all);
    CHECK(of(stricter(a, b, c, a, b, c)) == all);
    CHECK(all.longest_access == 3h);
}
