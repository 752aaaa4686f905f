// A revocation bites everywhere: two processes, each with an engine that knows the tenant by heart.
#include <lockbox/store/postgres.hpp>

#include <sched.h>

#include <atomic>
#include <cstddef>
#include <string>

#include "postgres/child.hpp"
#include "postgres/support.hpp"
#include "unit/engine/office.hpp"

namespace revocations {

using namespace office;
using namespace postgres_server;

namespace {

/// How far the two are, by the number of the round.
struct rounds {
    std::atomic<int> granted{0};
    std::atomic<int> reading{0};
    std::atomic<int> revoked{0};
    std::atomic<int> refused{0};
    std::atomic<std::size_t> wrong{0};  ///< accesses allowed to who asked after the revocation
};

/// Reads whatever a grant opens, in each round until it is refused.
bool read_on(const std::string& database, int count, rounds& at) {
    auto kept = store::open(database, any_time());
    if (!kept) return false;
    desk reads{*kept};
    std::size_t id = 0;
    for (int round = 1; round <= count; ++round) {
        while (at.granted < round) sched_yield();
        for (bool open = true; open;) {
            const bool after = at.revoked >= round;
            const auto said = reads.send(eve, reading(), "read-" + std::to_string(++id));
            if (!said) return false;
            open = said->allowed.has_value();
            if (!open && at.reading < round) return false;  // it was not open at all
            if (open && after) ++at.wrong;
            if (open) at.reading = round;
        }
        at.refused = round;
    }
    return true;
}

/// That between a revocation and the next grant the log has no access; how many it has in all.
std::size_t accesses_in(store& kept) {
    lockbox::testing::trial t{kept};
    std::size_t accesses = 0;
    bool open = false;
    bool wrong = false;
    for (const auto& [position, event] : t.read_all(10'000)) {
        if (event.body.is<lb::granted>()) open = true;
        if (event.body.is<lb::revoked>()) open = false;
        if (!event.body.is<lb::accessed>()) continue;
        ++accesses;
        wrong = wrong || !open;
    }
    CHECK(!wrong);
    CHECK(t.fault() == "");
    return accesses;
}

void race(int count) {
    const auto database = shared().fresh();
    (void)opened(database);
    const shared_value<rounds> at;
    child other{[&] { return read_on(database, count, *at); }};
    auto kept = opened(database);
    desk revokes{kept};
    revokes.open();
    for (int round = 1; round <= count; ++round) {
        const auto id = revokes.grant();
        at->granted = round;
        while (at->reading < round && other.running()) sched_yield();
        const auto done = revokes.send(mia, lb::revoke{id, "enough"});
        at->revoked = round;
        REQUIRE(done);
        REQUIRE(!done->refused);
        while (at->refused < round && other.running()) sched_yield();
    }
    CHECK(other.ended_well());
    CHECK(at->wrong == 0);
    const auto accesses = accesses_in(kept);
    CHECK(accesses >= static_cast<std::size_t>(count));
    CHECK(accesses < static_cast<std::size_t>(count) * 100);  // and the revocation came through
}

}  // namespace

TEST_CASE("no access is allowed after a revocation that another process committed",
          "[store][postgres][V13]") {
    if (ready()) race(300);
}

TEST_CASE("no access is allowed after any of 10,000 revocations in another process",
          "[.long][store][postgres][V13]") {
    if (ready()) race(10'000);
}

}  // namespace revocations
