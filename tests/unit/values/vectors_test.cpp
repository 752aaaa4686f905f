#include <lockbox/vectors.hpp>

#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

struct entry {
    int key = 0;
    std::string text{};
    friend bool operator==(const entry&, const entry&) = default;
};
using entries = lockbox::vector<entry>;

}  // namespace

TEST_CASE("an element is found by its key, in any vector and in an ordered one", "[vectors]") {
    entries all{{2, "b"}, {4, "d"}, {6, "f"}};
    CHECK(lockbox::find_by(all, 4, &entry::key) == &all[1]);
    CHECK(lockbox::find_by(all, 5, &entry::key) == nullptr);
    for (std::size_t at = 0; at < all.size(); ++at) {
        CHECK(lockbox::find_ordered(all, all[at].key, &entry::key) == &all[at]);
        CHECK(lockbox::place_of(all, all[at].key - 1, &entry::key) == at);
        CHECK(lockbox::find_ordered(all, all[at].key - 1, &entry::key) == nullptr);
    }
    CHECK(lockbox::find_ordered(all, 7, &entry::key) == nullptr);
    const entries none;
    CHECK(lockbox::find_ordered(none, 7, &entry::key) == nullptr);
    CHECK(lockbox::find_by(none, 7, &entry::key) == nullptr);
}

TEST_CASE("a vector stays in its order when something is put in or taken out", "[vectors]") {
    entries all{{2, "b"}, {6, "f"}};
    CHECK(lockbox::insert_at(all, 1, {4, "d"}).key == 4);
    CHECK(lockbox::insert_at(all, 3, {8, "h"}).key == 8);
    CHECK(lockbox::insert_at(all, 0, {1, "a"}).key == 1);
    CHECK(all == entries{{1, "a"}, {2, "b"}, {4, "d"}, {6, "f"}, {8, "h"}});
    CHECK(all.erase(&all[2]) == &all[2]);
    CHECK(all == entries{{1, "a"}, {2, "b"}, {6, "f"}, {8, "h"}});
    lockbox::drop_if(all, [](const entry& e) { return e.key < 3; });
    CHECK(all == entries{{6, "f"}, {8, "h"}});
    lockbox::drop_if(all, [](const entry&) { return true; });
    CHECK(all.empty());
}

TEST_CASE("sorting leaves equals as they stood", "[vectors]") {
    for (int size = 0; size < 40; ++size) {
        entries all;
        for (int at = 0; at < size; ++at) all.push_back({at * 7 % 5, std::to_string(1000 + at)});
        lockbox::sort(all, [](const entry& a, const entry& b) { return a.key < b.key; });
        CHECK(static_cast<int>(all.size()) == size);
        for (std::size_t at = 1; at < all.size(); ++at) {
            CHECK(std::pair{all[at - 1].key, all[at - 1].text} <
                  std::pair{all[at].key, all[at].text});
        }
    }
}
