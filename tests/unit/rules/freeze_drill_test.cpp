#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

TEST_CASE("a freeze revokes every grant, denies every pending request, refuses new ones", "[S8]") {
    scenario s;
    s.active();
    s.pending_at_manager();
    s.pending_at_customer();
    s.drilling();
    CHECK(s.when(bea, lb::freeze{"incident 12"}) ==
          emitted({"frozen", "revoked", "denied", "denied", "denied"}));
    CHECK(s.said<lb::frozen>().comment == "incident 12");
    CHECK(s.said<lb::revoked>(1).cause == cause::freeze);
    CHECK(s.said<lb::denied>(2).cause == cause::freeze);
    CHECK(s.said<lb::denied>(2).gate == 0);
    CHECK(s.said<lb::denied>(3).gate == 1);
    CHECK(s.state.open.empty());
    CHECK(s.state.grants.empty());
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK(s.when(eve, wish()) == refused(ground::frozen));
    CHECK(s.when(carl, lb::drill{wish()}) == refused(ground::frozen));
    CHECK(s.when(bea, lb::freeze{}) == refused(ground::unchanged));
}

TEST_CASE("a freeze works with lockbox off, too", "[S8]") {
    scenario s{stage::off};
    s.active();
    CHECK(s.when(bea, lb::freeze{}) == emitted({"frozen", "revoked"}));
    CHECK(s.when(eve, wish()) == refused(ground::frozen));
}

TEST_CASE("turning on and off does not lift a freeze, and only a member does", "[S8][S10]") {
    scenario s;
    s.given(bea, lb::freeze{});
    s.given(ada, lb::turn_off{}).given(ada, lb::turn_on{});
    CHECK(s.when(eve, wish()) == refused(ground::frozen));
    for (const auto& who : {eve, mia, olga, machine, bea, carl})
        CHECK(s.when(who, lb::lift_freeze{}) == recorded(ground::not_allowed));
    CHECK(s.when(ada, lb::lift_freeze{}) == emitted({"freeze_lifted"}));
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
}

TEST_CASE("lifting a freeze gives nothing back", "[S8][V11]") {
    scenario s;
    const auto id = s.active();
    s.given(bea, lb::freeze{}).given(ada, lb::lift_freeze{});
    CHECK_FALSE(s.is_open(id));
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("a freeze leaves to the tick what is overdue already", "[S8][K2]") {
    scenario s;
    s.pending_at_manager();
    CHECK(s.later(12h).when(bea, lb::freeze{}) == emitted({"frozen"}));
    CHECK(s.when(machine, lb::tick{}) == emitted({"expired"}));
}

TEST_CASE("a drill runs through both gates and grants nothing", "[S11]") {
    scenario s;
    const auto id = s.drilling();
    CHECK(s.just<lb::submitted>().asked->drill);
    CHECK(s.open(id).terms->gates.size() == 2);
    CHECK(s.when(mia, lb::approve{id, {}, {}}) == emitted({"approved", "gate_opened"}));
    CHECK(s.when(bea, lb::approve{id, {}, {}}) == emitted({"approved", "finished"}));
    CHECK(s.just<lb::finished>().cause == cause::drill);
    CHECK(s.state.open.empty());
    CHECK(s.state.grants.empty());
    for (const auto& who : {carl, lb::engineer(carl.person), eve})
        CHECK_FALSE(s.would(who, lb::access{mail()}) == emitted({"accessed"}));
}

TEST_CASE("a drill tries the customer's gate where lockbox is off or the service exempted",
          "[S11]") {
    scenario s{stage::off};
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    CHECK(s.open(s.drilling()).terms->asks_customer());
}

TEST_CASE("who runs a drill approves none of it", "[S11][V5][T1]") {
    scenario s;
    const auto id = s.drilling();
    CHECK(s.when(lb::manager(carl.person), lb::approve{id, {}, {}}) ==
          recorded(ground::same_person));
    s.given(mia, lb::approve{id, {}, {}});
    CHECK(s.when(carl, lb::approve{id, {}, {}}) == recorded(ground::same_person));
    CHECK(s.when(carl, lb::deny{id, {}}) == recorded(ground::same_person));
    CHECK(s.when(bea, lb::approve{id, {}, {}}) == emitted({"approved", "finished"}));
}

TEST_CASE("a drill can be denied and expire, and counts as no denial of its case", "[S11][R6]") {
    scenario s;
    s.given(mia, lb::deny{s.drilling(), {}});
    s.given(mia, lb::deny{s.drilling(), {}});
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
    CHECK(s.just<lb::submitted>().denied_before.empty());
    s.drilling();
    CHECK(s.later(12h).when(machine, lb::tick{}) == emitted({"expired", "expired"}));
}

TEST_CASE("a drill needs no escalated case, and else all that a request needs", "[S11][R2]") {
    scenario s;
    auto trial = wish();
    trial.support_case.escalated = false;
    CHECK(s.would(carl, lb::drill{trial}) == emitted({"submitted"}));
    trial.justification = " ";
    CHECK(s.would(carl, lb::drill{trial}) == refused(ground::missing, field::justification));
    s.settings([](auto& c) { c.approvers_needed = 4; });
    CHECK(s.would(carl, lb::drill{wish()}) == refused(ground::no_approver, field::gates));
}
