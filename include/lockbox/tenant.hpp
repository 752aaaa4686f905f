// The state of one tenant: the fold of its log. It holds what the rules need and no free text.
#pragma once

#include <cstdint>
#include <string>

#include <lockbox/consent.hpp>
#include <lockbox/proposed_change.hpp>
#include <lockbox/request.hpp>
#include <lockbox/require_vocabulary.hpp>
#include <lockbox/settings.hpp>
#include <lockbox/stable_vector.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// Access that an approval opened: to one engineer, for this scope, in this interval (A1).
template <class V>
struct grant {
    std::uint64_t number = 0;  ///< of the request that it follows
    typename V::scope scope{};
    typename V::time_point from{};
    typename V::time_point until{};
    vector<weekly_hours> hours{};  ///< in all of which an access must fall

    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("scope", self.scope);
        f("from", self.from);
        f("until", self.until);
        f("hours", self.hours);
    }
    friend bool operator==(const grant&, const grant&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<grant<V>> = moves_by_bytes<typename V::scope>;

/// The grants of one engineer, in the order of their requests.
template <class V>
struct engineer_grants {
    typename V::person_id engineer{};
    vector<grant<V>> grants{};

    static constexpr void fields(auto& self, auto&& f) {
        f("engineer", self.engineer);
        f("grants", self.grants);
    }
    friend bool operator==(const engineer_grants&, const engineer_grants&) = default;
};

/// The denials on one case (R6).
template <class V>
struct case_denials {
    typename V::case_id case_number{};
    vector<std::uint64_t> numbers{};  ///< of the denied requests
    typename V::time_point last{};

    static constexpr void fields(auto& self, auto&& f) {
        f("case", self.case_number);
        f("numbers", self.numbers);
        f("last", self.last);
    }
    friend bool operator==(const case_denials&, const case_denials&) = default;
};

/// How often one actor lacked authority in the hour that began at `since` (L1);
/// `throttled` once an event says so, whatever becomes of the limit within that hour.
template <class V>
struct refusal_count {
    static constexpr std::uint32_t throttled = 0xFFFFFFFFU;

    lockbox::actor<V> actor{};
    typename V::time_point since{};
    std::uint32_t count = 0;

    static constexpr void fields(auto& self, auto&& f) {
        f("actor", self.actor);
        f("since", self.since);
        f("count", self.count);
    }
    friend bool operator==(const refusal_count&, const refusal_count&) = default;
};

/// The part of the state that changes seldom. `changed_by` is the sequence of the
/// event that changed it last, so that a store writes it only then.
template <class V>
struct settled {
    std::uint64_t changed_by = 0;
    bool on = false;
    bool frozen = false;
    lockbox::entitlement entitlement{};
    lockbox::settings<V> settings{};
    vector<role_definition<V>> roles{};      ///< in the order of their definition
    vector<member<V>> members{};             ///< ordered by person
    vector<std::string> undeliverable{};     ///< addresses that a sink gave up on (N3), ordered
    std::uint64_t consents_given = 0;        ///< so far (G8)
    vector<given_consent<V>> consents{};     ///< by number
    std::uint64_t proposed = 0;              ///< changes, so far (S9)
    vector<proposed_change<V>> proposals{};  ///< those that wait, by number

    static constexpr void fields(auto& self, auto&& f) {
        f("changed_by", self.changed_by);
        f("on", self.on);
        f("frozen", self.frozen);
        f("entitlement", self.entitlement);
        f("settings", self.settings);
        f("roles", self.roles);
        f("members", self.members);
        f("undeliverable", self.undeliverable);
        f("consents_given", self.consents_given);
        f("consents", self.consents);
        f("proposed", self.proposed);
        f("proposals", self.proposals);
    }
    friend bool operator==(const settled&, const settled&) = default;
};

/// One customer organisation as its log tells it. A value: it copies, compares and
/// holds no pointers.
template <class V>
struct tenant {
    static_assert(require_vocabulary<V>());

    typename V::tenant_id id{};
    std::uint64_t sequence = 0;     ///< of the last event; the version. 0: not opened
    typename V::time_point last{};  ///< the instant of the last event (K1)
    std::uint64_t submissions = 0;  ///< so far (R6)
    lockbox::settled<V> settled{};
    stable_vector<request<V>> open{};     ///< pending and active, by number
    vector<engineer_grants<V>> grants{};  ///< ordered by engineer
    vector<case_denials<V>> denials{};    ///< ordered by case
    vector<refusal_count<V>> refusals{};  ///< in the order in which their hours began

    static constexpr void fields(auto& self, auto&& f) {
        f("id", self.id);
        f("sequence", self.sequence);
        f("last", self.last);
        f("submissions", self.submissions);
        f("settled", self.settled);
        f("open", self.open);
        f("grants", self.grants);
        f("denials", self.denials);
        f("refusals", self.refusals);
    }
    friend bool operator==(const tenant&, const tenant&) = default;
};

/// Whether content of this service needs the customer's word (SPEC 1, S6).
template <class V>
[[nodiscard]] bool is_protected(bool on, const settings<V>& s, const typename V::service& service) {
    return on && !contains(s.exempted, service);
}
template <class V>
[[nodiscard]] bool is_protected(const settled<V>& s, const typename V::service& service) {
    return is_protected(s.on, s.settings, service);
}

/// What a role permits by the tenant's own definition; nothing when it defines no such role (S2).
template <class V>
[[nodiscard]] permission_set permits(const settled<V>& s, const typename V::role& role) {
    const auto* defined = find_by(s.roles, role, &role_definition<V>::role);
    return defined != nullptr ? defined->permits : permission_set{};
}

/// The roles of a person at an instant, given to `f` one by one; nobody holds roles elsewhere (V6).
template <class V>
void for_each_role(const settled<V>& s, const typename V::person_id& person,
                   typename V::time_point at, auto&& f) {
    if (const auto* found = find_ordered(s.members, person, &member<V>::person))
        for (const auto& held : found->roles)
            if (held.stands_at(at)) f(held);
}

/// All that a member may do at an instant, by every role held then.
template <class V>
[[nodiscard]] permission_set permissions_of(const settled<V>& s, const member<V>& who,
                                            typename V::time_point at) {
    permission_set all;
    for (const auto& held : who.roles)
        if (held.stands_at(at)) all |= permits(s, held.role);
    return all;
}
/// The same of whoever bears this name.
template <class V>
[[nodiscard]] permission_set permissions_of(const settled<V>& s,
                                            const typename V::person_id& person,
                                            typename V::time_point at) {
    const auto* found = find_ordered(s.members, person, &member<V>::person);
    return found != nullptr ? permissions_of(s, *found, at) : permission_set{};
}

/// Whether all who gave a consent may still decide (G8).
template <class V>
[[nodiscard]] bool authors_decide(const settled<V>& s, const given_consent<V>& c,
                                  typename V::time_point at) {
    return all_of(c.authors, [&](const auto& author) {
        return permissions_of(s, author, at).has(permission::decide);
    });
}
/// Whether a consent is in force at an instant: allowed at all, not ended, not over (G8).
template <class V>
[[nodiscard]] bool is_live(const settled<V>& s, const given_consent<V>& c,
                           typename V::time_point at) {
    return s.settings.consents && !c.ended && at < c.rule.until && authors_decide(s, c, at);
}

/// The request of that id which no event has closed yet, or null. The newest are looked at first:
/// most events are about them.
template <class Tenant, class Id>
[[nodiscard]] auto* find_unclosed(Tenant& t, const Id& id) {
    auto left = t.open.size();
    while (left != 0 && !(t.open[left - 1].id == id)) --left;
    return left != 0 ? &t.open[left - 1] : nullptr;
}

/// The open request of that id, as of `at`: overdue, closed and unknown ones are all absent (K2).
template <class V>
[[nodiscard]] const request<V>* find_open(const tenant<V>& t, const typename V::request_id& id,
                                          typename V::time_point at) {
    const auto* found = find_unclosed(t, id);
    return found != nullptr && at < found->over_at() ? found : nullptr;
}

}  // namespace v0
}  // namespace lockbox
