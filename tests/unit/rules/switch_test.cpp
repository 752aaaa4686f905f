// What turning on and off does to what is under way (S5).
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

TEST_CASE("turning off releases no pending request from its gates", "[S5]") {
    scenario s;
    const auto first = s.pending_at_manager();
    const auto second = s.pending_at_customer();
    CHECK(s.when(ada, lb::turn_off{}) == emitted({"turned_off"}));
    CHECK(s.when(mia, lb::approve{first, {}, {}}) == emitted({"approved", "gate_opened"}));
    CHECK(s.when(mia, lb::approve{second, {}, {}}) == recorded(ground::not_allowed));
    CHECK(s.when(bea, lb::approve{second, {}, {}}) == emitted({"approved", "granted"}));
}

TEST_CASE("turning off leaves live grants alone", "[S5]") {
    scenario s;
    const auto id = s.active();
    s.given(ada, lb::turn_off{});
    CHECK(s.is_open(id));
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on"}));
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
}

TEST_CASE("turning on revokes what no customer approved", "[S5][V2]") {
    scenario s{stage::off};
    s.active();
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "revoked"}));
    CHECK(s.said<lb::revoked>(1).cause == cause::turned_on);
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("turning on revokes access that begins later, too", "[S5][G9]") {
    scenario s{stage::off};
    auto asked = wish();
    asked.start = s.now + 24h;
    s.active(asked);
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "revoked"}));
}

TEST_CASE("turning on puts the customer's gate behind those of a pending request", "[S5]") {
    scenario s{stage::off};
    const auto id = s.pending_at_manager();
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "terms_tightened"}));
    const auto& terms = *s.open(id).terms;
    REQUIRE(terms.gates.size() == 2);
    CHECK(terms.gates[0].side == side::provider);
    CHECK(terms.gates[1].side == side::tenant);
    CHECK(s.when(mia, lb::approve{id, {}, {}}) == emitted({"approved", "gate_opened"}));
}

TEST_CASE("a tightened request keeps the stricter of old and new", "[S5][R4]") {
    scenario s{stage::off};
    s.settings([](auto& c) { c.managers_needed = 2, c.longest_access = 3h; });
    const auto id = s.pending_at_manager();
    const auto decide_by = s.now + 12h;
    s.settings([](auto& c) {
        c.managers_needed = 1, c.longest_access = 8h, c.manager_window = 24h,
        c.comment_required = true;
    });
    s.given(ada, lb::turn_on{});
    const auto& held = s.open(id);
    CHECK(held.terms->gates[0].needed == 2);
    CHECK(held.terms->gates[0].window == 12h);
    CHECK(held.terms->longest_access == 3h);
    CHECK(held.terms->comment_required);
    CHECK(held.over_at() == decide_by);
}

TEST_CASE("a shorter window counts from when the gate opened, and ends no earlier than now",
          "[S5][G1]") {
    for (const auto passed : {lb::duration{30min}, lb::duration{2h}}) {
        scenario s{stage::off};
        const auto id = s.pending_at_manager();
        s.later(passed).settings([](auto& c) { c.manager_window = 1h; });
        s.given(ada, lb::turn_on{});
        CHECK(s.just<lb::terms_tightened>().decide_by == std::max(s.now, day_one + 1h));
        CHECK(s.is_open(id) == (passed < 1h));
    }
}

TEST_CASE("turning on denies what nobody could approve", "[S5][R5]") {
    scenario s{stage::off};
    s.pending_at_manager();
    s.settings([](auto& c) { c.approvers_needed = 5; });
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "denied"}));
    CHECK(s.said<lb::denied>(1).cause == cause::turned_on);
    CHECK(s.state.open.empty());
}

TEST_CASE("turning on asks the host's policy again, as of that instant", "[S5][V16]") {
    scenario s{stage::off};
    s.pending_at_manager();
    s.later(1h);
    s.policy = [&](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        CHECK(t.settled.on);
        CHECK(asked.at == s.now);
        return lockbox::refused_by_policy("not in this week");
    };
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "denied"}));
}

TEST_CASE("removing an exemption acts like turning on, for its service", "[S4][S5]") {
    scenario s;
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange", "sharepoint"}; });
    const auto revoked = s.active();
    const auto tightened = s.pending_at_manager();
    auto elsewhere = wish();
    elsewhere.scope.service = "sharepoint";
    const auto untouched = s.active(elsewhere);
    lb::change_settings change;
    change.change.exempted = std::vector<lb::service>{"sharepoint"};
    CHECK(s.when(carl, change) == emitted({"settings_changed", "revoked", "terms_tightened"}));
    CHECK_FALSE(s.is_open(revoked));
    CHECK(s.open(tightened).terms->asks_customer());
    CHECK(s.is_open(untouched));
}

TEST_CASE("removing an exemption while off does nothing until it is turned on", "[S4][S5]") {
    scenario s{stage::off};
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    const auto id = s.active();
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{}; });
    CHECK(s.is_open(id));
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "revoked"}));
}

TEST_CASE("turning on leaves exempted services alone", "[S5]") {
    scenario s{stage::off};
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    s.active();
    s.pending_at_manager();
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on"}));
}

TEST_CASE("turning on again tightens what was submitted before it was turned off", "[S5]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(ada, lb::turn_off{});
    s.settings([](auto& c) { c.approvers_needed = 2; });
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "terms_tightened"}));
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(s.just<lb::approved>().gate == 1);
    CHECK(s.when(ben, lb::approve{id, {}, {}}) == emitted({"approved", "granted"}));
}

TEST_CASE("turning on leaves to the tick what is overdue already", "[S5][K2]") {
    scenario s{stage::off};
    s.pending_at_manager();
    s.active();
    CHECK(s.later(12h).when(ada, lb::turn_on{}) == emitted({"turned_on"}));
    CHECK(s.when(machine, lb::tick{}) == emitted({"ended", "expired"}));
}

TEST_CASE("no other change of settings or roles changes a request's terms", "[S5][V3]") {
    scenario s;
    s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
    const auto id = s.pending_at_customer();
    const auto before = s.open(id);
    s.settings(
        [](auto& c) { c.approvers_needed = 2, c.longest_access = 1min, c.customer_window = 1min; });
    s.given_by_two(ada, carl, lb::define_role{"audit_reader", {permission::decide}});
    s.given(olga, lb::record_entitlement{});
    CHECK(s.open(id) == before);
    CHECK(s.when(amir, lb::approve{id, {}, {}}) == recorded(ground::not_allowed));
    CHECK(s.when(bea, lb::approve{id, {}, {}}) == emitted({"approved", "granted"}));
}
