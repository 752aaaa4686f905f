#include "progress.hpp"

#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace desk {

progress::progress(std::uint64_t whole)
    : whole_(whole), on_terminal_(::isatty(STDERR_FILENO) != 0 && whole != 0) {}

progress::~progress() { clear(); }

void progress::show(std::uint64_t so_far) {
    constexpr std::uint64_t columns = 40;
    constexpr std::chrono::milliseconds pause{50};
    const auto now = std::chrono::steady_clock::now();
    if (!on_terminal_ || now < next_) return;
    next_ = now + pause;
    const auto filled = static_cast<std::size_t>(so_far * columns / whole_);
    fmt::print(stderr, "\r[{:<40}] {:>3}%", std::string(filled, '#'), so_far * 100 / whole_);
    (void)std::fflush(stderr);
    shown_ = true;
}

void progress::clear() {
    if (shown_) fmt::print(stderr, "\r{:50}\r", "");
    shown_ = false;
}

}  // namespace desk
