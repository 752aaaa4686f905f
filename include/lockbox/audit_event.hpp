// One entry of the log: the envelope around what happened.
// The log of these is the truth; everything else is folded from it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/digest.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/request_events.hpp>
#include <lockbox/tenant_events.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// A command that its actor had no authority for (L1).
template <class V>
struct refused {
    std::string command{};
    lockbox::refusal refusal{};

    static constexpr std::string_view name = "refused";
    static constexpr void fields(auto& self, auto&& f) {
        f("command", self.command);
        f("refusal", self.refusal);
    }
    friend bool operator==(const refused&, const refused&) = default;
};

/// Stands for all further refusals of this actor for lack of authority, up to `until` (L1).
template <class V>
struct throttled {
    typename V::time_point until{};
    lockbox::refusal refusal{};  ///< of the command that met the limit

    static constexpr std::string_view name = "throttled";
    static constexpr void fields(auto& self, auto&& f) {
        f("until", self.until);
        f("refusal", self.refusal);
    }
    friend bool operator==(const throttled&, const throttled&) = default;
};

/// A sink gave up on the `index`-th notification of event `sequence` (N3).
template <class V>
struct undeliverable {
    std::uint64_t sequence = 0;
    std::uint32_t index = 0;
    std::string address{};

    static constexpr std::string_view name = "undeliverable";
    static constexpr void fields(auto& self, auto&& f) {
        f("sequence", self.sequence);
        f("index", self.index);
        f("address", self.address);
    }
    friend bool operator==(const undeliverable&, const undeliverable&) = default;
};

template <class V>
using event_body =
    one_of<tenant_opened<V>, entitlement_recorded<V>, turned_on<V>, turned_off<V>,
           settings_changed<V>, audit_visibility_changed<V>, role_defined<V>, role_assigned<V>,
           role_ended<V>, frozen<V>, freeze_lifted<V>, change_proposed<V>, change_agreed<V>,
           change_declined<V>, change_lapsed<V>, consent_given<V>, consent_withdrawn<V>,
           submitted<V>, terms_tightened<V>, approved<V>, gate_opened<V>, consent_used<V>,
           granted<V>, denied<V>, asked<V>, answered<V>, reminded<V>, withdrawn<V>, accessed<V>,
           access_refused<V>, finished<V>, revoked<V>, expired<V>, ended<V>, case_closed<V>,
           refused<V>, throttled<V>, undeliverable<V>>;

/// As what somebody is told (N1).
enum class audience : std::uint8_t {
    approver,
    recipient,
    manager_desk,
    engineer,
    manager,
    reporter,
    administrator
};
template <>
inline constexpr auto names_of<audience> = std::array<std::string_view, 7>{
    "approver", "recipient", "manager_desk", "engineer", "manager", "reporter", "administrator"};

/// One who is told of an event: a person, or an address of the settings. The
/// managers' desk is neither: its address is the host's.
template <class V>
struct recipient {
    audience as{};
    optional<typename V::person_id> person{};
    std::string address{};

    static constexpr void fields(auto& self, auto&& f) {
        f("as", self.as);
        f("person", self.person);
        f("address", self.address);
    }
    friend bool operator==(const recipient&, const recipient&) = default;
};

/// One entry of a tenant's log: who did what, when, from where, about which request and case, and
/// who was told of it. What the fold looks at stands first, and so together. A notification's id is
/// (tenant, sequence, index in `told`) (L1, N3).
template <class V>
struct audit_event {
    typename V::tenant_id tenant{};
    std::uint64_t sequence = 0;  ///< in this tenant's log, from 1, without gaps (V14)
    typename V::time_point at{};
    optional<typename V::request_id> request{};
    lockbox::actor<V> actor{};
    event_body<V> body{};
    optional<typename V::case_id> case_number{};
    optional<typename V::command_id> command{};
    digest content{};  ///< of the command's body (V8)
    typename V::text origin{};
    vector<recipient<V>> told{};

    static constexpr void fields(auto& self, auto&& f) {
        f("tenant", self.tenant);
        f("sequence", self.sequence);
        f("at", self.at);
        f("actor", self.actor);
        f("origin", self.origin);
        f("command", self.command);
        f("content", self.content);
        f("request", self.request);
        f("case", self.case_number);
        f("body", self.body);
        f("told", self.told);
    }
    friend bool operator==(const audit_event&, const audit_event&) = default;
};

/// What an event is called: the activity that a search asks for.
template <class V>
[[nodiscard]] std::string_view name_of(const event_body<V>& body) {
    return name_in(body);
}

}  // namespace v0
}  // namespace lockbox
