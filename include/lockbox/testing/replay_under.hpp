// What if: the log of a tenant under another policy. Which past requests would have been refused,
// would have needed other approvals, or would have ended otherwise.
//
//     const auto found = testing::replay_under<V>(log, stricter_policy{});
//     if (found) std::cout << text_of(*found);
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/evolve.hpp>
#include <lockbox/fmt.hpp>
#include <lockbox/testing/what_if/course_under.hpp>
#include <lockbox/testing/what_if/differences.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// A request that would have gone otherwise, and how.
template <class V>
struct request_under {
    typename V::request_id id{};
    vector<difference<V>> differences{};

    /// Whether one of its differences is of this kind: `is<would_be_refused>()`.
    template <template <class> class Kind>
    [[nodiscard]] bool is() const {
        for (const auto& one : differences)
            if (one.is.template is<Kind<V>>()) return true;
        return false;
    }
    friend bool operator==(const request_under&, const request_under&) = default;
};

/// What another policy would have made of a log.
template <class V>
struct what_if {
    std::uint64_t requests = 0;  ///< that were submitted
    vector<request_under<V>>
        otherwise{};  ///< of these, by number; the others would have gone alike

    /// How many requests have a difference of this kind: `count<would_end>()`.
    template <template <class> class Kind>
    [[nodiscard]] std::uint64_t count() const {
        std::uint64_t found = 0;
        for (const auto& one : otherwise) found += one.template is<Kind>() ? 1U : 0U;
        return found;
    }
    friend bool operator==(const what_if&, const what_if&) = default;
};

/// "R-000003: its approvals would not have opened the customer's gate".
template <class V>
[[nodiscard]] std::string sentence(const request_under<V>& r) {
    std::string out;
    for (const auto& one : r.differences) (out += out.empty() ? ": " : "; ") += sentence(one);
    return describe(r.id) + out;
}

/// "of 12 requests 3 would have gone otherwise: 1 refused, 2 held at a gate".
template <class V>
[[nodiscard]] std::string sentence(const what_if<V>& all) {
    std::string kinds;
    const auto tell = [&](std::uint64_t count, std::string_view what) {
        if (count == 0) return;
        (kinds += kinds.empty() ? ": " : ", ") += std::to_string(count);
        kinds += what;
    };
    std::uint64_t held = 0;
    for (const auto& one : all.otherwise)
        held += one.template is<gate_stays_shut>() || one.template is<would_expire>() ? 1U : 0U;
    tell(all.template count<would_be_refused>(), " refused");
    tell(held, " held at a gate");
    tell(all.template count<would_be_closed>(), " closed by stricter settings");
    tell(all.template count<would_end>(), " ended otherwise");
    tell(all.template count<would_be_granted>(), " granted");
    return "of " + std::to_string(all.requests) + " requests " +
           std::to_string(all.otherwise.size()) + " would have gone otherwise" + kinds;
}

/// The same, and a line for each request.
template <class V>
[[nodiscard]] std::string text_of(const what_if<V>& all) {
    auto out = sentence(all) + '\n';
    for (const auto& one : all.otherwise) out += sentence(one) + '\n';
    return out;
}

/// Goes along a whole log, from its first event, and judges each submission by the policy and the
/// tenant as it was then, and each vote as it was cast, by the terms that this gives. Every request
/// stands for itself: what another would have left undone changes nothing for it. Only what is on
/// record is judged: a submission that was refused is not. A log that the rules could not have
/// written is answered with the place where it breaks. What the policy throws, it throws.
/// Cost: about that of deciding every vote, and of a copy of the tenant where settings change.
template <class V, class Policy>
    requires policy_for<Policy, V>
[[nodiscard]] tl::expected<what_if<V>, broken_log> replay_under(std::span<const audit_event<V>> log,
                                                                const Policy& policy) {
    tenant<V> t;
    vector<course_under<V, Policy>> courses;  // by number, from 1
    const auto course_of = [&](const request<V>& r) -> auto& { return courses[r.number - 1]; };
    for (const auto& event : log) {
        const auto* real = event.request ? find_unclosed(t, *event.request) : nullptr;
        if (real != nullptr) course_of(*real).see(t, *real, event);
        const auto* made = event.body.template get_if<submitted<V>>();
        if (made != nullptr && made->number == courses.size() + 1)
            courses.emplace_back(policy).begin(t, event, *made);
        const bool settles =
            event.body.template is<turned_on<V>>() || event.body.template is<settings_changed<V>>();
        const auto before = settles ? t : tenant<V>{};
        if (const auto why = evolve(t, event))
            return tl::unexpected{broken_log{event.sequence, *why}};
        if (settles)
            for (auto& one : courses) one.tighten(before, t, event);
    }
    for (const auto& real : t.open) course_of(real).end(real, t.last);

    what_if<V> all{courses.size(), {}};
    for (std::uint64_t number = 1; number <= courses.size(); ++number) {
        auto differences = std::move(courses[number - 1]).differences();
        if (differences.empty()) continue;
        all.otherwise.push_back({V::request_id_of(number), std::move(differences)});
    }
    return all;
}

namespace detail {
inline constexpr auto said = [](const auto& value) { return sentence(value); };
}  // namespace detail

}  // namespace testing
}  // namespace v0
}  // namespace lockbox

template <class V>
struct fmt::formatter<lockbox::testing::difference<V>>
    : lockbox::detail::text_formatter<lockbox::testing::detail::said> {};

template <class V>
struct fmt::formatter<lockbox::testing::request_under<V>>
    : lockbox::detail::text_formatter<lockbox::testing::detail::said> {};

template <class V>
struct fmt::formatter<lockbox::testing::what_if<V>>
    : lockbox::detail::text_formatter<lockbox::testing::detail::said> {};
