// The command line: its options, and which of the desk's functions each subcommand is.
#pragma once

#include "words.hpp"

namespace desk {

/// Does what the arguments say. Whatever goes wrong is told on the standard error stream.
[[nodiscard]] ending run_command_line(int argc, const char* const* argv);

}  // namespace desk
