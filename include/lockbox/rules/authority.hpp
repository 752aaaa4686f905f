// Who may ask for what: SPEC S10 as one table. Which roles a gate asks for is looked
// at in gates.hpp.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>

#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// The capacities that may ask for something, and the permission that a member needs for it.
class authority {
  public:
    authority() = default;
    constexpr authority(std::initializer_list<capacity> these) {
        for (const auto one : these) may_[static_cast<std::size_t>(one)] = true;
    }
    constexpr authority(std::initializer_list<capacity> these, permission of_a_member)
        : of_a_member_(of_a_member) {
        for (const auto one : these) may_[static_cast<std::size_t>(one)] = true;
        may_[static_cast<std::size_t>(capacity::member)] = true;
    }

    [[nodiscard]] constexpr bool admits(capacity acting) const {
        return may_[static_cast<std::size_t>(acting)];
    }
    /// What a member needs, where members are admitted.
    [[nodiscard]] constexpr permission of_a_member() const { return of_a_member_; }

    template <class V>
    [[nodiscard]] bool permits(const moment<V>& m) const {
        const auto acting = m.command.actor.acting;
        if (!admits(acting)) return false;
        if (acting != capacity::member) return true;
        return m.member != nullptr &&
               permissions_of(m.settled(), *m.member, m.at).has(of_a_member_);
    }

  private:
    std::array<bool, names_of<capacity>.size()> may_{};
    permission of_a_member_ = permission::decide;
};

// clang-format off
template <class V>
struct who_may {
    using enum capacity;
    using enum permission;

    authority operator()(const open_tenant<V>&) const          { return {operator_}; }
    authority operator()(const record_entitlement<V>&) const   { return {operator_}; }
    authority operator()(const turn_on<V>&) const              { return {{}, turn}; }
    authority operator()(const turn_off<V>&) const             { return {{}, turn}; }
    authority operator()(const change_settings<V>&) const      { return {{}, configure}; }
    authority operator()(const set_audit_visibility<V>&) const { return {{}, configure}; }
    authority operator()(const define_role<V>&) const          { return {{}, assign_roles}; }
    authority operator()(const assign_role<V>&) const          { return {{}, assign_roles}; }
    authority operator()(const end_role<V>&) const             { return {{}, assign_roles}; }
    authority operator()(const freeze<V>&) const               { return {{}, decide}; }
    authority operator()(const lift_freeze<V>&) const          { return {{}, assign_roles}; }
    authority operator()(const submit<V>&) const               { return {engineer}; }
    authority operator()(const drill<V>&) const                { return {{}, configure}; }
    authority operator()(const approve<V>&) const              { return {{manager}, decide}; }
    authority operator()(const deny<V>&) const                 { return {{manager}, decide}; }
    authority operator()(const ask<V>&) const                  { return {{}, decide}; }
    authority operator()(const answer<V>&) const               { return {engineer}; }
    authority operator()(const withdraw<V>&) const             { return {engineer}; }
    authority operator()(const access<V>&) const               { return {engineer}; }
    authority operator()(const finish<V>&) const               { return {engineer}; }
    authority operator()(const revoke<V>&) const               { return {{manager}, decide}; }
    authority operator()(const close_case<V>&) const           { return {{engineer, manager}, decide}; }
    authority operator()(const tick<V>&) const                 { return {system}; }
    authority operator()(const record_undeliverable<V>&) const { return {system}; }
};
// clang-format on

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
    return is_any<submit<V>, drill<V>, approve<V>, lift_freeze<V>, access<V>, turn_off<V>,
                  change_settings<V>, define_role<V>, assign_role<V>>(c);
}

/// The clock's part: whatever opens is refused while `now` lies behind the log (K1).
template <class V>
[[nodiscard]] maybe clock_allows(const moment<V>& m, typename V::time_point now) {
    const auto tolerance = m.settings().limits.clock_tolerance;
    if (now >= m.tenant.last - tolerance || !opens_or_allows(m.command)) return {};
    return no(ground::clock_behind, field::instant, in_ms(tolerance));
}

/// The freeze's part: nothing new is submitted while it stands (S8).
template <class V>
[[nodiscard]] maybe freeze_allows(const moment<V>& m) {
    const bool waits = m.settled().frozen && is_any<submit<V>, drill<V>>(m.command);
    return waits ? no(ground::frozen) : maybe{};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
