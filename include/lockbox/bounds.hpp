// The bounds of what a tenant may settle for itself (S4, G3).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace lockbox {
inline namespace v0 {

/// The smallest and largest value that a setting may have.
template <class T>
struct bounds {
    T least{};
    T most{};

    /// Whether a value lies within. Durations are compared in the value's own unit,
    /// of milliseconds or coarser, so that no large one overflows on the way.
    template <class U>
    [[nodiscard]] constexpr bool hold(U value) const {
        return in<U>(least) <= value && value <= in<U>(most);
    }
    /// The bound that a value outside has met.
    template <class U>
    [[nodiscard]] constexpr T met_by(U value) const {
        return value < in<U>(least) ? least : most;
    }

  private:
    template <class U>
    [[nodiscard]] static constexpr U in(T bound) {
        if constexpr (std::is_integral_v<T>) {
            return bound;
        } else {
            return std::chrono::ceil<U>(bound);
        }
    }
};

inline constexpr bounds<std::chrono::milliseconds> window_bounds{std::chrono::minutes{1},
                                                                 std::chrono::days{14}};
inline constexpr bounds<std::chrono::milliseconds> access_bounds{std::chrono::minutes{1},
                                                                 std::chrono::hours{24}};
inline constexpr bounds<std::chrono::milliseconds> start_bounds{std::chrono::milliseconds{0},
                                                                std::chrono::days{7}};
inline constexpr bounds<std::chrono::milliseconds> tolerance_bounds{std::chrono::milliseconds{0},
                                                                    std::chrono::minutes{5}};
inline constexpr bounds<std::chrono::milliseconds> wait_bounds{std::chrono::milliseconds{0},
                                                               std::chrono::days{7}};
inline constexpr bounds<std::uint32_t> threshold_bounds{1, 20};
inline constexpr bounds<std::chrono::milliseconds> pause_bounds{std::chrono::minutes{1},
                                                                std::chrono::days{31}};
inline constexpr bounds<std::chrono::milliseconds> reminder_bounds{std::chrono::minutes{1},
                                                                   std::chrono::days{14}};
inline constexpr bounds<std::uint32_t> grant_bounds{1, 10'000};
inline constexpr bounds<std::uint32_t> text_bounds{64, 4096};
/// How long a consent may stand (G8).
inline constexpr std::chrono::milliseconds longest_consent = std::chrono::days{90};
inline constexpr std::size_t most_consents = 20;         ///< of one tenant at once
inline constexpr std::size_t most_consent_reasons = 20;  ///< in one consent
inline constexpr std::size_t most_recipients = 10;
inline constexpr std::size_t most_reminders = 5;
inline constexpr std::size_t most_proposals = 20;  ///< that wait at one tenant (S9)

}  // namespace v0
}  // namespace lockbox
