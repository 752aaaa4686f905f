// When the hours of terms open next.
#pragma once

#include <chrono>

#include <lockbox/hours.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// The first instant at or after `from` that lies within all of these hours; nothing when none does
/// in the week that follows, for then none ever will. Hours open together where one of them begins.
template <class Instant>
[[nodiscard]] optional<Instant> opens_next(const vector<weekly_hours>& all, Instant from) {
    using namespace std::chrono;
    if (open_at(all, from)) return from;
    optional<Instant> first;
    for (const auto& one : all) {
        const auto local = floor<minutes>(from.time_since_epoch()) + one.utc_offset;
        for (int day = 0; day <= 7; ++day) {
            const auto begins = floor<days>(local) + days{day} + one.from - one.utc_offset;
            const Instant opens{ceil<typename Instant::duration>(begins)};
            if (opens < from || (first && opens >= *first)) continue;
            if (open_at(all, opens)) first = opens;
        }
    }
    return first;
}

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
