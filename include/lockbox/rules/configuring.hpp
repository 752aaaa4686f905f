// The tenant's opening, its settings and what it is entitled to (S1, S4).
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <lockbox/rules/closing.hpp>
#include <lockbox/rules/consents.hpp>
#include <lockbox/rules/policy_form.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Opens a tenant with the vocabulary's roles, of which the first is the administrator's (S2, S10).
template <class V>
[[nodiscard]] maybe open(moment<V>& m, const open_tenant<V>& c) {
    if (m.tenant.sequence != 0) return no(ground::already_open);
    tenant_opened<V> opened{c.first_administrator, {}, {}};
    for (auto& role : V::standard_roles())
        opened.roles.push_back({std::move(role.role), role.permits});
    if (opened.roles.empty() || !opened.roles.front().permits.has(permission::assign_roles)) {
        return no(ground::last_administrator, field::first_administrator);
    }
    m.say(std::move(opened));
    return {};
}

template <class V>
[[nodiscard]] maybe entitle(moment<V>& m, const record_entitlement<V>& c) {
    if (m.settled().entitlement == c.entitlement) return no(ground::unchanged);
    m.say(entitlement_recorded<V>{c.entitlement});
    return {};
}

template <class V>
[[nodiscard]] maybe show_log(moment<V>& m, const set_audit_visibility<V>& c) {
    if (m.settings().audit_visible == c.visible) return no(ground::unchanged);
    auto recipients = told_administrators(m);
    m.say(audit_visibility_changed<V>{c.visible}).told = std::move(recipients);
    return {};
}

/// The bounds of every limit that a tenant may set (R9).
template <class V>
[[nodiscard]] bool are_limits(const limits<V>& l) {
    constexpr bounds<std::uint32_t> entries{1, 10'000};
    return text_bounds.hold(l.text_bytes) && entries.hold(l.resources) &&
           entries.hold(l.operations) && entries.hold(l.pending_per_engineer) &&
           entries.hold(l.open_requests) && entries.hold(l.rounds) &&
           entries.hold(l.refusals_per_hour) && entries.hold(l.denials_before_wait) &&
           wait_bounds.hold(l.wait_after_denials) && tolerance_bounds.hold(l.clock_tolerance);
}

/// Whether mail can go to all of these, to each once, and they are not too many (S4).
[[nodiscard]] inline maybe are_addresses(const vector<std::string>& all, field about) {
    if (all.size() > most_recipients) return no(ground::too_long, about, most_recipients);
    for (const auto& address : all) {
        if (!is_address(address)) return no(ground::malformed, about);
        for (const auto& other : all)
            if (&other != &address && other == address) return no(ground::malformed, about);
    }
    return {};
}

/// Whether settings lie within their bounds; the first that does not is named, with its limit (S4).
/// Their policy is looked at as it was written (policy_form.hpp).
template <class V>
[[nodiscard]] maybe may_be_set(const settings<V>& s) {
    constexpr std::size_t most_exempted = 1000;
    if (auto why = within(window_bounds, s.manager_window, field::manager_window)) return why;
    if (auto why = within(window_bounds, s.customer_window, field::customer_window)) return why;
    if (auto why = within(access_bounds, s.longest_access, field::longest_access)) return why;
    if (auto why = within(threshold_bounds, s.managers_needed, field::managers_needed)) return why;
    if (auto why = within(threshold_bounds, s.approvers_needed, field::approvers_needed))
        return why;
    if (s.exempted.size() > most_exempted)
        return no(ground::too_long, field::exempted, most_exempted);
    for (const auto& service : s.exempted) {
        if (!id_traits<typename V::service>::well_formed(service)) {
            return no(ground::malformed, field::exempted);
        }
    }
    if (auto why = are_addresses(s.recipients, field::recipients)) return why;
    if (s.reminders.size() > most_reminders)
        return no(ground::too_long, field::reminders, most_reminders);
    for (const auto& before : s.reminders) {
        if (auto why = within(reminder_bounds, before, field::reminders)) return why;
        for (const auto& other : s.reminders)
            if (&other != &before && other == before)
                return no(ground::malformed, field::reminders);
    }
    if (auto why = within(reminder_bounds, s.escalation.before, field::escalation)) return why;
    if (auto why = are_addresses(s.escalation.recipients, field::escalation)) return why;
    if (!are_limits(s.limits)) return no(ground::out_of_range, field::limits);
    return {};
}

/// Changes the settings; a service that loses its exemption is protected at once (S4, S5). To let
/// no consent stand any more is to withdraw all (G8).
template <class V, class Policy>
[[nodiscard]] maybe configure(moment<V>& m, const change_settings<V>& c, const Policy& policy) {
    auto wanted = changed(m.settings(), c.change);
    if (auto why = may_be_set(wanted)) return why;
    if (wanted == m.settings()) return no(ground::unchanged);
    if (c.change.policy) {
        auto after = m.settled();
        after.settings = settings<V>{wanted};
        if (auto why = fault_in(*c.change.policy, after, m.at)) return why;
    }
    m.say(settings_changed<V>{wanted});
    if (m.settings().consents && !wanted.consents)
        revoke_opened_by(m, [](std::uint64_t) { return true; });
    protect(m, m.settled().on, wanted, policy);
    return {};
}

/// A sink gave a notification up: the address becomes a finding (N3).
template <class V>
[[nodiscard]] maybe note_undeliverable(moment<V>& m, const record_undeliverable<V>& c) {
    if (c.sequence == 0 || c.sequence > m.tenant.sequence)
        return no(ground::missing, field::address);
    if (is_blank(c.address)) return no(ground::missing, field::address);
    const auto& known = m.settled().undeliverable;
    if (contains(known, c.address)) return no(ground::unchanged, field::address);
    m.say(undeliverable<V>{c.sequence, c.index, c.address});
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
