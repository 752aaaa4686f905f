// What a tenant has settled for itself (S4), with the bounds of each setting and its default.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/bounds.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/tenant_policy.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {

/// How much one tenant takes before it refuses, naming the limit (R9).
template <class V>
struct limits {
    std::uint32_t text_bytes = 4096;          ///< in one free text
    std::uint32_t resources = 100;            ///< in one scope
    std::uint32_t operations = 100;           ///< in one scope
    std::uint32_t pending_per_engineer = 20;  ///< requests at a gate
    std::uint32_t open_requests = 100;        ///< pending and active
    std::uint32_t rounds = 10;                ///< of question and answer (G4)
    std::uint32_t refusals_per_hour = 100;    ///< recorded for one actor (L1)
    std::uint32_t denials_before_wait = 2;    ///< on one case (R6)
    duration_of<V> wait_after_denials = std::chrono::hours{1};
    duration_of<V> clock_tolerance = std::chrono::seconds{5};  ///< K1

    static constexpr void fields(auto& self, auto&& f) {
        f("text_bytes", self.text_bytes);
        f("resources", self.resources);
        f("operations", self.operations);
        f("pending_per_engineer", self.pending_per_engineer);
        f("open_requests", self.open_requests);
        f("rounds", self.rounds);
        f("refusals_per_hour", self.refusals_per_hour);
        f("denials_before_wait", self.denials_before_wait);
        f("wait_after_denials", self.wait_after_denials);
        f("clock_tolerance", self.clock_tolerance);
    }
    friend bool operator==(const limits&, const limits&) = default;
};

/// Who else is told, and how long before the deadline of the customer's gate, when it still waits
/// then (N4). Without recipients there is none.
template <class V>
struct escalation {
    duration_of<V> before = std::chrono::hours{1};
    vector<std::string> recipients{};

    static constexpr void fields(auto& self, auto&& f) {
        f("before", self.before);
        f("recipients", self.recipients);
    }
    friend bool operator==(const escalation&, const escalation&) = default;
};

/// The settings of one tenant. Durations are windows and caps, in the vocabulary's own unit.
template <class V>
struct settings {
    duration_of<V> manager_window = std::chrono::hours{12};
    duration_of<V> customer_window = std::chrono::hours{12};
    duration_of<V> longest_access = std::chrono::hours{4};
    std::uint32_t managers_needed = 1;
    std::uint32_t approvers_needed = 1;
    bool comment_required = false;           ///< with every decision (G4)
    bool audit_visible = false;              ///< to the tenant's auditors (L3)
    vector<typename V::service> exempted{};  ///< services left unprotected
    vector<std::string> recipients{};        ///< told besides the approvers (N1)
    vector<duration_of<V>> reminders{};      ///< how long before a gate's deadline (N4)
    lockbox::escalation<V> escalation{};
    lockbox::limits<V> limits{};
    tenant_policy<V> policy{};        ///< its own policy, beside the host's (R4)
    bool consents = false;            ///< whether any may stand (G8)
    bool two_person_changes = false;  ///< what loosens waits for a second member (S9)

    static constexpr void fields(auto& self, auto&& f) {
        f("manager_window", self.manager_window);
        f("customer_window", self.customer_window);
        f("longest_access", self.longest_access);
        f("managers_needed", self.managers_needed);
        f("approvers_needed", self.approvers_needed);
        f("comment_required", self.comment_required);
        f("audit_visible", self.audit_visible);
        f("exempted", self.exempted);
        f("recipients", self.recipients);
        f("reminders", self.reminders);
        f("escalation", self.escalation);
        f("limits", self.limits);
        f("policy", self.policy);
        f("consents", self.consents);
        f("two_person_changes", self.two_person_changes);
    }
    friend bool operator==(const settings&, const settings&) = default;
};

/// What a member wants different; what is absent stays. `audit_visible` has a command of its own.
template <class V>
struct settings_change {
    optional<duration_of<V>> manager_window{};
    optional<duration_of<V>> customer_window{};
    optional<duration_of<V>> longest_access{};
    optional<std::uint32_t> managers_needed{};
    optional<std::uint32_t> approvers_needed{};
    optional<bool> comment_required{};
    optional<vector<typename V::service>> exempted{};
    optional<vector<std::string>> recipients{};
    optional<vector<duration_of<V>>> reminders{};
    optional<lockbox::escalation<V>> escalation{};
    optional<lockbox::limits<V>> limits{};
    optional<tenant_policy<V>> policy{};
    optional<bool> consents{};
    optional<bool> two_person_changes{};

    static constexpr void fields(auto& self, auto&& f) {
        f("manager_window", self.manager_window);
        f("customer_window", self.customer_window);
        f("longest_access", self.longest_access);
        f("managers_needed", self.managers_needed);
        f("approvers_needed", self.approvers_needed);
        f("comment_required", self.comment_required);
        f("exempted", self.exempted);
        f("recipients", self.recipients);
        f("reminders", self.reminders);
        f("escalation", self.escalation);
        f("limits", self.limits);
        f("policy", self.policy);
        f("consents", self.consents);
        f("two_person_changes", self.two_person_changes);
    }
    friend bool operator==(const settings_change&, const settings_change&) = default;
};

/// The settings with the change laid over them; a policy in its one form.
template <class V>
[[nodiscard]] settings<V> changed(settings<V> now, const settings_change<V>& change) {
    const auto lay = [](auto& over, const auto& wanted) {
        if (auto copy = wanted) over = std::move(*copy);
    };
    lay(now.manager_window, change.manager_window);
    lay(now.customer_window, change.customer_window);
    lay(now.longest_access, change.longest_access);
    lay(now.managers_needed, change.managers_needed);
    lay(now.approvers_needed, change.approvers_needed);
    lay(now.comment_required, change.comment_required);
    lay(now.exempted, change.exempted);
    lay(now.recipients, change.recipients);
    lay(now.reminders, change.reminders);
    lay(now.escalation, change.escalation);
    lay(now.limits, change.limits);
    if (change.policy) now.policy = in_order(*change.policy);
    lay(now.consents, change.consents);
    lay(now.two_person_changes, change.two_person_changes);
    return now;
}

/// Whether text is an address that mail can go to: one `@` with something on both sides,
/// at most 254 printable ASCII bytes, nothing that could end or fold a header line (T21).
[[nodiscard]] constexpr bool is_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > 254) {
        return false;
    }
    constexpr std::string_view forbidden = "()<>[]:;,\\\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool second_at = c == '@' && i != at;
        if (c <= ' ' || c >= '\x7F' || second_at || forbidden.find(c) != std::string_view::npos) {
            return false;
        }
    }
    return true;
}

/// What the provider has recorded that the tenant bought (S1).
struct entitlement {
    bool plan = false;     ///< a plan or add-on that includes lockbox
    bool support = false;  ///< a support plan under which cases can be opened

    static constexpr void fields(auto& self, auto&& f) {
        f("plan", self.plan);
        f("support", self.support);
    }
    friend bool operator==(const entitlement&, const entitlement&) = default;
};

}  // namespace v0
}  // namespace lockbox
