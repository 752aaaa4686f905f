// Fifteen ways to get the rules wrong, each of which the explorer must find by the invariant that
// it breaks, with a course that nobody could make shorter.
#include "bent_rules.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace words;
using V = vocabulary;

/// One engineer's wish, one request, and those who decide on it; tests add what theirs needs.
model small_model(std::size_t requests = 1) {
    model m{.start = opened_tenant(), .most_open = requests};
    m.let({lb::engineer(person::eve)},
          {wish(all_mail, 2h), lb::access{{service::mail, operation::send, 1}}});
    for (std::uint64_t r = 1; r <= requests; ++r) {
        m.let({lb::manager(person::mia), lb::manager(person::eve)},
              {lb::approve{r, "", {}}, lb::approve{r, "", {some_mail, {}}}, lb::deny{r, ""}});
        m.let({lb::member(person::bea), lb::member(person::ben)},
              {lb::approve{r, "", {}}, lb::revoke{r, ""}});
    }
    m.let({lb::member(person::ada)}, {lb::turn_off{}, lb::freeze{""}});
    return m;
}

/// The small model, whose customer gate needs two.
model two_approvers() {
    auto m = small_model();
    m.start.settled.settings.approvers_needed = 2;
    m.let({lb::member(person::ada)}, {lb::end_role{person::bea, duty::approver}});
    return m;
}

/// The small model with two requests, and lockbox off: managers alone decide.
model two_requests() {
    auto m = small_model(2);
    m.start.settled.on = false;
    return m;
}

/// How many steps lead to the first state that breaks the invariant; 0 when none does.
std::size_t steps_to(std::string_view invariant, const model& m, const bent_rules& rules) {
    const auto found =
        testing::explore(m, rules, testing::invariants<V>(), {.depth = 7, .violations = 1});
    INFO(text_of(found));
    const auto* one = found.find(invariant);
    CHECK(one != nullptr);
    return one != nullptr ? one->steps : 0;
}

template <class Event>
Event* first(decision& d) {
    for (auto& event : d.happened)
        if (auto* body = event.body.get_if<Event>()) return body;
    return nullptr;
}

}  // namespace

TEST_CASE("the rules as they are break no invariant of the small models", "[explore]") {
    for (const auto& m : {small_model(), two_approvers(), two_requests()}) {
        const auto found =
            testing::explore(m, bent_rules{}, testing::invariants<V>(), {.transitions = 300'000});
        CHECK(found.depth >= 4);
        CHECK(text_of(found).find("broken") == std::string::npos);
    }
}

TEST_CASE("the explorer finds that one may approve one's own request", "[explore][V5]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) {
        for (std::size_t at = 0; at < t.open.size(); ++at)
            t.open[at].asked.change([](auto& asked) { asked.requester = person::rita; });
    };
    CHECK(steps_to("V5:", small_model(), rules) == 2);
}

TEST_CASE("the explorer finds a deadline that is off by one", "[explore][G1][V2]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) {
        for (std::size_t at = 0; at < t.open.size(); ++at)
            if (auto* p = t.open[at].stage.template get_if<lockbox::pending<V>>())
                p->decide_by += 1ms;
    };
    CHECK(steps_to("V2:", small_model(), rules) == 2);
}

TEST_CASE("the explorer finds a quorum that counts roles, not people", "[explore][G3][V2]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto& c, auto) {
        const auto* m =
            lockbox::find_ordered(t.settled.members, c.actor.person, &lockbox::member<V>::person);
        for (std::size_t at = 0; at < t.open.size(); ++at) {
            auto terms = *t.open[at].terms;
            for (auto& gate : terms.gates)
                if (gate.side == lockbox::side::tenant && m != nullptr && m->roles.size() > 1)
                    --gate.needed;
            t.open[at].terms = terms;
        }
    };
    auto m = two_approvers();
    for (auto& one : m.start.settled.members)
        if (one.person == person::ben) one.roles.push_back({duty::second_approver, {}});
    CHECK(steps_to("V2:", m, rules) == 3);
}

TEST_CASE("the explorer finds a vote that counts after its role is gone", "[explore][G3][V2]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) {
        for (std::size_t at = 0; at < t.open.size(); ++at)
            for (const auto& vote : t.open[at].votes)
                lockbox::placed(t.settled.members, vote.person, &lockbox::member<V>::person)
                    .roles = {{duty::approver, {}}};
    };
    CHECK(steps_to("V2:", two_approvers(), rules) == 5);
}

TEST_CASE("the explorer finds a grant that counts from before its approval", "[explore][T32]") {
    bent_rules rules;
    rules.say = [](auto& d, const auto& before) {
        if (auto* grant = first<lb::granted>(d)) {
            grant->until -= grant->from - before.last;
            grant->from = before.last;
        }
    };
    CHECK(steps_to("V4:", small_model(), rules) == 3);
}

TEST_CASE("the explorer finds a denial that can be approved away", "[explore][V7]") {
    bent_rules rules;
    rules.fold = [](auto& t, const auto& event) {
        auto harmless = event;
        if (event.body.template is<lb::denied>()) harmless.body = lb::answered{};
        return lockbox::evolve(t, harmless);
    };
    CHECK(steps_to("V7:", small_model(), rules) == 2);
}

TEST_CASE("the explorer finds that turning off releases requests", "[explore][S5]") {
    bent_rules rules;
    rules.fold = [](auto& t, const auto& event) {
        const auto fault = lockbox::evolve(t, event);
        if (!event.body.template is<lb::turned_off>()) return fault;
        for (std::size_t at = 0; at < t.open.size(); ++at) {
            auto terms = *t.open[at].terms;
            terms.gates.resize(1);
            t.open[at].terms = terms;
        }
        return fault;
    };
    CHECK(steps_to("S5:", small_model(), rules) == 2);
}

TEST_CASE("the explorer finds a revocation that hits the neighbour", "[explore][A3][V7]") {
    bent_rules rules;
    rules.fold = [](auto& t, const auto& event) {
        auto other = event;
        for (const auto& r : t.open)
            if (event.body.template is<lb::revoked>() && r.id != event.request &&
                r.stage.template is<lockbox::active<V>>())
                other.request = r.id;
        return lockbox::evolve(t, other);
    };
    CHECK(steps_to("V7:", two_requests(), rules) == 5);
}

TEST_CASE("the explorer finds that a narrowed scope is forgotten", "[explore][G7][V4]") {
    bent_rules rules;
    rules.say = [](auto& d, const auto&) {
        if (auto* grant = first<lb::granted>(d)) grant->scope = all_mail;
    };
    CHECK(steps_to("V4:", small_model(), rules) == 3);
}

TEST_CASE("the explorer finds a reminder that comes again and again", "[explore][N4]") {
    bent_rules rules;
    rules.fold = [](auto& t, const auto& event) {
        auto harmless = event;
        if (event.body.template is<lb::reminded>()) harmless.body = lb::answered{};
        return lockbox::evolve(t, harmless);
    };
    auto m = small_model();
    m.start.settled.settings.reminders = {1h};
    m.let({{person::lockbox, lockbox::capacity::system}}, {lb::tick{}});
    CHECK(steps_to("N4:", m, rules) == 2);
}

TEST_CASE("the explorer finds a reminder that moves the deadline", "[explore][N4]") {
    bent_rules rules;
    rules.fold = [](auto& t, const auto& event) {
        const auto fault = lockbox::evolve(t, event);
        if (!event.body.template is<lb::reminded>()) return fault;
        for (std::size_t at = 0; at < t.open.size(); ++at)
            if (auto* p = t.open[at].stage.template get_if<lockbox::pending<V>>())
                p->decide_by += 1h;
        return fault;
    };
    auto m = small_model();
    m.start.settled.settings.reminders = {1h};
    m.let({{person::lockbox, lockbox::capacity::system}}, {lb::tick{}});
    CHECK(steps_to("N4:", m, rules) == 2);
}

TEST_CASE("the explorer finds a member who agrees with himself", "[explore][S9]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) {
        for (auto& one : t.settled.proposals)
            if (one.proposer == person::ada) one.proposer = person::cleo;
    };
    CHECK(steps_to("S9:", two_person_model(), rules) == 2);
}

TEST_CASE("the explorer finds an agreement that comes too late", "[explore][S9][G1]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) {
        for (auto& one : t.settled.proposals) one.decide_by += 1ms;
    };
    CHECK(steps_to("S9:", two_person_model(), rules) == 2);
}

TEST_CASE("the explorer finds what loosens without a second member", "[explore][S9]") {
    bent_rules rules;
    rules.see = [](auto& t, const auto&, auto) { t.settled.settings.two_person_changes = false; };
    CHECK(steps_to("S9:", two_person_model(), rules) == 1);
}

TEST_CASE("the explorer finds a freeze that lets requests wait on", "[explore][S8]") {
    bent_rules rules;
    rules.say = [](auto& d, const auto&) {
        if (first<lb::frozen>(d) != nullptr) d.happened.resize(1);
    };
    CHECK(steps_to("S8:", small_model(), rules) == 2);
}
