// Which share of the work of relays and sweepers a tenant belongs to.
#pragma once

#include <cstdint>
#include <string_view>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// How many parts there are. It stands in every database: it cannot change.
inline constexpr std::uint64_t parts = 64;

/// A tenant's part, by its id's bytes (FNV-1a, 64 bits): the same in every process, for ever.
[[nodiscard]] constexpr std::uint64_t part_of(std::string_view tenant) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char byte : tenant) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001B3ULL;
    }
    return hash % parts;
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
