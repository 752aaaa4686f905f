// Text from people, made harmless where it is shown: on one line, in a block, in HTML (T21, V15).
// The log keeps every byte; only what is shown is changed, and every change is visible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/text.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify {

/// Stands where a character was that a reader cannot see or that would move others about.
inline constexpr std::string_view replaced = "\xEF\xBF\xBD";

namespace detail {

/// Ends a line in some program or other.
[[nodiscard]] constexpr bool breaks_line(std::uint32_t c) {
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// Joins letters of some scripts and emoji: text needs it, a name does not.
[[nodiscard]] constexpr bool joins(std::uint32_t c) { return c == 0x200C || c == 0x200D; }

/// Controls, marks of direction, and characters that show nothing at all.
[[nodiscard]] constexpr bool hides(std::uint32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
    const bool direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F);
    const bool unseen = c == 0xAD || c == 0x034F || c == 0x180E || c == 0x200B || joins(c) ||
                        (c >= 0x2060 && c <= 0x2065) || c == 0xFEFF ||
                        (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
    return control || direction || unseen;
}

/// The same text with one more in brackets wherever mail programs would make a link
/// of it by themselves.
[[nodiscard]] inline std::string without_links(std::string_view text) {
    static constexpr std::pair<std::string_view, std::string_view> makers[] = {
        {"://", "[:]//"}, {"www.", "[.]"}, {"mailto:", "[:]"}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        std::size_t taken = 1;
        for (const auto& [maker, instead] : makers) {
            if (!equal_ascii_caseless(text.substr(0, maker.size()), maker)) continue;
            taken = maker.size();
            if (maker.front() != ':') out += text.substr(0, taken - 1);
            out += instead;
            break;
        }
        if (taken == 1) out += text.front();
        text.remove_prefix(taken);
    }
    return out;
}

/// Calls `f` with each character's value and bytes; of what is not UTF-8, with
/// `replaced`, byte by byte.
template <class F>
void for_each_character(std::string_view text, F f) {
    while (!text.empty()) {
        const auto c = lockbox::detail::decode(text);
        f(c.bytes == 0 ? 0xFFFD : c.value, c.bytes == 0 ? replaced : text.substr(0, c.bytes));
        text.remove_prefix(c.bytes == 0 ? 1 : c.bytes);
    }
}

}  // namespace detail

/// Text as it may stand within a line or a header: no control character, no line
/// break, nothing unseen and nothing that turns the direction of reading; each of
/// those is `replaced`. Well-formed UTF-8.
[[nodiscard]] inline std::string on_one_line(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    detail::for_each_character(text, [&](std::uint32_t c, std::string_view bytes) {
        out += c == '\t' ? " " : detail::hides(c) ? replaced : bytes;
    });
    return detail::without_links(out);
}

/// Text as it may stand in a block of its own: the same, but its lines stay, each ended by `\n`.
[[nodiscard]] inline std::string as_block(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 1);
    std::uint32_t before = 0;
    detail::for_each_character(text, [&](std::uint32_t c, std::string_view bytes) {
        if (detail::breaks_line(c)) {
            if (!(c == '\n' && before == '\r')) out += '\n';
        } else {
            out += c == '\t' ? " " : detail::hides(c) && !detail::joins(c) ? replaced : bytes;
        }
        before = c;
    });
    if (!out.empty() && out.back() != '\n') out += '\n';
    return detail::without_links(out);
}

/// Text as HTML shows it, in an element or in a quoted attribute.
[[nodiscard]] inline std::string in_html(std::string_view text) {
    constexpr std::string_view special = "&<>\"'`";
    constexpr std::string_view entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#96;"};
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        if (const auto at = special.find(c); at != std::string_view::npos) {
            out += entities[at];
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
