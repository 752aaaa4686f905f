#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

TEST_CASE("a new tenant is off, with the standard settings and one administrator", "[S1][S4]") {
    const scenario s{stage::opened};
    CHECK_FALSE(s.state.settled.on);
    CHECK_FALSE(s.state.settled.frozen);
    CHECK(s.state.settled.settings == lb::settings{});
    REQUIRE(s.state.settled.members.size() == 1);
    CHECK(s.state.settled.members[0].person == ada.person);
}

TEST_CASE("turning on names what the provider has not recorded", "[S1]") {
    scenario s{stage::opened};
    CHECK(s.when(ada, lb::turn_on{}) == refused(ground::not_entitled, field::plan));
    s.given(olga, lb::record_entitlement{{true, false}});
    CHECK(s.when(ada, lb::turn_on{}) == refused(ground::not_entitled, field::support));
    s.given(olga, lb::record_entitlement{{false, true}});
    CHECK(s.when(ada, lb::turn_on{}) == refused(ground::not_entitled, field::plan));
    s.given(olga, lb::record_entitlement{{true, true}});
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on"}));
    CHECK(s.state.settled.on);
}

TEST_CASE("losing the entitlement turns nothing off", "[S1]") {
    scenario s;
    CHECK(s.when(olga, lb::record_entitlement{}) == emitted({"entitlement_recorded"}));
    CHECK(s.state.settled.on);
    const auto id = s.pending_at_customer();
    CHECK(s.open(id).terms->asks_customer());
}

TEST_CASE("only a member turns on and off", "[S1][S10]") {
    scenario s;
    for (const auto& who : {eve, mia, olga, machine})
        CHECK(s.when(who, lb::turn_off{}) == recorded(ground::not_allowed));
    CHECK(s.when(bea, lb::turn_off{}) == emitted({"turned_off"}));
    for (const auto& who : {eve, mia, olga, machine})
        CHECK(s.when(who, lb::turn_on{}) == recorded(ground::not_allowed));
    CHECK(s.when(bea, lb::turn_on{}) == emitted({"turned_on"}));
}

TEST_CASE("a change that changes nothing is said to be none", "[S1]") {
    scenario s;
    CHECK(s.when(ada, lb::turn_on{}) == refused(ground::unchanged));
    CHECK(s.when(olga, lb::record_entitlement{{true, true}}) == refused(ground::unchanged));
    CHECK(s.when(ada, lb::set_audit_visibility{false}) == refused(ground::unchanged));
    CHECK(s.when(ada, lb::lift_freeze{}) == refused(ground::unchanged));
    s.given(ada, lb::turn_off{});
    CHECK(s.when(ada, lb::turn_off{}) == refused(ground::unchanged));
}

TEST_CASE("a tenant is opened once, by the operator, who names its administrator", "[S10]") {
    for (const auto& who : {eve, mia, ada, machine}) {
        scenario s{stage::unknown};
        CHECK(s.when(who, lb::open_tenant{ada.person}) == refused(ground::not_allowed));
    }
    scenario s{stage::unknown};
    CHECK(s.when(olga, lb::open_tenant{"unknown"}) ==
          refused(ground::malformed, field::first_administrator));
    CHECK(s.when(olga, lb::open_tenant{ada.person}) == emitted({"tenant_opened"}));
    CHECK(s.when(olga, lb::open_tenant{nora.person}) == refused(ground::already_open));
    CHECK(s.when(ada, lb::open_tenant{nora.person}) == recorded(ground::not_allowed));
    CHECK(s.state.settled.members.size() == 1);
}

TEST_CASE("a tenant that was never opened answers as one where nobody may anything", "[V6][T22]") {
    const scenario nowhere{stage::unknown};
    const scenario foreign;
    const auto zoe = lb::member("zoe@fabrikam.example");
    const lb::command_body bodies[] = {lb::turn_off{}, lb::approve{r(1), {}, {}}, lb::freeze{{}},
                                       lb::close_case{"CASE-7"}, lb::drill{wish()}};
    for (const auto& body : bodies) {
        const auto unknown = nowhere.decision_on(nowhere.command(zoe, body));
        const auto known = foreign.decision_on(foreign.command(zoe, body));
        CHECK(unknown.refused == known.refused);
        CHECK(unknown.refused->why == ground::not_allowed);
        CHECK(unknown.happened.empty());
    }
}

TEST_CASE("the standard roles permit what their names promise", "[S2]") {
    using enum permission;
    const scenario s{stage::opened};
    const std::vector<lockbox::role_definition<lb::vocabulary>> standard = {
        {"global_admin", {turn, configure, decide, view, audit, assign_roles}},
        {"compliance_admin", {turn, configure, decide, view}},
        {"access_approver", {turn, decide, view}},
        {"audit_reader", {audit, view}}};
    CHECK(s.state.settled.roles == standard);
    CHECK(s.just<lb::tenant_opened>().roles == standard);
}
