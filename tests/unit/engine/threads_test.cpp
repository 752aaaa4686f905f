#include "unit/engine/office.hpp"

#include <array>
#include <thread>

#include "support/catch.hpp"

using namespace office;

namespace {

template <class Work>
void in_threads(int count, Work work) {
    std::vector<std::thread> all;
    for (int i = 0; i < count; ++i) all.emplace_back([&work, i] { work(i); });
    for (auto& one : all) one.join();
}

}  // namespace

TEST_CASE("of racing deciders exactly one wins", "[threads][V7][T9]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    for (int i = 0; i < 6; ++i) {
        (void)d.send(
            ada, lb::assign_role{lb::person_id{"p" + std::to_string(i)}, "access_approver", {}});
    }
    for (int round = 0; round < 50; ++round) {
        auto asked = d.send(eve, wish());
        const auto id = *asked->happened.front().request;
        (void)d.send(mia, lb::approve{id, "", {}});
        std::atomic<int> won{0};
        in_threads(6, [&](int i) {
            const lb::actor me{lb::person_id{"p" + std::to_string(i)}, capacity::member};
            const auto reply =
                i % 2 == 0 ? d.send(me, lb::approve{id, "", {}}) : d.send(me, lb::deny{id, ""});
            if (!reply->refused) ++won;
        });
        CHECK(won == 1);
        (void)d.send(bob, lb::revoke{id, ""});
        d.clock.advance(2h);
    }
    CHECK(d.state() == *lockbox::replay<V>(d.log()));
}

TEST_CASE("commands of many threads are each recorded once, in one dense log",
          "[threads][V13][V14]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    (void)d.grant();
    const auto before = d.log().size();
    std::atomic<std::uint64_t> allowed{0};
    in_threads(8, [&](int) {
        for (int i = 0; i < 200; ++i)
            if (d.send(eve, reading())->allowed) ++allowed;
    });
    CHECK(allowed == 1600);
    const auto log = d.log();
    CHECK(log.size() == before + 1600);
    for (std::size_t i = 0; i < log.size(); ++i) REQUIRE(log[i].sequence == i + 1);
}

TEST_CASE("no access is allowed after a revocation that another thread committed",
          "[threads][A3][V11]") {
    lockbox::memory_store<V> store;
    desk d{store};
    desk other{store};
    d.open();
    for (int round = 0; round < 20; ++round) {
        const auto id = d.grant();
        in_threads(4, [&](int i) {
            auto& mine = i % 2 == 0 ? d : other;
            if (i == 3) {
                (void)mine.send(bob, lb::revoke{id, ""});
            } else {
                for (int k = 0; k < 20; ++k) (void)mine.send(eve, reading());
            }
        });
    }
    bool live = false;
    for (const auto& event : d.log()) {
        if (event.body.is<lb::granted>()) live = true;
        if (event.body.is<lb::revoked>()) live = false;
        if (event.body.is<lb::accessed>()) REQUIRE(live);
    }
}

TEST_CASE("delivery, sweeping and deciding go on side by side", "[threads][V19]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    in_threads(4, [&](int i) {
        for (int k = 0; k < 50; ++k) {
            if (i == 0) (void)d.engine.deliver(10);
            if (i == 1) (void)d.engine.tick();
            if (i == 2) (void)d.engine.requests({.tenant = "contoso"}, ada);
            if (i == 3) (void)d.send(eve, wish());
        }
    });
    while (d.engine.deliver()->events > 0) {
    }
    CHECK(d.sink.taken == d.log());
}

TEST_CASE("one access sent by several threads at once is allowed once", "[threads][V8][T12]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    (void)d.grant();
    for (int round = 0; round < 100; ++round) {
        std::atomic<int> allowed{0};
        in_threads(4, [&](int) {
            if (d.send(eve, reading(), "same-" + std::to_string(round))->allowed) ++allowed;
        });
        CHECK(allowed == 1);
    }
}
