// A bounded number of connections for any number of threads.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <lockbox/store/postgres/session.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// Gives each call a connection of its own, and makes one when none is free. A connection that was
/// lost is not given again. It must outlive what it lends.
class pool {
  public:
    /// A connection on loan; it goes back at the end of the scope.
    class loan {
      public:
        loan(pool& of, connection on) : of_(&of), on_(std::move(on)) {}
        loan(loan&& other) noexcept
            : of_(std::exchange(other.of_, nullptr)), on_(std::move(other.on_)) {}
        loan(const loan&) = delete;
        loan& operator=(const loan&) = delete;
        loan& operator=(loan&&) = delete;
        ~loan() {
            if (of_ != nullptr) of_->take_back(std::move(on_));
        }
        [[nodiscard]] connection& operator*() { return on_; }

      private:
        pool* of_;
        connection on_;
    };

    pool(std::string text, postgres_options options)
        : text_(std::move(text)), options_(std::move(options)) {
        options_.connections = (std::max)(options_.connections, std::size_t{1});
    }

    [[nodiscard]] const postgres_options& options() const { return options_; }

    /// Waits for a free connection, and for a server that is not there, each within its bound.
    [[nodiscard]] result<loan> take() {
        using clock = std::chrono::steady_clock;
        std::unique_lock held{mutex_};
        const auto until = clock::now() + options_.wait;
        const auto free = [&] { return !idle_.empty() || lent_ < options_.connections; };
        if (!free_.wait_until(held, until, free)) return exhausted();
        ++lent_;
        while (!idle_.empty()) {
            auto on = std::move(idle_.back());
            idle_.pop_back();
            if (on.alive()) return loan{*this, std::move(on)};
        }
        held.unlock();
        auto fresh = reach(clock::now() + options_.reconnect);
        if (fresh) return loan{*this, *std::move(fresh)};
        held.lock();
        --lent_;
        free_.notify_one();
        return tl::unexpected{std::move(fresh).error()};
    }

    /// A connection that was made elsewhere, set up.
    void give(connection on) {
        const std::lock_guard held{mutex_};
        idle_.push_back(std::move(on));
    }

  private:
    static tl::unexpected<fault> exhausted() {
        return tl::unexpected{fault{{failure_kind::busy,
                                     "all connections of the pool were in use for too long: it is "
                                     "exhausted; nothing was changed; try again, or allow more "
                                     "connections"}}};
    }

    /// Tries again with growing pauses as long as the server may be about to come back.
    result<connection> reach(std::chrono::steady_clock::time_point until) const {
        constexpr std::chrono::milliseconds longest{1000};
        std::chrono::milliseconds pause{20};
        while (true) {
            auto opened = open_session(text_, options_);
            if (opened) return opened;
            const bool late = std::chrono::steady_clock::now() + pause > until;
            if (late || !may_come_back(opened.error())) return opened;
            std::this_thread::sleep_for(pause);
            pause = (std::min)(2 * pause, longest);
        }
    }

    /// Not of a wrong password or name: those are no better a moment later.
    static bool may_come_back(const fault& of) {
        const auto& state = of.state;
        return of.lost && (state.empty() || state.starts_with("57P") || state.starts_with("08") ||
                           state == "53300");
    }

    void take_back(connection on) {
        const std::lock_guard held{mutex_};
        --lent_;
        if (!on.lost() && PQtransactionStatus(on.raw()) == PQTRANS_IDLE)
            idle_.push_back(std::move(on));
        free_.notify_one();
    }

    std::string text_;
    postgres_options options_;
    std::mutex mutex_{};
    std::condition_variable free_{};
    std::vector<connection> idle_{};
    std::size_t lent_ = 0;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
