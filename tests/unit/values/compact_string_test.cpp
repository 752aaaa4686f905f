// The string that identifiers are made of: inside and outside of itself it is the same text.
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/compact_string.hpp>

#include "support/catch.hpp"

using lockbox::compact_string;

TEST_CASE("a compact string is its bytes, however many", "[ids]") {
    for (std::size_t size = 0; size < 100; ++size) {
        const std::string text(size, 'x');
        const compact_string one{text};
        INFO("of " << size << " bytes");
        CHECK(one.view() == text);
        compact_string copy{one};
        CHECK(copy == one);
        const compact_string moved{std::move(copy)};
        CHECK(moved.view() == text);
        for (std::size_t other = 0; other < 100; ++other) {
            compact_string target{std::string(other, 'y')};
            target = one;
            CHECK(target.view() == text);
            compact_string source{std::string(other, 'z')};
            target = std::move(source);
            CHECK(target.view() == std::string(other, 'z'));
        }
    }
    CHECK(sizeof(compact_string) == 24);
    CHECK(compact_string{}.view().empty());
}

TEST_CASE("a compact string that is set to itself stays", "[ids]") {
    for (const std::size_t size : {3U, 23U, 24U, 200U}) {
        compact_string one{std::string(size, 'q')};
        const auto& same = one;
        one = same;
        CHECK(one.view() == std::string(size, 'q'));
    }
}

TEST_CASE("compact strings compare as their bytes do", "[ids][T16]") {
    std::mt19937 random{4711};
    std::vector<std::string> texts{"", std::string(1, '\0'), std::string(23, '\xff'),
                                   std::string(24, '\xff')};
    for (int more = 0; more < 150; ++more) {
        std::string text;
        for (auto left = 20 + random() % 8; left > 0; --left)
            text += static_cast<char>(random() % 2 == 0 ? 'a' : random() % 256);
        texts.push_back(text);
        text.back() = static_cast<char>(text.back() ^ 1);
        texts.push_back(text);
        texts.push_back(text + '\0');
    }
    std::size_t equal = 0;
    for (const auto& a : texts) {
        for (const auto& b : texts) {
            const compact_string left{a};
            const compact_string right{b};
            REQUIRE((left == right) == (a == b));
            REQUIRE((left < right) == (a < b));
            REQUIRE((left <= right) == (a <= b));
            if (a == b) ++equal;
        }
    }
    CHECK(equal >= texts.size());
}
