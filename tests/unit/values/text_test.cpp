#include <lockbox/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/catch.hpp"

using namespace lockbox;

namespace {

std::string utf8(std::uint32_t c) {
    std::string out;
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12U));
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xF0U | (c >> 18U));
        tail(12), tail(6), tail(0);
    }
    return out;
}

}  // namespace

TEST_CASE("every code point but the surrogates is UTF-8, in its one form", "[text]") {
    std::uint32_t wrong = 0;
    for (std::uint32_t c = 0; c <= 0x10FFFF; ++c) {
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        const auto text = utf8(c);
        const auto decoded = detail::decode(text);
        const bool good = decoded.bytes == text.size() && decoded.value == c;
        wrong += is_utf8(text) == surrogate || good == surrogate ? 1U : 0U;
        // Cut short anywhere it is not UTF-8.
        for (std::size_t size = 1; size < text.size(); ++size)
            wrong += is_utf8(std::string_view{text}.substr(0, size)) ? 1U : 0U;
    }
    CHECK(wrong == 0);
}

TEST_CASE("overlong forms, surrogates and what lies beyond Unicode are not UTF-8", "[text][R9]") {
    for (const std::string_view bytes : {"\x80",
                                         "\xBF",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xE0\x80\x80",
                                         "\xE0\x9F\xBF",
                                         "\xED\xA0\x80",
                                         "\xED\xBF\xBF",
                                         "\xF0\x80\x80\x80",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "\xF8\x88\x80\x80\x80",
                                         "\xFE",
                                         "\xFF",
                                         "\xC3",
                                         "\xC3\x28",
                                         "\xE2\x82",
                                         "\xE2\x28\xA1",
                                         "\xF0\x9F\x98",
                                         "\xF0\x9F\x98\x28",
                                         "a\x80z"}) {
        CHECK_FALSE(is_utf8(bytes));
        CHECK_FALSE(is_blank(bytes));
        CHECK(has_control(bytes));
    }
    CHECK(is_utf8(""));
    CHECK(is_utf8(std::string_view{"\0", 1}));
    CHECK(is_utf8("\xEF\xBF\xBF"));
}

TEST_CASE("what shows nothing is blank", "[text][R2]") {
    for (const std::uint32_t c :
         {0x09U, 0x0AU, 0x0DU, 0x20U, 0x85U, 0xA0U, 0x1680U, 0x2003U, 0x200BU, 0x200CU, 0x200DU,
          0x2028U, 0x2029U, 0x202FU, 0x205FU, 0x2060U, 0x3000U, 0xFEFFU}) {
        INFO(c);
        CHECK(is_blank(utf8(c)));
        CHECK(is_blank(" " + utf8(c) + "\t"));
        CHECK_FALSE(is_blank(utf8(c) + "x"));
    }
    CHECK(is_blank(""));
    CHECK_FALSE(is_blank("."));
    CHECK_FALSE(is_blank(std::string_view{"\0", 1}));
    CHECK_FALSE(is_blank("\xE2\x9C\x93"));
}

TEST_CASE("controls, line separators and marks of direction are told", "[text][V5][T21]") {
    for (std::uint32_t c = 0; c < 0xA0; ++c) CHECK(has_control(utf8(c)) == (c < 0x20 || c >= 0x7F));
    for (const std::uint32_t c : {0x2028U, 0x2029U, 0x202AU, 0x202EU, 0x2066U, 0x2069U})
        CHECK(has_control("ada" + utf8(c)));
    CHECK_FALSE(has_control("zo\xC3\xAB \xF0\x9F\x94\x92"));
    CHECK_FALSE(has_control(""));
}

TEST_CASE("a byte is told wherever it stands, and whatever it stands beside", "[text][V5][T21]") {
    for (const char around : {' ', 'a', '~'}) {
        for (std::size_t size = 1; size < 26; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                for (std::uint32_t byte = 0; byte < 0x100; ++byte) {
                    std::string text(size, around);
                    text[at] = static_cast<char>(byte);
                    REQUIRE(is_utf8(text) == (byte < 0x80));
                    REQUIRE(has_control(text) == (byte < 0x20 || byte >= 0x7F));
                }
            }
        }
    }
}

TEST_CASE("only the 26 ASCII letters fold", "[text][T16]") {
    CHECK(equal_ascii_caseless("Unknown", "uNKNOWN"));
    CHECK_FALSE(equal_ascii_caseless("unknown", "unknown "));
    CHECK_FALSE(equal_ascii_caseless("\xC3\x84", "\xC3\xA4"));  // Ä, ä
    CHECK_FALSE(equal_ascii_caseless("\xE2\x84\xAA", "k"));     // the Kelvin sign
    CHECK_FALSE(equal_ascii_caseless("[", "{"));
    CHECK_FALSE(equal_ascii_caseless("@", "`"));
}
