// The clauses on several threads: of those that change one version exactly one is committed, and
// those that change different tenants lose nothing.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>

#include <lockbox/testing/contract/trial.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::clauses {

inline constexpr std::uint32_t racers = 4;

/// Runs `f(n)` on each of several threads at once, and waits for all.
template <class F>
void race(F f) {
    std::atomic<std::uint32_t> ready{0};
    vector<std::thread> threads;
    threads.reserve(racers);
    for (std::uint32_t n = 0; n < racers; ++n)
        threads.emplace_back([&, n] {
            ++ready;
            while (ready < racers) std::this_thread::yield();
            f(n);
        });
    for (auto& one : threads) one.join();
}

/// V7: of racing changes of one version exactly one wins.
template <class Store>
void one_of_racing_changes_wins(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    t.write(s.opens());
    for (int round = 0; round < 20; ++round) {
        vector<story<V>> tellings;
        for (std::uint32_t n = 0; n < racers; ++n) tellings.push_back(s);
        std::array<bool, racers> won{};
        std::array<bool, racers> failed{};
        race([&](std::uint32_t n) {
            auto change = tellings[n].refuses(n).unwritten();
            failed[n] = !t.store().commit({&change, 1});
            won[n] = change.result == commit_result::committed;
        });
        std::size_t winners = 0;
        for (std::size_t n = 0; n < racers; ++n) {
            t.expect(!failed[n], "a commit failed beside others");
            if (!won[n]) continue;
            ++winners;
            s = tellings[n];
        }
        t.expect(winners == 1, "of racing changes of one version not exactly one was committed");
        if (!t.fault().empty()) return;
        s.written();
        t.same(s, "racing changes left something behind");
    }
}

/// While others read and write, each thread's tenant is its own.
template <class Store>
void threads_lose_nothing(trial<Store>& t) {
    using V = typename Store::vocabulary;
    vector<story<V>> stories;
    for (std::uint32_t n = 0; n < racers; ++n) t.write(stories.emplace_back(n).opens());
    std::array<bool, racers> sound{};
    race([&](std::uint32_t n) {
        trial<Store> mine{t.store()};
        auto& s = stories[n];
        for (std::uint64_t step = 1; step <= 10; ++step) {
            mine.write(s.submits(n, 1));
            mine.write(s.passes(step).grants(step));
            const auto kept = mine.state_of(s);
            mine.expect(kept && *kept == s.state(), "load beside other threads");
            std::uint64_t position = 0;
            for (const auto& one : mine.get(t.store().read(0, 1000), "read"))
                mine.expect(one.position > std::exchange(position, one.position),
                            "read beside other threads");
            (void)mine.get(t.store().due(s.now(), 10), "due");
        }
        sound[n] = mine.fault().empty();
    });
    std::size_t events = 0;
    for (std::uint32_t n = 0; n < racers; ++n) {
        t.expect(sound[n], "a thread did not see its own tenant as it had left it");
        t.same(stories[n], "a thread lost something beside others");
        events += stories[n].log().size();
    }
    t.expect(t.read_all(1000).size() == events, "read lost or doubled an event of several threads");
}

}  // namespace testing::clauses
}  // namespace v0
}  // namespace lockbox
