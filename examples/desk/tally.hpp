// What a run has done so far, and its summary.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "desk_engine.hpp"

namespace desk {

struct tally {
    std::uint64_t before = 0;      ///< lines carried out by an earlier run of the file
    std::uint64_t lines = 0;       ///< carried out by this one
    std::uint64_t bad = 0;         ///< lines that could not be
    std::uint64_t unexpected = 0;  ///< answers other than the line expected
    std::uint64_t done = 0;
    std::uint64_t ticks = 0;
    std::uint64_t allowed = 0;  ///< accesses
    std::uint64_t refused_access = 0;
    std::uint64_t mails = 0;
    std::uint64_t undeliverable = 0;
    std::map<std::string, std::uint64_t> refused{};  ///< by their ground
    std::map<std::string, std::uint64_t> events{};   ///< by their name

    void count(const lb::command& what, const lockbox::decision<lb::vocabulary>& reply);
    [[nodiscard]] std::string summary() const;
};

}  // namespace desk
