#include <lockbox/rules/clauses.hpp>

#include <functional>
#include <random>
#include <vector>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

using V = lb::vocabulary;
using clause = lockbox::clause<V>;

/// Contoso, whose bea is of legal, ben of IT, and carl of both; each may decide.
scenario with_departments() {
    scenario s;
    const auto decide = lockbox::permission_set{permission::decide};
    s.given(ada, lb::define_role{"legal", decide});
    s.given(ada, lb::define_role{"it", decide});
    s.given(ada, lb::assign_role{bea.person, "legal", {}});
    s.given(ada, lb::assign_role{ben.person, "it", {}});
    s.given(ada, lb::assign_role{carl.person, "legal", {}});
    s.given(ada, lb::assign_role{carl.person, "it", {}});
    return s;
}

/// The standard terms, changed at the customer's gate.
void let_gate(scenario& s, std::function<void(lb::gate&)> change) {
    s.policy = [change](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        if (terms.asks_customer()) change(terms.gates.back());
        return terms;
    };
}

const std::vector<clause> legal_and_it{{{{1, {"legal"}}}}, {{{1, {"it"}}}}};
const std::vector<clause> two_or_an_admin{{{{2, {"access_approver"}}, {1, {"global_admin"}}}}};

const auto waits = emitted({"approved"});
const auto opens = emitted({"approved", "granted"});

/// Whether people can be dealt out, by trying every way.
bool can_be_dealt(const std::vector<std::vector<std::uint32_t>>& needed,
                  std::vector<std::uint32_t> people) {
    std::function<bool(std::size_t, std::size_t, std::uint32_t)> place =
        [&](std::size_t at, std::size_t which, std::uint32_t left) -> bool {
        if (left > 0) {
            const auto bit = 1U << (at * lockbox::rules::dealing::bits_a_clause + which);
            for (auto& person : people) {
                if ((person & bit) == 0) continue;
                const auto could = std::exchange(person, 0U);
                if (place(at, which, left - 1)) return true;
                person = could;
            }
            return false;
        }
        if (at + 1 == needed.size()) return true;
        for (std::size_t next = 0; next < needed[at + 1].size(); ++next)
            if (place(at + 1, next, needed[at + 1][next])) return true;
        return false;
    };
    for (std::size_t first = 0; first < needed[0].size(); ++first)
        if (place(0, first, needed[0][first])) return true;
    return false;
}

}  // namespace

TEST_CASE("two approvers, or one administrator", "[G3]") {
    scenario s;
    let_gate(s, [](lb::gate& g) { g.clauses = two_or_an_admin; });
    const auto first = s.pending_at_customer();
    CHECK(s.when(bea, yes(first)) == waits);
    CHECK(s.when(ben, yes(first)) == opens);
    const auto second = s.pending_at_customer();
    CHECK(s.when(ada, yes(second)) == opens);
}

TEST_CASE("one of legal and one of IT, and nobody fills two places", "[G3]") {
    auto s = with_departments();
    let_gate(s, [](lb::gate& g) { g.clauses = legal_and_it; });
    const auto first = s.pending_at_customer();
    CHECK(s.when(carl, yes(first)) == waits);
    CHECK(s.when(ada, yes(first)) == waits);
    CHECK(s.when(ben, yes(first)) == opens);
    const auto second = s.pending_at_customer();
    CHECK(s.when(bea, yes(second)) == waits);
    CHECK(s.when(carl, yes(second)) == opens);
}

TEST_CASE("who fills a clause counts among the number of a gate as well", "[G3]") {
    auto s = with_departments();
    let_gate(s, [](lb::gate& g) { g.needed = 2, g.clauses = {{{{1, {"legal"}}}}}; });
    const auto id = s.pending_at_customer();
    CHECK(s.when(bea, yes(id)) == waits);
    CHECK(s.would(ada, yes(id)) == opens);
    CHECK(s.would(carl, yes(id)) == opens);
}

TEST_CASE("the vote of one who lost the role fills no place", "[G3][T13]") {
    auto s = with_departments();
    let_gate(s, [](lb::gate& g) { g.clauses = legal_and_it; });
    const auto id = s.pending_at_customer();
    CHECK(s.when(bea, yes(id)) == waits);
    s.given(ada, lb::end_role{bea.person, "legal"});
    CHECK(s.when(ben, yes(id)) == waits);
    CHECK(s.when(carl, yes(id)) == opens);

    const auto other = s.pending_at_customer();
    CHECK(s.when(ben, yes(other)) == waits);
    s.given(ada, lb::define_role{"legal", {permission::view}});
    CHECK(s.when(carl, yes(other)) == waits);
}

TEST_CASE("a gate whose clauses nobody could fill is not opened for asking", "[R5][G3]") {
    auto s = with_departments();
    let_gate(s, [](lb::gate& g) { g.clauses = {{{{2, {"legal"}}}}, {{{1, {"it"}}}}}; });
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    s.given(ada, lb::end_role{ben.person, "it"});
    CHECK(s.would(eve, wish()) == refused(ground::no_approver, field::gates));
    let_gate(s, [](lb::gate& g) { g.clauses = {{{{1, {"nobody"}}}}}; });
    CHECK(s.would(eve, wish()) == refused(ground::no_approver, field::gates));
}

TEST_CASE("clauses that are none get no request decided", "[G3][T3]") {
    auto s = with_departments();
    const auto bad = [&](std::vector<clause> clauses) {
        let_gate(s, [&](lb::gate& g) { g.clauses = clauses; });
        return s.would(eve, wish());
    };
    const auto fault = [](field about) { return refused(ground::bad_terms, about); };
    const clause legal{{{1, {"legal"}}}};
    CHECK(bad({clause{}}) == fault(field::gates));
    CHECK(bad({{{{0, {"legal"}}}}}) == fault(field::approvers_needed));
    CHECK(bad({{{{1, {}}}}}) == fault(field::role));
    CHECK(bad({legal, legal}) == fault(field::gates));
    CHECK(bad({{{{1, {"it", "legal"}}}}, {{{1, {"legal", "it"}}}}}) == fault(field::gates));
    CHECK(bad({legal, {{{1, {"it"}}}}, {{{1, {"a"}}}}, {{{1, {"b"}}}}, {{{1, {"c"}}}}}) ==
          fault(field::gates));
    const lockbox::quorum<V> one{1, {"legal"}};
    CHECK(bad({{{one, one, one, one, one}}}) == fault(field::gates));
    let_gate(s, [](lb::gate& g) { g.hours = {{{}, 9h, 17h, 0h}}; });
    CHECK(s.would(eve, wish()) == fault(field::hours));
}

TEST_CASE("people are dealt out to clauses whenever there is a way", "[G3]") {
    std::mt19937 random{3};
    const auto below = [&](std::uint32_t most) {
        return static_cast<std::uint32_t>(random()) % most;
    };
    std::size_t dealt = 0;
    constexpr std::size_t times = 3000;
    for (std::size_t time = 0; time < times; ++time) {
        lockbox::vector<clause> clauses;
        clauses.resize(1 + below(4));
        std::vector<std::vector<std::uint32_t>> needed;
        std::uint32_t bits = 0;
        for (std::size_t at = 0; at < clauses.size(); ++at) {
            needed.emplace_back();
            clauses[at].any_of.resize(1 + below(3));
            for (std::size_t which = 0; which < clauses[at].any_of.size(); ++which) {
                needed.back().push_back(clauses[at].any_of[which].needed = 1 + below(3));
                bits |= 1U << (at * lockbox::rules::dealing::bits_a_clause + which);
            }
        }
        std::vector<std::uint32_t> people(below(7));
        lockbox::rules::dealing by;
        for (auto& person : people)
            by.add(person = static_cast<std::uint32_t>(random() & random()) & bits);
        INFO("course " << time);
        const bool expected = can_be_dealt(needed, people);
        CHECK(by.fills(clauses) == expected);
        dealt += expected ? 1 : 0;
    }
    CHECK(dealt > times / 20);
    CHECK(dealt < times - times / 20);
}

TEST_CASE("clauses that no rules would have written are filled by nobody", "[G3][T3]") {
    auto s = with_departments();
    lb::gate gate;
    gate.roles = {"legal", "it"};
    const lockbox::quorum<V> legal{1, {"legal"}};
    const auto filled = [&] {
        lockbox::rules::count_at<V> count{s.state.settled, gate, day_one};
        for (const auto& person : {bea.person, ben.person, carl.person}) count.add(person);
        return count.opens();
    };
    gate.clauses = {{{legal}}};
    CHECK(filled());
    gate.clauses = {{std::vector(40, legal)}};
    CHECK_FALSE(filled());
    gate.clauses.assign(9, {{{0, {"legal"}}}});
    CHECK_FALSE(filled());
}

TEST_CASE("an approval counts only in the gate's hours; a denial at any", "[G3]") {
    scenario s;
    const lockbox::weekly_hours office{
        {lockbox::weekday::monday, lockbox::weekday::tuesday}, 8h, 17h, 60min};
    let_gate(s, [&](lb::gate& g) { g.hours = {office}; });
    const auto id = s.pending_at_customer();  // a Monday, 9 h UTC
    s.at(day_one + 7h - 1ms);
    CHECK(s.would(bea, yes(id)) == opens);
    s.at(day_one + 7h);
    CHECK(s.would(bea, yes(id)) == refused(ground::outside_hours, field::hours));
    CHECK(s.would(bea, lb::deny{id, {}}) == emitted({"denied"}));
}

TEST_CASE("access falls in the hours of its terms, or is refused on record", "[G3][A4]") {
    scenario s;
    const lockbox::weekly_hours office{{lockbox::weekday::monday}, 9h, 10h, 0h};
    s.policy = [&](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        terms.access_hours = {office};
        return terms;
    };
    s.active();
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
    s.at(day_one + 1h);
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::outside_hours));
}

TEST_CASE("hours of a night belong to the day on which they begin", "[G3]") {
    const lockbox::weekly_hours night{{lockbox::weekday::sunday}, 22h, 6h, 0h};
    CHECK_FALSE(night.open_at(day_one - 33h));  // Sunday, 0 h
    CHECK(night.open_at(day_one - 11h));        // Sunday, 22 h
    CHECK(night.open_at(day_one - 3h - 1ms));   // Monday, before 6 h
    CHECK_FALSE(night.open_at(day_one - 3h));   // Monday, 6 h
    CHECK_FALSE(night.open_at(day_one + 13h));  // Monday, 22 h
    const lockbox::weekly_hours always{{lockbox::weekday::sunday}, 0h, 0h, 0h};
    CHECK(always.open_at(day_one - 33h));
    CHECK_FALSE(always.open_at(day_one - 9h));
    CHECK_FALSE(always.open_at(lb::time_point{}));  // a Thursday
    const lockbox::weekly_hours before{{lockbox::weekday::wednesday}, 12h, 24h, 0h};
    CHECK(before.open_at(lb::time_point{} - 1ms));
    CHECK_FALSE(lockbox::weekly_hours{{}, 9h, 17h, 0h}.well_formed());
    CHECK_FALSE(lockbox::weekly_hours{{lockbox::weekday::monday}, 24h, 17h, 0h}.well_formed());
    CHECK_FALSE(lockbox::weekly_hours{{lockbox::weekday::monday}, 9h, 17h, 16h}.well_formed());
}
