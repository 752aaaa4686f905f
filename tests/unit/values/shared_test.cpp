#include <lockbox/shared.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace {

using lockbox::shared;
using lockbox::shared_list;

/// Counts how many there are, and throws when it is copied for the n-th time.
struct counted_copy {
    static inline int alive = 0;
    static inline int copies_left = 1000;

    int value = 0;

    explicit counted_copy(int v) : value{v} { ++alive; }
    counted_copy(const counted_copy& other) : value{other.value} {
        if (copies_left-- == 0) throw std::runtime_error{"no more copies"};
        ++alive;
    }
    counted_copy(counted_copy&& other) noexcept : value{other.value} { ++alive; }
    counted_copy& operator=(const counted_copy&) = default;
    ~counted_copy() { --alive; }
};

/// Two fields, as a value of lockbox's states them.
struct pair_of_fields {
    int first = 1;
    std::string second = "two";
    static constexpr void fields(auto& self, auto&& f) {
        f("first", self.first);
        f("second", self.second);
    }
    friend bool operator==(const pair_of_fields&, const pair_of_fields&) = default;
};

}  // namespace

TEST_CASE("a shared list holds what it was made of, in its order", "[shared]") {
    const shared_list<std::string> none;
    CHECK(none.empty());
    CHECK(none.size() == 0);
    CHECK(none.begin() == none.end());
    const shared_list<std::string> some{"a", "b", "a string that is too long for its own room"};
    CHECK(some.size() == 3);
    CHECK(some.front() == "a");
    CHECK(some[1] == "b");
    CHECK(some.back() == "a string that is too long for its own room");
    std::string all;
    for (const auto& one : some) all += one.front();
    CHECK(all == "aba");
    CHECK(shared_list<std::string>{lockbox::vector<std::string>{"a", "b"}} ==
          shared_list<std::string>{"a", "b"});
    CHECK(shared_list<std::string>{std::vector<std::string>{}} == none);
}

TEST_CASE("copies of a shared list are one piece of the heap, and compare by what is in it",
          "[shared]") {
    const shared_list<int> one{1, 2, 3};
    const auto copy = one;
    CHECK(copy.begin() == one.begin());
    CHECK(copy == one);
    const shared_list<int> like{1, 2, 3};
    CHECK(like.begin() != one.begin());
    CHECK(like == one);
    CHECK_FALSE(one == shared_list<int>{1, 2});
    CHECK_FALSE(one == shared_list<int>{1, 2, 4});
    CHECK_FALSE(one == shared_list<int>{});
}

TEST_CASE("the last copy of a shared list takes its values away, and no other does", "[shared]") {
    counted_copy::alive = 0;
    {
        shared_list<counted_copy> first{counted_copy{1}, counted_copy{2}};
        CHECK(counted_copy::alive == 2);
        {
            auto second = first;
            const auto third = std::move(second);
            CHECK(counted_copy::alive == 2);
            first = shared_list<counted_copy>{};
            CHECK(counted_copy::alive == 2);
            CHECK(third[1].value == 2);
            first = third;
        }
        CHECK(counted_copy::alive == 2);
        first = *&first;
        CHECK(first[0].value == 1);
    }
    CHECK(counted_copy::alive == 0);
}

TEST_CASE("a shared list whose making fails leaves nothing behind", "[shared][V20]") {
    counted_copy::alive = 0;
    {
        lockbox::vector<counted_copy> values;
        for (int value = 0; value < 4; ++value) values.emplace_back(value);
        counted_copy::copies_left = 2;
        CHECK_THROWS_AS((shared_list<counted_copy>{values}), std::runtime_error);
        CHECK(counted_copy::alive == 4);
        counted_copy::copies_left = 1000;
    }
    CHECK(counted_copy::alive == 0);
}

TEST_CASE("a shared value is read, compared, and exchanged for another", "[shared]") {
    shared<pair_of_fields> one;
    CHECK(one->second == "two");
    const auto copy = one;
    CHECK(&*copy == &*one);
    one = pair_of_fields{5, "five"};
    CHECK(copy->first == 1);
    CHECK((*one).first == 5);
    CHECK_FALSE(copy == one);
    CHECK(one == shared<pair_of_fields>{pair_of_fields{5, "five"}});
}

TEST_CASE("who changes a field of a shared value changes it in no copy", "[shared]") {
    shared<pair_of_fields> one;
    const auto copy = one;
    one.change([](auto& value) { value.second.clear(); });
    CHECK(one->second.empty());
    CHECK(one->first == copy->first);
    CHECK(copy->second == "two");
}

TEST_CASE("threads may copy and drop what they share", "[shared][threads]") {
    const shared_list<std::string> one{"a", "b"};
    std::vector<std::thread> at_work;
    for (int number = 0; number < 4; ++number) {
        at_work.emplace_back([mine = one] {
            for (int time = 0; time < 2000; ++time) {
                const auto copy = mine;
                if (copy.back() != "b") std::terminate();
            }
        });
    }
    for (auto& each : at_work) each.join();
    CHECK(one.size() == 2);
}
