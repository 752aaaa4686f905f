// The stricter of two settings, setting by setting: what the two-person rule measures a change by
// (S9). A meet, like that of terms (policy.hpp): in any order and any grouping, and of itself.
#pragma once

#include <algorithm>

#include <lockbox/settings.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// Less of what the provider may ask for, and longer waits; more that the customer may ask back,
/// and more that the log keeps.
template <class V>
[[nodiscard]] limits<V> stricter(const limits<V>& a, const limits<V>& b) {
    limits<V> both;
    both.text_bytes = (std::min)(a.text_bytes, b.text_bytes);
    both.resources = (std::min)(a.resources, b.resources);
    both.operations = (std::min)(a.operations, b.operations);
    both.pending_per_engineer = (std::min)(a.pending_per_engineer, b.pending_per_engineer);
    both.open_requests = (std::min)(a.open_requests, b.open_requests);
    both.rounds = (std::max)(a.rounds, b.rounds);
    both.refusals_per_hour = (std::max)(a.refusals_per_hour, b.refusals_per_hour);
    both.denials_before_wait = (std::min)(a.denials_before_wait, b.denials_before_wait);
    both.wait_after_denials = (std::max)(a.wait_after_denials, b.wait_after_denials);
    both.clock_tolerance = (std::min)(a.clock_tolerance, b.clock_tolerance);
    return both;
}

/// To the people of both, at the earlier instant. To nobody it has no instant.
template <class V>
[[nodiscard]] escalation<V> stricter(const escalation<V>& a, const escalation<V>& b) {
    escalation<V> both;
    unite(both.recipients, a.recipients);
    unite(both.recipients, b.recipients);
    if (!a.recipients.empty() && !b.recipients.empty()) {
        both.before = (std::max)(a.before, b.before);
    } else if (!both.recipients.empty()) {
        both.before = b.recipients.empty() ? a.before : b.before;
    }
    return both;
}

/// Windows and caps the shorter, thresholds the higher, fewer services exempted, more people told,
/// more often. Lists come out in order and without repetitions, and may be longer than settings may
/// have them.
template <class V>
[[nodiscard]] settings<V> stricter(const settings<V>& a, const settings<V>& b) {
    settings<V> both;
    both.manager_window = (std::min)(a.manager_window, b.manager_window);
    both.customer_window = (std::min)(a.customer_window, b.customer_window);
    both.longest_access = (std::min)(a.longest_access, b.longest_access);
    both.managers_needed = (std::max)(a.managers_needed, b.managers_needed);
    both.approvers_needed = (std::max)(a.approvers_needed, b.approvers_needed);
    both.comment_required = a.comment_required || b.comment_required;
    both.audit_visible = a.audit_visible || b.audit_visible;
    unite(both.exempted, a.exempted);
    drop_if(both.exempted, [&](const auto& one) { return !contains(b.exempted, one); });
    unite(both.recipients, a.recipients);
    unite(both.recipients, b.recipients);
    unite(both.reminders, a.reminders);
    unite(both.reminders, b.reminders);
    both.escalation = stricter(a.escalation, b.escalation);
    both.limits = stricter(a.limits, b.limits);
    both.policy = stricter(a.policy, b.policy);
    both.consents = a.consents && b.consents;
    both.two_person_changes = a.two_person_changes || b.two_person_changes;
    return both;
}

}  // namespace v0
}  // namespace lockbox
