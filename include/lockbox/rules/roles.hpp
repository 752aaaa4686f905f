// Who holds which role, and what roles permit (S2, S3). The engine never lets the
// last administrator go.
#pragma once

#include <algorithm>

#include <lockbox/evolve.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Until when the actor holds `assign_roles`; nothing when without end.
template <class V>
[[nodiscard]] optional<typename V::time_point> own_hold(const moment<V>& m) {
    optional<typename V::time_point> latest = m.at;
    for_each_role(m.settled(), m.person(), m.at, [&](const holding<V>& held) {
        if (!permits(m.settled(), held.role).has(permission::assign_roles)) return;
        latest = latest && held.until ? (std::max)(latest, held.until) : std::nullopt;
    });
    return latest;
}

/// Whether a member holds `assign_roles` without end.
template <class V>
[[nodiscard]] bool administers(const settled<V>& s, const member<V>& one) {
    for (const auto& held : one.roles)
        if (!held.until && permits(s, held.role).has(permission::assign_roles)) return true;
    return false;
}

/// Whether somebody would still hold `assign_roles` without end after this event (S3).
template <class V>
[[nodiscard]] bool leaves_an_administrator(const moment<V>& m, const event_body<V>& body) {
    tenant<V> after;  // of which only this is asked
    after.settled.roles = m.settled().roles;
    after.settled.members = m.settled().members;
    audit_event<V> event;
    event.at = m.at;
    event.body = event_body<V>{body};
    (void)std::as_const(event.body).match(detail::evolution<V>{after, event});
    for (const auto& one : after.settled.members)
        if (administers(after.settled, one)) return true;
    return false;
}
/// The same of an event that changes what this one member holds, and nothing else: mostly there is
/// another administrator, and nothing to be tried.
template <class V>
[[nodiscard]] bool leaves_an_administrator(const moment<V>& m, const event_body<V>& body,
                                           const typename V::person_id& changed) {
    for (const auto& one : m.settled().members)
        if (!(one.person == changed) && administers(m.settled(), one)) return true;
    return leaves_an_administrator(m, body);
}

template <class V, class... Changed>
[[nodiscard]] maybe change_roles(moment<V>& m, event_body<V> body, const Changed&... changed) {
    if (!leaves_an_administrator(m, body, changed...))
        return no(ground::last_administrator, field::role);
    m.say(std::move(body));
    return {};
}

template <class V>
[[nodiscard]] const role_definition<V>* definition_of(const moment<V>& m,
                                                      const typename V::role& role) {
    const auto& roles = m.settled().roles;
    return find_by(roles, role, &role_definition<V>::role);
}

/// The most roles that one tenant defines (R9).
inline constexpr std::size_t most_roles = 100;

template <class V>
[[nodiscard]] maybe redefine(moment<V>& m, const define_role<V>& c) {
    const auto* now = definition_of(m, c.role);
    if (own_hold(m) && !c.permits.within(now != nullptr ? now->permits : permission_set{})) {
        return no(ground::beyond_own, field::permits);
    }
    if (now != nullptr && now->permits == c.permits) return no(ground::unchanged, field::permits);
    if (now == nullptr && m.settled().roles.size() >= most_roles) {
        return no(ground::too_long, field::role, most_roles);
    }
    return change_roles(m, event_body<V>{role_defined<V>{c.role, c.permits}});
}

template <class V>
[[nodiscard]] maybe give_role(moment<V>& m, const assign_role<V>& c) {
    const auto own = own_hold(m);
    if (own && (!c.until || *c.until > *own)) return no(ground::beyond_own, field::until);
    if (definition_of(m, c.role) == nullptr) return no(ground::unknown_role, field::role);
    if (c.until && *c.until <= m.at) return no(ground::out_of_range, field::until);
    bool same = false;
    for_each_role(m.settled(), c.member, m.at, [&](const holding<V>& held) {
        same = same || (held.role == c.role && held.until == c.until);
    });
    if (same) return no(ground::unchanged, field::role);
    return change_roles(m, event_body<V>{role_assigned<V>{c.member, c.role, c.until}}, c.member);
}

template <class V>
[[nodiscard]] maybe take_role(moment<V>& m, const end_role<V>& c) {
    bool held_now = false;
    for_each_role(m.settled(), c.member, m.at,
                  [&](const holding<V>& held) { held_now = held_now || held.role == c.role; });
    if (!held_now) return no(ground::unchanged, field::role);
    return change_roles(m, event_body<V>{role_ended<V>{c.member, c.role}}, c.member);
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
