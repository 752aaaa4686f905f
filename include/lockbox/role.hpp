// Permissions of a tenant's members, and the roles that bundle them (S2).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include <lockbox/fields.hpp>
#include <lockbox/fwd.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What a member may do (S10). `turn` is the switch on and off, `configure` the settings.
enum class permission : std::uint8_t { turn, configure, decide, view, audit, assign_roles };
template <>
inline constexpr auto names_of<permission> = std::array<std::string_view, 6>{
    "switch", "settings", "decide", "view", "audit", "assign_roles"};

/// A set of permissions, as a value.
class permission_set {
  public:
    constexpr permission_set() = default;
    constexpr permission_set(permission one)  // NOLINT(google-explicit-constructor)
        : bits_(static_cast<std::uint8_t>(bit(one))) {}
    constexpr permission_set(std::initializer_list<permission> these) {
        for (const auto one : these) bits_ = static_cast<std::uint8_t>(bits_ | bit(one));
    }

    [[nodiscard]] constexpr bool has(permission one) const { return (bits_ & bit(one)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    /// Whether something is in both sets.
    [[nodiscard]] constexpr bool meets(permission_set other) const {
        return (bits_ & other.bits_) != 0;
    }
    /// Whether nothing is in this set that is not in `other`.
    [[nodiscard]] constexpr bool within(permission_set other) const {
        return (bits_ & ~other.bits_) == 0;
    }
    constexpr permission_set& operator|=(permission_set other) {
        bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
        return *this;
    }
    friend constexpr bool operator==(permission_set, permission_set) = default;

  private:
    static constexpr unsigned bit(permission one) { return 1U << static_cast<unsigned>(one); }
    std::uint8_t bits_ = 0;
};

/// A role as a vocabulary brings it: its name and what it permits.
template <class Role>
struct standard_role {
    Role role{};
    permission_set permits{};
};

/// A role as a tenant's log defines it.
template <class V>
struct role_definition {
    typename V::role role{};
    permission_set permits{};

    static constexpr void fields(auto& self, auto&& f) {
        f("role", self.role);
        f("permits", self.permits);
    }
    friend bool operator==(const role_definition&, const role_definition&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<role_definition<V>> = moves_by_bytes<typename V::role>;

/// A role in one person's hands; with `until`, up to that instant and not at it (S3).
template <class V>
struct holding {
    typename V::role role{};
    optional<typename V::time_point> until{};

    static constexpr void fields(auto& self, auto&& f) {
        f("role", self.role);
        f("until", self.until);
    }
    [[nodiscard]] bool stands_at(typename V::time_point at) const { return !until || at < *until; }
    friend bool operator==(const holding&, const holding&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<holding<V>> = moves_by_bytes<typename V::role>;

/// A person of the tenant and the roles assigned to that person, never to a group.
template <class V>
struct member {
    typename V::person_id person{};
    vector<holding<V>> roles{};

    static constexpr void fields(auto& self, auto&& f) {
        f("person", self.person);
        f("roles", self.roles);
    }
    friend bool operator==(const member&, const member&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<member<V>> = moves_by_bytes<typename V::person_id>;

}  // namespace v0
}  // namespace lockbox
