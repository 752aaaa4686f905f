// Who may read what (S10, L3): the rules for looking, beside the rules for doing.
#pragma once

#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/query.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// Whether an actor may search the tenant's log: a member with `audit`, once it is visible (L3).
template <class V>
[[nodiscard]] optional<refusal> may_read_log(const tenant<V>& t, const actor<V>& who,
                                             typename V::time_point at) {
    const bool auditor = who.acting == capacity::member && is_identity<V>(who.person) &&
                         permissions_of(t.settled, who.person, at).has(permission::audit);
    if (auditor && t.settled.settings.audit_visible) return std::nullopt;
    return refusal{ground::not_allowed, auditor ? field::audit_visible : field::none, 0, {}};
}

/// Whether an actor may see the faults of the set-up: a member with `settings` (S7).
template <class V>
[[nodiscard]] optional<refusal> may_inspect(const tenant<V>& t, const actor<V>& who,
                                            typename V::time_point at) {
    const bool may = who.acting == capacity::member && is_identity<V>(who.person) &&
                     permissions_of(t.settled, who.person, at).has(permission::configure);
    if (may) return std::nullopt;
    return refusal{ground::not_allowed, field::none, 0, {}};
}

/// Whether an actor may see the changes that wait for a second member: a member who sees all
/// requests, or who could agree to some change (S9).
template <class V>
[[nodiscard]] optional<refusal> may_see_proposals(const tenant<V>& t, const actor<V>& who,
                                                  typename V::time_point at) {
    auto seeing = of_any_change;
    seeing |= permission::view;
    const bool may = who.acting == capacity::member && is_identity<V>(who.person) &&
                     permissions_of(t.settled, who.person, at).meets(seeing);
    if (may) return std::nullopt;
    return refusal{ground::not_allowed, field::none, 0, {}};
}

/// Whether an actor may see the tenant's consents: a member who may give one, or who would be asked
/// without it (G8).
template <class V>
[[nodiscard]] optional<refusal> may_read_consents(const tenant<V>& t, const actor<V>& who,
                                                  typename V::time_point at) {
    if (who.acting == capacity::member && is_identity<V>(who.person)) {
        const auto may = permissions_of(t.settled, who.person, at);
        if (may.has(permission::configure) || may.has(permission::decide)) return std::nullopt;
    }
    return refusal{ground::not_allowed, field::none, 0, {}};
}

/// The consents whose time is not over, as they are at an instant.
template <class V>
[[nodiscard]] vector<given_consent<V>> standing_consents(const settled<V>& s,
                                                         typename V::time_point at) {
    vector<given_consent<V>> out;
    for (const auto& one : s.consents) {
        if (at >= one.rule.until) continue;
        out.push_back(one);
        out.back().ended = !is_live(s, one, at);
    }
    return out;
}

/// Terms as the provider's side reads them: without the roles, which would name approvers, and
/// without a word on consents (S7).
template <class V>
[[nodiscard]] terms<V> without_roles(terms<V> of) {
    for (auto& gate : of.gates) {
        gate.roles.clear();
        gate.clauses.clear();
    }
    of.no_consents = false;
    return of;
}

/// Takes the names of the tenant's members, and where they acted from, out of an event that the
/// provider's side reads, and the roles of its gates: it learns what was decided, not
/// by whom (S7). A drill's requester is a member, too.
template <class V>
void hide_members(audit_event<V>& event, bool drill) {
    if (auto* e = event.body.template get_if<submitted<V>>()) {
        if (drill) e->asked.change([](auto& asked) { asked.requester = {}; });
        e->terms = without_roles(*e->terms);
    }
    if (auto* e = event.body.template get_if<terms_tightened<V>>())
        e->terms = without_roles(*e->terms);
    if (auto* e = event.body.template get_if<consent_used<V>>()) e->number = 0;
    if (event.actor.acting == capacity::member) {
        event.actor.person = {};
        event.origin = {};
    }
    vector<recipient<V>> of_provider;
    for (auto& one : event.told) {
        const bool own = (one.as == audience::engineer && !drill) || one.as == audience::manager ||
                         one.as == audience::manager_desk;
        if (own) of_provider.push_back(std::move(one));
    }
    event.told = std::move(of_provider);
}

/// What the provider's side sees of a listing, of one person's requests or of all. A drill is
/// nobody's there: it bears no name, and no name finds it, or a guess would tell who began it (S7).
template <class V>
void hide_drillers(vector<request_summary<V>>& found, const optional<typename V::person_id>& of) {
    drop_if(found, [&](const auto& one) { return of && (one.drill || one.engineer != *of); });
    for (auto& one : found)
        if (one.drill) one.engineer = {};
}

/// Which requests of the tenant an actor sees: members with `view` all, an engineer
/// his own, managers those that wait at their gate; nobody else any (S10).
template <class V>
[[nodiscard]] optional<refusal> may_list(const tenant<V>& t, const actor<V>& who,
                                         request_query<V>& query) {
    const auto none = refusal{ground::not_allowed, field::none, 0, {}};
    if (t.sequence == 0 || !is_identity<V>(who.person)) return none;
    switch (who.acting) {
        case capacity::member:
            if (permissions_of(t.settled, who.person, query.at).has(permission::view)) return {};
            return none;
        case capacity::engineer:
            if (query.engineer && !V::same_person(*query.engineer, who.person)) return none;
            query.engineer = who.person;
            return {};
        case capacity::manager:
            query.gate = side::provider;
            return {};
        case capacity::operator_:
        case capacity::system:
            return none;
    }
    return none;
}

}  // namespace v0
}  // namespace lockbox
