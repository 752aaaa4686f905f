// hold_lock DATABASE: holds the database's write lock until its input ends, and says
// when it has it.
#include <cstdio>

#include <sqlite3.h>

int main(int argc, char** argv) {
    sqlite3* database = nullptr;
    if (argc != 2 || sqlite3_open(argv[1], &database) != SQLITE_OK) return 1;
    const int taken = sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    (void)std::puts(taken == SQLITE_OK ? "held" : "not held");
    (void)std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return sqlite3_close(database) == SQLITE_OK && taken == SQLITE_OK ? 0 : 1;
}
