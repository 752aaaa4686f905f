// Numbers, lengths of time and times of day as people write them: `20`, `1h30m`, `08:00`, `+01:00`.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include <tl/expected.hpp>

#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
/// A whole number that its type holds, digits and perhaps a `-`.
template <class T>
[[nodiscard]] optional<T> number_of_text(std::string_view digits) {
    T value{};
    const auto* end = digits.data() + digits.size();
    const auto [at, fault] = std::from_chars(digits.data(), end, value);
    if (digits.empty() || at != end || fault != std::errc{}) return std::nullopt;
    return value;
}

namespace detail {

struct time_unit {
    std::string_view name{};
    std::int64_t milliseconds = 0;
};
/// From the longest to the shortest.
inline constexpr std::array<time_unit, 5> time_units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

/// `a * b + c`, or nothing when that leaves the type.
[[nodiscard]] inline optional<std::int64_t> times_plus(std::int64_t a, std::int64_t b,
                                                       std::int64_t c) {
    std::int64_t product = 0;
    std::int64_t sum = 0;
    if (__builtin_mul_overflow(a, b, &product) || __builtin_add_overflow(product, c, &sum))
        return std::nullopt;
    return sum;
}

}  // namespace detail

/// A length of whole numbers with `d`, `h`, `m`, `s` or `ms`, as `90m` or `1h30m`; `-` may stand
/// before it. What is wrong with a text completes "`text` …".
[[nodiscard]] inline tl::expected<std::chrono::milliseconds, std::string_view> duration_of_text(
    std::string_view text) {
    constexpr std::string_view none =
        "is no duration; write whole numbers with d, h, m, s or ms, as 90m or 1h30m";
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty()) return tl::unexpected{none};
    std::int64_t total = 0;
    while (!text.empty()) {
        const auto digits = text.find_first_not_of("0123456789");
        if (digits == std::string_view::npos || digits == 0) return tl::unexpected{none};
        auto next = text.find_first_of("0123456789", digits);
        if (next == std::string_view::npos) next = text.size();
        const auto name = text.substr(digits, next - digits);
        const detail::time_unit* unit = nullptr;
        for (const auto& one : detail::time_units)
            if (one.name == name) unit = &one;
        if (unit == nullptr) return tl::unexpected{none};
        const auto count = number_of_text<std::int64_t>(text.substr(0, digits));
        const auto sum = count ? detail::times_plus(*count, unit->milliseconds, total)
                               : optional<std::int64_t>{};
        if (!sum)
            return tl::unexpected{std::string_view{"is longer than any duration that can be kept"}};
        total = *sum;
        text.remove_prefix(next);
    }
    return std::chrono::milliseconds{negative ? -total : total};
}

/// A length as `duration_of_text` takes it.
[[nodiscard]] inline std::string text_of_duration(std::chrono::milliseconds length) {
    std::string out = length.count() < 0 ? "-" : "";
    auto left = length.count() < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(length.count())
                                   : static_cast<std::uint64_t>(length.count());
    for (const auto& unit : detail::time_units) {
        const auto scale = static_cast<std::uint64_t>(unit.milliseconds);
        if (left < scale) continue;
        out.append(std::to_string(left / scale)).append(unit.name);
        left %= scale;
    }
    return length.count() == 0 ? "0m" : out;
}

/// A time of day, `08:00` to `24:00`.
[[nodiscard]] inline optional<std::chrono::minutes> clock_of_text(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = number_of_text<std::uint32_t>(text.substr(0, 2));
    const auto minutes = number_of_text<std::uint32_t>(text.substr(3, 2));
    if (!hours || !minutes || *minutes > 59 || *hours * 60 + *minutes > 24 * 60)
        return std::nullopt;
    return std::chrono::minutes{*hours * 60 + *minutes};
}
[[nodiscard]] inline std::string text_of_clock(std::chrono::minutes since_midnight) {
    const auto two = [](std::int64_t number) {
        return std::string(number < 10 ? 1 : 0, '0') + std::to_string(number);
    };
    return two(since_midnight.count() / 60) + ":" + two(since_midnight.count() % 60);
}

/// What is added to UTC, `+01:00` or `-05:30`.
[[nodiscard]] inline optional<std::chrono::minutes> offset_of_text(std::string_view text) {
    if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
    const auto length = clock_of_text(text.substr(1));
    if (!length || *length == std::chrono::hours{24}) return std::nullopt;
    return text.front() == '-' ? -*length : *length;
}
[[nodiscard]] inline std::string text_of_offset(std::chrono::minutes offset) {
    const bool west = offset.count() < 0;
    return (west ? "-" : "+") + text_of_clock(west ? -offset : offset);
}

}  // namespace v0
}  // namespace lockbox
