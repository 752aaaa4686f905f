// What happened to a tenant as a whole, in the order of its life.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/optional.hpp>
#include <lockbox/shared.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// The tenant exists, with these roles and settings, and this person administers it.
template <class V>
struct tenant_opened {
    typename V::person_id first_administrator{};
    vector<role_definition<V>> roles{};
    shared<lockbox::settings<V>> settings{};

    static constexpr std::string_view name = "tenant_opened";
    static constexpr void fields(auto& self, auto&& f) {
        f("first_administrator", self.first_administrator);
        f("roles", self.roles);
        f("settings", self.settings);
    }
    friend bool operator==(const tenant_opened&, const tenant_opened&) = default;
};

template <class V>
struct entitlement_recorded {
    lockbox::entitlement entitlement{};

    static constexpr std::string_view name = "entitlement_recorded";
    static constexpr void fields(auto& self, auto&& f) { f("entitlement", self.entitlement); }
    friend bool operator==(const entitlement_recorded&, const entitlement_recorded&) = default;
};

template <class V>
struct turned_on {
    static constexpr std::string_view name = "turned_on";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const turned_on&, const turned_on&) = default;
};

template <class V>
struct turned_off {
    static constexpr std::string_view name = "turned_off";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const turned_off&, const turned_off&) = default;
};

/// The settings as a whole, after the change.
template <class V>
struct settings_changed {
    shared<lockbox::settings<V>> settings{};

    static constexpr std::string_view name = "settings_changed";
    static constexpr void fields(auto& self, auto&& f) { f("settings", self.settings); }
    friend bool operator==(const settings_changed&, const settings_changed&) = default;
};

template <class V>
struct audit_visibility_changed {
    bool visible = false;

    static constexpr std::string_view name = "audit_visibility_changed";
    static constexpr void fields(auto& self, auto&& f) { f("visible", self.visible); }
    friend bool operator==(const audit_visibility_changed&,
                           const audit_visibility_changed&) = default;
};

template <class V>
struct role_defined {
    typename V::role role{};
    permission_set permits{};

    static constexpr std::string_view name = "role_defined";
    static constexpr void fields(auto& self, auto&& f) {
        f("role", self.role);
        f("permits", self.permits);
    }
    friend bool operator==(const role_defined&, const role_defined&) = default;
};

template <class V>
struct role_assigned {
    typename V::person_id member{};
    typename V::role role{};
    optional<typename V::time_point> until{};

    static constexpr std::string_view name = "role_assigned";
    static constexpr void fields(auto& self, auto&& f) {
        f("member", self.member);
        f("role", self.role);
        f("until", self.until);
    }
    friend bool operator==(const role_assigned&, const role_assigned&) = default;
};

template <class V>
struct role_ended {
    typename V::person_id member{};
    typename V::role role{};

    static constexpr std::string_view name = "role_ended";
    static constexpr void fields(auto& self, auto&& f) {
        f("member", self.member);
        f("role", self.role);
    }
    friend bool operator==(const role_ended&, const role_ended&) = default;
};

template <class V>
struct frozen {
    typename V::text comment{};

    static constexpr std::string_view name = "frozen";
    static constexpr void fields(auto& self, auto&& f) { f("comment", self.comment); }
    friend bool operator==(const frozen&, const frozen&) = default;
};

template <class V>
struct freeze_lifted {
    static constexpr std::string_view name = "freeze_lifted";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const freeze_lifted&, const freeze_lifted&) = default;
};

/// The tenant agreed ahead to whatever the rule covers (G8).
template <class V>
struct consent_given {
    std::uint64_t number = 0;  ///< the tenant's consents so far, with this one
    consent_rule<V> rule{};
    vector<typename V::person_id> authors{};

    static constexpr std::string_view name = "consent_given";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("rule", self.rule);
        f("authors", self.authors);
    }
    friend bool operator==(const consent_given&, const consent_given&) = default;
};

template <class V>
struct consent_withdrawn {
    std::uint64_t number = 0;

    static constexpr std::string_view name = "consent_withdrawn";
    static constexpr void fields(auto& self, auto&& f) { f("number", self.number); }
    friend bool operator==(const consent_withdrawn&, const consent_withdrawn&) = default;
};

/// A change that loosens waits for a second member until `decide_by`, and not at it (S9).
template <class V>
struct change_proposed {
    std::uint64_t number = 0;  ///< of the proposal, from 1
    shared<tenant_change<V>> change{};
    typename V::time_point decide_by{};

    static constexpr std::string_view name = "change_proposed";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("change", self.change);
        f("decide_by", self.decide_by);
    }
    friend bool operator==(const change_proposed&, const change_proposed&) = default;
};

/// The actor agreed to what `proposer` had proposed: the events of the change follow, under the
/// same command (S9).
template <class V>
struct change_agreed {
    std::uint64_t number = 0;
    typename V::person_id proposer{};

    static constexpr std::string_view name = "change_agreed";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("proposer", self.proposer);
    }
    friend bool operator==(const change_agreed&, const change_agreed&) = default;
};

/// What ends a proposal without effect: a member, or settings that changed meanwhile (S9).
enum class decline_cause : std::uint8_t { person, settings_changed };
template <>
inline constexpr auto names_of<decline_cause> =
    std::array<std::string_view, 2>{"person", "settings_changed"};

template <class V>
struct change_declined {
    std::uint64_t number = 0;
    typename V::person_id proposer{};
    decline_cause cause{};

    static constexpr std::string_view name = "change_declined";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("proposer", self.proposer);
        f("cause", self.cause);
    }
    friend bool operator==(const change_declined&, const change_declined&) = default;
};

/// Nobody agreed in time: it was over at `since` (S9, K2).
template <class V>
struct change_lapsed {
    std::uint64_t number = 0;
    typename V::person_id proposer{};
    typename V::time_point since{};

    static constexpr std::string_view name = "change_lapsed";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("proposer", self.proposer);
        f("since", self.since);
    }
    friend bool operator==(const change_lapsed&, const change_lapsed&) = default;
};

}  // namespace v0
}  // namespace lockbox
