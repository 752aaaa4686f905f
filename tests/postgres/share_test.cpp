// Several relays and sweepers at one log: nothing skipped, nothing left undone (V19).
#include <lockbox/relay.hpp>
#include <lockbox/store/postgres.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "postgres/support.hpp"

using namespace postgres_server;
using namespace std::chrono_literals;
using lockbox::testing::story;
using lockbox::testing::trial;
using view = lockbox::postgres_view<V>;

static_assert(lockbox::store_for<view, V>);

namespace {

/// How far a reader has come: the events by tenant, which must follow one another.
class follower {
  public:
    explicit follower(view from) : from_(from) {}

    /// Reads on; false when something is out of order.
    bool read(std::uint32_t limit) {
        const auto some = from_.read(position_, limit);
        if (!some) return false;
        for (const auto& one : *some) {
            if (one.position <= position_) return false;
            position_ = one.position;
            if (one.event.sequence != ++seen_[std::string{one.event.tenant.text()}]) return false;
            ++count_;
        }
        return true;
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& seen() const { return seen_; }

  private:
    view from_;
    std::uint64_t position_ = 0;
    std::size_t count_ = 0;
    std::map<std::string, std::uint64_t> seen_;
};

/// Remembers what it was given.
struct inbox {
    std::vector<lockbox::audit_event<V>> all{};
    lockbox::delivered publish(const lockbox::audit_event<V>& event) {
        all.push_back(event);
        return {};
    }
};

std::set<std::string> names(const lockbox::outcome<lockbox::vector<V::tenant_id>>& of) {
    std::set<std::string> all;
    REQUIRE(of);
    for (const auto& one : *of) CHECK(all.insert(std::string{one.text()}).second);
    return all;
}

}  // namespace

TEST_CASE("a commit that began before another and ends after it is not skipped",
          "[store][postgres][threads][V19]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    trial t{kept};
    story<V> slow{1};
    story<V> quick{2};
    t.write(slow.opens());
    t.write(quick.opens());
    follower reading{kept};
    REQUIRE(reading.read(10));
    std::thread commits;
    {
        const lock held{database,
                        "SELECT * FROM lockbox.tenant t JOIN lockbox.event e "
                        "ON e.tenant = t.id WHERE e.version = 1 AND t.id = '" +
                            std::string{slow.id().text()} + "' FOR UPDATE OF t"};
        commits = std::thread{[&] { trial{kept}.write(slow.turns_on()); }};
        std::this_thread::sleep_for(50ms);
        t.write(quick.turns_on());
        REQUIRE(reading.read(10));
        CHECK(reading.count() == 3);
    }
    commits.join();
    CHECK(reading.read(10));
    CHECK(reading.count() == 4);
    CHECK(t.fault() == "");
}

TEST_CASE("readers beside writers miss nothing and see each tenant in its order",
          "[store][postgres][threads][V19]") {
    if (!ready()) return;
    constexpr std::uint32_t writers = 4;
    constexpr std::uint32_t commits = 60;
    auto kept = opened(shared().fresh());
    std::atomic<std::uint32_t> at_work{writers};
    std::vector<std::thread> threads;
    for (std::uint32_t n = 0; n < writers; ++n) {
        threads.emplace_back([&, n] {
            story<V> a{2 * n};
            story<V> b{2 * n + 1};
            trial t{kept};
            t.commit({&a.opens(), &b.opens()});
            for (std::uint32_t i = 1; i < commits; ++i) t.commit({&a.refuses(n), &b.refuses(n)});
            --at_work;
        });
    }
    std::array<std::atomic<bool>, 3> sound{};
    std::array<follower, 3> readers{follower{kept}, follower{kept.part(0, 2)},
                                    follower{kept.part(1, 2)}};
    for (std::size_t n = 0; n < readers.size(); ++n) {
        threads.emplace_back([&, n] {
            bool good = true;
            while (at_work > 0) good = readers[n].read(7) && good;
            for (int i = 0; i < 200; ++i) good = readers[n].read(7) && good;
            sound[n] = good;
        });
    }
    for (auto& one : threads) one.join();
    for (std::size_t n = 0; n < readers.size(); ++n) CHECK(sound[n]);
    const std::size_t all = std::size_t{2} * writers * commits;
    CHECK(readers[0].count() == all);
    CHECK(readers[1].count() + readers[2].count() == all);
    for (const auto& [tenant, events] : readers[0].seen()) {
        CHECK(events == commits);
        CHECK(readers[1].seen().contains(tenant) != readers[2].seen().contains(tenant));
    }
}

TEST_CASE("the parts of a store are all of it, each tenant in one", "[store][postgres][V19]") {
    if (!ready()) return;
    auto kept = opened(shared().fresh());
    trial t{kept};
    for (std::uint32_t n = 0; n < 100; ++n) t.write(story<V>{n}.opens().submits(0, 1));
    for (const std::uint64_t of : {1U, 2U, 8U, 64U}) {
        std::size_t events = 0;
        std::set<std::string> tenants;
        for (std::uint64_t which = 0; which < of; ++which) {
            auto part = kept.part(which, of);
            follower reading{part};
            while (true) {
                const auto before = reading.count();
                REQUIRE(reading.read(50));
                if (reading.count() == before) break;
            }
            events += reading.count();
            const auto due = names(part.due(story<V>::hour(12), 1000));
            CHECK(due.size() == reading.seen().size());
            for (const auto& one : due) CHECK(tenants.insert(one).second);
        }
        CHECK(events == 200);
        CHECK(tenants.size() == 100);
    }
    CHECK(t.fault() == "");
}

TEST_CASE("a tenant's part is the same for ever", "[store][postgres]") {
    using lockbox::postgres::part_of;
    // FNV-1a, 64 bits, of the empty text, of `a` and of `foobar`, by their published values.
    static_assert(part_of("") == 0xCBF29CE484222325ULL % 64);
    static_assert(part_of("a") == 0xAF63DC4C8601EC8CULL % 64);
    static_assert(part_of("foobar") == 0x85944171F73967E8ULL % 64);
    CHECK(lockbox::postgres::parts == 64);
}

TEST_CASE("a relay with a smaller share goes on where the larger one stood",
          "[store][postgres][V19]") {
    if (!ready()) return;
    auto kept = opened(shared().fresh());
    trial t{kept};
    std::vector<story<V>> stories;
    for (std::uint32_t n = 0; n < 20; ++n) t.write(stories.emplace_back(n).opens());
    inbox first;
    REQUIRE(pump(kept, first, 1000));
    CHECK(first.all.size() == 20);
    for (auto& one : stories) t.write(one.turns_on());
    inbox rest;
    for (std::uint64_t which = 0; which < 4; ++which)
        REQUIRE(pump(kept.part(which, 4), rest, 1000));
    CHECK(rest.all.size() == 20);
    for (const auto& one : rest.all) CHECK(one.sequence == 2);
    for (auto& one : stories) t.write(one.refuses(1));
    inbox finer;
    for (std::uint64_t which = 0; which < 8; ++which)
        REQUIRE(pump(kept.part(which, 8), finer, 1000));
    CHECK(finer.all.size() == 20);
    CHECK(t.fault() == "");
}

TEST_CASE("a lease has one holder at a time, and another takes over when it ends",
          "[store][postgres][V19]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto here = opened(database);
    auto there = opened(database);
    CHECK(here.lease("mail 0", "here", 300ms) == true);
    CHECK(there.lease("mail 0", "there", 300ms) == false);
    CHECK(there.lease("mail 1", "there", 300ms) == true);
    CHECK(here.lease("mail 0", "here", 300ms) == true);
    std::this_thread::sleep_for(350ms);  // its holder has died
    CHECK(there.lease("mail 0", "there", 10s) == true);
    CHECK(here.lease("mail 0", "here", 300ms) == false);
    REQUIRE(here.release("mail 0", "here"));  // not its to end
    CHECK(here.lease("mail 0", "here", 300ms) == false);
    REQUIRE(there.release("mail 0", "there"));
    CHECK(here.lease("mail 0", "here", 300ms) == true);
}

TEST_CASE("of many who ask for a lease at once one has it", "[store][postgres][threads]") {
    if (!ready()) return;
    auto kept = opened(shared().fresh());
    for (int round = 0; round < 10; ++round) {
        std::atomic<int> holders{0};
        std::vector<std::thread> threads;
        for (int n = 0; n < 6; ++n) {
            threads.emplace_back([&, n] {
                const auto mine = kept.lease("r" + std::to_string(round), std::to_string(n), 10s);
                if (mine && *mine) ++holders;
            });
        }
        for (auto& one : threads) one.join();
        CHECK(holders == 1);
    }
}

TEST_CASE("sweepers that claim are told of different tenants, and of what nobody did again",
          "[store][postgres][threads][K2]") {
    if (!ready()) return;
    constexpr std::size_t tenants = 40;
    auto kept = opened(shared().fresh());
    trial t{kept};
    std::map<std::string, story<V>> stories;
    for (std::uint32_t n = 0; n < tenants; ++n) {
        story<V> s{n};
        t.write(s.opens().submits(0, 1));
        stories.emplace(s.id().text(), s);
    }
    const auto now = story<V>::hour(12);
    std::array<std::set<std::string>, 4> told;
    std::vector<std::thread> threads;
    for (auto& mine : told) {
        threads.emplace_back([&] {
            auto sweeper = kept.claiming(500ms);
            for (int i = 0; i < 4; ++i)
                if (const auto some = sweeper.due(now, 5))
                    for (const auto& one : *some) mine.emplace(one.text());
        });
    }
    for (auto& one : threads) one.join();
    std::set<std::string> all;
    std::size_t count = 0;
    for (const auto& mine : told) {
        count += mine.size();
        all.insert(mine.begin(), mine.end());
    }
    CHECK(count == all.size());
    CHECK(all.size() == tenants);
    auto sweeper = kept.claiming(500ms);
    CHECK(names(sweeper.due(now, 100)).empty());
    CHECK(names(kept.due(now, 100)).size() == tenants);  // who does not claim sees them all
    // Half of it is done, and the others' sweeper has died.
    std::size_t done = 0;
    for (auto& [name, s] : stories) {
        if (done == tenants / 2) break;
        s.at(now);
        t.write(s.ticks());
        ++done;
    }
    std::this_thread::sleep_for(600ms);
    CHECK(names(sweeper.due(now, 100)).size() == tenants - done);
    CHECK(t.fault() == "");
}
