// Consents: what the tenant agrees to ahead (G8).
#include "support/scenario.hpp"

#include "support/catch.hpp"

#include <lockbox/bounds.hpp>
#include <lockbox/evolve.hpp>
#include <lockbox/reading.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace support;
using stage = scenario::stage;

namespace {

/// Mailboxes, for one reason, up to four hours, for thirty days.
lb::consent to_mailboxes(edit<lb::consent_rule> change = [](auto&) {}) {
    lb::consent_rule rule{{"exchange", {"Read-Mail", "Export"}, {"/mailboxes"}},
                          {"customer_initiated_support", "production_alert"},
                          4h,
                          day_one + 720h};
    change(rule);
    return {rule};
}

/// A tenant that lets consents stand, and with one that covers `wish()`, carl's.
scenario with_a_consent(const lb::consent& given = to_mailboxes()) {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    s.given(carl, given);
    return s;
}

const auto opened_by_itself = emitted({"approved", "gate_opened", "consent_used", "granted"});
const auto people_are_asked = emitted({"approved", "gate_opened"});

/// What the manager's approval of a new request comes to.
std::string asked(scenario& s, const lb::submit& what = wish()) {
    const auto id = s.pending_at_manager(what);
    return s.when(mia, yes(id));
}
/// The same of a wish that is changed.
std::string asked(scenario& s, edit<lb::submit> change) {
    auto what = wish();
    change(what);
    return asked(s, what);
}

}  // namespace

// --- What one opens ------------------------------------------------------------------------------

TEST_CASE("a consent opens the customer's gate by itself, as it opens", "[G8][V2]") {
    auto s = with_a_consent();
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, yes(id)) == opened_by_itself);
    CHECK(s.said<lb::consent_used>(2).gate == 1);
    CHECK(s.said<lb::consent_used>(2).number == 1);
    CHECK(s.said<lb::granted>(3).scope == wish().scope);
    CHECK(s.said<lb::granted>(3).from == day_one);
    CHECK(s.said<lb::granted>(3).until == day_one + 2h);
    CHECK(s.open(id).consent == 1);
    CHECK(s.open(id).votes.size() == 1);  // nobody voted at the customer's gate
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
}

TEST_CASE("every use is told to those who would have been asked, and to the engineer", "[G8][N1]") {
    scenario s;
    s.settings([](auto& c) {
        c.consents = true;
        c.recipients = std::vector<std::string>{"desk@contoso.example"};
    });
    s.given(carl, to_mailboxes());
    CHECK(asked(s) == opened_by_itself);
    CHECK(s.told(1).empty());
    CHECK(s.told(2) ==
          "approver ada@contoso.example, approver bea@contoso.example, "
          "approver ben@contoso.example, approver carl@contoso.example, "
          "recipient desk@contoso.example");
    CHECK(s.told(3) == "engineer eve@provider.example, manager_desk");
}

TEST_CASE("all that is asked must lie inside one consent", "[G8][V10]") {
    auto s = with_a_consent();
    CHECK(asked(s, [](auto& w) { w.scope.service = "sharepoint"; }) == people_are_asked);
    CHECK(asked(s, [](auto& w) {
              w.scope.operations = {"Read-Mail", "Purge"};
          }) == people_are_asked);
    CHECK(asked(s, [](auto& w) {
              w.scope.resources = {"/mailboxes/ada", "/journal"};
          }) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.scope.resources = {"/mailboxes2"}; }) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.scope.resources = {"/"}; }) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.reason = "provider_review"; }) == people_are_asked);
    CHECK(asked(s, [](auto& w) {
              w.scope = to_mailboxes().rule.scope;
              w.reason = "production_alert";
              w.duration = 4h;
          }) == opened_by_itself);
}

TEST_CASE("a request for longer than a consent says asks people", "[G8]") {
    auto s = with_a_consent(to_mailboxes([](auto& rule) { rule.longest = 2h; }));
    CHECK(asked(s, [](auto& w) { w.duration = 2h + 1ms; }) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.duration = 2h; }) == opened_by_itself);
}

TEST_CASE("two consents never cover together what neither covers alone", "[G8][A1]") {
    auto s =
        with_a_consent(to_mailboxes([](auto& rule) { rule.scope.operations = {"Read-Mail"}; }));
    s.given(carl, to_mailboxes([](auto& rule) { rule.scope.operations = {"Export"}; }));
    CHECK(asked(s, [](auto& w) {
              w.scope.operations = {"Read-Mail", "Export"};
          }) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.scope.operations = {"Export"}; }) == opened_by_itself);
    CHECK(s.said<lb::consent_used>(2).number == 2);
}

TEST_CASE("what a manager narrowed stays narrowed", "[G8][G7][V4]") {
    auto s = with_a_consent();
    const auto id = s.pending_at_manager();
    lb::narrowing less;
    less.duration = 1h;
    less.scope = lb::scope{"exchange", {"Read-Mail"}, {"/mailboxes/ada/inbox"}};
    CHECK(s.when(mia, lb::approve{id, {}, less}) == opened_by_itself);
    CHECK(s.said<lb::granted>(3).until == day_one + 1h);
    CHECK(s.said<lb::granted>(3).scope == *less.scope);
}

TEST_CASE("what was asked counts, not what a manager left of it", "[G8]") {
    auto s = with_a_consent(to_mailboxes([](auto& rule) { rule.longest = 1h; }));
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, lb::approve{id, {}, {std::nullopt, 1h}}) == people_are_asked);
}

TEST_CASE("a consent is judged as the gate opens, and at no other time", "[G8]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    const auto before = s.pending_at_customer();
    const auto early = s.pending_at_manager();
    CHECK(s.when(carl, to_mailboxes()) == emitted({"consent_given"}));
    CHECK(s.open(before).stage.is<lockbox::pending<lb::vocabulary>>());
    CHECK(s.when(mia, yes(early)) == opened_by_itself);
    CHECK(s.when(bea, yes(before)) == emitted({"approved", "granted"}));
    CHECK(s.open(before).consent == 0);
}

TEST_CASE("a consent passes no manager's gate", "[G8][S6]") {
    auto s = with_a_consent();
    s.settings([](auto& c) { c.managers_needed = 2; });
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, yes(id)) == emitted({"approved"}));
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK(s.when(milo, yes(id)) == opened_by_itself);
}

TEST_CASE("a drill asks people, whatever consents stand", "[G8][S11]") {
    auto s = with_a_consent();
    const auto id = s.drilling();
    CHECK(s.when(mia, yes(id)) == people_are_asked);
}

// --- Whose word it is ----------------------------------------------------------------------------

TEST_CASE("a consent is its author's word: where more people are asked for, they are asked",
          "[G8][G3]") {
    auto s = with_a_consent();
    s.settings([](auto& c) { c.approvers_needed = 2; });
    CHECK(asked(s) == people_are_asked);
    lb::change_settings one;
    one.change.approvers_needed = 1;
    s.given_by_two(ada, carl, one);
    CHECK(asked(s) == opened_by_itself);
}

TEST_CASE("where terms ask for other people, a consent is no way around them", "[G8][G3][V16]") {
    auto s = with_a_consent();
    std::vector<lb::role> roles{"access_approver"};
    lockbox::vector<lb::clause> clauses;
    s.policy = [&](const lb::tenant& t, const lb::submission& wanted) {
        auto terms = lockbox::standard_terms(t.settled, wanted);
        terms.gates.back().roles = roles;
        terms.gates.back().clauses = clauses;
        return lb::proposal{terms};
    };
    CHECK(asked(s) == people_are_asked);  // carl is no access_approver
    roles = {"access_approver", "compliance_admin"};
    CHECK(asked(s) == opened_by_itself);
    clauses = {{{{1, {"access_approver"}}}}};
    CHECK(asked(s) == people_are_asked);
    clauses = {{{{1, {"access_approver"}}, {1, {"compliance_admin"}}}}};
    CHECK(asked(s) == opened_by_itself);
}

TEST_CASE("a consent opens nothing outside the hours in which approvals count", "[G8][G3]") {
    auto s = with_a_consent();
    s.policy = [&](const lb::tenant& t, const lb::submission& wanted) {
        auto terms = lockbox::standard_terms(t.settled, wanted);
        terms.gates.back().hours = {{{lockbox::weekday::monday}, 8h, 10h, {}}};
        return lb::proposal{terms};
    };
    CHECK(asked(s) == opened_by_itself);
    s.later(1h);  // 10:00
    CHECK(asked(s) == people_are_asked);
}

TEST_CASE("requester, manager and the author of a consent are different people", "[G8][V5][T8]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    for (const auto& who : {eve, mia})
        s.given(ada, lb::assign_role{who.person, "compliance_admin", {}});
    s.given(lb::member(eve.person), to_mailboxes());
    CHECK(asked(s) == people_are_asked);
    const auto other = [&](const lb::actor& engineer) {
        s.given(engineer, wish());
        return s.when(mia, yes(s.state.open.back().id));
    };
    CHECK(other(emil) == opened_by_itself);
    s.given(lb::member(eve.person), lb::withdraw_consent{1});
    s.given(lb::member(mia.person), to_mailboxes());
    CHECK(other(emil) == people_are_asked);

    s.settings([](auto& c) { c.managers_needed = 2; });  // one of whom gave the consent
    s.given(emil, wish());
    const auto id = s.state.open.back().id;
    s.given(mia, yes(id));
    CHECK(s.when(milo, yes(id)) == people_are_asked);
}

TEST_CASE("terms may forbid consents", "[G8][R4]") {
    auto s = with_a_consent();
    s.policy = [&](const lb::tenant& t, const lb::submission& wanted) {
        auto terms = lockbox::standard_terms(t.settled, wanted);
        terms.no_consents = true;
        return lb::proposal{terms};
    };
    CHECK(asked(s) == people_are_asked);
    s.policy = lockbox::standard_policy{};
    s.settings([](auto& c) {
        c.policy = lb::tenant_policy{{{{{lockbox::policy_key::longer_than, 3600000, {}, {}, {}}},
                                       {},
                                       {{lockbox::policy_key::no_consents, 0, {}, {}, {}}}}}};
    });
    CHECK(asked(s) == people_are_asked);
    CHECK(asked(s, [](auto& w) { w.duration = 1h; }) == opened_by_itself);
}

TEST_CASE("a comment that decisions need is no bar to a consent, which was one", "[G8][G4]") {
    auto s = with_a_consent();
    s.settings([](auto& c) { c.comment_required = true; });
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, lb::approve{id, "for her case", {}}) == opened_by_itself);
}

// --- How it ends ---------------------------------------------------------------------------------

TEST_CASE("access through a consent is over by the instant at which that ends", "[G8][G9]") {
    auto s = with_a_consent();
    const auto until = day_one + 720h;
    auto later = wish();
    s.at(until - 2h);
    later.start = until - 2h + 1ms;
    CHECK(asked(s, later) == people_are_asked);
    CHECK(asked(s) == opened_by_itself);
    s.later(1ms);
    CHECK(asked(s) == people_are_asked);
    s.at(until);
    CHECK(asked(s) == people_are_asked);
    CHECK(s.when(carl, lb::withdraw_consent{1}) == refused(ground::not_open, field::consent));
}

TEST_CASE("withdrawing a consent revokes the live access that it opened, and no other",
          "[G8][A3]") {
    auto s = with_a_consent();
    s.given(carl, to_mailboxes([](auto& rule) { rule.reasons = {"provider_review"}; }));
    const auto by_people = s.active([] {
        auto other = wish();
        other.reason = "third_party_data_request";
        return other;
    }());
    CHECK(asked(s) == opened_by_itself);
    const auto first = s.state.open.back().id;
    CHECK(asked(s, [](auto& w) { w.reason = "provider_review"; }) == opened_by_itself);
    const auto second = s.state.open.back().id;
    CHECK(s.when(ada, lb::withdraw_consent{1}) == emitted({"consent_withdrawn", "revoked"}));
    CHECK(s.said<lb::consent_withdrawn>().number == 1);
    CHECK(s.said<lb::revoked>(1).cause == cause::consent_withdrawn);
    CHECK(s.told(0) ==
          "approver bea@contoso.example, approver ben@contoso.example, "
          "approver carl@contoso.example");
    CHECK(s.told(1) == "engineer eve@provider.example, manager mia@provider.example");
    CHECK_FALSE(s.is_open(first));
    CHECK(s.is_open(second));
    CHECK(s.is_open(by_people));
    CHECK(asked(s) == people_are_asked);
    CHECK(s.when(ada, lb::withdraw_consent{1}) == refused(ground::not_open, field::consent));
    CHECK(s.when(ada, lb::withdraw_consent{3}) == refused(ground::not_open, field::consent));
}

TEST_CASE("withdrawing leaves to the tick what is overdue already", "[G8][K2]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    CHECK(s.later(2h).when(carl, lb::withdraw_consent{1}) == emitted({"consent_withdrawn"}));
    CHECK(s.when(machine, lb::tick{}) == emitted({"ended"}));
}

TEST_CASE("a consent ends for good when its author loses the say", "[G8][S3]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    const auto id = s.state.open.back().id;
    SECTION("with the role") {
        s.given(ada, lb::end_role{carl.person, "compliance_admin"});
        CHECK(asked(s) == people_are_asked);
        s.given(ada, lb::assign_role{carl.person, "compliance_admin", {}});
    }
    SECTION("with what the role permits") {
        s.given(ada, lb::define_role{"compliance_admin", {permission::configure}});
        CHECK(asked(s) == people_are_asked);
        s.given(ada, lb::define_role{"compliance_admin", {permission::decide}});
    }
    SECTION("with the time of the role") {
        s.given(ada, lb::assign_role{carl.person, "compliance_admin", day_one + 1h});
        CHECK(asked(s) == opened_by_itself);
        s.later(1h);
        CHECK(asked(s) == people_are_asked);
        s.given(ada, lb::assign_role{carl.person, "compliance_admin", {}});
    }
    CHECK(s.state.settled.consents[0].ended);
    CHECK(asked(s) == people_are_asked);
    CHECK(s.is_open(id));  // as with an approval, what it opened stays
    CHECK(s.when(ada, lb::withdraw_consent{1}).starts_with("consent_withdrawn, revoked"));
    CHECK_FALSE(s.is_open(id));
}

TEST_CASE("a role extended in time, or another that lets decide, keeps a consent", "[G8]") {
    auto s = with_a_consent();
    s.given(ada, lb::assign_role{carl.person, "compliance_admin", day_one + 2h});
    s.given(ada, lb::assign_role{carl.person, "access_approver", {}});
    s.later(2h);
    s.given(ada, lb::assign_role{nora.person, "audit_reader", {}});
    CHECK(asked(s) == opened_by_itself);  // carl may set nothing any more, but decide
    CHECK_FALSE(s.state.settled.consents[0].ended);
}

TEST_CASE("turning lockbox off or on ends every consent, and no access", "[G8][S5]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    const auto id = s.state.open.back().id;
    CHECK(s.when(carl, lb::turn_off{}) == emitted({"turned_off"}));
    CHECK(s.state.settled.consents[0].ended);
    CHECK(s.is_open(id));
    s.given(ada, to_mailboxes());  // for gates that stand with lockbox off
    CHECK(s.when(carl, lb::turn_on{}) == emitted({"turned_on"}));
    CHECK(s.state.settled.consents[1].ended);
    CHECK(asked(s) == people_are_asked);
    CHECK(s.when(carl, lb::withdraw_consent{1}) == emitted({"consent_withdrawn", "revoked"}));
}

TEST_CASE("a gate that turning off left standing opens by no consent given before", "[G8][S5]") {
    auto s = with_a_consent();
    const auto id = s.pending_at_manager();
    s.given(carl, lb::turn_off{});
    CHECK(s.when(mia, yes(id)) == people_are_asked);
}

TEST_CASE("letting no consent stand withdraws all of them", "[G8][S4]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    const auto by_people = s.active([] {
        auto other = wish();
        other.reason = "provider_review";
        return other;
    }());
    lb::change_settings none;
    none.change.consents = false;
    CHECK(s.when(carl, none) == emitted({"settings_changed", "revoked"}));
    CHECK(s.said<lb::revoked>(1).cause == cause::consent_withdrawn);
    CHECK(s.is_open(by_people));
    CHECK(s.state.settled.consents.empty());
    s.settings([](auto& c) { c.consents = true; });
    CHECK(asked(s) == people_are_asked);
    CHECK(s.when(carl, to_mailboxes()) == emitted({"consent_given"}));
    CHECK(s.said<lb::consent_given>().number == 2);  // which never comes again
}

TEST_CASE("no consent opens anything while frozen, and a freeze ends none", "[G8][S8]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    s.given(bea, lb::freeze{});
    CHECK(s.state.grants.empty());
    CHECK(s.when(ada, to_mailboxes()) == refused(ground::frozen));
    CHECK(s.when(eve, wish()) == refused(ground::frozen));
    auto stuck = with_a_consent();  // as a log of other rules could have it
    const auto id = stuck.pending_at_manager();
    stuck.state.settled.frozen = true;
    CHECK(stuck.would(mia, yes(id)) == people_are_asked);
    s.given(ada, lb::lift_freeze{});
    CHECK(asked(s) == opened_by_itself);
}

// --- Who gives it, and what it may say -----------------------------------------------------------

TEST_CASE("giving and withdrawing take both permissions", "[G8][S10]") {
    auto s = with_a_consent();
    s.given(ada, lb::define_role{"setter", {permission::configure}});
    s.given(ada, lb::assign_role{nora.person, "setter", {}});
    for (const auto& who : {eve, mia, olga, machine, bea, amir, nora}) {
        CHECK(s.when(who, to_mailboxes()) == recorded(ground::not_allowed));
        CHECK(s.when(who, lb::withdraw_consent{1}) == recorded(ground::not_allowed));
    }
    s.given(ada, lb::assign_role{nora.person, "access_approver", {}});
    CHECK(s.when(nora, to_mailboxes()) == emitted({"consent_given"}));
    CHECK(s.said<lb::consent_given>().authors == lockbox::vector{nora.person});
    CHECK(s.told() ==
          "approver ada@contoso.example, approver bea@contoso.example, "
          "approver ben@contoso.example, approver carl@contoso.example");
    CHECK(s.when(ada, lb::withdraw_consent{2}) == emitted({"consent_withdrawn"}));
}

TEST_CASE("a tenant that lets no consents stand takes none", "[G8][S4]") {
    scenario s;
    CHECK_FALSE(s.state.settled.settings.consents);
    CHECK(s.when(carl, to_mailboxes()) == refused(ground::no_consents));
    CHECK(s.when(bea, to_mailboxes()) == recorded(ground::not_allowed));
}

TEST_CASE("a consent says what, why, how long and until when, within bounds", "[G8][R2][R9]") {
    scenario s;
    s.settings([](auto& c) { c.consents = true; });
    const auto with = [&](edit<lb::consent_rule> change) {
        return s.when(carl, to_mailboxes(change));
    };
    CHECK(with([](auto& c) { c.scope.operations = {}; }) == refused(ground::missing, field::scope));
    CHECK(with([](auto& c) { c.scope.resources = {"mailboxes"}; }) ==
          refused(ground::malformed, field::scope));
    CHECK(with([](auto& c) { c.scope.service = lb::service{}; }) ==
          refused(ground::malformed, field::scope));
    CHECK(with([](auto& c) { c.reasons = {}; }) == refused(ground::missing, field::reason));
    CHECK(with([](auto& c) { c.reasons = {lb::reason{}}; }) ==
          refused(ground::malformed, field::reason));
    CHECK(with([](auto& c) {
              c.reasons.resize(lockbox::most_consent_reasons + 1);
              for (auto& one : c.reasons) one = "audit";
          }) == refused(ground::too_long, field::reason, 20));
    CHECK(with([](auto& c) { c.longest = 1min - 1ms; }) ==
          refused(ground::out_of_range, field::duration, 60'000));
    CHECK(with([](auto& c) { c.longest = 24h + 1ms; }) ==
          refused(ground::out_of_range, field::duration, 24 * hour));
    const auto bad_until = refused(ground::out_of_range, field::until, 90 * 24 * hour);
    CHECK(with([](auto& c) { c.until = day_one; }) == bad_until);
    CHECK(with([](auto& c) { c.until = day_one + 2160h + 1ms; }) == bad_until);
    CHECK(with([](auto& c) { c.until = lb::time_point::max(); }) ==
          refused(ground::malformed, field::until));
    CHECK(with([](auto& c) { c.until = day_one + 2160h; }) == emitted({"consent_given"}));
    s.limits([](auto& l) { l.operations = 1; });
    CHECK(with([](auto&) {}) == refused(ground::too_long, field::operations, 1));
    s.limits([](auto& l) {
        l.operations = 2;
        l.resources = 1;
    });
    CHECK(with([](auto& c) {
              c.scope.resources = {"/a", "/b"};
          }) == refused(ground::too_long, field::resources, 1));
}

TEST_CASE("so many consents stand at once", "[G8][R9]") {
    auto s = with_a_consent(to_mailboxes([](auto& rule) { rule.until = day_one + 1h; }));
    for (std::size_t n = 1; n < lockbox::most_consents; ++n) s.given(carl, to_mailboxes());
    const auto full = refused(ground::too_long, field::consent, lockbox::most_consents);
    CHECK(s.when(carl, to_mailboxes()) == full);
    s.later(1h - 1ms);
    CHECK(s.when(carl, to_mailboxes()) == full);
    s.later(1ms);
    CHECK(s.when(carl, to_mailboxes()) == emitted({"consent_given"}));
    CHECK(s.state.settled.consents.size() ==
          lockbox::most_consents);  // without the one that is over
    CHECK(s.when(carl, to_mailboxes()) == full);
    s.given(carl, lb::withdraw_consent{2});
    CHECK(s.when(carl, to_mailboxes()) == emitted({"consent_given"}));
}

TEST_CASE("a clock that is behind lets nobody give a consent, and everybody withdraw one",
          "[G8][K1]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    s.at(day_one - 6s);
    CHECK(s.when(carl, to_mailboxes()) == refused(ground::clock_behind, field::instant, 5000));
    CHECK(s.when(carl, lb::withdraw_consent{1}) == emitted({"consent_withdrawn", "revoked"}));
}

TEST_CASE("the provider's side reads that a gate opened by itself, and not by which consent",
          "[G8][S7]") {
    auto s = with_a_consent();
    CHECK(asked(s) == opened_by_itself);
    auto event = s.happened(2);
    lockbox::hide_members(event, false);
    CHECK(event.body.get_if<lb::consent_used>()->number == 0);
    CHECK(event.told.empty());
    auto terms = *s.state.open.back().terms;
    terms.no_consents = true;
    CHECK_FALSE(lockbox::without_roles(terms).no_consents);
}

// --- The log -------------------------------------------------------------------------------------

TEST_CASE("a log in which consents do not hang together is refused", "[G8][V14]") {
    auto s = with_a_consent();
    const auto misfit_of = [&](lb::event_body body, const lb::request_id* request = nullptr) {
        lb::audit_event event = s.log.back();
        event.sequence = s.state.sequence + 1;
        event.body = std::move(body);
        event.request.reset();
        if (request != nullptr) event.request = *request;
        auto state = s.state;
        const auto why = lockbox::evolve(state, event);
        CHECK(why.has_value());
        CHECK(state == s.state);
        return why.value_or(lockbox::misfit::gap);
    };
    CHECK(misfit_of(lb::consent_given{3, to_mailboxes().rule, {carl.person}}) ==
          lockbox::misfit::wrong_number);
    CHECK(misfit_of(lb::consent_withdrawn{2}) == lockbox::misfit::unknown_consent);
    const auto id = s.pending_at_manager();
    CHECK(misfit_of(lb::consent_used{1, 1}, &id) == lockbox::misfit::wrong_gate);
    CHECK(misfit_of(lb::consent_used{0, 1}, &id) == lockbox::misfit::wrong_gate);
    s.settings([](auto& c) { c.consents = false; });
    s.given(mia, yes(id));
    CHECK(misfit_of(lb::consent_used{1, 1}, &id) == lockbox::misfit::unknown_consent);
}

TEST_CASE("no command of the provider's gives, widens or keeps a consent", "[G8][V10][T26]") {
    auto s = with_a_consent();
    const auto before = s.state.settled.consents;
    for (const auto& who : {eve, emil, mia, milo, olga, machine}) {
        for (lb::command_body body :
             {lb::command_body{to_mailboxes([](auto& rule) { rule.scope.resources = {"/"}; })},
              lb::command_body{lb::withdraw_consent{1}}, lb::command_body{lb::turn_on{}},
              lb::command_body{lb::change_settings{}}})
            (void)s.when(who, std::move(body));
    }
    CHECK(s.state.settled.consents == before);
    CHECK(asked(s, [](auto& w) { w.scope.resources = {"/"}; }) == people_are_asked);
    CHECK(s.when(eve, lb::access{mail("/journal")}) == no_access(ground::no_grant));
    CHECK(asked(s) == opened_by_itself);
    CHECK(s.when(eve, lb::access{mail("/journal")}) == no_access(ground::not_covered));
}
