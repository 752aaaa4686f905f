#include "command_line.hpp"

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "cli.hpp"
#include "print.hpp"

namespace desk {

ending run_command_line(int argc, const char* const* argv) {
    try {
        auto end = cli{}.run(argc, argv);
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
            fmt::print(stderr, "desk: the answer cannot be written; what it tells of stands\n");
            end = ending::failed;
        }
        return end;
    } catch (const std::exception& why) {
        fmt::print(stderr, "desk: {}; see with desk log what was recorded\n", inert(why.what()));
        return ending::failed;
    }
}

}  // namespace desk
