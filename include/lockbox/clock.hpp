// Two clocks for the engine: the machine's, and one that a test moves. The rules know neither.
#pragma once

#include <chrono>
#include <mutex>

#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {

/// The machine's clock, in the vocabulary's unit.
template <class V = default_vocabulary>
struct machine_clock {
    [[nodiscard]] typename V::time_point now() const {
        using clock = typename V::time_point::clock;
        return std::chrono::time_point_cast<duration_of<V>>(clock::now());
    }
};

/// A clock that stands until it is moved. Safe to use from several threads.
template <class V = default_vocabulary>
class manual_clock {
  public:
    explicit manual_clock(typename V::time_point start) : now_(start) {}

    [[nodiscard]] typename V::time_point now() const {
        const std::scoped_lock hold{mutex_};
        return now_;
    }
    void set(typename V::time_point to) {
        const std::scoped_lock hold{mutex_};
        now_ = to;
    }
    void advance(duration_of<V> by) {
        const std::scoped_lock hold{mutex_};
        now_ += by;
    }

  private:
    mutable std::mutex mutex_;
    typename V::time_point now_;
};

}  // namespace v0
}  // namespace lockbox
