// Carries a file of commands out, line by line. What was carried out stays, whatever
// happens after it; the same file run again goes on where it stopped.
#pragma once

#include <string>

#include "tally.hpp"

namespace desk {

struct run_options {
    std::string file{};
    bool keep_going = false;  ///< count bad lines instead of stopping at the first
    bool tick = false;        ///< record what is overdue before every line
    bool delivers = false;    ///< a folder for mails was named
    bool digest = false;      ///< end with a fingerprint of all logs
};

/// Whether there is such a file and it can be read.
[[nodiscard]] expected<void> can_run(const std::string& file);

/// Runs the file. Every problem is told on the standard error stream as it is met, with its line.
[[nodiscard]] ending run_file(desk_engine& on, const run_options& options, tally& count);

}  // namespace desk
