// SQLite's own practice: every write and every flush of one commit fails once, in every way.
#include <filesystem>

#include <lockbox/testing/contract/trial.hpp>

#include "sqlite/faulty_disk.hpp"
#include "sqlite/files.hpp"
#include "support/catch.hpp"
#include "support/once_sqlite.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

struct way {
    int code;
    bool for_ever;
};
constexpr way ways[] = {{SQLITE_FULL, false},
                        {SQLITE_FULL, true},
                        {SQLITE_IOERR_WRITE, false},
                        {SQLITE_IOERR_WRITE, true}};

/// With checkpoints in nearly every commit, so that they fail too.
lockbox::sqlite_options small() {
    lockbox::sqlite_options options;
    options.checkpoint_pages = 8;
    return options;
}

/// What a crash now would leave: the files as they are, without the memory that connections share.
void copy(const std::string& from, const std::string& to) {
    for (const char* part : {"", "-wal"}) {
        std::error_code ignored;
        std::filesystem::remove(to + part, ignored);
        std::filesystem::copy_file(from + part, to + part, ignored);
    }
    std::filesystem::remove(to + "-shm");
}

enum class there { nothing, all, neither };

/// Whether a store has all of two stories' last steps, or none of either.
there look(store& kept, const std::vector<story<V>>& before, const std::vector<story<V>>& after) {
    const auto holds = [&](const std::vector<story<V>>& told) {
        trial t{kept};
        for (const auto& one : told) t.same(one, "not so");
        return t.fault().empty();
    };
    if (holds(before)) return there::nothing;
    return holds(after) ? there::all : there::neither;
}
there look_after_crash(const std::string& path, const std::vector<story<V>>& before,
                       const std::vector<story<V>>& after) {
    copy(path, path + ".crash");
    auto kept = store::open(path + ".crash");
    REQUIRE(kept);
    return look(*kept, before, after);
}

/// Two tenants' changes in one commit, with the disk failing at its n-th operation. False when the
/// commit did not come so far.
bool fail_at(std::uint64_t n, way how) {
    const files::folder in;
    const faulty::disk disk;
    auto kept = store::open(in.file(), small());
    REQUIRE(kept);
    std::vector<story<V>> before{story<V>{1}, story<V>{2}};
    trial t{*kept};
    for (auto& one : before) t.write(one.opens().submits(0, 1).submits(1, 2).passes(1));
    REQUIRE(t.fault().empty());
    auto after = before;
    after[0].grants(1).denies(2).submits(2, 1);
    after[1].turns_on().freezes();
    std::array changes{after[0].unwritten(), after[1].unwritten()};

    faulty::now() = {n, how.code, how.for_ever, 0};
    const auto done = kept->commit(changes);
    const bool reached = faulty::now().done >= n;
    faulty::now().at = 0;

    INFO("operation " << n << " fails with " << how.code << (how.for_ever ? " for ever" : ""));
    INFO((done ? "acknowledged" : done.error().what));
    const auto crashed = look_after_crash(in.file(), before, after);
    CHECK(crashed != there::neither);
    if (done) {
        CHECK(crashed == there::all);
    } else if (done.error().kind != failure_kind::unknown_outcome) {
        CHECK(crashed == there::nothing);
        CHECK((done.error().kind == failure_kind::full ||
               done.error().kind == failure_kind::unavailable));
    }
    const auto seen = look(*kept, before, after);
    CHECK(seen == (done ? there::all : there::nothing));
    // What was seen once stays so: a crash brings nothing back.
    CHECK(look_after_crash(in.file(), before, after) == seen);
    if (!done) {
        REQUIRE(kept->commit(changes));
        CHECK(look(*kept, before, after) == there::all);
        CHECK(look_after_crash(in.file(), before, after) == there::all);
    }
    return reached;
}

}  // namespace

TEST_CASE("whatever write or flush of a commit fails, nothing is half written",
          "[store][sqlite][V13][V17][V20][T25]") {
    for (const auto how : ways) {
        std::uint64_t n = 1;
        while (fail_at(n, how)) ++n;
        CHECK(n > 10);
    }
}

TEST_CASE("a database whose making fails can be made again", "[store][sqlite][V17]") {
    for (const auto how : ways) {
        for (std::uint64_t n = 1;; ++n) {
            const files::folder in;
            const faulty::disk disk;
            faulty::now() = {n, how.code, how.for_ever, 0};
            const auto first = store::open(in.file());
            const bool reached = faulty::now().done >= n;
            faulty::now().at = 0;
            INFO("operation " << n << " fails with " << how.code);
            auto second = store::open(in.file());
            REQUIRE(second);
            trial t{*second};
            story<V> s{1};
            t.write(s.opens());
            t.same(s, "made again");
            CHECK(t.fault().empty());
            if (!reached) break;
        }
    }
}
