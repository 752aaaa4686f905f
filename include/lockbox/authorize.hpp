// The verdict on one access: the only way to content (A1).
#pragma once

#include <lockbox/audit_event.hpp>
#include <lockbox/tenant.hpp>

namespace lockbox {
inline namespace v0 {

/// Allowed by exactly one grant, or refused and why. `by` points into the tenant it came from.
template <class V>
struct [[nodiscard]] verdict {
    const grant<V>* by = nullptr;
    ground why = ground::no_grant;

    [[nodiscard]] bool allowed() const { return by != nullptr; }
};

/// Whether one live grant of this tenant, to this engineer, covers the access at that instant; the
/// earliest such grant. Two grants never allow together what neither allows alone (A1, V1, T6).
/// Cost: a search among the tenant's engineers and a pass over this one's grants; no allocation.
template <class V>
verdict<V> authorize(const tenant<V>& t, const typename V::person_id& engineer,
                     const typename V::access& to, typename V::time_point at) {
    verdict<V> out;
    const auto* of = find_ordered(t.grants, engineer, &engineer_grants<V>::engineer);
    if (of == nullptr) return out;
    for (const auto& grant : of->grants) {
        if (at >= grant.until) continue;
        if (!grant.scope.covers(to)) {
            if (out.why == ground::no_grant) out.why = ground::not_covered;
        } else if (at < grant.from) {
            out.why = ground::not_yet;
        } else if (!open_at(grant.hours, at)) {
            out.why = ground::outside_hours;
        } else {
            out.by = &grant;
            return out;
        }
    }
    return out;
}

}  // namespace v0
}  // namespace lockbox
