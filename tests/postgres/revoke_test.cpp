// A revocation bites everywhere: two engines on one database, each with its own connections and its
// own memory of the tenant, as two processes have.
#include <lockbox/store/postgres.hpp>

#include <atomic>
#include <string>
#include <thread>

#include "postgres/support.hpp"
#include "unit/engine/office.hpp"

TEST_CASE("no access is allowed after a revocation that another engine committed",
          "[store][postgres][threads][V13]") {
    using namespace office;
    if (!postgres_server::ready()) return;
    constexpr int rounds = 300;
    const auto database = postgres_server::shared().fresh();
    auto here = postgres_server::opened(database);
    auto there = postgres_server::opened(database);
    desk revoking{here};
    desk reading_on{there};
    revoking.open();
    std::size_t allowed = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto id = revoking.grant();
        REQUIRE(reading_on.send(eve, reading()));  // both know the tenant by heart
        std::atomic<bool> revoked{false};
        std::atomic<bool> wrong{false};
        std::thread reads{[&] {
            while (true) {
                const bool before = revoked;
                const auto said = reading_on.send(eve, reading());
                if (!said) break;
                if (before && said->allowed) wrong = true;
                if (!said->allowed) break;
            }
        }};
        const auto done = revoking.send(mia, lb::revoke{id, "enough"});
        revoked = true;
        reads.join();
        REQUIRE(done);
        CHECK(!done->refused);
        CHECK(!wrong);
    }
    // The log says the same: between a revocation and the next grant nothing was allowed.
    bool open = false;
    for (const auto& event : revoking.log()) {
        if (event.body.is<lb::granted>()) open = true;
        if (event.body.is<lb::revoked>()) open = false;
        if (!event.body.is<lb::accessed>()) continue;
        CHECK(open);
        ++allowed;
    }
    CHECK(allowed >= rounds);
    CHECK(allowed < rounds * 100UL);  // however fast they come, the revocation comes through
}
