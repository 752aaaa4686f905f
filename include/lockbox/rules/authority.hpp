// Who may ask for what: SPEC S10 as one table. Which roles a gate asks for is looked
// at in gates.hpp.
#pragma once

#include <array>
#include <initializer_list>

#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// The capacities that may ask for something, and the permissions that a member needs for it: all
/// of them, or any.
class authority {
  public:
    authority() = default;
    constexpr authority(std::initializer_list<capacity> these) {
        for (const auto one : these) may_[static_cast<std::size_t>(one)] = true;
    }
    constexpr authority(std::initializer_list<capacity> these, permission of_a_member)
        : authority(these, permission_set{of_a_member}) {}
    constexpr authority(std::initializer_list<capacity> these, permission_set of_a_member)
        : of_a_member_(of_a_member) {
        for (const auto one : these) may_[static_cast<std::size_t>(one)] = true;
        may_[static_cast<std::size_t>(capacity::member)] = true;
    }

    /// Members alone, with any of these.
    [[nodiscard]] static constexpr authority of_any(permission_set these) {
        authority one{{}, these};
        one.any_ = true;
        return one;
    }

    [[nodiscard]] constexpr bool admits(capacity acting) const {
        return may_[static_cast<std::size_t>(acting)];
    }
    [[nodiscard]] constexpr bool any() const { return any_; }
    /// Whether who holds these may.
    [[nodiscard]] constexpr bool suffices(permission_set held) const {
        return any_ ? held.meets(of_a_member_) : of_a_member_.within(held);
    }
    /// What a member needs, where members are admitted.
    [[nodiscard]] constexpr permission_set of_a_member() const { return of_a_member_; }

    template <class V>
    [[nodiscard]] bool permits(const moment<V>& m) const {
        const auto acting = m.command.actor.acting;
        if (!admits(acting)) return false;
        if (acting != capacity::member) return true;
        return m.member != nullptr && suffices(permissions_of(m.settled(), *m.member, m.at));
    }

  private:
    std::array<bool, names_of<capacity>.size()> may_{};
    permission_set of_a_member_{};
    bool any_ = false;
};

// clang-format off
template <class V>
struct who_may {
    using enum capacity;
    using enum permission;

    static constexpr authority of(const open_tenant<V>*)          { return {operator_}; }
    static constexpr authority of(const record_entitlement<V>*)   { return {operator_}; }
    static constexpr authority of(const turn_on<V>*)              { return {{}, turn}; }
    static constexpr authority of(const turn_off<V>*)             { return {{}, turn}; }
    static constexpr authority of(const change_settings<V>*)      { return {{}, configure}; }
    static constexpr authority of(const set_audit_visibility<V>*) { return {{}, configure}; }
    static constexpr authority of(const define_role<V>*)          { return {{}, assign_roles}; }
    static constexpr authority of(const assign_role<V>*)          { return {{}, assign_roles}; }
    static constexpr authority of(const end_role<V>*)             { return {{}, assign_roles}; }
    static constexpr authority of(const freeze<V>*)               { return {{}, decide}; }
    static constexpr authority of(const lift_freeze<V>*)          { return {{}, assign_roles}; }
    static constexpr authority of(const agree<V>*)                { return authority::of_any(of_any_change); }
    static constexpr authority of(const decline<V>*)              { return authority::of_any(of_any_change); }
    static constexpr authority of(const consent<V>*)              { return {{}, {configure, decide}}; }
    static constexpr authority of(const withdraw_consent<V>*)     { return {{}, {configure, decide}}; }
    static constexpr authority of(const submit<V>*)               { return {engineer}; }
    static constexpr authority of(const drill<V>*)                { return {{}, configure}; }
    static constexpr authority of(const approve<V>*)              { return {{manager}, decide}; }
    static constexpr authority of(const deny<V>*)                 { return {{manager}, decide}; }
    static constexpr authority of(const ask<V>*)                  { return {{}, decide}; }
    static constexpr authority of(const answer<V>*)               { return {engineer}; }
    static constexpr authority of(const withdraw<V>*)             { return {engineer}; }
    static constexpr authority of(const access<V>*)               { return {engineer}; }
    static constexpr authority of(const finish<V>*)               { return {engineer}; }
    static constexpr authority of(const revoke<V>*)               { return {{manager}, decide}; }
    static constexpr authority of(const close_case<V>*)           { return {{engineer, manager}, decide}; }
    static constexpr authority of(const tick<V>*)                 { return {system}; }
    static constexpr authority of(const record_undeliverable<V>*) { return {system}; }
};
// clang-format on

template <class V, class... Bodies>
inline constexpr authority authorities[] = {who_may<V>::of(static_cast<const Bodies*>(nullptr))...};

/// The line of that table for what a command asks.
template <class V, class... Bodies>
[[nodiscard]] const authority& authority_for(const one_of<Bodies...>& body) {
    return authorities<V, Bodies...>[body.index()];
}

/// Whether a refusal means that the actor lacked authority: those are recorded (L1).
[[nodiscard]] constexpr bool lacks_authority(const refusal& r) {
    return r.why == ground::not_allowed || r.why == ground::same_person ||
           r.why == ground::already_voted || r.why == ground::beyond_own;
}

/// Whether a command is one of these.
template <class... Bodies, class V>
[[nodiscard]] bool is_any(const command<V>& c) {
    return (c.body.template is<Bodies>() || ...);
}

/// Commands that open or allow something: they wait for a clock that has fallen behind (K1).
template <class V>
[[nodiscard]] bool opens_or_allows(const command<V>& c) {
    if (const auto* log = c.body.template get_if<set_audit_visibility<V>>()) return !log->visible;
    return is_any<submit<V>, drill<V>, approve<V>, consent<V>, lift_freeze<V>, access<V>,
                  turn_off<V>, change_settings<V>, define_role<V>, assign_role<V>, agree<V>>(c);
}

/// The clock's part: whatever opens is refused while `now` lies behind the log (K1).
template <class V>
[[nodiscard]] maybe clock_allows(const moment<V>& m, typename V::time_point now) {
    const auto tolerance = m.settings().limits.clock_tolerance;
    if (now >= m.tenant.last - tolerance || !opens_or_allows(m.command)) return {};
    return no(ground::clock_behind, field::instant, in_ms(tolerance));
}

/// The freeze's part: nothing new is submitted or agreed to ahead while it stands (S8).
template <class V>
[[nodiscard]] maybe freeze_allows(const moment<V>& m) {
    const bool waits = m.settled().frozen && is_any<submit<V>, drill<V>, consent<V>>(m.command);
    return waits ? no(ground::frozen) : maybe{};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
