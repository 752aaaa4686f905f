// Instants, durations, numbers and actors as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "words.hpp"

namespace desk {

/// An instant of RFC 3339, to the millisecond: `2026-11-02T09:00:00Z`,
/// `2026-11-02T10:00:00.250+01:00`.
[[nodiscard]] expected<lb::time_point> parse_instant(std::string_view text);

/// A duration: whole numbers with `d`, `h`, `m`, `s` or `ms`, as `90m` or `1h30m`; `-` before it is
/// allowed, for the rules judge it.
[[nodiscard]] expected<lb::duration> parse_duration(std::string_view text);

/// A whole number that fits 32 bits.
[[nodiscard]] expected<std::uint32_t> parse_number(std::string_view text);

/// An actor, `CAPACITY:PERSON`, as `engineer:eve@provider.example`.
[[nodiscard]] expected<lb::actor> parse_actor(std::string_view text);

}  // namespace desk
