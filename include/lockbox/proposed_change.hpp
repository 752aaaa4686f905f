// A change to a tenant that loosens, and waits for a second member (S9). What loosens:
// rules/loosening.hpp.
#pragma once

#include <cstdint>

#include <lockbox/one_of.hpp>
#include <lockbox/shared.hpp>
#include <lockbox/tenant_commands.hpp>

namespace lockbox {
inline namespace v0 {

/// The commands that may loosen something, and so may have to wait.
template <class V>
using tenant_change = one_of<turn_off<V>, change_settings<V>, set_audit_visibility<V>,
                             define_role<V>, assign_role<V>, lift_freeze<V>, consent<V>>;

/// What some of them takes: which one it is, is looked at with the proposal.
inline constexpr permission_set of_any_change{permission::turn, permission::configure,
                                              permission::assign_roles};

/// One that waits until `decide_by`, and not at it.
template <class V>
struct proposed_change {
    std::uint64_t number = 0;  ///< in this tenant, from 1
    typename V::person_id proposer{};
    shared<tenant_change<V>> change{};
    typename V::time_point decide_by{};

    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("proposer", self.proposer);
        f("change", self.change);
        f("decide_by", self.decide_by);
    }
    friend bool operator==(const proposed_change&, const proposed_change&) = default;
};

}  // namespace v0
}  // namespace lockbox
