// The rules as one table: every command, the stage that it acts in, and the rule that judges it.
// What is not written here cannot happen.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <lockbox/authorize.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/rules/authority.hpp>
#include <lockbox/rules/configuring.hpp>
#include <lockbox/rules/form.hpp>
#include <lockbox/rules/gates.hpp>
#include <lockbox/rules/passing_time.hpp>
#include <lockbox/rules/proposing.hpp>
#include <lockbox/rules/roles.hpp>

namespace lockbox {
inline namespace v0 {

namespace rules {

template <class V, class Policy, class Catalogue>
struct table {
    moment<V>& m;
    const Policy& policy;
    const Catalogue& catalogue;
    optional<data_class>& allowed;
    const proposed_change<V>* agreed = nullptr;  ///< what is being carried out is this

    // clang-format off
    // The tenant's life
    maybe operator()(const open_tenant<V>& c)          { return open(m, c); }
    maybe operator()(const record_entitlement<V>& c)   { return entitle(m, c); }
    maybe operator()(const turn_on<V>&)                { return switch_on(m, policy); }
    maybe operator()(const turn_off<V>&)               { return by_two(switch_off(m)); }
    maybe operator()(const change_settings<V>& c)      { return by_two(configure(m, c, policy)); }
    maybe operator()(const set_audit_visibility<V>& c) { return by_two(show_log(m, c)); }
    maybe operator()(const define_role<V>& c)          { return by_two(redefine(m, c)); }
    maybe operator()(const assign_role<V>& c)          { return by_two(give_role(m, c)); }
    maybe operator()(const end_role<V>& c)             { return take_role(m, c); }
    maybe operator()(const freeze<V>& c)               { return freeze_all(m, c); }
    maybe operator()(const lift_freeze<V>&)            { return by_two(lift(m)); }
    maybe operator()(const agree<V>& c)                { return carry_out(c); }
    maybe operator()(const decline<V>& c)              { return turn_down(m, c); }
    maybe operator()(const consent<V>& c)              { return by_two(give_consent(m, c, agreed)); }
    maybe operator()(const withdraw_consent<V>& c)     { return take_consent_back(m, c); }

    // A request's life: nothing → pending → active → closed
    maybe operator()(const submit<V>& c)   { return take_in(m, c, false, policy, catalogue); }
    maybe operator()(const drill<V>& c)    { return take_in(m, c.trial, true, policy, catalogue); }
    maybe operator()(const approve<V>& c)  { return in<pending<V>>(c, [&](const auto& r, const auto& p) { return vote_for(m, c, r, p); }); }
    maybe operator()(const deny<V>& c)     { return in<pending<V>>(c, [&](const auto& r, const auto& p) { return vote_against(m, c, r, p); }); }
    maybe operator()(const ask<V>& c)      { return in<pending<V>>(c, [&](const auto& r, const auto& p) { return put_question(m, c, r, p); }); }
    maybe operator()(const answer<V>& c)   { return own_in<pending<V>>(c, [&](const auto& r, const auto& p) { return give_answer(m, c, r, p); }); }
    maybe operator()(const withdraw<V>& c) { return own_in<pending<V>>(c, [&](const auto& r, const auto&) { return take_back(r); }); }
    maybe operator()(const access<V>& c)   { return use(c); }
    maybe operator()(const finish<V>& c)   { return own_in<active<V>>(c, [&](const auto& r, const auto&) { return hand_back(r); }); }
    maybe operator()(const revoke<V>& c)   { return in<active<V>>(c, [&](const auto& r, const auto&) { return cut_off(c, r); }); }
    maybe operator()(const close_case<V>& c) { return end_case(m, c); }

    // The machine
    maybe operator()(const tick<V>&)                   { return record_overdue(m); }
    maybe operator()(const record_undeliverable<V>& c) { return note_undeliverable(m, c); }
    // clang-format on

  private:
    /// The request that a command names, at the stage that it acts in. Overdue, closed, unknown and
    /// otherwise staged requests are all `not_open`, with or without a sweeper (K2, V12).
    template <class Stage>
    maybe in(const auto& c, auto&& rule) {
        const auto* r = find_open(m.tenant, c.request, m.at);
        const auto* stage = r != nullptr ? r->stage.template get_if<Stage>() : nullptr;
        return stage != nullptr ? rule(*r, *stage) : no(ground::not_open, field::request);
    }
    /// The same, for the request's own engineer alone (S10).
    template <class Stage>
    maybe own_in(const auto& c, auto&& rule) {
        return in<Stage>(c, [&](const auto& r, const auto& stage) {
            const bool own = !r.asked->drill && V::same_person(r.asked->requester, m.person());
            return own ? rule(r, stage) : no(ground::not_allowed);
        });
    }

    /// A change that loosens becomes a proposal where that takes two members, unless a second one
    /// has agreed to it. What else was proposed ends with settings that change (S9).
    maybe by_two(const maybe& why) {
        if (why) return why;
        if (agreed == nullptr && takes_two(m.settings()) && loosens(m.settled(), m.happened)) {
            m.happened.clear();
            auto change = m.command.body.match_address(change_asked<V>{}).change;
            return change ? propose(m, *std::move(change)) : no(ground::not_allowed);
        }
        if (changes_settings(m.happened)) void_proposals(m, agreed);
        return {};
    }
    /// A second member agrees: the change is judged as that member's, on the state as it is now.
    /// Its proposer, too, must still be able to make it; else it is void.
    maybe carry_out(const agree<V>& c) {
        const proposed_change<V>* waits = nullptr;
        if (auto why = may_settle(m, c.proposal, waits)) return why;
        if (V::same_person(waits->proposer, m.person()))
            return no(ground::same_person, field::proposal);
        command<V> anew{m.command.tenant, {waits->proposer, capacity::member}, {}, {}, c};
        vector<audit_event<V>> unsaid;
        moment<V> first{m.tenant, anew, m.at, unsaid};
        table of_proposer{first, policy, catalogue, allowed, waits};
        const auto void_by = waits->change->match(of_proposer);
        if (void_by && lacks_authority(*void_by)) return no(ground::not_open, field::proposal);
        if (m.settled().frozen && waits->change->template is<consent<V>>())
            return no(ground::frozen);  // as one that is given directly (S8)
        m.say(change_agreed<V>{waits->number, waits->proposer}).told = told_the_proposer(m, *waits);
        agreed = waits;
        auto why = waits->change->match(*this);
        if (why) m.happened.clear();
        return why;
    }

    maybe take_back(const request<V>& r) {
        m.say(r, withdrawn<V>{}).told = told_it_is_settled(m, r);
        return {};
    }
    maybe hand_back(const request<V>& r) {
        m.say(r, finished<V>{}).told = told_of_outcome(r);
        return {};
    }
    maybe cut_off(const revoke<V>& c, const request<V>& r) {
        revoke_for(m, r, cause::person, c.comment);
        return {};
    }

    /// One attempt. Only content is guarded and recorded (A5).
    maybe use(const access<V>& c) {
        const auto touches = catalogue(c.to.service, c.to.operation);
        if (touches == data_class::content) {
            const auto verdict = authorize(m.tenant, m.person(), c.to, m.at);
            if (!verdict.allowed()) return no(verdict.why, field::access);
            const auto* r = find_ordered(m.tenant.open, verdict.by->number, &request<V>::number);
            if (r == nullptr) return no(ground::no_grant, field::access);
            m.say(*r, accessed<V>{c.to});
        }
        allowed = touches;
        return {};
    }
};

/// Tells which request and case a command was about, as far as it says so.
template <class V>
struct telling {
    const moment<V>& m;
    audit_event<V>& event;

    template <class Body>
        requires requires(const Body& body) { body.request; }
    void operator()(const Body* body) const {
        event.request = body->request;
        if (const auto* r = find_open(m.tenant, body->request, m.at))
            event.case_number = r->asked->case_number;
    }
    void operator()(const close_case<V>* body) const { event.case_number = body->case_number; }
    void operator()(const submit<V>* body) const { about(*body); }
    void operator()(const drill<V>* body) const { about(body->trial); }
    void operator()(const void*) const {}

  private:
    void about(const submit<V>& wanted) const { event.case_number = wanted.support_case.number; }
};

template <class V>
void tell_about(const moment<V>& m, audit_event<V>& event) {
    m.command.body.match_address(telling<V>{m, event});
}

/// Records a refusal where it must be: every refused attempt at content (A4), and
/// every command that its actor lacked authority for, up to the hour's limit (L1).
template <class V, class Catalogue>
void record(moment<V>& m, const refusal& why, const Catalogue& catalogue) {
    const auto* attempt = m.command.body.template get_if<access<V>>();
    if (attempt != nullptr &&
        catalogue(attempt->to.service, attempt->to.operation) == data_class::content) {
        m.say(access_refused<V>{attempt->to, why});
        return;
    }
    if (!lacks_authority(why)) return;
    const auto& all = m.tenant.refusals;
    const auto* counted = find_by(all, m.command.actor, &refusal_count<V>::actor);
    const bool this_hour = counted != nullptr && m.at < counted->since + std::chrono::hours{1};
    const auto before = this_hour ? counted->count : 0U;
    if (before == refusal_count<V>::throttled) return;
    if (before + 1 < m.settings().limits.refusals_per_hour) {
        tell_about(m, m.say(refused<V>{std::string{name_of(m.command.body)}, why}));
    } else {
        const auto since = this_hour ? counted->since : m.at;
        tell_about(m, m.say(throttled<V>{since + std::chrono::hours{1}, why}));
    }
}

}  // namespace rules

/// What a command does to a tenant at an instant: the events to record, and the
/// refusal if it is one. Pure: it reads no clock, changes nothing, and throws only
/// what the host's own types and policy do. An unopened tenant is one with sequence
/// 0; a command for another tenant is `not_allowed` and leaves no trace in this one's
/// log (V6). Refusals come in SPEC L1's order (docs/model.md).
template <class V, class Policy, class Catalogue = everything_is_content>
    requires policy_for<Policy, V> && catalogue_for<Catalogue, V> decision<V> decide(
        const tenant<V>& t, const command<V>& c, typename V::time_point now, const Policy& policy,
        const Catalogue& catalogue = {}) {
        decision<V> out{{}, rules::fault_in_form(c, now), {}};
        if (out.refused) return out;
        const bool opens = c.body.template is<open_tenant<V>>();
        if (t.sequence == 0 ? !opens : c.tenant != t.id) {
            out.refused = refusal{ground::not_allowed, field::none, 0, {}};
            return out;
        }
        const auto at = t.sequence == 0 ? now : (std::max)(now, t.last);
        rules::moment<V> m{t, c, at, out.happened};
        rules::table<V, Policy, Catalogue> judge{m, policy, catalogue, out.allowed};
        const auto judged = [&]() -> rules::maybe {
            if (!rules::authority_for<V>(c.body).permits(m)) return rules::no(ground::not_allowed);
            if (auto why = rules::clock_allows(m, now)) return why;
            if (auto why = rules::freeze_allows(m)) return why;
            if (auto why = rules::texts_fit(m)) return why;
            return c.body.match(judge);
        };
        if (auto why = judged()) {
            out.refused = *why;
            if (t.sequence != 0) rules::record(m, *why, catalogue);
        }
        return out;
    }

}  // namespace v0
}  // namespace lockbox
