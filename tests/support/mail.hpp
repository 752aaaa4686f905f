// Reads a mail that lockbox wrote, strictly: what is no header, no boundary or no encoding throws.
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/text.hpp>

namespace support {

inline void must(bool holds, const char* why) {
    if (!holds) throw std::runtime_error{why};
}

/// The lines of a text that ends each with CRLF, and has CR and LF nowhere else.
inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
        const auto end = text.find("\r\n");
        must(end != std::string_view::npos, "the last line does not end");
        all.emplace_back(text.substr(0, end));
        must(all.back().find_first_of("\r\n") == std::string::npos, "a bare CR or LF");
        must(all.back().size() <= 998, "a line is too long");
        text.remove_prefix(end + 2);
    }
    return all;
}

inline std::string decoded_quoted_printable(const std::vector<std::string>& lines) {
    std::string out;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        std::string_view line = lines[at];
        must(line.size() <= 76, "an encoded line is too long");
        must(line.empty() || (line.back() != ' ' && line.back() != '\t'), "a space ends a line");
        const bool soft = line.ends_with('=');
        if (soft) line.remove_suffix(1);
        for (std::size_t i = 0; i < line.size(); ++i) {
            must(line[i] >= ' ' && line[i] <= '~', "not printable ASCII");
            if (line[i] != '=') {
                out += line[i];
                continue;
            }
            must(i + 2 < line.size(), "an escape is cut short");
            const std::string digits{line.substr(i + 1, 2)};
            must(digits.find_first_not_of("0123456789ABCDEF") == std::string::npos, "no escape");
            out += static_cast<char>(std::stoi(digits, nullptr, 16));
            i += 2;
        }
        if (!soft && at + 1 < lines.size()) out += '\n';
    }
    return out;
}

inline std::string decoded_base64(std::string_view text) {
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    unsigned held = 0;
    must(text.size() % 4 == 0, "base64 comes in fours");
    for (const char c : text) {
        if (c == '=') break;
        const auto value = alphabet.find(c);
        must(value != std::string::npos, "not base64");
        bits = (bits << 6U) | static_cast<unsigned>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>((bits >> held) & 0xFFU);
    }
    return out;
}

/// A header's text with its encoded words decoded; white space between two of them is none.
inline std::string decoded_header(std::string_view text) {
    std::string out;
    bool after_word = false;
    while (!text.empty()) {
        if (text.starts_with("=?UTF-8?B?")) {
            const auto end = text.find("?=", 10);
            must(end != std::string_view::npos && end + 2 <= 75, "an encoded word is broken");
            if (after_word) out.pop_back();
            const auto word = decoded_base64(text.substr(10, end - 10));
            must(lockbox::is_utf8(word), "an encoded word cuts a character in two");
            out += word;
            text.remove_prefix(end + 2);
            after_word = text.starts_with(" =?UTF-8?B?");
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

struct mail {
    std::map<std::string, std::string> headers;  ///< each at most once, unfolded
    std::string plain;
    std::string html;
};

inline mail read_mail(std::string_view text) {
    mail out;
    const auto lines = lines_of(text);
    std::size_t at = 0;
    std::string* last = nullptr;
    for (; at < lines.size() && !lines[at].empty(); ++at) {
        for (const char c : lines[at]) must(c >= ' ' && c <= '~', "a header is not ASCII");
        if (lines[at].front() == ' ') {
            must(last != nullptr && lines[at].find_first_not_of(' ') == 1, "a fold without text");
            *last += (last->empty() ? "" : " ") + lines[at].substr(1);
            continue;
        }
        const auto colon = lines[at].find(':');
        must(colon != std::string::npos && lines[at].find(' ') > colon, "no header");
        const auto name = lines[at].substr(0, colon);
        must(!out.headers.contains(name), "a header twice");
        last = &out.headers[name];
        *last = colon + 2 <= lines[at].size() ? lines[at].substr(colon + 2) : "";
    }
    const auto& type = out.headers["Content-Type"];
    const auto quote = type.find('"');
    must(type.starts_with("multipart/alternative; boundary=\"") && type.ends_with('"'),
         "no boundary");
    const auto boundary = "--" + type.substr(quote + 1, type.size() - quote - 2);

    std::vector<std::vector<std::string>> parts;
    for (++at; at < lines.size() && lines[at] != boundary + "--"; ++at) {
        if (lines[at] == boundary)
            parts.emplace_back();
        else {
            must(!parts.empty(), "text before the first part");
            must(lines[at].find(boundary) == std::string::npos, "the boundary inside a part");
            parts.back().push_back(lines[at]);
        }
    }
    must(at + 1 == lines.size() && parts.size() == 2, "not two parts and an end");
    std::string* const bodies[] = {&out.plain, &out.html};
    const std::string types[] = {"plain", "html"};
    for (std::size_t i = 0; i < 2; ++i) {
        must(parts[i].size() > 3 &&
                 parts[i][0] == "Content-Type: text/" + types[i] + "; charset=utf-8",
             "a part of another type");
        must(parts[i][1] == "Content-Transfer-Encoding: quoted-printable" && parts[i][2].empty(),
             "a part encoded otherwise");
        *bodies[i] = decoded_quoted_printable({parts[i].begin() + 3, parts[i].end()});
    }
    return out;
}

}  // namespace support
