// The two-person rule: what loosens waits for a second, different member (S9).
#include <lockbox/rules/proposing.hpp>

#include <lockbox/evolve.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

const std::string proposed = emitted({"change_proposed"});
const std::string not_waiting = refused(ground::not_open, field::proposal);

/// A tenant that is on and asks for two people; ada and carl administer it.
scenario two_people() {
    scenario s;
    s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
    s.settings([](auto& c) { c.two_person_changes = true; });
    return s;
}

lb::change_settings settings(edit<lb::settings_change> change) {
    lb::change_settings c;
    change(c.change);
    return c;
}
lb::change_settings longer() {
    return settings([](auto& c) { c.longest_access = 8h; });
}
lb::change_settings shorter() {
    return settings([](auto& c) { c.longest_access = 1h; });
}

}  // namespace

TEST_CASE("what loosens waits, and takes effect when a second member agrees", "[S9]") {
    struct looser {
        lb::command_body change;
        std::initializer_list<std::string_view> events;
    };
    const looser all[] = {
        {lb::turn_off{}, {"change_agreed", "turned_off"}},
        {longer(), {"change_agreed", "settings_changed"}},
        {settings([](auto& c) { c.exempted = {"files"}; }), {"change_agreed", "settings_changed"}},
        {settings([](auto& c) { c.recipients.emplace(); }), {"change_agreed", "settings_changed"}},
        {lb::set_audit_visibility{false}, {"change_agreed", "audit_visibility_changed"}},
        {lb::define_role{"watch", {permission::view}}, {"change_agreed", "role_defined"}},
        {lb::define_role{"audit_reader", {permission::audit, permission::view, permission::decide}},
         {"change_agreed", "role_defined"}},
        {lb::assign_role{nora.person, "audit_reader", {}}, {"change_agreed", "role_assigned"}},
        {lb::assign_role{ben.person, "access_approver", {}}, {"change_agreed", "role_assigned"}},
        {lb::lift_freeze{}, {"change_agreed", "freeze_lifted"}},
    };
    for (const auto& one : all) {
        CAPTURE(lockbox::name_of(one.change));
        scenario s;
        s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
        s.given(ada, lb::assign_role{ben.person, "access_approver", day_one + 1h});
        s.given(ada, lb::set_audit_visibility{true});
        s.settings([](auto& c) { c.recipients = {"soc@contoso.example"}; });
        s.given(bea, lb::freeze{});
        CHECK(s.would(ada, one.change) == emitted({*(one.events.begin() + 1)}));
        s.settings([](auto& c) { c.two_person_changes = true; });
        auto untouched = s.state.settled;
        CHECK(s.when(ada, one.change) == proposed);
        CHECK(s.just<lb::change_proposed>().number == 1);
        CHECK(s.just<lb::change_proposed>().decide_by == s.now + 12h);
        untouched.changed_by = s.state.settled.changed_by;
        untouched.proposed = 1;
        untouched.proposals = s.state.settled.proposals;
        CHECK(s.state.settled == untouched);
        CHECK(s.when(carl, lb::agree{1}) == emitted(one.events));
        CHECK(s.state.settled.proposals.empty());
        CHECK(s.said<lb::change_agreed>().proposer == ada.person);
        for (const auto& event : s.last.happened) CHECK(event.actor == carl);
        CHECK(s.would(carl, lb::agree{1}) == not_waiting);
    }
}

TEST_CASE("what tightens, or changes nothing that protects, goes at once", "[S9]") {
    auto s = two_people();
    s.given(carl, lb::end_role{amir.person, "audit_reader"});
    CHECK(s.would(ada, shorter()) == emitted({"settings_changed"}));
    CHECK(s.would(ada, lb::set_audit_visibility{true}) == emitted({"audit_visibility_changed"}));
    CHECK(s.would(ada, lb::define_role{"audit_reader", {permission::audit}}) ==
          emitted({"role_defined"}));
    CHECK(s.would(ada, lb::assign_role{ben.person, "access_approver", s.now + 1h}) ==
          emitted({"role_assigned"}));
    CHECK(s.would(ada, lb::end_role{ben.person, "access_approver"}) == emitted({"role_ended"}));
    CHECK(s.would(ada, lb::freeze{}) == emitted({"frozen"}));
    CHECK(s.would(olga, lb::record_entitlement{}) == emitted({"entitlement_recorded"}));
}

TEST_CASE("ending the rule takes two, whether it is set or comes by a threshold", "[S9][T7]") {
    auto s = two_people();
    const auto none = settings([](auto& c) { c.two_person_changes = false; });
    CHECK(s.would(ada, none) == proposed);
    s.settings([](auto& c) { c.approvers_needed = 2; });
    s.given_by_two(ada, carl, none);
    const auto one = settings([](auto& c) { c.approvers_needed = 1; });
    CHECK(s.would(ada, longer()) == proposed);
    CHECK(s.would(ada, one) == proposed);
    s.given_by_two(ada, carl, one);
    CHECK(s.would(ada, longer()) == emitted({"settings_changed"}));
}

TEST_CASE("a role that is held until some instant is extended by two", "[S9][S3]") {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "audit_reader", day_one + 2h});
    s.settings([](auto& c) { c.two_person_changes = true; });
    const auto until = [&](auto instant) {
        return s.would(ada, lb::assign_role{nora.person, "audit_reader", instant});
    };
    CHECK(until(day_one + 2h - 1ms) == emitted({"role_assigned"}));
    CHECK(until(day_one + 2h + 1ms) == proposed);
    CHECK(until(lockbox::optional<lb::time_point>{}) == proposed);
    CHECK(s.would(ada, lb::assign_role{nora.person, "access_approver", day_one + 1h}) == proposed);
    s.at(day_one + 2h);  // it is over: to assign it again is to assign it
    CHECK(until(day_one + 3h) == proposed);
}

TEST_CASE("nobody agrees to what he proposed himself", "[S9][T7][V5]") {
    auto s = two_people();
    s.given(ada, lb::end_role{carl.person, "compliance_admin"});
    CHECK(s.when(ada, longer()) == proposed);
    CHECK(s.when(ada, lb::agree{1}) == recorded(ground::same_person, field::proposal));
    CHECK(s.state.settled.settings.longest_access == 4h);
    CHECK(s.state.settled.proposals.size() == 1);
}

TEST_CASE("who agrees or declines holds the change's own permission", "[S9][S10]") {
    auto s = two_people();
    s.given(ada, lb::define_role{"compliance_admin",
                                 {permission::configure, permission::decide, permission::view}});
    s.when(ada, longer());                                          // takes `settings`
    s.when(ada, lb::turn_off{});                                    // takes `switch`
    s.when(ada, lb::assign_role{nora.person, "audit_reader", {}});  // takes `assign_roles`
    REQUIRE(s.state.settled.proposals.size() == 3);
    s.given(ada, lb::end_role{carl.person, "global_admin"});  // leaves him `settings`
    const auto denied = recorded(ground::not_allowed, field::proposal);
    CHECK(s.would(carl, lb::agree{1}) ==
          emitted({"change_agreed", "settings_changed", "change_declined", "change_declined"}));
    CHECK(s.would(carl, lb::agree{2}) == denied);
    CHECK(s.would(carl, lb::agree{3}) == denied);
    CHECK(s.would(bea, lb::agree{2}) == emitted({"change_agreed", "turned_off"}));
    CHECK(s.would(bea, lb::agree{1}) == denied);
    CHECK(s.would(bea, lb::decline{1}) == denied);
    CHECK(s.would(bea, lb::decline{2}) == emitted({"change_declined"}));
    for (const auto& who : {amir, nora, eve, mia, olga, machine}) {
        CHECK(s.would(who, lb::agree{2}) == recorded(ground::not_allowed));
        CHECK(s.would(who, lb::decline{99}) == recorded(ground::not_allowed));
    }
}

TEST_CASE("a proposal ends by a word of its proposer, or of whoever could agree", "[S9]") {
    for (const auto& who : {ada, carl}) {
        auto s = two_people();
        s.when(ada, longer());
        CHECK(s.when(who, lb::decline{1}) == emitted({"change_declined"}));
        CHECK(s.just<lb::change_declined>() ==
              lb::change_declined{1, ada.person, lockbox::decline_cause::person});
        CHECK(s.told() == (who == ada ? "" : "administrator ada@contoso.example"));
        CHECK(s.when(carl, lb::agree{1}) == not_waiting);
        CHECK(s.when(carl, lb::decline{1}) == not_waiting);
        CHECK(s.state.settled.settings.longest_access == 4h);
    }
}

TEST_CASE("a proposal waits for the customer's window, and not at its end", "[S9][G1][K2]") {
    auto s = two_people();
    s.settings([](auto& c) { c.customer_window = 3h; });
    s.when(ada, longer());
    const auto end = day_one + 3h;
    CHECK(s.at(end - 1ms).would(carl, lb::agree{1}) ==
          emitted({"change_agreed", "settings_changed"}));
    CHECK(s.at(end).would(carl, lb::agree{1}) == not_waiting);
    CHECK(s.would(ada, lb::decline{1}) == not_waiting);
    CHECK(s.at(end - 1ms).when(machine, lb::tick{}).empty());
    CHECK(s.at(end + 1h).when(machine, lb::tick{}) == emitted({"change_lapsed"}));
    CHECK(s.just<lb::change_lapsed>() == lb::change_lapsed{1, ada.person, end});
    CHECK(s.told() == "administrator ada@contoso.example");
    CHECK(s.would(carl, lb::agree{1}) == not_waiting);
    CHECK(s.when(machine, lb::tick{}).empty());
}

TEST_CASE("a tick records lapses among the rest, by when it became true", "[S9][K2]") {
    auto s = two_people();
    s.settings([](auto& c) { c.customer_window = 3h, c.manager_window = 4h; });
    s.pending_at_manager();
    s.when(ada, longer());
    s.later(2h).when(ada, lb::turn_off{});
    s.at(day_one + 1h + 2h).pending_at_manager();
    s.at(day_one + 12h);
    CHECK(s.when(machine, lb::tick{}) ==
          emitted({"change_lapsed", "expired", "change_lapsed", "expired"}));
}

TEST_CASE("settings that change meanwhile void what was proposed under others", "[S9]") {
    auto s = two_people();
    s.when(ada, lb::turn_off{});
    s.when(carl, longer());
    s.when(ada, lb::assign_role{nora.person, "audit_reader", {}});
    SECTION("by a change that tightens") {
        CHECK(s.when(carl, shorter()) == emitted({"settings_changed", "change_declined",
                                                  "change_declined", "change_declined"}));
        CHECK(s.said<lb::change_declined>(1).cause == lockbox::decline_cause::settings_changed);
        CHECK(s.told(1) == "administrator ada@contoso.example");
        CHECK(s.told(2).empty());  // carl, who changed them, proposed it
    }
    SECTION("by what another proposal brings") {
        CHECK(s.when(ada, lb::agree{2}) ==
              emitted({"change_agreed", "settings_changed", "change_declined", "change_declined"}));
    }
    SECTION("by showing the log") {
        CHECK(s.when(ada, lb::set_audit_visibility{true}) ==
              emitted({"audit_visibility_changed", "change_declined", "change_declined",
                       "change_declined"}));
    }
    SECTION("and not by what is no setting") {
        s.given(bea, lb::freeze{}).given(ada, lb::end_role{ben.person, "access_approver"});
        s.given(olga, lb::record_entitlement{});
        CHECK(s.state.settled.proposals.size() == 3);
        return;
    }
    CHECK(s.state.settled.proposals.empty());
    CHECK(s.would(carl, lb::agree{1}) == not_waiting);
}

TEST_CASE("a change is judged anew as the second member agrees", "[S9]") {
    auto s = two_people();
    SECTION("it may be so already") {
        s.given(bea, lb::freeze{});
        s.when(ada, lb::lift_freeze{});
        s.when(carl, lb::lift_freeze{});
        s.given(carl, lb::agree{1});
        CHECK(s.when(ada, lb::agree{2}) == refused(ground::unchanged));
    }
    SECTION("the second member's own hold bounds it") {
        s.given_by_two(ada, carl, lb::assign_role{nora.person, "global_admin", day_one + 2h});
        s.when(ada, lb::assign_role{ben.person, "audit_reader", day_one + 3h});
        CHECK(s.when(nora, lb::agree{2}) == recorded(ground::beyond_own, field::until));
        CHECK(s.state.settled.proposals.size() == 1);
        CHECK(s.when(carl, lb::agree{2}) == emitted({"change_agreed", "role_assigned"}));
    }
    SECTION("and so does the proposer's, as it is then") {
        s.given_by_two(ada, carl, lb::assign_role{nora.person, "global_admin", {}});
        s.when(nora, lb::assign_role{ben.person, "audit_reader", {}});
        s.given(ada, lb::assign_role{nora.person, "global_admin", day_one + 1h});
        CHECK(s.when(carl, lb::agree{2}) == not_waiting);
    }
    SECTION("the last administrator stays") {
        s.given_by_two(ada, carl, lb::define_role{"keeper", {permission::assign_roles}});
        s.given_by_two(ada, carl, lb::assign_role{nora.person, "keeper", {}});
        s.given_by_two(ada, carl, lb::assign_role{amir.person, "keeper", {}});
        CHECK(s.when(nora, lb::define_role{"keeper", {permission::audit}}) == proposed);
        s.given(ada, lb::end_role{carl.person, "global_admin"});
        s.given(ada, lb::end_role{ada.person, "global_admin"});
        CHECK(s.when(amir, lb::agree{4}) == refused(ground::last_administrator, field::role));
    }
}

TEST_CASE("what could not be done at once is refused, not proposed", "[S9]") {
    auto s = two_people();
    CHECK(s.when(ada, lb::lift_freeze{}) == refused(ground::unchanged));
    CHECK(s.when(ada, lb::assign_role{nora.person, "clerk", {}}) ==
          refused(ground::unknown_role, field::role));
    CHECK(s.when(ada, settings([](auto& c) { c.longest_access = 25h; })) ==
          refused(ground::out_of_range, field::longest_access, 24 * hour));
    CHECK(s.when(bea, lb::assign_role{nora.person, "audit_reader", {}}) ==
          recorded(ground::not_allowed));
    CHECK(s.state.settled.proposals.empty());
}

TEST_CASE("a proposal stands only while its proposer could make it", "[S9][T13]") {
    auto s = two_people();
    s.when(carl, lb::assign_role{nora.person, "audit_reader", {}});
    s.given(ada, lb::end_role{carl.person, "global_admin"});
    CHECK(s.when(ada, lb::agree{1}) == not_waiting);
    CHECK(s.state.settled.proposals.size() == 1);  // a tick finds it, when its time is over
}

TEST_CASE("agreeing waits for a clock that is behind, declining does not", "[S9][K1]") {
    auto s = two_people();
    s.later(1min).when(ada, longer());
    s.at(s.now - 5001ms);
    CHECK(s.would(carl, lb::agree{1}) == refused(ground::clock_behind, field::instant, 5000));
    CHECK(s.would(carl, lb::decline{1}) == emitted({"change_declined"}));
}

TEST_CASE("so many proposals wait at the most", "[S9][R9]") {
    auto s = two_people();
    for (std::size_t n = 0; n < lockbox::most_proposals; ++n)
        CHECK(s.when(n % 2 == 0 ? ada : carl, longer()) == proposed);
    CHECK(s.when(ada, longer()) ==
          refused(ground::too_many_open, field::proposal, lockbox::most_proposals));
    CHECK(s.would(ada, shorter()).starts_with("settings_changed"));
    s.given(ada, lb::decline{7});
    CHECK(s.when(ada, longer()) == proposed);
    CHECK(s.just<lb::change_proposed>().number == lockbox::most_proposals + 1);
    s.later(12h);  // what has lapsed is not counted, recorded or not
    CHECK(s.when(ada, longer()) == proposed);
}

TEST_CASE("those who could agree are told, and the proposer how it ended", "[S9][N1]") {
    auto s = two_people();
    s.when(ada, lb::turn_off{});
    CHECK(s.told() ==
          "administrator bea@contoso.example, administrator ben@contoso.example, "
          "administrator carl@contoso.example");
    s.when(bea, lb::turn_off{});
    CHECK(s.told() ==
          "administrator ada@contoso.example, administrator ben@contoso.example, "
          "administrator carl@contoso.example");
    s.given(carl, lb::agree{2});
    CHECK(s.told() == "administrator bea@contoso.example");
}

TEST_CASE("a removed exemption is proposed with what else loosens, and acts when agreed",
          "[S9][S5]") {
    scenario s;
    s.settings([](auto& c) { c.exempted = {"exchange"}; });
    const auto id = s.active();
    s.settings([](auto& c) { c.two_person_changes = true; });
    auto both = longer();
    both.change.exempted.emplace();
    CHECK(s.when(ada, both) == proposed);
    CHECK(s.is_open(id));
    CHECK(s.when(carl, lb::agree{1}) == emitted({"change_agreed", "settings_changed", "revoked"}));
    CHECK_FALSE(s.is_open(id));
}

TEST_CASE("a repeated agreement is answered from the log", "[S9][V8]") {
    auto s = two_people();
    s.when(ada, longer());
    const auto yes = s.command(carl, lb::agree{1});
    CHECK(s.when(yes) == emitted({"change_agreed", "settings_changed"}));
    CHECK(s.when(yes) == "repeated: change_agreed, settings_changed");
    auto other = yes;
    other.body = lb::agree{2};
    CHECK(s.when(other) == "repeated: " + refused(ground::id_reused, field::command));
}

TEST_CASE("a log that settles what does not wait is none", "[S9][V14]") {
    auto s = two_people();
    s.when(ada, longer());
    const auto fault = [&](lb::event_body body) {
        auto t = s.state;
        auto event = s.log.back();
        event.sequence = t.sequence + 1;
        event.body = std::move(body);
        return lockbox::evolve(t, event);
    };
    using lockbox::misfit;
    CHECK(fault(lb::change_agreed{2, ada.person}) == misfit::unknown_proposal);
    CHECK(fault(lb::change_declined{0, ada.person, {}}) == misfit::unknown_proposal);
    CHECK(fault(lb::change_lapsed{2, ada.person, {}}) == misfit::unknown_proposal);
    CHECK(fault(lb::change_proposed{1, lb::turn_off{}, s.now}) == misfit::wrong_number);
    CHECK(fault(lb::change_proposed{3, lb::turn_off{}, s.now}) == misfit::wrong_number);
    CHECK_FALSE(fault(lb::change_proposed{2, lb::turn_off{}, s.now}));
}

TEST_CASE("nobody agrees to a consent while frozen", "[S9][G8][S8]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const lb::consent ahead{{wish().scope, {wish().reason}, 2h, day_one + 24h}};
    CHECK(s.when(ada, ahead) == proposed);
    s.given(bea, lb::freeze{});
    CHECK(s.when(carl, lb::agree{1}) == refused(ground::frozen));
    s.state.settled.frozen = false;
    CHECK(s.when(carl, lb::agree{1}) == emitted({"change_agreed", "consent_given"}));
}

TEST_CASE("a consent that takes two members is the word of both", "[S9][G8][T7]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const lb::consent ahead{{wish().scope, {wish().reason}, 2h, day_one + 24h}};
    CHECK(s.when(ada, ahead) == proposed);
    CHECK(s.would(bea, lb::agree{1}) == recorded(ground::not_allowed, field::proposal));
    CHECK(s.when(carl, lb::agree{1}) == emitted({"change_agreed", "consent_given"}));
    CHECK(s.just<lb::consent_given>().authors ==
          lockbox::vector<lb::person_id>{ada.person, carl.person});
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, yes(id)) == emitted({"approved", "gate_opened", "consent_used", "granted"}));
    CHECK(s.would(ada, lb::withdraw_consent{1}) == emitted({"consent_withdrawn", "revoked"}));
}
