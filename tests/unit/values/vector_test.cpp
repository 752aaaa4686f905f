// The vector of all values: what it holds, and that a failure leaves it as it was.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lockbox/id.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

#include "support/catch.hpp"

namespace {

/// A value that is counted_text, and whose making fails when it is told to.
struct counted_text {
    static inline int alive = 0;
    static inline int until_fault = -1;

    std::string text{};

    counted_text() : counted_text{""} {}
    counted_text(std::string of) : text{std::move(of)} {
        made();
    }  // NOLINT(google-explicit-constructor)
    counted_text(const counted_text& other) : text{other.text} { made(); }
    counted_text(counted_text&& other) noexcept : text{std::move(other.text)} { ++alive; }
    counted_text& operator=(const counted_text&) = default;
    counted_text& operator=(counted_text&&) noexcept = default;
    ~counted_text() { --alive; }
    friend bool operator==(const counted_text& a, const counted_text& b) {
        return a.text == b.text;
    }

  private:
    static void made() {
        if (until_fault == 0) throw 7;
        if (until_fault > 0) --until_fault;
        ++alive;
    }
};

using values = lockbox::vector<counted_text>;

std::vector<std::string> texts(const values& all) {
    std::vector<std::string> out;
    for (const auto& one : all) out.push_back(one.text);
    return out;
}

}  // namespace

TEST_CASE("a vector holds what the standard's holds, whatever is done to it", "[vectors]") {
    {
        std::mt19937 random{20261125};
        values ours;
        std::vector<std::string> theirs;
        for (int step = 0; step < 20000; ++step) {
            const auto text = "a value of some length " + std::to_string(step);
            const auto place = theirs.empty() ? 0 : random() % theirs.size();
            switch (random() % 11) {
                case 0:
                case 1:
                    ours.push_back(text);
                    theirs.push_back(text);
                    break;
                case 2:
                case 3:
                    CHECK(ours.emplace_back(text).text == text);
                    theirs.emplace_back(text);
                    break;
                case 4:
                    if (theirs.empty()) break;
                    ours.pop_back();
                    theirs.pop_back();
                    break;
                case 5:
                    if (theirs.empty()) break;
                    CHECK(ours.erase(ours.begin() + place) == ours.begin() + place);
                    theirs.erase(theirs.begin() + static_cast<std::ptrdiff_t>(place));
                    break;
                case 6: {
                    const values copy{ours};
                    CHECK(copy == ours);
                    ours = copy;
                    break;
                }
                case 7: {
                    values moved{std::move(ours)};
                    ours = std::move(moved);
                    break;
                }
                case 8:
                    if (random() % 50 == 0) ours.clear(), theirs.clear();
                    break;
                case 9: {
                    const auto size = random() % 40;
                    if (random() % 20 != 0) break;
                    ours.resize(size);
                    theirs.resize(size);
                    break;
                }
                default:
                    if (random() % 50 == 0) ours.assign(5, text), theirs.assign(5, text);
            }
            REQUIRE(ours.size() == theirs.size());
            REQUIRE(ours.size() <= ours.capacity());
            REQUIRE(texts(ours) == theirs);
        }
        CHECK(counted_text::alive == static_cast<int>(ours.size()));
        CHECK(std::equal(ours.rbegin(), ours.rend(), theirs.rbegin(), theirs.rend(),
                         [](const counted_text& a, const std::string& b) { return a.text == b; }));
    }
    CHECK(counted_text::alive == 0);
}

TEST_CASE("a value of a vector can be put into it again", "[vectors]") {
    lockbox::vector<std::string> all{"the first of them, which is long"};
    for (int time = 0; time < 20; ++time) {
        all.push_back(all.front());
        all.emplace_back(all.back());
    }
    for (const auto& one : all) CHECK(one == "the first of them, which is long");
    CHECK(all.size() == 41);
}

TEST_CASE("a vector is as it was when a value cannot be made", "[vectors]") {
    {
        values all{counted_text{"a"}, counted_text{"b"}, counted_text{"c"}};
        const values other{counted_text{"x"}, counted_text{"y"}};
        const auto room = all.capacity();
        const auto fails = [&](int after, auto act) {
            counted_text::until_fault = after;
            bool thrown = false;
            try {
                act();
            } catch (int) {
                thrown = true;
            }
            counted_text::until_fault = -1;
            CHECK(thrown);
            CHECK(texts(all) == std::vector<std::string>{"a", "b", "c"});
            CHECK(texts(other) == std::vector<std::string>{"x", "y"});
        };
        fails(0, [&] { all.emplace_back("d"); });
        all.reserve(room + 8);
        fails(0, [&] { all.emplace_back("d"); });
        fails(1, [&] { all = other; });
        fails(1, [&] { const values copy{other}; });
        fails(2, [&] { all.assign(4, other.front()); });
    }
    CHECK(counted_text::alive == 0);
}

TEST_CASE("a vector takes the standard's, and is ordered as it is", "[vectors]") {
    const std::vector<std::string> standard{"b", "a"};
    const lockbox::vector<std::string> ours = standard;
    CHECK(ours == standard);
    CHECK(ours == lockbox::vector<std::string>{"b", "a"});
    const lockbox::vector<std::uint32_t> none;
    using numbers = lockbox::vector<std::uint32_t>;
    CHECK(none < numbers{1});
    CHECK(numbers{1} < numbers{1, 0});
    CHECK(numbers{1, 9} < numbers{2});
    CHECK_FALSE(numbers{2} < numbers{1, 9});
    CHECK_FALSE(numbers{2} < numbers{2});
    CHECK_FALSE(numbers{2} == numbers{2, 2});
    CHECK_FALSE(std::is_constructible_v<numbers, int, int>);
}

TEST_CASE("values that move as bytes are taken out and put in like any", "[vectors]") {
    using name = lockbox::id<struct name_tag>;  // long ones lie on the heap
    STATIC_REQUIRE(lockbox::moves_by_bytes<name>);
    const auto named = [](std::size_t at) {
        return name{std::string(40, 'x') + std::to_string(at)};
    };
    for (std::size_t size = 1; size < 9; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            lockbox::vector<name> all;
            std::vector<name> expected;
            for (std::size_t at = 0; at < size; ++at) all.push_back(named(at));
            for (std::size_t at = 0; at < size; ++at)
                if (at != place) expected.push_back(named(at));
            CHECK(all.erase(all.begin() + place) == all.begin() + place);
            CHECK(all == expected);
            lockbox::insert_at(all, place, named(place));
            expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(place), named(place));
            CHECK(all == expected);
        }
    }
}

TEST_CASE("a copy has the room of what it is a copy of", "[vectors]") {
    lockbox::vector<std::string> all{"a"};
    all.reserve(10);
    const auto copy = all;
    CHECK(copy.capacity() == 10);
    lockbox::vector<std::string> other;
    other = all;
    CHECK(other.capacity() == 10);
}
