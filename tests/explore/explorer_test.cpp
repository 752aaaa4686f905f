#include "bent_rules.hpp"

#include "support/catch.hpp"

#include <lockbox/vocabulary.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace words;
using V = vocabulary;
using real_rules = bent_rules;  // of which none is bent

/// What came of a step, its events in no order: a sweeper records what was overdue before in the
/// order of deadlines that a packed state no longer tells apart.
std::vector<std::string> in_no_order(const std::string& came_of_it) {
    std::vector<std::string> all;
    std::istringstream in{came_of_it};
    for (std::string one; std::getline(in, one, ',');)
        all.push_back(one.substr(one.find_first_not_of(' ')));
    std::ranges::sort(all);
    return all;
}

/// Takes one of the steps that change something, and tells whether the real tenant took it alike.
template <class Rules>
bool takes_alike(testing::guide<V, Rules>& along, std::mt19937& dice) {
    std::size_t changes = 0;
    (void)along.take([&](const testing::tried<V>& t) {
        if (t.changed) ++changes;
        return false;
    });
    if (changes == 0) return true;  // what is left would be proposals, which this model has none of
    std::string expected;
    auto skip = dice() % changes;
    const bool taken = along.take([&](const testing::tried<V>& t) {
        if (t.changed) expected = testing::told(t.step.decided);
        return t.changed && skip-- == 0;
    });
    return taken && in_no_order(along.course().back().came_of_it) == in_no_order(expected);
}

/// Random courses of a model, each step of which the real tenant must take alike.
void walk_alike(const model& m, std::uint32_t seed) {
    const real_rules as_they_are;
    std::mt19937 dice{seed};
    for (int course = 0; course < 20; ++course) {
        testing::player<V, real_rules> player{m, as_they_are};
        testing::guide<V, real_rules> along{player};
        for (int i = 0; i < 30; ++i) REQUIRE(takes_alike(along, dice));
    }
}

/// Hours of the working day, at the gates and for the access.
lb::proposal office_hours(const lb::tenant& t, const lb::submission& asked) {
    auto terms = lockbox::standard_terms(t.settled, asked);
    const lockbox::weekly_hours office{{lockbox::weekday::monday}, 8h, 18h, {}};
    terms.gates.front().hours = {office};
    terms.access_hours = {office};
    return terms;
}

/// Two people, one of whom administers the tenant.
lb::proposal an_administrator_among_two(const lb::tenant& t, const lb::submission& asked) {
    auto terms = lockbox::standard_terms(t.settled, asked);
    terms.gates.back().needed = 2;
    terms.gates.back().clauses = {{{{1, {duty::administrator}}}}};
    return terms;
}

model one_engineer() {
    model m{.start = opened_tenant(), .most_open = 1};
    m.let({lb::engineer(person::eve)},
          {wish(all_mail, 2h), lb::access{{service::mail, operation::read, 0}}});
    return m;
}

}  // namespace

TEST_CASE("what a packed state answers, the tenant that it was packed from answers too",
          "[explore]") {
    const real_rules as_they_are;
    const auto m = standard_model(3);
    std::mt19937 dice{7};
    for (int course = 0; course < 20; ++course) {
        testing::player<V, real_rules> player{m, as_they_are};
        testing::guide<V, real_rules> along{player};
        for (int i = 0; i < 30; ++i) REQUIRE(takes_alike(along, dice));
    }
}

TEST_CASE("with hours of the week, a state is told by where in the week it is", "[explore]") {
    const bent_rules with_hours{office_hours};
    auto m = standard_model(2);
    m.period = std::chrono::weeks{1};
    std::mt19937 dice{8};
    for (int course = 0; course < 20; ++course) {
        testing::player<V, bent_rules> player{m, with_hours};
        testing::guide<V, bent_rules> along{player};
        for (int i = 0; i < 30; ++i) REQUIRE(takes_alike(along, dice));
    }
}

TEST_CASE("reminders are explored at their instants, and change no verdict", "[explore][N4][V12]") {
    auto m = standard_model(1);
    m.start.settled.settings.reminders = {6h, 2h};
    m.start.settled.settings.escalation = {2h, {"boss@contoso.example"}};
    const auto found = testing::explore(m, real_rules{}, testing::invariants<V>(),
                                        {.depth = 5, .transitions = 300'000});
    CHECK(found.depth >= 3);
    CHECK(found.violations.empty());

    const property never_escalated{"never: escalated", [](const step& s) {
                                       for (const auto& e : s.decided.happened)
                                           if (const auto* r = e.body.get_if<lb::reminded>())
                                               if (r->escalated) return false;
                                       return true;
                                   }};
    const auto reached =
        testing::explore(m, real_rules{}, {never("reminded"), never_escalated}, {.depth = 3});
    REQUIRE(reached.violations.size() == 2);
    CHECK(reached.find("never: reminded")->steps == 2);
    CHECK(reached.find("never: escalated")->steps == 3);

    walk_alike(m, 9);
}

TEST_CASE("what loosens is explored with those who propose it and those who agree",
          "[explore][S9][V12][K1]") {
    const auto m = two_person_model();
    const auto found = testing::explore(m, real_rules{}, testing::invariants<V>(),
                                        {.depth = 5, .transitions = 300'000});
    INFO(text_of(found));
    CHECK(found.depth >= 3);
    CHECK(text_of(found).find("broken") == std::string::npos);

    const auto reached =
        testing::explore(m, real_rules{},
                         {never("change_agreed"), never("change_declined"), never("change_lapsed"),
                          never("turned_off"), never("freeze_lifted")},
                         {.depth = 3});
    for (const auto* event : {"change_agreed", "change_declined", "change_lapsed", "turned_off"}) {
        CAPTURE(event);
        REQUIRE(reached.find("never: " + std::string{event}) != nullptr);
        CHECK(reached.find("never: " + std::string{event})->steps == 2);
    }
    REQUIRE(reached.find("never: freeze_lifted") != nullptr);
    CHECK(reached.find("never: freeze_lifted")->steps == 3);

    walk_alike(m, 10);
}

TEST_CASE("who has proposed something is not taken for somebody who has not", "[explore][S9]") {
    auto m = two_person_model();
    for (auto& one : m.start.settled.members)
        if (one.person == person::bea) one.roles = {{duty::administrator, {}}};
    m.moves.clear();
    const std::vector<person> admins{person::ada, person::bea, person::cleo};
    for (const auto who : admins)
        m.let({lb::member(who)}, {lb::turn_off{}, lb::agree{1}, lb::decline{1}});
    const auto unfolded = testing::explore(m, real_rules{}, testing::invariants<V>(), {.depth = 4});
    m.alike = {admins};
    const auto folded = testing::explore(m, real_rules{}, testing::invariants<V>(), {.depth = 4});
    CHECK(folded.states < unfolded.states);
    CHECK(text_of(folded).find("broken") == std::string::npos);
    const auto off = testing::explore(m, real_rules{}, {never("turned_off")}, {.depth = 4});
    REQUIRE(off.find("never: turned_off") != nullptr);
    CHECK(off.find("never: turned_off")->steps == 2);
}

TEST_CASE("states that differ by who of equals is who are one", "[explore]") {
    auto m = standard_model(2);
    const testing::bounds until{.depth = 2};
    const std::vector<property> never_granted{never("granted")};
    const auto folded = testing::explore(m, real_rules{}, never_granted, until);
    m.alike.clear();
    const auto unfolded = testing::explore(m, real_rules{}, never_granted, until);
    CHECK(folded.states * 2 < unfolded.states);
    CHECK(folded.transitions * 2 < unfolded.transitions);

    // All states of the search that folds nothing, folded afterwards, are those of the other.
    const real_rules as_they_are;
    const auto with_groups = standard_model(2);
    testing::packer<V> folding{with_groups};
    testing::player<V, real_rules> player{m, as_they_are};
    testing::state_set all;
    testing::state_set all_folded;
    const auto reach = [&](testing::unpacked<V> state) {
        all.insert(player.packer().pack(state), {});
        state.settled = testing::unpacked<V>::nowhere;
        all_folded.insert(folding.pack(state), {});
    };
    reach({m.start});
    for (std::size_t depth = 0, at = 0; depth < 2; ++depth) {
        for (const auto level_end = all.size(); at < level_end; ++at) {
            player.enter(all[at]);
            player.visit([](std::size_t) { return true; },
                         [&](const auto& t) {
                             if (t.changed) reach(t.after);
                             return true;
                         });
        }
    }
    CHECK(all.size() == unfolded.states);
    CHECK(all_folded.size() == folded.states);
}

TEST_CASE("a course to a violation is the shortest, and is told as it happened", "[explore]") {
    auto m = one_engineer();
    m.let({lb::manager(person::mia)}, {lb::approve{1, "", {}}});
    m.let({lb::member(person::bea)}, {lb::approve{1, "", {}}, lb::revoke{1, "enough"}});
    const auto found = testing::explore(m, real_rules{}, {never("revoked")}, {.depth = 6});
    REQUIRE(found.violations.size() == 1);
    CHECK(found.violations[0].steps == 4);
    const std::string at = "2026-11-02T09:00:00.000Z";
    const std::string plain = "comment: \"\", narrowed: {scope: none, duration: none}}";
    CHECK(found.violations[0].course ==
          "  1  " + at +
              "  engineer eve  submit{support_case: {number: 1, reporter: rita, escalated: true, "
              "tried: \"restarted it\"}, scope: {service: mail, operations: {bits: 3}, resources: "
              "{bits: 3}}, reason: incident, justification: \"it is down\", duration: 7200000 ms, "
              "start: none}\n       → submitted\n"
              "  2  " +
              at + "  manager mia  approve{request: 1, " + plain +
              "\n       → approved, gate_opened\n"
              "  3  " +
              at + "  member bea  approve{request: 1, " + plain +
              "\n       → approved, granted\n"
              "  4  " +
              at +
              "  member bea  revoke{request: 1, comment: \"enough\"}\n"
              "       → revoked\n");
}

TEST_CASE("a rest that a tenant's own policy asks for after a denial is kept, and ends in time",
          "[explore][own_policy]") {
    auto m = one_engineer();
    m.let({lb::manager(person::mia)}, {lb::deny{1, ""}});
    m.start.settled.settings.policy = {
        {{{}, {}, {{lockbox::policy_key::pause_after_denial, 5'400'000, {}, {}, {}}}}}};
    const auto rested = [](lb::duration length) {
        return property{"rested", [length](const step& s) {
                            for (const auto& e : s.decided.happened)
                                if (e.body.is<lb::submitted>() && !s.before.denials.empty())
                                    return s.now - s.before.denials.front().last >= length;
                            return true;
                        }};
    };
    CHECK(testing::explore(m, real_rules{}, {rested(90min)}, {.depth = 4}).find("rested") ==
          nullptr);
    const auto found = testing::explore(m, real_rules{}, {rested(90min + 1ms)}, {.depth = 4});
    const auto* sooner = found.find("rested");
    REQUIRE(sooner != nullptr);
    CHECK(sooner->steps == 3);
    CHECK(sooner->course.find("2026-11-02T10:30:00.000Z  engineer eve  submit") !=
          std::string::npos);
}

TEST_CASE("a request on which nobody can decide is found", "[explore]") {
    const auto found = testing::explore(one_engineer(), real_rules{}, {}, {.depth = 4});
    const auto* stuck = found.find(testing::stuck_request);
    REQUIRE(stuck != nullptr);
    CHECK(stuck->steps == 1);
    CHECK(found.find(testing::shut_gate) != nullptr);

    auto m = one_engineer();
    m.let({lb::engineer(person::eve)}, {lb::withdraw{1}});
    const auto taken_back = testing::explore(m, real_rules{}, {}, {.depth = 4});
    CHECK(taken_back.find(testing::stuck_request) == nullptr);
    CHECK(taken_back.find(testing::shut_gate) != nullptr);
}

TEST_CASE("a gate that nobody can open is found, and one that only a later role opens is none",
          "[explore]") {
    auto m = one_engineer();
    m.start.settled.settings.approvers_needed = 2;
    m.let({lb::manager(person::mia)}, {lb::approve{1, "", {}}, lb::deny{1, ""}});
    m.let({lb::member(person::bea)}, {lb::approve{1, "", {}}, lb::deny{1, ""}});
    const auto found = testing::explore(m, real_rules{}, {}, {.depth = 4});
    REQUIRE(found.find(testing::shut_gate) != nullptr);
    CHECK(found.find(testing::shut_gate)->steps == 2);
    // Once bea has voted, only time is left.
    REQUIRE(found.find(testing::stuck_request) != nullptr);
    CHECK(found.find(testing::stuck_request)->steps == 3);

    m.let({lb::member(person::rita)}, {lb::approve{1, "", {}}});
    m.let({lb::member(person::ada)}, {lb::assign_role{person::rita, duty::approver, {}}});
    CHECK(testing::explore(m, real_rules{}, {}, {.depth = 2}).violations.empty());
}

TEST_CASE("an eye that deals people out to clauses agrees with the rules", "[explore][G3]") {
    const bent_rules with_clauses{an_administrator_among_two};
    auto m = one_engineer();
    m.let({lb::manager(person::mia)}, {lb::approve{1, "", {}}});
    m.let({lb::member(person::ada), lb::member(person::bea), lb::member(person::ben)},
          {lb::approve{1, "", {}}});
    auto asked = testing::invariants<V>();
    asked.push_back(never("accessed"));
    const auto found = testing::explore(m, with_clauses, asked, {.depth = 6});
    REQUIRE(found.violations.size() == 1);
    CHECK(found.violations[0].steps == 5);
    CHECK(found.violations[0].course.find("ada  approve") != std::string::npos);
}

TEST_CASE("a property of states is asked of every state", "[explore]") {
    const auto none_open = testing::in_every_state<V>(
        "nothing is ever open", [](const lb::tenant& t) { return t.open.empty(); });
    const auto found = testing::explore(one_engineer(), real_rules{}, {none_open}, {.depth = 2});
    REQUIRE(found.find("nothing is ever open") != nullptr);
    CHECK(found.find("nothing is ever open")->steps == 1);
}

TEST_CASE("a model that ends is explored to its end", "[explore]") {
    model m{.start = opened_tenant()};
    m.let({lb::member(person::ada)}, {lb::turn_on{}, lb::turn_off{}, lb::freeze{""}});
    const auto found = testing::explore(m, real_rules{}, testing::invariants<V>());
    CHECK(found.complete);
    CHECK(found.states == 4);
    CHECK(found.transitions == 12);
    CHECK(found.depth == 3);
    CHECK(text_of(found).starts_with("4 states, 12 transitions, 0 violations"));
}

TEST_CASE("any vocabulary is explored, one of strings too", "[explore]") {
    using W = lockbox::default_vocabulary;
    using lw = lockbox::bind<W>;
    testing::model<W> m;
    const auto send = [&](const lw::actor& who, lw::command_body body) {
        const lw::command c{"contoso", who, "", lw::command_id{"c"}, std::move(body)};
        for (const auto& e : decide(m.start, c, day_one, lockbox::standard_policy{}).happened)
            REQUIRE_FALSE(evolve(m.start, e));
    };
    send(lw::operator_("olga"), lw::open_tenant{"ada"});
    send(lw::operator_("olga"), lw::record_entitlement{{true, true}});
    send(lw::member("ada"), lw::turn_on{});
    const lw::submit asked{.support_case = {"C-1", "rita", true, "a restart"},
                           .scope = {"mail", {"Read"}, {"/a"}},
                           .reason = "incident",
                           .justification = "it is down",
                           .duration = 2h};
    m.let({lw::engineer("eve"), lw::engineer("emil")},
          {asked, lw::access{{"mail", "Read", "/a/x"}}, lw::access{{"mail", "Read", "/b"}}});
    for (const auto* r : {"R-000001", "R-000002"}) {
        const lw::request_id id{std::string{r}};
        m.let({lw::manager("mia"), lw::member("ada")},
              {lw::approve{id, "", {lw::scope{"mail", {"Read"}, {"/a/x"}}, {}}}, lw::deny{id, ""}});
    }
    m.alike = {{"eve", "emil"}};
    const auto found = testing::explore(m, testing::standard_rules<W>{}, testing::invariants<W>(),
                                        {.depth = 5, .transitions = 100'000});
    CHECK(found.depth >= 4);
    CHECK(found.violations.empty());
}
