// A progress bar on a terminal, and nothing elsewhere.
#pragma once

#include <chrono>
#include <cstdint>

namespace desk {

class progress {
  public:
    /// `whole` is what `show` counts up to.
    explicit progress(std::uint64_t whole);
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress();

    void show(std::uint64_t so_far);
    /// Takes the bar off the screen, so that something else can be written.
    void clear();

  private:
    std::uint64_t whole_;
    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_{};
};

}  // namespace desk
