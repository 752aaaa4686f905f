// What every rule works with: the tenant as it is, the command, the instant, and the events so far.
#pragma once

#include <chrono>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>
#include <lockbox/digest.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/policy.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// The answer of the rules: what happened, and whether the command was refused. Both at once when a
/// refusal is itself recorded. `allowed` tells what an allowed access touches.
template <class V>
struct [[nodiscard]] decision {
    vector<audit_event<V>> happened{};
    optional<lockbox::refusal> refused{};
    optional<data_class> allowed{};
};

namespace rules {

/// A rule's word: nothing when it permits, else why not.
using maybe = optional<refusal>;

[[nodiscard]] constexpr maybe no(ground why, field about = field::none, std::int64_t limit = 0) {
    return refusal{why, about, limit, {}};
}

/// A limit in milliseconds, for a refusal that names it.
template <class Rep, class Period>
[[nodiscard]] constexpr std::int64_t in_ms(std::chrono::duration<Rep, Period> d) {
    return std::chrono::milliseconds{d}.count();
}

/// Whether a value lies within bounds; else the one that was met is named.
template <class T, class U>
[[nodiscard]] maybe within(const bounds<T>& bounds, U value, field about) {
    if (bounds.hold(value)) return {};
    const auto met = bounds.met_by(value);
    if constexpr (std::is_integral_v<T>)
        return no(ground::out_of_range, about, met);
    else
        return no(ground::out_of_range, about, in_ms(met));
}

/// Whether a scope has no more operations and resources than the tenant takes (R9).
template <class V>
[[nodiscard]] maybe may_be_so_wide(const typename V::scope& scope, const limits<V>& most) {
    if (scope.operations.size() > most.operations) {
        return no(ground::too_long, field::operations, most.operations);
    }
    if (scope.resources.size() > most.resources) {
        return no(ground::too_long, field::resources, most.resources);
    }
    return {};
}

/// One command before one tenant at one instant. Rules read it and `say` what happens.
template <class V>
struct moment {
    const lockbox::tenant<V>& tenant;
    const lockbox::command<V>& command;
    typename V::time_point at{};  ///< the command's instant (K1)
    vector<audit_event<V>>& happened;
    /// Who acts, where that is a member of this tenant; else null.
    const lockbox::member<V>* member =
        command.actor.acting == capacity::member
            ? find_ordered(tenant.settled.members, command.actor.person,
                           &lockbox::member<V>::person)
            : nullptr;

    [[nodiscard]] const lockbox::settled<V>& settled() const { return tenant.settled; }
    [[nodiscard]] const lockbox::settings<V>& settings() const { return tenant.settled.settings; }
    [[nodiscard]] const typename V::person_id& person() const { return command.actor.person; }

    /// Appends an event about the tenant, and returns it for its request, case and recipients.
    audit_event<V>& say(event_body<V>&& body) {
        // An access says one thing, most other commands one or two.
        if (happened.empty()) happened.reserve(command.body.template is<access<V>>() ? 1 : 2);
        const auto content = happened.empty() ? digest_of(command.body) : happened.front().content;
        return happened.emplace_back(command.tenant, tenant.sequence + happened.size() + 1, at,
                                     std::nullopt, command.actor, std::move(body), std::nullopt,
                                     command.id, content, command.origin);
    }
    /// Appends an event about a request and its case.
    audit_event<V>& say(const lockbox::request<V>& about, event_body<V>&& body) {
        auto& event = say(std::move(body));
        event.request = about.id;
        event.case_number = about.asked->case_number;
        return event;
    }
};

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
