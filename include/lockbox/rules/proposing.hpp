// The two-person rule: a change that loosens waits for a second member (S9). A proposal stands by
// its window, and as long as its proposer could make it.
#pragma once

#include <lockbox/optional.hpp>
#include <lockbox/rules/audience.hpp>
#include <lockbox/rules/authority.hpp>
#include <lockbox/rules/loosening.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Whether this person could make the change.
template <class V>
[[nodiscard]] bool could_make(const settled<V>& s, const tenant_change<V>& change,
                              const typename V::person_id& person, typename V::time_point at) {
    return authority_for<V>(change).suffices(permissions_of(s, person, at));
}

/// The proposal of that number that still waits: lapsed, void, settled and unknown ones are all
/// absent (K2).
template <class V>
[[nodiscard]] const proposed_change<V>* find_waiting(const settled<V>& s, std::uint64_t number,
                                                     typename V::time_point at) {
    const auto* found = find_ordered(s.proposals, number, &proposed_change<V>::number);
    const bool waits = found != nullptr && at < found->decide_by &&
                       could_make(s, *found->change, found->proposer, at);
    return waits ? found : nullptr;
}

/// A change waits: those who could agree to it.
template <class V>
[[nodiscard]] told<V> told_of_proposal(const moment<V>& m, const tenant_change<V>& change) {
    told<V> out;
    for (const auto& one : m.settled().members)
        if (!V::same_person(one.person, m.person()) &&
            could_make(m.settled(), change, one.person, m.at))
            out.emplace_back(audience::administrator, one.person);
    return out;
}
/// It waits no more: whoever proposed it, unless that is who ended it.
template <class V>
[[nodiscard]] told<V> told_the_proposer(const moment<V>& m, const proposed_change<V>& of) {
    const bool own =
        m.command.actor.acting == capacity::member && V::same_person(of.proposer, m.person());
    if (own) return {};
    return {{audience::administrator, of.proposer, {}}};
}

/// A command as the change that it asks for, where it is one that may have to wait.
template <class V>
struct change_asked {
    optional<shared<tenant_change<V>>> change{};

    template <class Body>
        requires(tenant_change<V>::template holds<Body>)
    void operator()(const Body* body) { change.emplace(tenant_change<V>{*body}); }
    void operator()(const void* /*other*/) {}
};

/// Puts the proposal in the place of what the command would have done.
template <class V>
[[nodiscard]] maybe propose(moment<V>& m, shared<tenant_change<V>> change) {
    std::size_t waiting = 0;
    for (const auto& one : m.settled().proposals) waiting += m.at < one.decide_by ? 1U : 0U;
    if (waiting >= most_proposals)
        return no(ground::too_many_open, field::proposal, most_proposals);
    auto recipients = told_of_proposal(m, *change);
    m.say(change_proposed<V>{m.settled().proposed + 1, std::move(change),
                             m.at + m.settings().customer_window})
        .told = std::move(recipients);
    return {};
}

/// Whether this member may settle the proposal of that number at all, which `found` then is.
template <class V>
[[nodiscard]] maybe may_settle(const moment<V>& m, std::uint64_t number,
                               const proposed_change<V>*& found) {
    found = find_waiting(m.settled(), number, m.at);
    if (found == nullptr) return no(ground::not_open, field::proposal);
    if (!could_make(m.settled(), *found->change, m.person(), m.at))
        return no(ground::not_allowed, field::proposal);
    return {};
}

template <class V>
[[nodiscard]] maybe turn_down(moment<V>& m, const decline<V>& c) {
    const proposed_change<V>* waits = nullptr;
    if (auto why = may_settle(m, c.proposal, waits)) return why;
    m.say(change_declined<V>{waits->number, waits->proposer, decline_cause::person}).told =
        told_the_proposer(m, *waits);
    return {};
}

/// Settings have changed: what else waits was proposed under others, and is void.
template <class V>
void void_proposals(moment<V>& m, const proposed_change<V>* agreed) {
    for (const auto& one : m.settled().proposals) {
        if (&one == agreed || m.at >= one.decide_by) continue;
        m.say(change_declined<V>{one.number, one.proposer, decline_cause::settings_changed}).told =
            told_the_proposer(m, one);
    }
}

/// Whether the events so far change the settings.
template <class V>
[[nodiscard]] bool changes_settings(const vector<audit_event<V>>& happened) {
    for (const auto& event : happened)
        if (event.body.template is<settings_changed<V>>() ||
            event.body.template is<audit_visibility_changed<V>>())
            return true;
    return false;
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
