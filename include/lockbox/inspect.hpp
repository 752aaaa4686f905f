// What is wrong with a tenant's set-up, as findings (S7).
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/policy.hpp>
#include <lockbox/rules/audience.hpp>
#include <lockbox/rules/loosening.hpp>
#include <lockbox/rules/policy_gates.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// How bad a fault is: `blocking` means that no request can pass or no gate stands.
enum class severity : std::uint8_t { notice, warning, blocking };
template <>
inline constexpr auto names_of<severity> =
    std::array<std::string_view, 3>{"notice", "warning", "blocking"};

/// A fault of the set-up.
enum class fault_found : std::uint8_t {
    no_plan,              ///< no plan or add-on that includes lockbox is recorded
    no_support_plan,      ///< no support plan is recorded
    off,                  ///< nobody has turned it on
    frozen,               ///< all access is frozen
    no_approver,          ///< fewer people than the customer's gate needs
    one_approver,         ///< the word of one person is all there is
    no_recipient,         ///< nobody is told besides the approvers
    address_bounced,      ///< mail to it did not arrive
    audit_log_hidden,     ///< the tenant's auditors see nothing
    role_held_by_nobody,  ///< a defined role without a holder
    window_too_short,     ///< for a reminder, or for the escalation: it never comes
    rule_for_nobody,      ///< a rule of the tenant's own policy that no members can meet any more
    no_second_member,     ///< nobody could agree to what one member proposes (S9)
    consent_is_void,      ///< it opens nothing: ended, or its authors are too few for the gate
    consent_lapses,       ///< within a week
};
template <>
inline constexpr auto names_of<fault_found> =
    std::array<std::string_view, 15>{"no_plan",
                                     "no_support_plan",
                                     "off",
                                     "frozen",
                                     "no_approver",
                                     "one_approver",
                                     "no_recipient",
                                     "address_bounced",
                                     "audit_log_hidden",
                                     "role_held_by_nobody",
                                     "window_too_short",
                                     "rule_for_nobody",
                                     "no_second_member",
                                     "consent_is_void",
                                     "consent_lapses"};

/// One fault, and the address, role, setting, place or consent that it is about.
struct finding {
    lockbox::severity severity{};
    fault_found what{};
    std::string about{};

    static constexpr void fields(auto& self, auto&& f) {
        f("severity", self.severity);
        f("what", self.what);
        f("about", self.about);
    }
    friend bool operator==(const finding&, const finding&) = default;
};

/// How long before its end a consent is a finding.
inline constexpr std::chrono::milliseconds consent_notice = std::chrono::days{7};

/// Every fault of a tenant's set-up at an instant, in the order of `fault_found`.
template <class V>
[[nodiscard]] vector<finding> inspect(const tenant<V>& t, typename V::time_point at) {
    const auto& s = t.settled;
    vector<finding> found;
    const auto note = [&](bool holds, severity how, fault_found what, std::string about = {}) {
        if (holds) found.push_back({how, what, std::move(about)});
    };
    note(!s.entitlement.plan, severity::blocking, fault_found::no_plan);
    note(!s.entitlement.support, severity::blocking, fault_found::no_support_plan);
    note(!s.on, severity::blocking, fault_found::off);
    note(s.frozen, severity::warning, fault_found::frozen);

    submission<V> trial;
    trial.drill = true;
    const auto terms = standard_terms(s, trial);
    std::uint32_t approvers = 0;
    for (const auto& one : s.members)
        if (rules::is_approver(s, terms.gates.back(), one.person, at)) ++approvers;
    const bool enough = approvers >= s.settings.approvers_needed;
    note(!enough, severity::blocking, fault_found::no_approver);
    note(enough && approvers < 2, severity::warning, fault_found::one_approver);

    note(s.settings.recipients.empty(), severity::notice, fault_found::no_recipient);
    for (const auto& address : s.undeliverable) {
        note(true, severity::warning, fault_found::address_bounced, address);
    }
    note(!s.settings.audit_visible, severity::warning, fault_found::audit_log_hidden);
    for (const auto& role : s.roles) {
        bool held = false;
        for (const auto& one : s.members)
            for_each_role(s, one.person, at, [&](const auto& h) { held |= h.role == role.role; });
        note(!held && !role.permits.empty(), severity::notice, fault_found::role_held_by_nobody,
             std::string{id_traits<typename V::role>::text(role.role)});
    }
    const auto& c = s.settings;
    const auto short_for = [&](side whose, auto window) {
        return !rules::leaves_room(c, whose, window);
    };
    note(short_for(side::provider, c.manager_window), severity::warning,
         fault_found::window_too_short, std::string{name_of(field::manager_window)});
    note(short_for(side::tenant, c.customer_window), severity::warning,
         fault_found::window_too_short, std::string{name_of(field::customer_window)});
    const auto place = [](std::size_t which) { return "rules[" + std::to_string(which) + "]"; };
    for (std::size_t which = 0; which < c.policy.rules.size(); ++which) {
        bool too_short = false;
        for (const auto& demand : c.policy.rules[which].ask)
            if (const auto whose = rules::gate_of_window(demand.key))
                too_short |= short_for(*whose, std::chrono::milliseconds{demand.number});
        note(too_short, severity::warning, fault_found::window_too_short, place(which));
    }
    for (std::size_t which = 0; which < c.policy.rules.size(); ++which)
        note(rules::nobody_opens(c.policy, which, s, at).has_value(), severity::warning,
             fault_found::rule_for_nobody, place(which));
    for (const auto needed : {permission::turn, permission::configure, permission::assign_roles})
        note(rules::takes_two(c) && !rules::two_hold(s, needed, at), severity::warning,
             fault_found::no_second_member, std::string{name_of(needed)});
    for (const auto& one : s.consents) {
        if (at >= one.rule.until) continue;
        const bool stands = is_live(s, one, at) && one.authors.size() >= terms.gates.back().needed;
        const auto number = id_traits<std::uint64_t>::text(one.number);
        note(!stands, severity::warning, fault_found::consent_is_void, number);
        note(stands && one.rule.until - at <= consent_notice, severity::notice,
             fault_found::consent_lapses, number);
    }
    return found;
}

}  // namespace v0
}  // namespace lockbox
