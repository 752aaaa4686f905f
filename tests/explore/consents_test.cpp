// Consents among all courses of events: they open what they cover, while they stand, and nothing
// else opens by itself (G8).
#include "bent_rules.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace words;
using V = vocabulary;

lb::consent to(const lb::scope& scope, lb::duration longest) {
    return {{scope, {reason::incident}, longest, day_one + 8h}};
}
lb::change_settings letting_consents_stand(bool so) {
    return {settings([&](auto& s) { s.consents = so; })};
}

/// Some mail may be asked for by anybody; everything that could end that, or bend it, may happen.
model agreeing_model(std::size_t requests = 1) {
    model m{.start = opened_tenant(), .most_open = requests};
    auto& settled = m.start.settled;
    settled.settings.consents = true;
    settled.consents_given = 1;
    settled.consents = {{1, to(some_mail, 2h).rule, {person::ada}, false}};
    auto later = wish(some_mail, 1h);
    later.start = day_one + 7h;
    m.let({lb::engineer(person::eve)},
          {wish(all_mail, 1h), wish(some_mail, 2h), wish(some_mail, 3h), later,
           lb::access{{service::mail, operation::read, 0}},
           lb::access{{service::mail, operation::send, 1}}});
    for (std::uint64_t r = 1; r <= requests; ++r)
        m.let({lb::manager(person::mia), lb::manager(person::ada)}, {lb::approve{r, "", {}}});
    m.let({lb::member(person::ada)},
          {lb::withdraw_consent{1}, to(all_mail, 1h), lb::freeze{""}, lb::lift_freeze{},
           lb::turn_off{}, lb::turn_on{}, letting_consents_stand(false),
           lb::drill{wish(some_mail, 1h)},
           lb::change_settings{settings([](auto& s) { s.approvers_needed = 2; })},
           lb::define_role{duty::administrator,
                           {lockbox::permission::turn, lockbox::permission::configure,
                            lockbox::permission::assign_roles}},
           lb::assign_role{person::ada, duty::approver, {}}});
    for (std::uint64_t r = 1; r <= requests; ++r)
        m.let({lb::member(person::bea), lb::member(person::ben)}, {lb::approve{r, "", {}}});
    m.let({lb::member(person::bea)}, {to(all_mail, 3h), lb::withdraw_consent{1}});
    m.back = {6s};
    return m;
}

/// All that the provider's people can try by themselves, with one consent to some mail.
model provider_alone() {
    auto m = agreeing_model();
    m.moves.clear();
    m.let({lb::engineer(person::eve), lb::engineer(person::mia)},
          {wish(all_mail, 1h), wish(some_mail, 2h), lb::finish{1}, lb::withdraw{1},
           lb::access{{service::mail, operation::read, 0}},
           lb::access{{service::mail, operation::send, 1}}});
    m.let({lb::manager(person::mia), lb::manager(person::eve)},
          {lb::approve{1, "", {}}, lb::deny{1, ""}, lb::revoke{1, ""}, lb::close_case{1}});
    for (const auto& who :
         {lb::engineer(person::eve), lb::manager(person::mia), lb::operator_(person::olga),
          lb::actor{person::lockbox, lockbox::capacity::system}})
        m.let({who}, {to(all_mail, 3h), letting_consents_stand(true), lb::turn_off{}, lb::tick{},
                      lb::record_entitlement{}});
    return m;
}

std::size_t steps_to(std::string_view invariant, const bent_rules& bent) {
    const auto found = testing::explore(agreeing_model(), bent, testing::invariants<V>(),
                                        {.depth = 5, .violations = 1});
    INFO(text_of(found));
    const auto* one = found.find(invariant);
    CHECK(one != nullptr);
    return one != nullptr ? one->steps : 0;
}

bent_rules with_consents_seen_as(std::function<void(lockbox::given_consent<V>&)> change) {
    bent_rules bent;
    bent.see = [change = std::move(change)](auto& t, const auto&, auto) {
        for (auto& one : t.settled.consents) change(one);
    };
    return bent;
}

}  // namespace

TEST_CASE("consents break no invariant, and are used", "[explore][G8][V2][V10]") {
    const auto found = testing::explore(agreeing_model(), bent_rules{}, testing::invariants<V>(),
                                        {.transitions = 300'000});
    INFO(text_of(found));
    CHECK(found.depth >= 3);
    CHECK(found.violations.empty());

    const auto reached = testing::explore(
        agreeing_model(), bent_rules{},
        {never("consent_used"), never("consent_given"), never("consent_withdrawn")}, {.depth = 3});
    INFO(text_of(reached));
    for (const auto* event :
         {"never: consent_used", "never: consent_given", "never: consent_withdrawn"})
        REQUIRE(reached.find(event) != nullptr);
    CHECK(reached.find("never: consent_used")->steps == 2);
}

TEST_CASE("the provider alone reaches no more than a live consent covers",
          "[explore][G8][V10][T26]") {
    const property covered{"covered", [](const step& s) {
                               for (const auto& e : s.decided.happened)
                                   if (const auto* a = e.body.get_if<lb::accessed>())
                                       if (!some_mail.covers(a->to)) return false;
                               return true;
                           }};
    const auto found = testing::explore(provider_alone(), bent_rules{},
                                        {covered, never("accessed")}, {.transitions = 400'000});
    CHECK(found.find("covered") == nullptr);
    CHECK(found.depth >= 4);
    CHECK(found.find("never: accessed")->steps == 3);

    auto without = provider_alone();
    without.start.settled.consents.clear();
    const auto none =
        testing::explore(without, bent_rules{}, {never("accessed")}, {.transitions = 400'000});
    CHECK(none.depth >= 4);
    CHECK(none.find("never: accessed") == nullptr);
}

TEST_CASE("the explorer finds a consent that opens more than it covers", "[explore][G8]") {
    CHECK(steps_to("G8:", with_consents_seen_as([](auto& c) { c.rule.scope = all_mail; })) == 2);
    CHECK(steps_to("G8:", with_consents_seen_as([](auto& c) { c.rule.longest = 3h; })) == 2);
    CHECK(steps_to("G8:", with_consents_seen_as([](auto& c) { c.rule.until += 1ms; })) == 2);
}

TEST_CASE("the explorer finds a consent that opens for its author's own eyes",
          "[explore][G8][V5]") {
    bent_rules bent;
    bent.see = [](auto& t, const auto&, auto) {
        for (auto& one : t.settled.consents) one.authors = {person::bea};
    };
    CHECK(steps_to("G8:", bent) == 2);
}

TEST_CASE("the explorer finds a consent that lives on", "[explore][G8]") {
    bent_rules off;
    off.fold = [](auto& t, const auto& e) {
        const auto before = t.settled.consents;
        const auto fault = lockbox::evolve(t, e);
        if (e.body.template is<lb::role_defined>()) t.settled.consents = before;
        return fault;
    };
    CHECK(steps_to("G8: a consent that ended stays so", off) == 1);
    CHECK(steps_to("G8:", with_consents_seen_as([](auto& c) { c.ended = false; })) >= 3);
}

TEST_CASE("the explorer finds a withdrawal that leaves access open", "[explore][G8]") {
    bent_rules bent;
    bent.say = [](auto& d, const auto&) {
        for (const auto& e : d.happened)
            if (e.body.template is<lb::consent_withdrawn>()) return void(d.happened.resize(1));
    };
    CHECK(steps_to("G8: withdrawing a consent revokes", bent) == 3);
}
