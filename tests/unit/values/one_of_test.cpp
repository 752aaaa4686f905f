#include <lockbox/one_of.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "support/catch.hpp"

using lockbox::one_of;
using lockbox::overloaded;

namespace {

/// Counts itself, and throws when it is copied and told to.
struct counted {
    static inline int alive = 0;
    static inline bool throws = false;

    explicit counted(int value) : value_(value) { ++alive; }
    counted(const counted& other) : value_(other.value_) {
        if (throws) throw std::runtime_error("no copy");
        ++alive;
    }
    counted(counted&& other) noexcept : value_(std::exchange(other.value_, -1)) { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }

    [[nodiscard]] int value() const { return value_; }
    friend bool operator==(const counted&, const counted&) = default;

  private:
    int value_;
};

struct alignas(16) wide {
    int value = 0;
};

struct empty {
    friend bool operator==(const empty&, const empty&) = default;
};

using sum = one_of<empty, int, std::string, counted>;

}  // namespace

TEST_CASE("a sum holds its first type by default, and one value ever", "[one_of]") {
    const one_of<int, std::string> number;
    CHECK(number.is<int>());
    CHECK(number.index() == 0);
    CHECK(*number.get_if<int>() == 0);
    CHECK(number.get_if<std::string>() == nullptr);
    CHECK(sum::size == 4);
    CHECK(sum::index_of<std::string> == 2);
    CHECK(sum::holds<counted>);
    CHECK_FALSE(sum::holds<double>);
}

TEST_CASE("a sum copies and moves what it holds", "[one_of]") {
    sum one = std::string(100, 'x');
    const sum copy = one;
    CHECK(copy == one);
    const sum moved = std::move(one);
    CHECK(moved == copy);
    CHECK(one.is<std::string>());  // NOLINT(bugprone-use-after-move): it still holds one, emptied
    CHECK(one.get_if<std::string>()->empty());
    one = 7;
    CHECK(*one.get_if<int>() == 7);
    one = copy;
    CHECK(one == copy);
}

TEST_CASE("a sum may be assigned to itself", "[one_of]") {
    sum one = std::string(100, 'x');
    auto& same = one;
    one = same;
    CHECK(*one.get_if<std::string>() == std::string(100, 'x'));
    one = std::move(same);
    CHECK(*one.get_if<std::string>() == std::string(100, 'x'));
}

TEST_CASE("every value that a sum makes, it destroys", "[one_of]") {
    {
        sum one = counted{1};
        sum two = one;
        two = counted{2};
        one = std::move(two);
        CHECK(one.get_if<counted>()->value() == 2);
        two = empty{};
        one = std::string{"text"};
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("a copy that throws leaves the target as it was", "[one_of][V20]") {
    {
        const sum source = counted{1};
        sum target = std::string(100, 'x');
        counted::throws = true;
        CHECK_THROWS_AS(target = source, std::runtime_error);
        CHECK_THROWS_AS(sum{source}, std::runtime_error);
        counted::throws = false;
        CHECK(*target.get_if<std::string>() == std::string(100, 'x'));
        CHECK(source.get_if<counted>()->value() == 1);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("match calls the overload of the held type, and gives its result", "[one_of]") {
    const auto kind = overloaded{
        [](const std::string& text) { return "text " + text; },
        [](int number) { return "number " + std::to_string(number); },
        [](const auto&) { return std::string{"another"}; },
    };
    CHECK(sum{std::string{"a"}}.match(kind) == "text a");
    CHECK(sum{3}.match(kind) == "number 3");
    CHECK(sum{empty{}}.match(kind) == "another");

    sum changed = 3;
    changed.match(overloaded{[](int& number) { ++number; }, [](auto&) {}});
    CHECK(*changed.get_if<int>() == 4);
}

TEST_CASE("sums are equal when they hold equal values of one type", "[one_of]") {
    using two_alike = one_of<int, long>;
    CHECK(two_alike{1} == two_alike{1});
    CHECK(two_alike{1} != two_alike{2});
    CHECK(two_alike{1} != two_alike{1L});
    CHECK(sum{} == sum{empty{}});
}

TEST_CASE("a value is aligned as its type asks", "[one_of]") {
    struct shifted {
        char first = 'x';
        one_of<char, wide> second{};
    };
    shifted pair;
    pair.second = wide{5};
    const auto* held = pair.second.get_if<wide>();
    CHECK(reinterpret_cast<std::uintptr_t>(held) % 16 == 0);
    CHECK(held->value == 5);
}

TEST_CASE("a sum holds what cannot be copied, as long as it is not", "[one_of]") {
    one_of<int, std::unique_ptr<int>> one = std::make_unique<int>(5);
    auto moved = std::move(one);
    CHECK(**moved.get_if<std::unique_ptr<int>>() == 5);
}
