// Why not: a closed set of reasons, as a value that allocates nothing. A reason
// completes "refused: …".
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/fields.hpp>
#include <lockbox/policy_place.hpp>

namespace lockbox {
inline namespace v0 {

/// Every reason to refuse. In which order the rules look stands in docs/model.md (L1).
enum class ground : std::uint8_t {
    malformed,          ///< an id, a text or an instant that cannot stand in a command; see `field`
    id_reused,          ///< this command id was used for something else (V8)
    already_used,       ///< this access was allowed once (V8)
    not_allowed,        ///< not this actor, or no such tenant: the two answer alike (S10, V6)
    already_open,       ///< the tenant was opened before (S10)
    clock_behind,       ///< the clock stands behind the tenant's log (K1)
    frozen,             ///< the tenant has frozen all access (S8)
    not_open,           ///< unknown, overdue, closed, or at another stage (K2)
    same_person,        ///< people who must be different ones: of a request, of a change (V5, S9)
    already_voted,      ///< one vote per person and gate (G2)
    missing,            ///< a field is blank or empty; see `field` (R2)
    out_of_range,       ///< a field is outside its bounds; see `field` and `limit` (R2, S4)
    too_long,           ///< a field has more than `limit` bytes or entries (R9)
    not_escalated,      ///< the host does not vouch that the case was escalated (R1)
    no_request_needed,  ///< an asked operation is not on content (R1)
    comment_required,   ///< the terms ask for a comment (G4)
    question_open,      ///< a question waits for its answer (G4)
    no_question,        ///< nothing was asked (G4)
    widens,             ///< an approval asks for more than was asked (G7)
    narrows_to_nothing,  ///< what would be left allows nothing (G7)
    unchanged,           ///< it is so already
    not_entitled,        ///< the provider has not recorded it; see `field` (S1)
    beyond_own,          ///< outlasts the assigner's own hold on `assign_roles` (S3)
    last_administrator,  ///< nobody would hold `assign_roles` without end (S3)
    unknown_role,        ///< the tenant's log defines no such role (S2)
    policy,              ///< the host's or the tenant's policy refuses; see `note` (R4)
    bad_terms,           ///< the policy's terms are no terms; see `field` (G3)
    no_terms,            ///< the policy's and the standard terms leave nobody to ask (R4)
    no_approver,         ///< nobody could open a gate (R5)
    too_soon,            ///< after denials on this case, a wait of `limit` ms (R6)
    too_many_pending,    ///< the engineer has `limit` requests at a gate (R9)
    too_many_open,       ///< the tenant has `limit` open requests, or proposals; see `field` (R9)
    no_grant,            ///< the engineer has no live grant here (A1)
    not_yet,             ///< the covering grant begins later (G9)
    not_covered,         ///< no single live grant covers this access (A1)
    outside_hours,       ///< the terms allow it at other hours only (G3)
    no_consents,         ///< the settings let no consent stand (G8)
};
template <>
inline constexpr auto names_of<ground> = std::array<std::string_view, 37>{"malformed",
                                                                          "id_reused",
                                                                          "already_used",
                                                                          "not_allowed",
                                                                          "already_open",
                                                                          "clock_behind",
                                                                          "frozen",
                                                                          "not_open",
                                                                          "same_person",
                                                                          "already_voted",
                                                                          "missing",
                                                                          "out_of_range",
                                                                          "too_long",
                                                                          "not_escalated",
                                                                          "no_request_needed",
                                                                          "comment_required",
                                                                          "question_open",
                                                                          "no_question",
                                                                          "widens",
                                                                          "narrows_to_nothing",
                                                                          "unchanged",
                                                                          "not_entitled",
                                                                          "beyond_own",
                                                                          "last_administrator",
                                                                          "unknown_role",
                                                                          "policy",
                                                                          "bad_terms",
                                                                          "no_terms",
                                                                          "no_approver",
                                                                          "too_soon",
                                                                          "too_many_pending",
                                                                          "too_many_open",
                                                                          "no_grant",
                                                                          "not_yet",
                                                                          "not_covered",
                                                                          "outside_hours",
                                                                          "no_consents"};

/// What a refusal is about, in the order of the fields of a command.
enum class field : std::uint8_t {
    none,
    tenant,
    actor,
    origin,
    command,
    instant,
    first_administrator,
    member,
    role,
    permits,
    until,
    request,
    case_number,
    reporter,
    tried,
    scope,
    service,
    operation,
    resource,
    operations,
    resources,
    reason,
    justification,
    duration,
    start,
    comment,
    question,
    answer,
    manager_window,
    customer_window,
    longest_access,
    managers_needed,
    approvers_needed,
    exempted,
    recipients,
    reminders,
    escalation,
    limits,
    gates,
    plan,
    support,
    access,
    address,
    audit_visible,
    hours,
    policy,
    consent,
    two_person_changes,
    proposal
};
template <>
inline constexpr auto names_of<field> = std::array<std::string_view, 49>{"none",
                                                                         "tenant",
                                                                         "actor",
                                                                         "origin",
                                                                         "command",
                                                                         "instant",
                                                                         "first_administrator",
                                                                         "member",
                                                                         "role",
                                                                         "permits",
                                                                         "until",
                                                                         "request",
                                                                         "case",
                                                                         "reporter",
                                                                         "tried",
                                                                         "scope",
                                                                         "service",
                                                                         "operation",
                                                                         "resource",
                                                                         "operations",
                                                                         "resources",
                                                                         "reason",
                                                                         "justification",
                                                                         "duration",
                                                                         "start",
                                                                         "comment",
                                                                         "question",
                                                                         "answer",
                                                                         "manager_window",
                                                                         "customer_window",
                                                                         "longest_access",
                                                                         "managers_needed",
                                                                         "approvers_needed",
                                                                         "exempted",
                                                                         "recipients",
                                                                         "reminders",
                                                                         "escalation",
                                                                         "limits",
                                                                         "gates",
                                                                         "plan",
                                                                         "support",
                                                                         "access",
                                                                         "address",
                                                                         "audit_visible",
                                                                         "hours",
                                                                         "policy",
                                                                         "consent",
                                                                         "two_person_changes",
                                                                         "proposal"};

/// Why a command was not carried out: the reason, what it is about, and the limit that was met (a
/// count, bytes or milliseconds). `note` is a policy's own word, a literal; `where` tells the place
/// in a tenant's own policy, for a refusal that is about one.
struct [[nodiscard]] refusal {
    ground why{};
    lockbox::field about = lockbox::field::none;
    std::int64_t limit = 0;
    std::string_view note{};
    policy_place where{};

    /// What a log keeps of it: no recorded refusal comes from a policy.
    static constexpr void fields(auto& self, auto&& f) {
        f("why", self.why);
        f("about", self.about);
        f("limit", self.limit);
    }
    friend constexpr bool operator==(const refusal&, const refusal&) = default;
};

}  // namespace v0
}  // namespace lockbox
