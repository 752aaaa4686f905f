// The eye for what loosens: it compares what was settled before and after a step, and does not ask
// the rules what that is (S9).
#pragma once

#include <algorithm>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/eyes.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::eyes {

/// Whether everything in one list is in the other, too.
template <class List>
[[nodiscard]] bool all_in(const List& these, const List& others) {
    return std::all_of(these.begin(), these.end(), [&](const auto& one) {
        return std::find(others.begin(), others.end(), one) != others.end();
    });
}

template <class V>
[[nodiscard]] bool asks_less(const settings<V>& before, const settings<V>& after) {
    return after.manager_window > before.manager_window ||
           after.customer_window > before.customer_window ||
           after.longest_access > before.longest_access ||
           after.managers_needed < before.managers_needed ||
           after.approvers_needed < before.approvers_needed ||
           (before.comment_required && !after.comment_required) ||
           (before.audit_visible && !after.audit_visible) || (!before.consents && after.consents) ||
           (before.two_person_changes && !after.two_person_changes) ||
           !all_in(after.exempted, before.exempted) || !all_in(before.recipients, after.recipients);
}

/// Whether a person holds a role at an instant, and until when; absent when not.
template <class V>
[[nodiscard]] const holding<V>* held_at(const settled<V>& s, const typename V::person_id& who,
                                        const typename V::role& role, typename V::time_point at) {
    for (const auto& m : s.members)
        for (const auto& h : m.roles)
            if (m.person == who && h.role == role && (!h.until || at < *h.until)) return &h;
    return nullptr;
}

/// Whether somebody may do more, or may do it longer.
template <class V>
[[nodiscard]] bool permits_more(const settled<V>& before, const settled<V>& after,
                                typename V::time_point at) {
    for (const auto& d : after.roles) {
        permission_set had;
        for (const auto& old : before.roles)
            if (old.role == d.role) had = old.permits;
        if (!d.permits.within(had)) return true;
    }
    for (const auto& m : after.members) {
        for (const auto& h : m.roles) {
            if (h.until && *h.until <= at) continue;
            const auto* old = held_at(before, m.person, h.role, at);
            if (old == nullptr || (old->until && (!h.until || *h.until > *old->until))) return true;
        }
    }
    return false;
}

template <class V>
[[nodiscard]] bool is_looser(const settled<V>& before, const settled<V>& after,
                             typename V::time_point at) {
    return (before.on && !after.on) || (before.frozen && !after.frozen) ||
           after.consents_given > before.consents_given ||
           asks_less(before.settings, after.settings) || permits_more(before, after, at);
}

/// Whether proposals stay what they were, and come by their proposers' own commands.
template <class V>
[[nodiscard]] bool proposals_stay(const step<V>& s) {
    const auto& old = s.before.settled.proposals;
    for (const auto& p : s.after.settled.proposals) {
        if (std::find(old.begin(), old.end(), p) != old.end()) continue;
        if (!(p.proposer == s.what.actor.person) || p.number != s.before.settled.proposed + 1 ||
            p.decide_by > s.at + s.before.settled.settings.customer_window)
            return false;
    }
    return true;
}

/// Where it takes two, what loosens was proposed by somebody else and still waited.
template <class V>
[[nodiscard]] bool loosened_by_two(const step<V>& s) {
    if (!proposals_stay(s)) return false;
    const auto& before = s.before.settled;
    const auto& c = before.settings;
    if (!c.two_person_changes && c.approvers_needed < 2) return true;
    if (!is_looser(before, s.after.settled, s.at)) return true;
    const auto* agreed = s.what.body.template get_if<agree<V>>();
    if (agreed == nullptr || s.what.actor.acting != capacity::member) return false;
    for (const auto& p : before.proposals)
        if (p.number == agreed->proposal)
            return s.at < p.decide_by && !V::same_person(p.proposer, s.what.actor.person);
    return false;
}

}  // namespace testing::eyes
}  // namespace v0
}  // namespace lockbox
