// What a tenant's own policy makes of the terms of a request (R4). Its rules are data; each demand
// means what the ready policy of its name means, for both are made of tighter.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <lockbox/facts.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/tighter.hpp>

namespace lockbox {
inline namespace v0 {

/// What the engineer reads when a rule refuses: the settings hold no free text.
enum class policy_text : std::uint8_t {
    closed,
    service,
    operation,
    resource,
    reason,
    requester,
    length,
    hours
};
template <>
inline constexpr auto names_of<policy_text> = std::array<std::string_view, 8>{
    "closed", "service", "operation", "resource", "reason", "requester", "length", "hours"};

[[nodiscard]] constexpr std::string_view sentence(policy_text text) {
    constexpr std::array<std::string_view, names_of<policy_text>.size()> all{
        "no such request is taken", "this service is closed", "this operation is closed",
        "this resource is closed",  "not for this reason",    "not for this engineer",
        "not for so long a time",   "not at this hour"};
    const auto at = static_cast<std::size_t>(text);
    return all[at < all.size() ? at : 0];
}

namespace detail {

/// A number of a statement as a number of people or grants.
[[nodiscard]] constexpr std::uint32_t count_of(std::int64_t number) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, UINT32_MAX));
}

/// Terms made stricter by one demand; what is none is bad terms.
template <class V>
[[nodiscard]] tighter::maybe add_demand(const statement<V>& demand, terms<V>& t) {
    const std::chrono::milliseconds ms{demand.number};
    const auto length = std::chrono::floor<duration_of<V>>(ms);
    tighter::maybe why;
    using enum policy_key;
    switch (demand.key) {
        case approvals:
            tighter::approvals(t, count_of(demand.number));
            break;
        case roles:
            why = tighter::roles(t, [&](const auto& role) {
                for (const auto& name : demand.names)
                    if (name == id_traits<typename V::role>::text(role)) return true;
                return false;
            });
            break;
        case each_of:
            why = tighter::each_of(t, demand.clauses);
            break;
        case managers:
            tighter::managers(t, count_of(demand.number));
            break;
        case comment:
            t.comment_required = true;
            break;
        case no_consents:
            t.no_consents = true;
            break;
        case manager_window:
            tighter::window(t, side::provider, length);
            break;
        case customer_window:
            tighter::window(t, side::tenant, length);
            break;
        case longest_access:
            t.longest_access = (std::min)(t.longest_access, length);
            break;
        case approval_hours:
            why = tighter::approval_hours(t, demand.hours);
            break;
        case access_hours:
            why = tighter::keep_to(t.access_hours, demand.hours);
            break;
        case customer_gate:
        case refuse:
        case most_live_grants:
        case pause_after_denial:
            break;
        default:
            why = tighter::bad_terms(field::policy);
    }
    return why;
}

/// Whether one demand refuses the submission.
template <class V>
[[nodiscard]] tighter::maybe refused_by(const statement<V>& demand, const tenant<V>& of,
                                        const submission<V>& asked) {
    using enum policy_key;
    if (demand.key == most_live_grants)
        return tighter::most_live_grants(count_of(demand.number), of, asked);
    if (demand.key == pause_after_denial)
        return tighter::pause_after_denial(std::chrono::milliseconds{demand.number}, of, asked);
    if (demand.key != refuse) return {};
    const auto text = demand.names.empty() ? std::nullopt : named<policy_text>(demand.names[0]);
    return refusal{ground::policy, field::none, 0, sentence(text.value_or(policy_text::closed))};
}

}  // namespace detail

/// Makes terms stricter by every rule that is about the submission. A refusal names the demand. The
/// customer's gate comes first, for the other demands are on gates: so their order does not matter.
template <class V>
[[nodiscard]] optional<refusal> tighten_by(const tenant_policy<V>& policy, terms<V>& t,
                                           const tenant<V>& of, const submission<V>& asked) {
    if (policy.rules.empty()) return {};
    if (asks_customer(policy, of.settled, asked))
        if (auto why = tighter::customer_gate(t, of.settled)) return why;
    for (std::size_t which = 0; which < policy.rules.size(); ++which) {
        const auto& rule = policy.rules[which];
        if (!applies(rule, of.settled, asked)) continue;
        for (const auto& demand : rule.ask) {
            auto why = detail::refused_by(demand, of, asked);
            if (!why) why = detail::add_demand(demand, t);
            if (!why) continue;
            why->where =
                policy_place{}.at(policy_key::rules, which).in(policy_key::ask).in(demand.key);
            return why;
        }
    }
    return fault_in(t);
}

}  // namespace v0
}  // namespace lockbox
