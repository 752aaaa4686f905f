// What the rules ask of text from people: is it UTF-8, is it blank, does it hold
// control characters. No locale, no folding: text is bytes, and is never changed (V15).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace lockbox {
inline namespace v0 {

namespace detail {

/// One code point and how many bytes it took; zero bytes when the text is not UTF-8 there.
struct code_point {
    std::uint32_t value = 0;
    std::size_t bytes = 0;
};

/// Decodes at `text[0]`, which exists. Overlong forms, surrogates and values above U+10FFFF are not
/// UTF-8 (RFC 3629).
[[nodiscard]] constexpr code_point decode(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    std::uint32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return {};
        value = (value << 6U) | (byte(at) & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return {};
    return {value, length};
}

/// White space of Unicode, and the characters that show nothing (R2).
[[nodiscard]] constexpr bool shows_nothing(std::uint32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

template <class Predicate>
[[nodiscard]] constexpr bool all_of_text(std::string_view text, Predicate holds) {
    while (!text.empty()) {
        const auto c = decode(text);
        if (c.bytes == 0 || !holds(c.value)) return false;
        text.remove_prefix(c.bytes);
    }
    return true;
}

/// What follows the printable ASCII that a text begins with: most texts are nothing else, and that
/// needs no decoding.
[[nodiscard]] constexpr std::string_view after_ascii(std::string_view text) {
    std::size_t at = 0;
    if (!std::is_constant_evaluated()) {
        constexpr std::uint64_t each = 0x0101010101010101ULL;
        for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
            std::memcpy(&word, text.data() + at, sizeof word);
            // Of each byte the highest bit: set below 0x20, above 0x7E, or both
            if ((((word - 0x20 * each) | (word + each) | word) & (0x80 * each)) != 0) break;
        }
    }
    while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7F) ++at;
    return text.substr(at);
}

}  // namespace detail

/// Whether the bytes are well-formed UTF-8.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) {
    return detail::all_of_text(detail::after_ascii(text), [](std::uint32_t) { return true; });
}

/// Whether nothing would be seen: empty, or only white space and invisible characters (R2).
[[nodiscard]] constexpr bool is_blank(std::string_view text) {
    return detail::all_of_text(text, [](std::uint32_t c) { return detail::shows_nothing(c); });
}

/// Whether a C0, C1 or DEL control character stands in it, or one that breaks or reorders a line.
[[nodiscard]] constexpr bool has_control(std::string_view text) {
    return !detail::all_of_text(detail::after_ascii(text), [](std::uint32_t c) {
        const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
        const bool line = c == 0x2028 || c == 0x2029;
        const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return !(control || line || direction);
    });
}

/// Equality that folds the 26 ASCII letters and nothing else.
[[nodiscard]] constexpr bool equal_ascii_caseless(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace v0
}  // namespace lockbox
