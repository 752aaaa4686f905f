// What a host may say differently in its notifications, and how the library says
// instants, durations and scopes to people.
#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include <lockbox/audit_event.hpp>
#include <lockbox/log/instant.hpp>

namespace lockbox {
inline namespace v0 {

/// A host's own words. By default no message holds a link, for approvers must be able
/// to distrust every link that they are sent (N2).
struct wording {
    std::string provider = "the provider";
    std::string manager_desk_address{};  ///< where the managers' mail goes (N1)
    /// Appended to every message about a request when not empty; `{tenant}`,
    /// `{request}` and `{case}` in it are replaced by the percent-encoded ids.
    std::string link{};
};

namespace notify {
namespace detail {

/// The bytes that RFC 3986 leaves unreserved stay; every other becomes `%XX`. Injective (T14).
[[nodiscard]] inline std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (letter || (byte >= '0' && byte <= '9') || c == '-' || c == '_' || c == '.' ||
            c == '~') {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
        }
    }
    return out;
}

/// A whole number of units and its name, as "12 h"; nothing for none.
inline void append_unit(std::string& out, std::int64_t count, std::string_view unit) {
    if (count == 0) return;
    if (!out.empty()) out += ' ';
    (out += id_traits<std::int64_t>::text(count)) += unit;
}

}  // namespace detail

/// An instant to the millisecond, as "2 November 2026, 09:00:00 UTC"; the fraction
/// only when there is one.
template <class Clock, class Duration>
[[nodiscard]] std::string readable(const std::chrono::time_point<Clock, Duration>& at) {
    if (!log::representable(at)) return "?";
    constexpr auto months = std::array<std::string_view, 12>{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const auto exact = log::instant_text(at.time_since_epoch());
    const std::string_view text{exact.data(), exact.size()};
    const auto month = static_cast<std::size_t>((text[5] - '0') * 10 + (text[6] - '0') - 1);
    std::string out{text.substr(text[8] == '0' ? 9U : 8U, text[8] == '0' ? 1U : 2U)};
    (((out += ' ') += months[month]) += ' ') += text.substr(0, 4);
    (out += ", ") += text.substr(11, 8);
    if (text.substr(20, 3) != "000") (out += '.') += text.substr(20, 3);
    return out + " UTC";
}

/// A duration, exact, as "1 h 30 min".
template <class Rep, class Period>
[[nodiscard]] std::string readable(const std::chrono::duration<Rep, Period>& length) {
    using std::chrono::duration_cast;
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    const std::chrono::milliseconds all = length;
    std::string out;
    detail::append_unit(out, duration_cast<hours>(all).count(), " h");
    detail::append_unit(out, duration_cast<minutes>(all % hours{1}).count(), " min");
    detail::append_unit(out, duration_cast<seconds>(all % minutes{1}).count(), " s");
    detail::append_unit(out, (all % seconds{1}).count(), " ms");
    return out.empty() ? "0 s" : out;
}

/// The text of an identifier of whatever type.
template <identifier T>
[[nodiscard]] std::string readable(const T& id) {
    return std::string{id_traits<T>::text(id)};
}

/// The entries of one part of a scope, each on a line of its own. Of a host's own
/// type that is neither text nor an identifier only their number can be told.
template <class Range>
[[nodiscard]] std::string listed(const Range& entries) {
    using entry = std::remove_cvref_t<decltype(*std::begin(entries))>;
    std::string out;
    if constexpr (std::convertible_to<const entry&, std::string_view>) {
        for (const auto& one : entries) (out += std::string_view{one}) += '\n';
    } else if constexpr (identifier<entry>) {
        for (const auto& one : entries) (out += readable(one)) += '\n';
    } else {
        const auto count = std::distance(std::begin(entries), std::end(entries));
        out = id_traits<std::int64_t>::text(static_cast<std::int64_t>(count)) + '\n';
    }
    return out;
}

/// A link template with its places filled in.
[[nodiscard]] inline std::string filled(std::string_view link, std::string_view place,
                                        std::string_view text) {
    std::string out;
    for (auto at = link.find(place); at != std::string_view::npos; at = link.find(place)) {
        (out += link.substr(0, at)) += detail::percent_encoded(text);
        link.remove_prefix(at + place.size());
    }
    return out += link;
}

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
