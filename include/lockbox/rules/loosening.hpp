// Where two people must agree to what loosens, and what loosens (S9). What happened is looked at,
// not the command: so a new event is a line here, and no way around it is.
#pragma once

#include <algorithm>
#include <cstdint>

#include <lockbox/audit_event.hpp>
#include <lockbox/stricter_settings.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Whether the clauses of one demand cannot be met by one person alone (G3).
template <class V>
[[nodiscard]] bool ask_for_two(const vector<clause<V>>& clauses) {
    if (clauses.size() > 1) return true;
    for (const auto& one : clauses) {
        for (const auto& quorum : one.any_of)
            if (quorum.needed < 2) return false;
        return true;
    }
    return false;
}

/// Whether a change that loosens takes two members: the tenant says so, or asks for more than one
/// approver, be it in some cases only (S9).
template <class V>
[[nodiscard]] bool takes_two(const settings<V>& s) {
    if (s.two_person_changes || s.approvers_needed > 1) return true;
    for (const auto& rule : s.policy.rules)
        for (const auto& demand : rule.ask)
            if ((demand.key == policy_key::approvals && demand.number > 1) ||
                ask_for_two(demand.clauses))
                return true;
    return false;
}

/// Whether two different people hold a permission: fewer agree to nothing (S9).
template <class V>
[[nodiscard]] bool two_hold(const settled<V>& s, permission needed, typename V::time_point at) {
    const typename V::person_id* one = nullptr;
    for (const auto& each : s.members) {
        if (!permissions_of(s, each, at).has(needed)) continue;
        if (one != nullptr && !V::same_person(*one, each.person)) return true;
        if (one == nullptr) one = &each.person;
    }
    return false;
}

/// Whether the escalation comes at all: one as long as the window never does (N4).
template <class V>
[[nodiscard]] bool escalates(const settings<V>& s) {
    return !s.escalation.recipients.empty() && s.escalation.before < s.customer_window;
}

/// Whether settings ask for less than those before them.
template <class V>
[[nodiscard]] bool loosens(const settings<V>& before, const settings<V>& after) {
    if (!(stricter(before, after) == stricter(after, after))) return true;
    return escalates(before) && !escalates(after);
}

/// What loosens something at this tenant, one overload for each event that may.
template <class V>
struct loosening {
    const settled<V>& before;
    typename V::time_point at{};
    bool found = false;

    void operator()(const turned_off<V>* /*e*/) { found = true; }
    void operator()(const freeze_lifted<V>* /*e*/) { found = true; }
    void operator()(const consent_given<V>* /*e*/) { found = true; }
    void operator()(const settings_changed<V>* e) {
        found = loosens(before.settings, *e->settings);
    }
    void operator()(const audit_visibility_changed<V>* e) { found = !e->visible; }
    void operator()(const role_defined<V>* e) {
        found = !e->permits.within(permits(before, e->role));
    }
    /// Unless the person holds the role as long already.
    void operator()(const role_assigned<V>* e) {
        found = true;
        for_each_role(before, e->member, at, [&](const holding<V>& h) {
            const bool as_long = !h.until || (e->until && *e->until <= *h.until);
            if (h.role == e->role && as_long) found = false;
        });
    }
    void operator()(const void* /*other*/) {}
};

/// Whether one of these events loosens something.
template <class V>
[[nodiscard]] bool loosens(const settled<V>& before, const vector<audit_event<V>>& happened) {
    for (const auto& event : happened)
        if (event.body.match_address(loosening<V>{before, event.at}).found) return true;
    return false;
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
