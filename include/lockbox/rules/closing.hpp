// What closes requests that nobody closes one by one: a switch, a freeze, a closed case.
#pragma once

#include <utility>

#include <lockbox/rules/submission.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

template <class V>
void revoke_for(moment<V>& m, const request<V>& r, cause why,
                const typename V::text& comment = {}) {
    m.say(r, revoked<V>{why, comment}).told = told_of_outcome(r);
}

template <class V>
void deny_for(moment<V>& m, const request<V>& r, const pending<V>& p, cause why,
              const typename V::text& comment = {}) {
    m.say(r, denied<V>{p.gate, why, comment}).told = told_it_failed(m, r);
}

/// Every request that is open at this instant, by its stage; what is overdue waits
/// for the tick (K2).
template <class V>
void for_each_open(const moment<V>& m, auto&& at_a_gate, auto&& with_access) {
    for (const auto& r : m.tenant.open) {
        if (m.at >= r.over_at()) continue;
        if (const auto* p = r.stage.template get_if<pending<V>>()) {
            at_a_gate(r, *p);
        } else {
            with_access(r);
        }
    }
}

/// A pending request under the settings `after`: the stricter of its old and new terms, a missing
/// customer gate coming last; a refusal denies it (S5).
template <class V, class Policy>
void judge_again(moment<V>& m, const tenant<V>& after, const request<V>& r, const pending<V>& p,
                 const Policy& policy) {
    auto asked = *r.asked;
    asked.at = m.at;
    const auto fresh = judge(after, asked, policy);
    if (!fresh) return deny_for(m, r, p, cause::turned_on);
    auto both = stricter(*r.terms, *fresh);
    if (!both) return deny_for(m, r, p, cause::turned_on);
    if (*both == *r.terms) return;
    const auto decide_by = (std::min)(p.decide_by, p.opened + both->gates[p.gate].window);
    m.say(r, terms_tightened<V>{*std::move(both), (std::max)(m.at, decide_by)});
}

/// Whether a request's service becomes protected, which it was not before.
template <class V>
[[nodiscard]] bool is_newly_protected(const moment<V>& m, bool on, const settings<V>& after,
                                      const request<V>& r) {
    const auto& service = r.asked->scope.service;
    return is_protected(on, after, service) && !is_protected(m.settled(), service);
}

/// What turning on does at once, for every service that `after` protects and the tenant before
/// did not: grants that no customer approved are revoked, pending requests are judged again (S5).
template <class V, class Policy>
void protect(moment<V>& m, const tenant<V>& after, const Policy& policy) {
    const auto newly = [&](const request<V>& r) {
        return is_newly_protected(m, after.settled.on, after.settled.settings, r);
    };
    for_each_open(
        m,
        [&](const auto& r, const auto& p) {
            if (newly(r)) judge_again(m, after, r, p, policy);
        },
        [&](const auto& r) {
            if (newly(r) && !r.terms->asks_customer()) revoke_for(m, r, cause::turned_on);
        });
}
/// The same of the tenant with this switch and these settings, copied only where it matters.
template <class V, class Policy>
void protect(moment<V>& m, bool on, const settings<V>& settings, const Policy& policy) {
    bool any = false;
    for (const auto& r : m.tenant.open) any = any || is_newly_protected(m, on, settings, r);
    if (!any) return;
    auto after = m.tenant;
    after.settled.on = on;
    after.settled.settings = lockbox::settings<V>{settings};
    protect(m, after, policy);
}

template <class V, class Policy>
[[nodiscard]] maybe switch_on(moment<V>& m, const Policy& policy) {
    if (m.settled().on) return no(ground::unchanged);
    if (!m.settled().entitlement.plan) return no(ground::not_entitled, field::plan);
    if (!m.settled().entitlement.support) return no(ground::not_entitled, field::support);
    m.say(turned_on<V>{});
    protect(m, true, m.settings(), policy);
    return {};
}

template <class V>
[[nodiscard]] maybe switch_off(moment<V>& m) {
    if (!m.settled().on) return no(ground::unchanged);
    m.say(turned_off<V>{});
    return {};
}

template <class V>
[[nodiscard]] maybe freeze_all(moment<V>& m, const freeze<V>& c) {
    if (m.settled().frozen) return no(ground::unchanged);
    m.say(frozen<V>{c.comment});
    for_each_open(
        m, [&](const auto& r, const auto& p) { deny_for(m, r, p, cause::freeze); },
        [&](const auto& r) { revoke_for(m, r, cause::freeze); });
    return {};
}

template <class V>
[[nodiscard]] maybe lift(moment<V>& m) {
    if (!m.settled().frozen) return no(ground::unchanged);
    m.say(freeze_lifted<V>{});
    return {};
}

template <class V>
[[nodiscard]] maybe end_case(moment<V>& m, const close_case<V>& c) {
    m.say(case_closed<V>{}).case_number = c.case_number;
    const auto on_it = [&](const auto& r) { return r.asked->case_number == c.case_number; };
    for_each_open(
        m,
        [&](const auto& r, const auto& /*p*/) {
            if (!on_it(r)) return;
            m.say(r, withdrawn<V>{cause::case_closed}).told = told_it_is_settled(m, r);
        },
        [&](const auto& r) {
            if (on_it(r)) revoke_for(m, r, cause::case_closed);
        });
    if (m.happened.size() > 1) return {};
    m.happened.clear();
    return no(ground::unchanged, field::case_number);
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
