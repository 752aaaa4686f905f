// A command: who asks what of which tenant, from where, under which id.
// Its bodies stand in tenant_commands.hpp and request_commands.hpp, the machine's own here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/request_commands.hpp>
#include <lockbox/tenant_commands.hpp>

namespace lockbox {
inline namespace v0 {

/// Records what time already made true. System (K2).
template <class V>
struct tick {
    static constexpr std::string_view name = "tick";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const tick&, const tick&) = default;
};

/// Records that a sink gave a notification up: the `index`-th of event `sequence`. System (N3).
template <class V>
struct record_undeliverable {
    std::uint64_t sequence = 0;
    std::uint32_t index = 0;
    std::string address{};

    static constexpr std::string_view name = "record_undeliverable";
    static constexpr void fields(auto& self, auto&& f) {
        f("sequence", self.sequence);
        f("index", self.index);
        f("address", self.address);
    }
    friend bool operator==(const record_undeliverable&, const record_undeliverable&) = default;
};

template <class V>
using command_body =
    one_of<open_tenant<V>, record_entitlement<V>, turn_on<V>, turn_off<V>, change_settings<V>,
           set_audit_visibility<V>, define_role<V>, assign_role<V>, end_role<V>, freeze<V>,
           lift_freeze<V>, agree<V>, decline<V>, consent<V>, withdraw_consent<V>, submit<V>,
           drill<V>, approve<V>, deny<V>, ask<V>, answer<V>, withdraw<V>, access<V>, finish<V>,
           revoke<V>, close_case<V>, tick<V>, record_undeliverable<V>>;

/// A command as the host hands it over. `actor` and `origin` come from its authentication (T18).
template <class V>
struct command {
    typename V::tenant_id tenant{};
    lockbox::actor<V> actor{};
    typename V::text origin{};  ///< where from: an IP address, for the record
    optional<typename V::command_id>
        id{};  ///< unique per tenant and actor; the system needs none (V8)
    command_body<V> body{};

    static constexpr void fields(auto& self, auto&& f) {
        f("tenant", self.tenant);
        f("actor", self.actor);
        f("origin", self.origin);
        f("id", self.id);
        f("body", self.body);
    }
    friend bool operator==(const command&, const command&) = default;
};

/// What a command is called, in logs and refusals.
template <class V>
[[nodiscard]] std::string_view name_of(const command_body<V>& body) {
    return name_in(body);
}

}  // namespace v0
}  // namespace lockbox
