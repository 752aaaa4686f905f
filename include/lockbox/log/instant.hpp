// The text of an instant: RFC 3339 in UTC with milliseconds, "2026-11-02T09:00:00.000Z".
// Own arithmetic on the proleptic Gregorian calendar: no locale, no time zone, no leap seconds.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
namespace log {

/// The first and the last instant that have a text: the years 0000 to 9999, counted from 1970.
inline constexpr std::chrono::milliseconds first_instant{-62'167'219'200'000};
inline constexpr std::chrono::milliseconds last_instant{253'402'300'799'999};

/// Whether an instant has a text. The rules refuse one that has none before it gets into an event.
/// A clock of a host's own is taken to count from 1970-01-01T00:00:00Z.
template <class Clock, class Duration>
[[nodiscard]] constexpr bool representable(const std::chrono::time_point<Clock, Duration>& at) {
    const auto since = at.time_since_epoch();
    return std::chrono::ceil<Duration>(first_instant) <= since &&
           since <= std::chrono::floor<Duration>(last_instant);
}

/// The length of an instant's text, in bytes.
inline constexpr std::size_t instant_size = 24;

/// The text of a representable instant, given in milliseconds since 1970.
[[nodiscard]] constexpr std::array<char, instant_size> instant_text(
    std::chrono::milliseconds since) {
    const auto day = std::chrono::floor<std::chrono::days>(since);
    const std::chrono::year_month_day date{std::chrono::sys_days{day}};
    const auto time = static_cast<std::uint32_t>((since - day).count());

    std::array<char, instant_size> text{};
    const auto put = [&](std::size_t from, std::size_t digits, std::uint32_t number) {
        for (; digits > 0; number /= 10) {
            text[from + --digits] = static_cast<char>('0' + number % 10);
        }
    };
    put(0, 4, static_cast<std::uint32_t>(static_cast<int>(date.year())));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    put(11, 2, time / 3'600'000);
    put(14, 2, time / 60'000 % 60);
    put(17, 2, time / 1'000 % 60);
    put(20, 3, time % 1'000);
    text[4] = text[7] = '-';
    text[10] = 'T';
    text[13] = text[16] = ':';
    text[19] = '.';
    text[23] = 'Z';
    return text;
}

/// The instant of a text, in milliseconds since 1970; nothing unless `instant_text`
/// would write it so.
[[nodiscard]] constexpr optional<std::chrono::milliseconds> instant_of(std::string_view text) {
    if (text.size() != instant_size) return std::nullopt;
    bool good = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
                text[16] == ':' && text[19] == '.' && text[23] == 'Z';
    const auto number = [&](std::size_t from, std::size_t digits) {
        int value = 0;
        for (; digits > 0; --digits, ++from) {
            good = good && text[from] >= '0' && text[from] <= '9';
            value = value * 10 + (text[from] - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    const int fraction = number(20, 3);
    if (!good || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto date = std::chrono::year{year} / month / day;
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch() + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} +
           std::chrono::milliseconds{fraction};
}

}  // namespace log
}  // namespace v0
}  // namespace lockbox
