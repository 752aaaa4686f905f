// The program of a host that README.md's CMakeLists.txt builds.
#include <lockbox/lockbox.hpp>
#include <lockbox/store/sqlite.hpp>

using store = lockbox::sqlite_store<lockbox::default_vocabulary>;

int main() { return store::open("my_desk.db").has_value() ? 0 : 1; }
