// Hours of the week by a wall clock: when approvals count, or access is open (G3).
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include <lockbox/fields.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

enum class weekday : std::uint8_t {
    monday,
    tuesday,
    wednesday,
    thursday,
    friday,
    saturday,
    sunday
};
template <>
inline constexpr auto names_of<weekday> = std::array<std::string_view, 7>{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/// Some hours of some days, where `utc_offset` is added to UTC. From `from` and until `until`, not
/// at it; when `until` is not later than `from`, until then on the next day. The host gives the
/// offset: lockbox knows no time zones and no daylight saving.
struct weekly_hours {
    vector<weekday> days{};  ///< on which the hours begin, in their order
    std::chrono::minutes from{};
    std::chrono::minutes until{};
    std::chrono::minutes utc_offset{};

    static constexpr void fields(auto& self, auto&& f) {
        f("days", self.days);
        f("from", self.from);
        f("until", self.until);
        f("utc_offset", self.utc_offset);
    }
    /// Whether these are hours of a day, on some day, by a clock that somebody has.
    [[nodiscard]] bool well_formed() const {
        constexpr std::chrono::minutes day = std::chrono::hours{24};
        constexpr std::chrono::minutes farthest = std::chrono::hours{15};
        for (std::size_t at = 0; at < days.size(); ++at)
            if (name_of(days[at]) == "?" || (at > 0 && !(days[at - 1] < days[at]))) return false;
        return !days.empty() && from >= std::chrono::minutes::zero() && from < day &&
               until >= std::chrono::minutes::zero() && until <= day && utc_offset >= -farthest &&
               utc_offset <= farthest;
    }
    template <class Clock, class Duration>
    [[nodiscard]] bool open_at(std::chrono::time_point<Clock, Duration> at) const {
        constexpr std::chrono::minutes day = std::chrono::hours{24};
        const auto local =
            std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()) + utc_offset;
        const auto count = std::chrono::floor<std::chrono::days>(local);
        const auto minute = std::chrono::minutes{local - count};
        const auto began_on = [&](std::chrono::days on) {
            const auto since_monday = ((on.count() + 3) % 7 + 7) % 7;  // 1970 began on a Thursday
            return contains(days, static_cast<weekday>(since_monday));
        };
        if (from < until) return from <= minute && minute < until && began_on(count);
        if (from <= minute) return began_on(count);
        return minute < until && minute < day && began_on(count - std::chrono::days{1});
    }
    friend bool operator==(const weekly_hours&, const weekly_hours&) = default;
    /// Any order, so that a list of hours has one.
    friend bool operator<(const weekly_hours& a, const weekly_hours& b) {
        if (a.from != b.from) return a.from < b.from;
        if (a.until != b.until) return a.until < b.until;
        if (a.utc_offset != b.utc_offset) return a.utc_offset < b.utc_offset;
        return std::lexicographical_compare(a.days.begin(), a.days.end(), b.days.begin(),
                                            b.days.end());
    }
};

template <>
inline constexpr bool moves_by_bytes<weekly_hours> = true;

/// Whether an instant lies within all of these hours; without any, it does.
template <class Instant>
[[nodiscard]] bool open_at(const vector<weekly_hours>& all, Instant at) {
    return all_of(all, [&](const weekly_hours& one) { return one.open_at(at); });
}

}  // namespace v0
}  // namespace lockbox
