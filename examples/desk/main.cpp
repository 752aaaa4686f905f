// desk: a support desk on lockbox and SQLite, for the command line (docs/desk.md).
#include "command_line.hpp"

int main(int argc, char** argv) { return static_cast<int>(desk::run_command_line(argc, argv)); }
