// A host's words in one line: `using lb = lockbox::bind<my_vocabulary>;`, and then `lb::approve`.
#pragma once

#include <utility>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>
#include <lockbox/policy.hpp>
#include <lockbox/ports.hpp>

namespace lockbox {
inline namespace v0 {

// clang-format off
template <class V>
struct bind {
    using vocabulary = V;

    // the host's own types
    using tenant_id = typename V::tenant_id;
    using person_id = typename V::person_id;
    using request_id = typename V::request_id;
    using case_id = typename V::case_id;
    using command_id = typename V::command_id;
    using role = typename V::role;
    using reason = typename V::reason;
    using service = typename V::service;
    using operation = typename V::operation;
    using scope = typename V::scope;
    using attempt = typename V::access;
    using text = typename V::text;
    using time_point = typename V::time_point;
    using duration = duration_of<V>;

    // values
    using actor = lockbox::actor<V>;
    using support_case = lockbox::support_case<V>;
    using settings = lockbox::settings<V>;
    using settings_change = lockbox::settings_change<V>;
    using escalation = lockbox::escalation<V>;
    using limits = lockbox::limits<V>;
    using tenant_policy = lockbox::tenant_policy<V>;
    using policy_rule = lockbox::policy_rule<V>;
    using statement = lockbox::statement<V>;
    using quorum = lockbox::quorum<V>;
    using tenant_change = lockbox::tenant_change<V>;
    using proposed_change = lockbox::proposed_change<V>;
    using clause = lockbox::clause<V>;
    using consent_rule = lockbox::consent_rule<V>;
    using given_consent = lockbox::given_consent<V>;
    using gate = lockbox::gate<V>;
    using terms = lockbox::terms<V>;
    using submission = lockbox::submission<V>;
    using narrowing = lockbox::narrowing<V>;
    using request = lockbox::request<V>;
    using grant = lockbox::grant<V>;
    using tenant = lockbox::tenant<V>;
    using recipient = lockbox::recipient<V>;
    using explanation = lockbox::explanation<V>;  // why.hpp
    using catalogue = lockbox::catalogue<V>;
    using proposal = lockbox::proposal<V>;

    // who acts: `lb::engineer("eve@vendor.example")`
    [[nodiscard]] static actor engineer(person_id who)  { return {std::move(who), capacity::engineer}; }
    [[nodiscard]] static actor manager(person_id who)   { return {std::move(who), capacity::manager}; }
    // NOLINTNEXTLINE(readability-identifier-naming): `operator` is a word of the language
    [[nodiscard]] static actor operator_(person_id who) { return {std::move(who), capacity::operator_}; }
    [[nodiscard]] static actor member(person_id who)    { return {std::move(who), capacity::member}; }

    // commands
    using command = lockbox::command<V>;
    using command_body = lockbox::command_body<V>;
    using open_tenant = lockbox::open_tenant<V>;
    using record_entitlement = lockbox::record_entitlement<V>;
    using turn_on = lockbox::turn_on<V>;
    using turn_off = lockbox::turn_off<V>;
    using change_settings = lockbox::change_settings<V>;
    using set_audit_visibility = lockbox::set_audit_visibility<V>;
    using define_role = lockbox::define_role<V>;
    using assign_role = lockbox::assign_role<V>;
    using end_role = lockbox::end_role<V>;
    using freeze = lockbox::freeze<V>;
    using lift_freeze = lockbox::lift_freeze<V>;
    using consent = lockbox::consent<V>;
    using withdraw_consent = lockbox::withdraw_consent<V>;
    using agree = lockbox::agree<V>;
    using decline = lockbox::decline<V>;
    using submit = lockbox::submit<V>;
    using drill = lockbox::drill<V>;
    using approve = lockbox::approve<V>;
    using deny = lockbox::deny<V>;
    using ask = lockbox::ask<V>;
    using answer = lockbox::answer<V>;
    using withdraw = lockbox::withdraw<V>;
    using access = lockbox::access<V>;
    using finish = lockbox::finish<V>;
    using revoke = lockbox::revoke<V>;
    using close_case = lockbox::close_case<V>;
    using tick = lockbox::tick<V>;
    using record_undeliverable = lockbox::record_undeliverable<V>;

    // events
    using audit_event = lockbox::audit_event<V>;
    using event_body = lockbox::event_body<V>;
    using tenant_opened = lockbox::tenant_opened<V>;
    using entitlement_recorded = lockbox::entitlement_recorded<V>;
    using turned_on = lockbox::turned_on<V>;
    using turned_off = lockbox::turned_off<V>;
    using settings_changed = lockbox::settings_changed<V>;
    using audit_visibility_changed = lockbox::audit_visibility_changed<V>;
    using role_defined = lockbox::role_defined<V>;
    using role_assigned = lockbox::role_assigned<V>;
    using role_ended = lockbox::role_ended<V>;
    using frozen = lockbox::frozen<V>;
    using freeze_lifted = lockbox::freeze_lifted<V>;
    using consent_given = lockbox::consent_given<V>;
    using consent_withdrawn = lockbox::consent_withdrawn<V>;
    using change_proposed = lockbox::change_proposed<V>;
    using change_agreed = lockbox::change_agreed<V>;
    using change_declined = lockbox::change_declined<V>;
    using change_lapsed = lockbox::change_lapsed<V>;
    using submitted = lockbox::submitted<V>;
    using terms_tightened = lockbox::terms_tightened<V>;
    using approved = lockbox::approved<V>;
    using gate_opened = lockbox::gate_opened<V>;
    using consent_used = lockbox::consent_used<V>;
    using granted = lockbox::granted<V>;
    using denied = lockbox::denied<V>;
    using asked = lockbox::asked<V>;
    using answered = lockbox::answered<V>;
    using reminded = lockbox::reminded<V>;
    using withdrawn = lockbox::withdrawn<V>;
    using accessed = lockbox::accessed<V>;
    using access_refused = lockbox::access_refused<V>;
    using finished = lockbox::finished<V>;
    using revoked = lockbox::revoked<V>;
    using expired = lockbox::expired<V>;
    using ended = lockbox::ended<V>;
    using case_closed = lockbox::case_closed<V>;
    using refused = lockbox::refused<V>;
    using throttled = lockbox::throttled<V>;
    using undeliverable = lockbox::undeliverable<V>;

    // the past
    using log_query = lockbox::log_query<V>;
    using request_query = lockbox::request_query<V>;
    using request_summary = lockbox::request_summary<V>;
    using change = lockbox::change<V>;
};
// clang-format on

}  // namespace v0
}  // namespace lockbox
