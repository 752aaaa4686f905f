// The line in which commands wait. One thread leads: it takes all that wait, carries them out
// together and hands the lead on. So commands of many threads share one durable transaction.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// `Ticket` is what waits; it belongs to its caller, who waits in `pass` until it was carried out.
/// Nothing here allocates, so that no failure can leave a thread waiting.
template <class Ticket>
class line {
  public:
    /// One caller's tickets, and those who came after.
    struct party {
        Ticket* first = nullptr;
        std::size_t count = 0;
        party* next = nullptr;
        bool leads = false;
        bool done = false;
        std::condition_variable turn{};
    };

    explicit line(std::chrono::microseconds linger) : linger_(linger) {}

    /// Returns when every ticket was carried out, by this thread or by another.
    /// `carry_out` takes the first of a list of parties; it must not throw.
    template <class CarryOut>
    void pass(Ticket* tickets, std::size_t count, CarryOut carry_out) {
        party mine;
        mine.first = tickets;
        mine.count = count;
        std::unique_lock lock{mutex_};
        join(mine);
        if (led_) {
            mine.turn.wait(lock, [&] { return mine.leads || mine.done; });
            if (mine.done) return;
        }
        led_ = true;
        wait_for_company(lock);
        auto* first = first_;
        company_ = waiting_;
        first_ = nullptr;
        last_ = nullptr;
        waiting_ = 0;
        lock.unlock();
        carry_out(first);
        lock.lock();
        dismiss(first, &mine);
        hand_on();
    }

  private:
    void join(party& one) {
        (last_ != nullptr ? last_->next : first_) = &one;
        last_ = &one;
        ++waiting_;
        if (waiting_ >= company_) arrived_.notify_one();
    }
    /// Those who came together last time probably come again, so the leader waits a
    /// moment for them.
    void wait_for_company(std::unique_lock<std::mutex>& lock) {
        if (company_ < 2) return;
        arrived_.wait_for(lock, linger_, [&] { return waiting_ >= company_; });
    }
    static void dismiss(party* one, const party* leader) {
        while (one != nullptr) {
            auto* next = one->next;
            one->done = true;
            if (one != leader) one->turn.notify_one();
            one = next;
        }
    }
    void hand_on() {
        led_ = first_ != nullptr;
        if (!led_) return;
        first_->leads = true;
        first_->turn.notify_one();
    }

    std::chrono::microseconds linger_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    party* first_ = nullptr;
    party* last_ = nullptr;
    std::size_t waiting_ = 0;
    std::size_t company_ = 0;
    bool led_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
