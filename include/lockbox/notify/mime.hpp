// The two encodings that a mail of ours needs: quoted-printable for bodies, encoded
// words for the subject. Both yield printable ASCII in lines of at most 76 characters.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/text.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify::detail {

inline constexpr std::size_t longest_line = 76;

[[nodiscard]] inline std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {digits[byte >> 4U], digits[byte & 0xFU]};
    }
    return out;
}

[[nodiscard]] inline std::string base64(std::string_view bytes) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (; !bytes.empty(); bytes.remove_prefix((std::min<std::size_t>)(3, bytes.size()))) {
        std::uint32_t group = 0;
        for (std::size_t at = 0; at < 3; ++at) {
            group = group << 8U | (at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U);
        }
        for (std::size_t at = 0; at < 4; ++at) {
            out += at <= bytes.size() ? alphabet[(group >> (18U - 6U * at)) & 63U] : '=';
        }
    }
    return out;
}

/// A body as RFC 2045 6.7 has it: lines of the text end with CRLF, longer ones are broken softly,
/// and `=_` stands nowhere in it, so that a boundary with these two characters cannot either.
[[nodiscard]] inline std::string quoted_printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool last = at + 1 == text.size() || text[at + 1] == '\n';
        const bool plain =
            byte > ' ' && byte < 0x7F && byte != '=' && !(byte == '.' && column == 0);
        const bool space = byte == ' ' && !last;
        const std::size_t width = plain || space ? 1 : 3;
        if (column + width > longest_line - (last ? 0U : 1U)) {
            out += "=\r\n";
            column = 0;
        }
        if (width == 1) {
            out += text[at];
        } else {
            out += {'=', digits[byte >> 4U], digits[byte & 0xFU]};
        }
        column += width;
    }
    return out;
}

/// Whether a header may hold the text as it is: printable ASCII, no word too long to be folded, and
/// nothing that reads as an encoded word.
[[nodiscard]] inline bool fits_header(std::string_view text) {
    std::size_t word = 0;
    for (const char c : text) {
        word = c == ' ' ? 0 : word + 1;
        if (c < ' ' || c > '~' || word > longest_line - 1) return false;
    }
    return text.find("=?") == std::string_view::npos && text.find("  ") == std::string_view::npos &&
           !text.starts_with(' ') && !text.ends_with(' ');
}

/// A header's line or lines, folded before a word (RFC 5322 2.2.3).
[[nodiscard]] inline std::string folded(std::string_view name, std::string_view text) {
    std::string out = std::string{name} + ':';
    std::size_t column = out.size();
    while (!text.empty()) {
        const auto end = (std::min)(text.find(' '), text.size());
        const bool fold = column + 1 + end > longest_line;
        out += fold ? "\r\n " : " ";
        out += text.substr(0, end);
        column = (fold ? 1 : column + 1) + end;
        text.remove_prefix((std::min)(end + 1, text.size()));
    }
    return out + "\r\n";
}

/// UTF-8 as encoded words, each of whole characters and at most 75 characters long (RFC 2047).
[[nodiscard]] inline std::string encoded_words(std::string_view text) {
    constexpr std::size_t most = 39;
    std::string out;
    while (!text.empty()) {
        std::size_t end = 0;
        while (end < text.size()) {
            const auto bytes =
                (std::max<std::size_t>)(1, lockbox::detail::decode(text.substr(end)).bytes);
            if (end + bytes > most) break;
            end += bytes;
        }
        if (!out.empty()) out += ' ';
        ((out += "=?UTF-8?B?") += base64(text.substr(0, end))) += "?=";
        text.remove_prefix(end);
    }
    return out;
}

}  // namespace notify::detail
}  // namespace v0
}  // namespace lockbox
