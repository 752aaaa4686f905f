// What can be asked of a tenant as a whole, in the order of its life.
// Who may ask what: rules/authority.hpp (S10).
#pragma once

#include <cstdint>
#include <string_view>

#include <lockbox/consent.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>
#include <lockbox/settings.hpp>

namespace lockbox {
inline namespace v0 {

/// Opens the tenant, once, and names who administers it first. Operator (S10).
template <class V>
struct open_tenant {
    typename V::person_id first_administrator{};

    static constexpr std::string_view name = "open_tenant";
    static constexpr void fields(auto& self, auto&& f) {
        f("first_administrator", self.first_administrator);
    }
    friend bool operator==(const open_tenant&, const open_tenant&) = default;
};

/// Records what the tenant bought. Operator (S1).
template <class V>
struct record_entitlement {
    lockbox::entitlement entitlement{};

    static constexpr std::string_view name = "record_entitlement";
    static constexpr void fields(auto& self, auto&& f) { f("entitlement", self.entitlement); }
    friend bool operator==(const record_entitlement&, const record_entitlement&) = default;
};

/// Puts the customer's gate before all content that is not exempted, at once. `switch` (S1, S5).
template <class V>
struct turn_on {
    static constexpr std::string_view name = "turn_on";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const turn_on&, const turn_on&) = default;
};

/// Takes the customer's gate from later requests; releases none that is pending. `switch` (S5).
template <class V>
struct turn_off {
    static constexpr std::string_view name = "turn_off";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const turn_off&, const turn_off&) = default;
};

/// Changes the settings that it names. `settings` (S4).
template <class V>
struct change_settings {
    settings_change<V> change{};

    static constexpr std::string_view name = "change_settings";
    static constexpr void fields(auto& self, auto&& f) { f("change", self.change); }
    friend bool operator==(const change_settings&, const change_settings&) = default;
};

/// Shows the audit log to the tenant's auditors, or hides it from them. `settings` (L3).
template <class V>
struct set_audit_visibility {
    bool visible = true;

    static constexpr std::string_view name = "set_audit_visibility";
    static constexpr void fields(auto& self, auto&& f) { f("visible", self.visible); }
    friend bool operator==(const set_audit_visibility&, const set_audit_visibility&) = default;
};

/// Defines what a role permits here; nothing ends the role. `assign_roles` (S2).
template <class V>
struct define_role {
    typename V::role role{};
    permission_set permits{};

    static constexpr std::string_view name = "define_role";
    static constexpr void fields(auto& self, auto&& f) {
        f("role", self.role);
        f("permits", self.permits);
    }
    friend bool operator==(const define_role&, const define_role&) = default;
};

/// Assigns a role to one person, until an instant or without end. `assign_roles` (S3).
template <class V>
struct assign_role {
    typename V::person_id member{};
    typename V::role role{};
    optional<typename V::time_point> until{};

    static constexpr std::string_view name = "assign_role";
    static constexpr void fields(auto& self, auto&& f) {
        f("member", self.member);
        f("role", self.role);
        f("until", self.until);
    }
    friend bool operator==(const assign_role&, const assign_role&) = default;
};

/// Takes a role from a person at once. `assign_roles` (S3).
template <class V>
struct end_role {
    typename V::person_id member{};
    typename V::role role{};

    static constexpr std::string_view name = "end_role";
    static constexpr void fields(auto& self, auto&& f) {
        f("member", self.member);
        f("role", self.role);
    }
    friend bool operator==(const end_role&, const end_role&) = default;
};

/// Revokes every live grant, denies every pending request, refuses new ones. `decide` (S8).
template <class V>
struct freeze {
    typename V::text comment{};

    static constexpr std::string_view name = "freeze";
    static constexpr void fields(auto& self, auto&& f) { f("comment", self.comment); }
    friend bool operator==(const freeze&, const freeze&) = default;
};

/// Lets requests be submitted again. `assign_roles` (S8).
template <class V>
struct lift_freeze {
    static constexpr std::string_view name = "lift_freeze";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const lift_freeze&, const lift_freeze&) = default;
};

/// Lets a change that another member proposed take effect. The permission of that change (S9).
template <class V>
struct agree {
    std::uint64_t proposal = 0;

    static constexpr std::string_view name = "agree";
    static constexpr void fields(auto& self, auto&& f) { f("proposal", self.proposal); }
    friend bool operator==(const agree&, const agree&) = default;
};

/// Ends a proposal, one's own too, without effect. The permission of that change (S9).
template <class V>
struct decline {
    std::uint64_t proposal = 0;

    static constexpr std::string_view name = "decline";
    static constexpr void fields(auto& self, auto&& f) { f("proposal", self.proposal); }
    friend bool operator==(const decline&, const decline&) = default;
};

/// Agrees ahead to requests that the rule covers: the customer's gate opens by itself for them.
/// `settings` and `decide` (G8).
template <class V>
struct consent {
    consent_rule<V> rule{};

    static constexpr std::string_view name = "consent";
    static constexpr void fields(auto& self, auto&& f) { f("rule", self.rule); }
    friend bool operator==(const consent&, const consent&) = default;
};

/// Takes a consent back, with all access that it opened. `settings` and `decide` (G8).
template <class V>
struct withdraw_consent {
    std::uint64_t number = 0;

    static constexpr std::string_view name = "withdraw_consent";
    static constexpr void fields(auto& self, auto&& f) { f("number", self.number); }
    friend bool operator==(const withdraw_consent&, const withdraw_consent&) = default;
};

}  // namespace v0
}  // namespace lockbox
