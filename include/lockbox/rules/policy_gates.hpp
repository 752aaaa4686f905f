// What a tenant's own policy asks of its gates, held against the tenant as it is: whether anybody
// could open them, and whether their windows are long enough for the notices in them (G3, N4).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include <lockbox/optional.hpp>
#include <lockbox/own_policy.hpp>
#include <lockbox/rules/clauses.hpp>
#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// How long before a gate's deadline the first notice of it is given, a reminder or the escalation
/// (N4); 0 when there is none.
template <class V>
[[nodiscard]] duration_of<V> first_notice(const settings<V>& s, side whose) {
    duration_of<V> first{};
    for (const auto& before : s.reminders) first = (std::max)(first, before);
    const bool escalates = whose == side::tenant && !s.escalation.recipients.empty();
    return escalates ? (std::max)(first, s.escalation.before) : first;
}

/// Whether every reminder of a gate with this window would come after the gate has opened (N4).
template <class V>
[[nodiscard]] bool leaves_room(const settings<V>& s, side whose, std::chrono::milliseconds window) {
    return first_notice(s, whose) < window;
}

/// The gate that a demand gives a window; none for any other demand.
[[nodiscard]] constexpr optional<side> gate_of_window(policy_key key) {
    if (key == policy_key::manager_window) return side::provider;
    if (key == policy_key::customer_window) return side::tenant;
    return std::nullopt;
}

/// Whether nobody could open the customer's gate where a rule of this policy applies: not all
/// members together, when it is asked for with the rules that apply wherever it does.
template <class V>
[[nodiscard]] maybe nobody_opens(const tenant_policy<V>& policy, std::size_t which,
                                 const settled<V>& s, typename V::time_point at) {
    using enum policy_key;
    const auto& rule = policy.rules[which];
    const auto where = policy_place{}.at(rules, which).in(ask);
    terms<V> t;
    t.gates.push_back(standard_customer_gate(s));
    bool on_people = false;
    for (const auto& with : policy.rules) {
        const bool alike = with.when == rule.when && with.unless == rule.unless;
        if (!alike && !(with.when.empty() && with.unless.empty())) continue;
        for (const auto& demand : with.ask) {
            auto why = detail::add_demand(demand, t);
            if (why) why->where = where;
            if (why) return why;
            on_people = on_people || (alike && (demand.key == approvals || demand.key == roles ||
                                                demand.key == each_of));
        }
    }
    count_at<V> all{s, t.gates.front(), at};
    for (const auto& one : s.members)
        if (is_approver(s, t.gates.front(), one.person, at)) all.add(one.person);
    if (!on_people || all.opens()) return {};
    auto why = no(ground::no_approver, field::gates);
    why->where = where;
    return why;
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
