#include <lockbox/stable_vector.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>

#include <lockbox/vectors.hpp>

#include "support/catch.hpp"

namespace {

struct item {
    int key = 0;
    std::string text{};
    friend bool operator==(const item&, const item&) = default;
};
using items = lockbox::stable_vector<item>;

items three() {
    items all;
    all.emplace_back(1, "one");
    all.emplace_back(3, "three");
    all.emplace(1, 2, "two");
    return all;
}

std::string texts_of(const items& all) {
    std::string text;
    for (const auto& one : all) text += one.text + " ";
    return text;
}

}  // namespace

static_assert(std::forward_iterator<items::iterator>);
static_assert(std::is_nothrow_move_constructible_v<items>);
static_assert(std::is_nothrow_move_assignable_v<items>);

TEST_CASE("an element stays where it is while others come and go", "[stable_vector]") {
    auto all = three();
    const auto* const two = &all[1];
    for (int key = 4; key < 100; ++key) all.emplace_back(key, "more");
    all.erase(0);
    CHECK(&all[0] == two);
    auto moved = std::move(all);
    CHECK(&moved[0] == two);
    CHECK(moved.size() == 98);
}

TEST_CASE("elements stand in the order in which they were placed", "[stable_vector]") {
    auto all = three();
    CHECK(texts_of(all) == "one two three ");
    CHECK(all.front().key == 1);
    CHECK(all.back().key == 3);
    all.erase(1);
    CHECK(texts_of(all) == "one three ");
    CHECK(std::ranges::find(all, 3, &item::key)->text == "three");
    all.erase(1);
    all.erase(0);
    CHECK(all.empty());
    CHECK(all.begin() == all.end());
}

TEST_CASE("a stable vector copies, and compares by its elements", "[stable_vector]") {
    const auto all = three();
    auto copy = all;
    CHECK(copy == all);
    CHECK(&copy[0] != &all[0]);
    copy[0].text = "other";
    CHECK_FALSE(copy == all);
    copy = all;
    CHECK(copy == all);
    copy.erase(2);
    CHECK_FALSE(copy == all);
    auto& same = copy;
    copy = same;
    CHECK(texts_of(copy) == "one two ");
}

TEST_CASE("a stable vector is searched as a vector is", "[stable_vector]") {
    auto all = three();
    CHECK(lockbox::find_by(all, 2, &item::key)->text == "two");
    CHECK(lockbox::find_by(all, 4, &item::key) == nullptr);
    CHECK(lockbox::find_ordered(all, 3, &item::key)->text == "three");
    CHECK(lockbox::place_of(all, 9, &item::key) == 3);
}
