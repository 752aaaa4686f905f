// Strings that break careless programs: a few of our own, and the big list where the vectors are.
#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace support {

inline void append_utf8(std::string& out, std::uint32_t c) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
    } else {
        out += static_cast<char>(0xE0U | (c >> 12U));
        tail(6);
        tail(0);
    }
}

/// The strings of a JSON array of strings, which must be one; no surrogate pairs.
inline std::vector<std::string> strings_of(const std::string& json) {
    std::vector<std::string> all;
    bool inside = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '"') {
            inside = !inside;
            if (inside) all.emplace_back();
        } else if (inside && json[at] == '\\') {
            const char c = json[++at];
            if (c == 'u') {
                append_utf8(all.back(), static_cast<std::uint32_t>(
                                            std::stoul(json.substr(at + 1, 4), nullptr, 16)));
                at += 4;
            } else {
                const std::string letters = "bfnrt";
                const auto which = letters.find(c);
                all.back() += which == std::string::npos ? c : "\b\f\n\r\t"[which];
            }
        } else if (inside) {
            all.back() += json[at];
        }
    }
    return all;
}

/// Always some; with the vectors, 515 more.
inline std::vector<std::string> naughty_strings() {
    std::vector<std::string> all = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "x\r\nBcc: everybody@provider.example\r\n\r\n<html>",
        "first\nRequest:  R-000001\nExpires:  never",
        "=?UTF-8?B?SGVsbG8=?=",
        "\xE2\x80\xAE"
        "deirrever",
        "not UTF-8: \xFF\xC0\xAF",
        "http://evil.example/sign-in HTTPS://evil.example www.evil.example mailto:eve@evil.example",
        std::string("a null \0 inside", 15),
        ".\r\n.\r\nQUIT",
        "--=_lockbox_18_0--",
    };
    std::ifstream file{LOCKBOX_VECTORS "/text/blns.json"};
    const std::string json{std::istreambuf_iterator<char>{file}, {}};
    for (auto& one : strings_of(json)) all.push_back(std::move(one));
    return all;
}

}  // namespace support
