// The value or none that stands in lockbox's values.
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lockbox/lockbox.hpp>
#include <lockbox/optional.hpp>

#include "support/catch.hpp"

using lockbox::optional;

namespace {

const std::string long_text(100, 'x');  // on the heap: what is freed twice or never is found

struct counted_number {
    static inline int alive = 0;
    int value = 0;
    explicit counted_number(int v) : value{v} { ++alive; }
    counted_number(const counted_number& other) : value{other.value} { ++alive; }
    counted_number(counted_number&& other) noexcept : value{std::exchange(other.value, -1)} {
        ++alive;
    }
    counted_number& operator=(const counted_number&) = delete;
    ~counted_number() { --alive; }
    friend bool operator==(const counted_number&, const counted_number&) = default;
};

}  // namespace

TEST_CASE("an optional is none, or has its value", "[optional]") {
    optional<std::string> none;
    CHECK_FALSE(none);
    CHECK(none == std::nullopt);
    CHECK(none.value_or("other") == "other");
    const optional<std::string> one{long_text};
    REQUIRE(one.has_value());
    CHECK(*one == long_text);
    CHECK(one->size() == 100);
    CHECK(one.value_or("other") == long_text);
    none = one;
    CHECK(none == one);
    none = {};
    CHECK_FALSE(none);
    none = {"a", 1};
    CHECK(none == "a");
    none.reset();
    CHECK(none != one);
    CHECK(none.emplace(3U, 'z') == "zzz");
}

TEST_CASE("a copy is another value, and a move takes it", "[optional]") {
    optional<std::string> first{long_text};
    auto copy = first;
    *copy += "y";
    CHECK(*first == long_text);
    CHECK(copy != first);
    auto moved = std::move(copy);
    CHECK(*moved == long_text + "y");
    first = std::move(moved);
    CHECK(*first == long_text + "y");
    auto& same = first;
    first = same;
    CHECK(*first == long_text + "y");
    first = *first + "z";
    CHECK(*first == long_text + "yz");
    first = *same;
    CHECK(*first == long_text + "yz");
}

TEST_CASE("each value is destroyed once", "[optional]") {
    {
        optional<counted_number> one{counted_number{1}};
        CHECK(counted_number::alive == 1);
        auto two = one;
        CHECK(counted_number::alive == 2);
        two.emplace(2);
        CHECK(counted_number::alive == 2);
        one = two;
        CHECK(one == two);
        CHECK(counted_number::alive == 2);
        one.reset();
        one.reset();
        CHECK(counted_number::alive == 1);
        two = optional<counted_number>{};
        CHECK(counted_number::alive == 0);
        two = counted_number{3};
        CHECK(two->value == 3);
        CHECK(counted_number::alive == 1);
    }
    CHECK(counted_number::alive == 0);
}

TEST_CASE("none comes before each value", "[optional]") {
    const optional<int> none;
    CHECK(none < optional<int>{-1});
    CHECK_FALSE(optional<int>{-1} < none);
    CHECK_FALSE(none < none);
    CHECK(optional<int>{1} < optional<int>{2});
    CHECK_FALSE(optional<int>{2} < optional<int>{2});
}

TEST_CASE("none and zero are two", "[optional]") {
    CHECK(optional<int>{} != optional<int>{0});
    CHECK(optional<int>{} != 0);
    CHECK(optional<bool>{false}.has_value());
    CHECK_FALSE(optional<bool>{}.value_or(false));
    optional<int> number{7};
    number.reset();
    CHECK(number == optional<int>{});
    number.emplace(0);
    CHECK(number == 0);
}

TEST_CASE("the standard's optional is taken in and given back", "[optional]") {
    const std::optional<std::string> theirs{long_text};
    optional<std::string> ours = theirs;
    CHECK(ours == long_text);
    ours = std::optional<std::string>{};
    CHECK_FALSE(ours);
    const std::optional<std::string> back = optional<std::string>{long_text};
    CHECK(back == long_text);
    CHECK(optional<int>{std::optional<int>{}} == std::nullopt);
    CHECK(optional<int>{std::optional{3}} == 3);
}

TEST_CASE("what becomes the value becomes an optional of it, and nothing else does", "[optional]") {
    using role = lockbox::default_vocabulary::role;
    optional<role> of_a_literal = "access_approver";
    CHECK(of_a_literal == role{"access_approver"});
    CHECK(of_a_literal == "access_approver");
    of_a_literal = "other";
    CHECK(of_a_literal == "other");
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string_view, optional<role>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<const char*, optional<int>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<optional<std::string>, int>);
}

TEST_CASE("an optional is copied as bytes where its value is", "[optional]") {
    STATIC_REQUIRE(std::is_trivially_copyable_v<optional<int>>);
    STATIC_REQUIRE_FALSE(std::is_trivially_copyable_v<optional<std::string>>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<optional<std::string>>);
    STATIC_REQUIRE(optional<int>{3} == 3);
}
