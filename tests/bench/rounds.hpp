// Ours and the reference in turns, so that a noisy machine disturbs both alike; of each the median.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {

/// How thorough a run is. The sizes of what is measured are the same in both.
struct effort {
    bool quick = false;
    [[nodiscard]] std::size_t rounds(std::size_t of_quick, std::size_t of_full) const {
        return quick ? of_quick : of_full;
    }
};

struct pair_of_medians {
    double ours = 0;
    double reference = 0;
};

[[nodiscard]] inline double median(std::vector<double> all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

/// The nanoseconds that `work` takes.
template <class Work>
[[nodiscard]] double timed(Work&& work) {
    const auto from = std::chrono::steady_clock::now();
    work();
    benchmark::ClobberMemory();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - from)
        .count();
}

/// Each of `ours` and `reference` tells what one round of it took. Which goes first alternates. One
/// round of each goes before, uncounted.
template <class Ours, class Reference>
[[nodiscard]] pair_of_medians in_turns(std::size_t rounds, Ours ours, Reference reference) {
    std::vector<double> a;
    std::vector<double> b;
    (void)ours();
    (void)reference();
    for (std::size_t round = 0; round < rounds; ++round) {
        if (round % 2 == 0) a.push_back(ours());
        b.push_back(reference());
        if (round % 2 != 0) a.push_back(ours());
    }
    return {median(std::move(a)), median(std::move(b))};
}

}  // namespace bench
