// The facts about an actor or a tenant that a refusal rests on.
#pragma once

#include <cstdint>
#include <string_view>

#include <lockbox/audit_event.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace facts {

/// Who may give the command: people in these capacities, a member with these permissions, or with
/// `any` of them (S10).
struct authority {
    std::string_view command{};  ///< its name, a literal
    vector<capacity> acting{};
    permission_set of_a_member{};
    bool any = false;

    static constexpr std::string_view name = "authority";
    static constexpr void fields(auto& self, auto&& f) {
        f("command", self.command);
        f("acting", self.acting);
        f("of_a_member", self.of_a_member);
        f("any", self.any);
    }
    friend bool operator==(const authority&, const authority&) = default;
};

/// Only the request's own engineer may give the command (S10).
struct not_own {
    static constexpr std::string_view name = "not_own";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const not_own&, const not_own&) = default;
};

/// The request waits at this gate, where the actor has no say (G2).
struct no_say {
    side gate{};
    bool other_side = false;  ///< it is the other side's; else the actor holds none of its roles

    static constexpr std::string_view name = "no_say";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("other_side", self.other_side);
    }
    friend bool operator==(const no_say&, const no_say&) = default;
};

/// The actor asked for it (V5).
struct is_requester {
    static constexpr std::string_view name = "is_requester";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const is_requester&, const is_requester&) = default;
};

/// The actor has decided at this gate of the request before (G2, V5).
struct has_decided {
    side gate{};

    static constexpr std::string_view name = "has_decided";
    static constexpr void fields(auto& self, auto&& f) { f("gate", self.gate); }
    friend bool operator==(const has_decided&, const has_decided&) = default;
};

/// The clock stands this far behind the tenant's log (K1).
template <class V>
struct clock_lag {
    duration_of<V> behind{};

    static constexpr std::string_view name = "clock_lag";
    static constexpr void fields(auto& self, auto&& f) { f("behind", self.behind); }
    friend bool operator==(const clock_lag&, const clock_lag&) = default;
};

/// So many requests on the case were denied, the last of them then (R6).
template <class V>
struct denials {
    std::uint32_t count = 0;
    typename V::time_point last{};

    static constexpr std::string_view name = "denials";
    static constexpr void fields(auto& self, auto&& f) {
        f("count", self.count);
        f("last", self.last);
    }
    friend bool operator==(const denials&, const denials&) = default;
};

/// The actor holds `assign_roles` up to an instant only (S3).
template <class V>
struct own_hold {
    typename V::time_point until{};

    static constexpr std::string_view name = "own_hold";
    static constexpr void fields(auto& self, auto&& f) { f("until", self.until); }
    friend bool operator==(const own_hold&, const own_hold&) = default;
};

/// So many people could approve at the customer's gate, of those that the settings need (R5).
struct approvers {
    std::uint32_t could = 0;
    std::uint32_t needed = 0;

    static constexpr std::string_view name = "approvers";
    static constexpr void fields(auto& self, auto&& f) {
        f("could", self.could);
        f("needed", self.needed);
    }
    friend bool operator==(const approvers&, const approvers&) = default;
};

/// The actor proposed the change (S9).
struct is_proposer {
    static constexpr std::string_view name = "is_proposer";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const is_proposer&, const is_proposer&) = default;
};

/// A change waits for a second member (S9).
template <class V>
struct proposed {
    std::uint64_t number = 0;
    std::string_view change{};                   ///< the name of its command, a literal
    optional<typename V::person_id> proposer{};  ///< where the reader may know
    typename V::time_point until{};

    static constexpr std::string_view name = "proposed";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("change", self.change);
        f("proposer", self.proposer);
        f("until", self.until);
    }
    friend bool operator==(const proposed&, const proposed&) = default;
};

}  // namespace facts
}  // namespace v0
}  // namespace lockbox
