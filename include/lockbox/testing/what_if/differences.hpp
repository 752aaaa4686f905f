// How a past request would have gone otherwise: each difference a value, and each value one
// sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/describe.hpp>
#include <lockbox/notify/wording.hpp>
#include <lockbox/sentence.hpp>
#include <lockbox/terms.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Refused when it was submitted, for this reason.
template <class V>
struct would_be_refused {
    refusal why{};
    friend bool operator==(const would_be_refused&, const would_be_refused&) = default;
};

/// Judged by other terms: more people, other people, another window, hour or cap.
template <class V>
struct other_terms {
    terms<V> then{};
    terms<V> under{};
    friend bool operator==(const other_terms&, const other_terms&) = default;
};

/// An approval that was given would not have been taken.
template <class V>
struct approval_refused {
    typename V::person_id by{};
    typename V::time_point at{};
    refusal why{};
    friend bool operator==(const approval_refused&, const approval_refused&) = default;
};

/// The approvals that opened a gate would not have opened it.
template <class V>
struct gate_stays_shut {
    side whose{};
    friend bool operator==(const gate_stays_shut&, const gate_stays_shut&) = default;
};

/// The time of a gate would have been over while it still waited.
template <class V>
struct would_expire {
    side whose{};
    typename V::time_point at{};
    friend bool operator==(const would_expire&, const would_expire&) = default;
};

/// The tenant's settings became stricter, and that would have closed it (S5).
template <class V>
struct would_be_closed {
    typename V::time_point at{};
    friend bool operator==(const would_be_closed&, const would_be_closed&) = default;
};

/// Access would have ended at another instant than it did.
template <class V>
struct would_end {
    typename V::time_point at{};
    typename V::time_point instead_of{};
    friend bool operator==(const would_end&, const would_end&) = default;
};

/// Access would have been granted, where it was not.
template <class V>
struct would_be_granted {
    typename V::time_point until{};
    friend bool operator==(const would_be_granted&, const would_be_granted&) = default;
};

/// So many of the accesses that were allowed would have been refused.
template <class V>
struct accesses_refused {
    std::uint64_t count = 0;
    friend bool operator==(const accesses_refused&, const accesses_refused&) = default;
};

/// One of these.
template <class V>
struct difference {
    one_of<would_be_refused<V>, other_terms<V>, approval_refused<V>, gate_stays_shut<V>,
           would_expire<V>, would_be_closed<V>, would_end<V>, would_be_granted<V>,
           accesses_refused<V>>
        is{};
    friend bool operator==(const difference&, const difference&) = default;
};

namespace detail {

[[nodiscard]] inline std::string gate_of(side whose) {
    return whose == side::provider ? "the manager's gate" : "the customer's gate";
}

inline void append_clause(std::string& out, std::string_view clause) {
    (out += out.empty() ? "" : ", ") += clause;
}

template <class T>
[[nodiscard]] std::string shown(const T& part) {
    if constexpr (requires { typename T::period; })
        return notify::readable(part);
    else
        return describe(part);
}

/// Each field that differs: "needed 2 instead of 1". Gates are told one by one, elsewhere.
template <class T>
[[nodiscard]] std::string differing_fields(const T& then, const T& under) {
    std::string out;
    vector<std::string> before;
    T::fields(then, [&](std::string_view, const auto& part) { before.push_back(shown(part)); });
    std::size_t at = 0;
    T::fields(under, [&](std::string_view name, const auto& part) {
        const auto now = shown(part);
        const auto& was = before[at++];
        if (now != was && name != "gates")
            append_clause(out, std::string{name} + ' ' + now + " instead of " + was);
    });
    return out;
}

/// "the customer's gate (needed 2 instead of 1), longest_access 1 h instead of 4 h".
template <class V>
[[nodiscard]] std::string differing(const terms<V>& then, const terms<V>& under) {
    std::string out;
    for (const auto whose : {side::provider, side::tenant}) {
        const auto* was = find_by(then.gates, whose, &gate<V>::side);
        const auto* is = find_by(under.gates, whose, &gate<V>::side);
        if (was != nullptr && is != nullptr && !(*was == *is))
            append_clause(out, gate_of(whose) + " (" + differing_fields(*was, *is) + ')');
        if (was == nullptr && is != nullptr) append_clause(out, gate_of(whose) + " besides");
        if (was != nullptr && is == nullptr) append_clause(out, "without " + gate_of(whose));
    }
    const auto rest = differing_fields(then, under);
    if (!rest.empty()) append_clause(out, rest);
    return out;
}

}  // namespace detail

template <class V>
[[nodiscard]] std::string sentence(const would_be_refused<V>& d) {
    return "it would have been " + lockbox::sentence(d.why);
}
/// "other terms: the customer's gate (needed 2 instead of 1)".
template <class V>
[[nodiscard]] std::string sentence(const other_terms<V>& d) {
    return "other terms: " + detail::differing(d.then, d.under);
}
template <class V>
[[nodiscard]] std::string sentence(const approval_refused<V>& d) {
    return "the approval of " + describe(d.by) + " at " + describe(d.at) + " would have been " +
           lockbox::sentence(d.why);
}
template <class V>
[[nodiscard]] std::string sentence(const gate_stays_shut<V>& d) {
    return "its approvals would not have opened " + detail::gate_of(d.whose);
}
template <class V>
[[nodiscard]] std::string sentence(const would_expire<V>& d) {
    return "it would have expired at " + describe(d.at) + ", at " + detail::gate_of(d.whose);
}
template <class V>
[[nodiscard]] std::string sentence(const would_be_closed<V>& d) {
    return "stricter settings would have closed it at " + describe(d.at);
}
template <class V>
[[nodiscard]] std::string sentence(const would_end<V>& d) {
    return "access would have ended at " + describe(d.at) + " instead of " + describe(d.instead_of);
}
template <class V>
[[nodiscard]] std::string sentence(const would_be_granted<V>& d) {
    return "access would have been granted, until " + describe(d.until);
}
template <class V>
[[nodiscard]] std::string sentence(const accesses_refused<V>& d) {
    return (d.count == 1 ? "one" : std::to_string(d.count)) +
           " of its accesses would have been refused";
}
template <class V>
[[nodiscard]] std::string sentence(const difference<V>& d) {
    return d.is.match([](const auto& one) { return sentence(one); });
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
