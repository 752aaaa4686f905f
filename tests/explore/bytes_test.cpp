#include <lockbox/testing/explore/bytes.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using lockbox::testing::byte_reader;
using lockbox::testing::byte_writer;
using lockbox::testing::bytes_view;
using lockbox::testing::state_set;

TEST_CASE("numbers come back from their bytes, and small ones take one", "[explore]") {
    std::array<std::uint8_t, 10> room{};
    for (const std::uint64_t n : {0ULL, 1ULL, 127ULL, 128ULL, 43'200'000ULL, ~0ULL}) {
        byte_writer to{room};
        to.number(n);
        CHECK(to.written().size() == (n < 128 ? 1U : n < 1000 ? 2U : n < 1'000'000'000 ? 4U : 10U));
        byte_reader from{to.written()};
        CHECK(from.number() == n);
    }
    using limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t n : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63},
                                 std::int64_t{-64}, (limits::min)(), (limits::max)()}) {
        byte_writer to{room};
        to.signed_number(n);
        byte_reader from{to.written()};
        CHECK(from.signed_number() == n);
        if (n >= -64 && n < 64) CHECK(to.written().size() == 1);
    }
}

TEST_CASE("what does not fit into a writer's room is left out", "[explore]") {
    std::array<std::uint8_t, 4> room{1, 1, 1, 1};
    byte_writer to{std::span{room}.first(3)};
    for (int i = 0; i < 4; ++i) to.number(200);
    CHECK(to.written().size() == 3);
    CHECK(room[3] == 1);
}

TEST_CASE("a set of states keeps each once, with where it came from", "[explore]") {
    constexpr std::uint32_t many = 200'000;
    state_set all;
    std::array<std::uint8_t, 500> room{};
    const auto write = [&](std::uint64_t n) {
        byte_writer state{room};
        for (std::uint64_t i = 0; i <= n % 40; ++i) state.number(n * i + i);
        state.number(n);
        return state.written();
    };
    for (std::uint32_t n = 0; n < many; ++n) {
        REQUIRE(all.insert(write(n), {n / 2, n % 7}));
        REQUIRE_FALSE(all.insert(write(n / 3), {0, 0}));
    }
    REQUIRE(all.size() == many);
    for (std::uint32_t n = 0; n < many; ++n) {
        REQUIRE(all.find(write(n)) == n);
        REQUIRE(std::ranges::equal(all[n], write(n)));
        REQUIRE(all.origin_of(n).parent == n / 2);
        REQUIRE(all.origin_of(n).step == n % 7);
    }
    CHECK_FALSE(all.find(write(many)));

    // Together, among them twice the same and one that is in: as one by one.
    state_set later;
    REQUIRE(later.insert(write(0), {0, 0}));
    for (std::uint32_t from = 0; from < many; from += 1000) {
        for (auto n = from; n < from + 1000; ++n) {
            later.insert_later(write(n), {n / 2, n % 7});
            later.insert_later(write(n / 3), {0, 1});
        }
        later.settle();
        REQUIRE(later.size() == from + 1000);
    }
    later.settle();
    REQUIRE(later.size() == many);
    for (std::uint32_t n = 1; n < many; ++n) {
        REQUIRE(std::ranges::equal(later[n], all[n]));
        REQUIRE(later.origin_of(n).parent == all.origin_of(n).parent);
        REQUIRE(later.origin_of(n).step == all.origin_of(n).step);
    }

    std::vector<std::uint8_t> long_one(state_set::most_bytes);
    CHECK(all.insert(long_one, {}));
    long_one.push_back(0);
    CHECK_FALSE(all.insert(long_one, {}));
}
