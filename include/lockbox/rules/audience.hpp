// Who is told of what (N1). The list is recorded with the event; the texts are made from it later.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/rules/moment.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

template <class V>
using told = vector<recipient<V>>;

/// Whether this member could decide at this gate of the tenant's: holds, at that
/// instant, a role that the gate asks for and that permits `decide` then (G2, T13).
template <class V>
[[nodiscard]] bool is_approver(const settled<V>& s, const gate<V>& at_gate, const member<V>& who,
                               typename V::time_point at) {
    for (const auto& held : who.roles)
        if (held.stands_at(at) && at_gate.asks_for(held.role) &&
            permits(s, held.role).has(permission::decide))
            return true;
    return false;
}
/// The same of whoever bears this name.
template <class V>
[[nodiscard]] bool is_approver(const settled<V>& s, const gate<V>& at_gate,
                               const typename V::person_id& person, typename V::time_point at) {
    const auto* found = find_ordered(s.members, person, &member<V>::person);
    return found != nullptr && is_approver(s, at_gate, *found, at);
}

/// Everybody who could decide at a gate of the tenant's, the requester apart (V5).
template <class V>
void for_each_approver(const settled<V>& s, const gate<V>& at_gate,
                       const typename V::person_id& requester, typename V::time_point at,
                       auto&& f) {
    for (const auto& m : s.members) {
        if (V::same_person(m.person, requester)) continue;
        if (is_approver(s, at_gate, m, at)) f(m.person);
    }
}

/// Whether this person has voted on the request, at whichever gate (G2).
template <class V>
[[nodiscard]] bool has_voted(const request<V>& r, const typename V::person_id& person) {
    for (const auto& vote : r.votes)
        if (V::same_person(vote.person, person)) return true;
    return false;
}

/// Whether this person decided at another gate of the request, and so decides nothing here (V5).
template <class V>
[[nodiscard]] bool decided_elsewhere(const request<V>& r, std::uint32_t gate,
                                     const typename V::person_id& person) {
    for (const auto& vote : r.votes)
        if (vote.gate != gate && V::same_person(vote.person, person)) return true;
    return false;
}

/// A manager's gate waits: the managers' desk.
template <class V>
[[nodiscard]] told<V> told_the_desk() {
    return {{audience::manager_desk, {}, {}}};
}

/// A gate of a request waits: those who may decide there, the actor apart, and the
/// extra recipients. `again`: those of them who have not voted.
template <class V>
[[nodiscard]] told<V> told_of_gate(const moment<V>& m, const request<V>& r, std::uint32_t gate,
                                   bool again = false) {
    const auto& waits = r.terms->gates[gate];
    if (waits.side == side::provider) return told_the_desk<V>();
    told<V> out;
    out.reserve(4);  // most have room in it for all
    for_each_approver(m.settled(), waits, r.asked->requester, m.at, [&](const auto& person) {
        if (again ? has_voted(r, person)
                  : V::same_person(person, m.person()) || decided_elsewhere(r, gate, person))
            return;
        out.emplace_back(audience::approver, person);
    });
    for (const auto& address : m.settings().recipients)
        out.emplace_back(audience::recipient, std::nullopt, address);
    return out;
}

/// It still waits; with an escalation, the second list as it is then is told, too, nobody
/// twice (N4).
template <class V>
[[nodiscard]] told<V> told_again(const moment<V>& m, const request<V>& r, std::uint32_t gate,
                                 bool escalated) {
    auto out = told_of_gate(m, r, gate, true);
    if (!escalated) return out;
    for (const auto& address : m.settings().escalation.recipients)
        if (!contains(m.settings().recipients, address))
            out.emplace_back(audience::recipient, std::nullopt, address);
    return out;
}

/// An outcome: the engineer, and the managers who agreed or, before that, their desk.
template <class V>
[[nodiscard]] told<V> told_of_outcome(const request<V>& r) {
    told<V> out;
    out.reserve(4);  // most have room in it for the approvers, too
    out.emplace_back(audience::engineer, r.asked->requester);
    for (const auto& vote : r.votes)
        if (r.terms->gates[vote.gate].side == side::provider)
            out.emplace_back(audience::manager, vote.person);
    if (out.size() == 1) out.emplace_back(audience::manager_desk);
    return out;
}

/// The outcome of the gate that a request waited at: also the other approvers, when it was theirs.
template <class V>
[[nodiscard]] told<V> told_it_is_settled(const moment<V>& m, const request<V>& r) {
    auto out = told_of_outcome(r);
    const auto* p = r.stage.template get_if<pending<V>>();
    if (p == nullptr || r.terms->gates[p->gate].side != side::tenant) return out;
    for_each_approver(
        m.settled(), r.terms->gates[p->gate], r.asked->requester, m.at, [&](const auto& person) {
            if (m.command.actor.acting == capacity::member && V::same_person(person, m.person())) {
                return;
            }
            if (decided_elsewhere(r, p->gate, person)) return;
            out.emplace_back(audience::approver, person);
        });
    return out;
}

/// A denial or an expiry: also the case's reporter, for whom the issue may persist.
template <class V>
[[nodiscard]] told<V> told_it_failed(const moment<V>& m, const request<V>& r) {
    auto out = told_it_is_settled(m, r);
    out.emplace_back(audience::reporter, r.reporter);
    return out;
}

/// A consent came or went: those who decide for the tenant, the actor apart, and the extra
/// recipients (G8).
template <class V>
[[nodiscard]] told<V> told_who_decide(const moment<V>& m) {
    told<V> out;
    for (const auto& one : m.settled().members)
        if (!V::same_person(one.person, m.person()) &&
            permissions_of(m.settled(), one, m.at).has(permission::decide))
            out.emplace_back(audience::approver, one.person);
    for (const auto& address : m.settings().recipients)
        out.emplace_back(audience::recipient, std::nullopt, address);
    return out;
}

/// Those who administer the tenant: every holder of `assign_roles` at that instant (L3).
template <class V>
[[nodiscard]] told<V> told_administrators(const moment<V>& m) {
    told<V> out;
    for (const auto& one : m.settled().members) {
        if (permissions_of(m.settled(), one, m.at).has(permission::assign_roles)) {
            out.emplace_back(audience::administrator, one.person);
        }
    }
    return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
