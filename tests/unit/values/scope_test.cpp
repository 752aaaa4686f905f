#include <lockbox/scope.hpp>

#include <string>
#include <vector>

#include <lockbox/vocabulary.hpp>

#include "support/arbitrary.hpp"
#include "support/catch.hpp"

using namespace lockbox;
using words = default_vocabulary;
using scope = words::scope;
using access_to = words::access;

namespace {

const std::vector<std::string> paths = {"/",    "/a",     "/a/b", "/a/b/c", "/ab",
                                        "/a/c", "/a/b c", "/b",   "/b/a",   "/a.b"};
const std::vector<words::operation> operations = {"read", "Read", "export"};
const std::vector<words::service> services = {"exchange", "sharepoint"};

scope any_scope(support::arbitrary& any) {
    const auto service = services[any.below(8) == 0 ? 1 : 0];
    std::vector<words::operation> some_operations;
    for (auto count = any.below(4); count > 0; --count)
        some_operations.push_back(operations[any.below(operations.size())]);
    std::vector<std::string> some_paths;
    for (auto count = any.below(4); count > 0; --count)
        some_paths.push_back(paths[any.below(paths.size())]);
    return {service, some_operations, some_paths};
}

/// All accesses of the small world above.
void for_each_access(auto f) {
    for (const auto& service : services)
        for (const auto& operation : operations)
            for (const auto& path : paths) f(access_to{service, operation, path});
}

/// What a scope covers, as one word of bits.
std::uint64_t covered(const scope& one) {
    std::uint64_t bits = 0;
    std::uint64_t bit = 1;
    for_each_access([&](const access_to& wanted) {
        if (one.covers(wanted)) bits |= bit;
        bit <<= 1U;
    });
    return bits;
}

}  // namespace

TEST_CASE("a path covers itself and all under it, by whole segments", "[scope][A1]") {
    const scope one{"exchange", {"read"}, {"/a/b"}};
    CHECK(one.covers({"exchange", "read", "/a/b"}));
    CHECK(one.covers({"exchange", "read", "/a/b/c"}));
    CHECK_FALSE(one.covers({"exchange", "read", "/a/bc"}));
    CHECK_FALSE(one.covers({"exchange", "read", "/a/b c"}));
    CHECK_FALSE(one.covers({"exchange", "read", "/a"}));
    CHECK_FALSE(one.covers({"exchange", "read", "/"}));
    CHECK_FALSE(one.covers({"exchange", "read", "/A/b"}));
    const scope whole{"exchange", {"read"}, {"/"}};
    CHECK(whole.covers({"exchange", "read", "/"}));
    CHECK(whole.covers({"exchange", "read", "/anything/at/all"}));
    CHECK_FALSE(whole.covers({"sharepoint", "read", "/"}));
}

TEST_CASE("operations are compared bytewise, without wildcards", "[scope][A1]") {
    const scope one{"exchange", {"read"}, {"/"}};
    CHECK_FALSE(one.covers({"exchange", "Read", "/"}));
    CHECK_FALSE(one.covers({"exchange", "reads", "/"}));
    CHECK_FALSE(one.covers({"exchange", "", "/"}));
    const scope star{"exchange", {"*"}, {"/*"}};
    CHECK_FALSE(star.covers({"exchange", "read", "/a"}));
    CHECK(star.covers({"exchange", "*", "/*/a"}));
}

TEST_CASE("a path has a slash before each segment, and no odd segments", "[scope][A1]") {
    for (const char* good :
         {"/", "/a", "/a/b", "/a b", "/...", "/.a", "/a..", "/zo\xC3\xAB", "/~", "/%2e%2e"})
        CHECK(is_path(good));
    for (const char* bad : {"", "a", "a/b", "//", "/a/", "/a//b", "/.", "/..", "/a/./b", "/a/../b",
                            "/a/..", "\\a", "/a\n", "/a\x7F", "/a\xFF",
                            "/a\xE2\x80\xAE"
                            "b"})
        CHECK_FALSE(is_path(bad));
    CHECK_FALSE(is_path(std::string("/a\0b", 4)));
    CHECK(is_path("/" + std::string(longest_path - 1, 'x')));
    CHECK_FALSE(is_path("/" + std::string(longest_path, 'x')));
}

TEST_CASE("a scope that cannot stand in a command is told", "[scope][A1]") {
    CHECK(scope{"exchange", {"read"}, {"/a"}}.well_formed());
    CHECK_FALSE(scope{"", {"read"}, {"/a"}}.well_formed());
    CHECK_FALSE(scope{"exchange", {""}, {"/a"}}.well_formed());
    CHECK_FALSE(scope{"exchange", {"read"}, {"/a", "b"}}.well_formed());
    CHECK(scope{"exchange", {}, {"/a"}}.empty());
    CHECK(scope{"exchange", {"read"}, {}}.empty());
    CHECK_FALSE(scope{"exchange", {"read"}, {"/"}}.empty());
    CHECK(access_to{"exchange", "read", "/a"}.well_formed());
    CHECK_FALSE(access_to{"exchange", "read", "/a/../b"}.well_formed());
    CHECK_FALSE(access_to{"", "read", "/a"}.well_formed());
}

TEST_CASE("the meet covers what both cover, and nothing else", "[scope][V4]") {
    support::arbitrary any{9};
    for (int round = 0; round < 4000; ++round) {
        const auto a = any_scope(any);
        const auto b = any_scope(any);
        const auto both = a.meet(b);
        if (covered(both) != (covered(a) & covered(b))) FAIL_CHECK("round " << round);
        if (!both.within(a) || (a.service == b.service && !both.within(b)))
            FAIL_CHECK("round " << round << ": not within");
    }
}

TEST_CASE("meeting is associative, commutative and idempotent in what it covers", "[scope][V4]") {
    support::arbitrary any{10};
    for (int round = 0; round < 4000; ++round) {
        const auto a = any_scope(any);
        const auto b = any_scope(any);
        const auto c = any_scope(any);
        const bool good = covered(a.meet(b)) == covered(b.meet(a)) &&
                          covered(a.meet(b).meet(c)) == covered(a.meet(b.meet(c))) &&
                          covered(a.meet(a)) == covered(a);
        if (!good) FAIL_CHECK("round " << round);
    }
}

TEST_CASE("a scope within another covers nothing that the other does not", "[scope][V4]") {
    support::arbitrary any{11};
    int within = 0;
    for (int round = 0; round < 20'000; ++round) {
        const auto inner = any_scope(any);
        const auto outer = any_scope(any);
        if (!inner.within(outer)) continue;
        ++within;
        if ((covered(inner) & ~covered(outer)) != 0) FAIL_CHECK("round " << round);
    }
    CHECK(within > 100);
    const scope self{"exchange", {"read"}, {"/a"}};
    CHECK(self.within(self));
    CHECK(self.within({"exchange", {"read", "export"}, {"/"}}));
    CHECK_FALSE(self.within({"sharepoint", {"read"}, {"/"}}));
}
