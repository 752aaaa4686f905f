// Threads that write without a pause while something befalls the server, and what must be there
// then.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/contract/story.hpp>

#include "postgres/support.hpp"

namespace postgres_server {

using lockbox::testing::story;
using lockbox::testing::trial;

/// Threads that write until they fail, or it is over: each at its own tenant.
class writers {
  public:
    explicit writers(store& to) : to_(to) {
        for (std::uint32_t n = 0; n < count; ++n) {
            trial t{to_};
            t.write(stories_.emplace_back(n).opens());
            CHECK(t.fault() == "");
        }
    }

    template <class Blow>
    void write_until(Blow falls) {
        std::vector<std::thread> threads;
        over_ = false;
        failures_ = {};
        for (std::uint32_t n = 0; n < count; ++n) {
            threads.emplace_back([this, n] {
                while (!over_ && write_one(n)) {
                }
            });
        }
        falls();
        over_ = true;
        for (auto& one : threads) one.join();
    }

    /// Why each of them stopped last.
    [[nodiscard]] const auto& failures() const { return failures_; }

    /// That all that was acknowledged is there, and of the one that was not all or nothing.
    void check() {
        for (std::uint32_t n = 0; n < count; ++n) {
            trial t{to_};
            const auto state = t.state_of(stories_[n]);
            CHECK(t.fault() == "");
            REQUIRE(state);
            if (*state == tried_[n]->state()) {
                tried_[n]->written();
                stories_[n] = *tried_[n];
            }
            t.same(stories_[n], "a command that was acknowledged is lost, or half of one is there");
            CHECK(t.fault() == "");
        }
    }
    /// And that the log of all of them is whole.
    void check_order() {
        std::size_t events = 0;
        for (const auto& one : stories_) events += one.log().size();
        CHECK(trial{to_}.read_all(1000).size() == events);
        CHECK(acknowledged_ > 0);
    }

  private:
    static constexpr std::uint32_t count = 4;

    bool write_one(std::uint32_t n) {
        auto next = stories_[n];
        auto change = next.refuses(n).unwritten();
        const auto done = to_.commit({&change, 1});
        tried_[n] = next;
        if (!done) failures_[n] = done.error();
        if (!done || change.result != lockbox::commit_result::committed) return false;
        next.written();
        stories_[n] = next;
        ++acknowledged_;
        return true;
    }

    store& to_;
    std::vector<story<V>> stories_;
    std::array<lockbox::optional<story<V>>, count> tried_;
    std::array<lockbox::optional<lockbox::failure>, count> failures_;
    std::atomic<std::size_t> acknowledged_{0};
    std::atomic<bool> over_{false};
};

}  // namespace postgres_server
