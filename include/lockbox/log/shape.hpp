// What writer and reader of the canonical text agree on: which types are written how,
// and how text is escaped. Both walk a value by the same questions, in the same order.
#pragma once

#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/digest.hpp>
#include <lockbox/id.hpp>
#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
namespace log {

/// Stands for a value that has no text: an enum's value without a name, an instant
/// outside the years 0000 to 9999, a duration beyond 64 bits of milliseconds. The
/// reader takes it for none of them.
inline constexpr std::string_view no_text = "?";

namespace detail {

/// Written by its `id_traits`; integers are numbers and named enums are names, whoever uses them.
template <class T>
concept named_by_traits = !std::is_arithmetic_v<T> && !std::same_as<T, std::string> &&
                          !has_names<T> && requires(std::string_view text) {
    { id_traits<T>::parse(text) } -> std::same_as<optional<T>>;
};

/// A vocabulary's `text`.
template <class T>
concept free_text =
    std::convertible_to<const T&, std::string_view> && std::constructible_from<T, std::string>;

/// A duration in milliseconds; nothing when 64 bits do not hold it.
template <class Rep, class Period>
[[nodiscard]] constexpr optional<std::int64_t> in_milliseconds(
    const std::chrono::duration<Rep, Period>& d) {
    using unit = std::ratio_divide<Period, std::milli>;
    static_assert(unit::den == 1, "lockbox: a duration must be a whole number of milliseconds");
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)() / unit::num;
    constexpr auto least = (std::numeric_limits<std::int64_t>::min)() / unit::num;
    if (d.count() > most || d.count() < least) return std::nullopt;
    return static_cast<std::int64_t>(d.count()) * unit::num;
}

/// False, but only once a type is known.
template <class>
inline constexpr bool never = false;

/// The letter after the backslash, for the control characters that have one; else 0.
[[nodiscard]] constexpr char short_escape(unsigned char c) {
    switch (c) {
        case '\b':
            return 'b';
        case '\t':
            return 't';
        case '\n':
            return 'n';
        case '\f':
            return 'f';
        case '\r':
            return 'r';
        default:
            return 0;
    }
}

inline constexpr std::string_view hex_digits = "0123456789abcdef";

/// The value of a lower-case hexadecimal digit; 16 for anything else.
[[nodiscard]] constexpr unsigned hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    return 16;
}

/// Whether bytes that are not ASCII are passed over (they are written as they are) or
/// stopped at (they are checked when read).
enum class beyond_ascii { pass, stop };

template <beyond_ascii Beyond>
[[nodiscard]] constexpr bool is_plain(unsigned char c) {
    return c >= 0x20 && c != '"' && c != '\\' && (Beyond == beyond_ascii::pass || c < 0x80);
}

/// The first byte in [at, end) that is not plain: eight at a time, in whatever order
/// they are loaded.
template <beyond_ascii Beyond>
[[nodiscard]] inline const char* skip_plain(const char* at, const char* end) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t tops = 0x8080808080808080U;
    // A subtraction borrows only at a byte that is found: it spoils bytes above a true find alone.
    const auto zero = [](std::uint64_t word) { return (word - ones) & ~word & tops; };
    while (end - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        std::uint64_t found = zero(word ^ (ones * '"')) | zero(word ^ (ones * '\\')) |
                              ((word - ones * 0x20) & ~word & tops);
        if constexpr (Beyond == beyond_ascii::stop) found |= word & tops;
        if (found == 0) {
            at += 8;
        } else if constexpr (std::endian::native == std::endian::little) {
            return at + std::countr_zero(found) / 8;
        } else {
            break;
        }
    }
    while (at != end && is_plain<Beyond>(static_cast<unsigned char>(*at))) ++at;
    return at;
}

}  // namespace detail
}  // namespace log
}  // namespace v0
}  // namespace lockbox
