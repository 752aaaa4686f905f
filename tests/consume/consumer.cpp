// The smallest host: a person whom no tenant knows is refused; of a component it makes no store on
// a bad path, and no policy of a bad text.
#include <fmt/core.h>

#include <lockbox/lockbox.hpp>

#ifdef WITH_SQLITE
#include <lockbox/store/sqlite.hpp>
#endif

#ifdef WITH_POSTGRES
#include <lockbox/store/postgres.hpp>
#endif

#ifdef WITH_JSON
#include <lockbox/policies/json.hpp>
#endif

using lb = lockbox::bind<lockbox::default_vocabulary>;

bool core_works() {
    const lb::tenant nobody{};
    const lb::command turn_on{"contoso", lb::member("ada"), "192.0.2.7", "1", lb::turn_on{}};
    const auto decided = lockbox::decide(nobody, turn_on, {}, lockbox::standard_policy{});
    fmt::print("{}\n", decided.refused ? name_of(decided.refused->why) : "allowed");
    return decided.refused && decided.refused->why == lockbox::ground::not_allowed;
}

int main() {
#if defined(WITH_SQLITE)
    return lockbox::sqlite_store<lb::vocabulary>::open("no/such/folder/lockbox.db") ? 1 : 0;
#elif defined(WITH_POSTGRES)
    return lockbox::postgres_store<lb::vocabulary>::open("host=/no/such/folder") ? 1 : 0;
#elif defined(WITH_JSON)
    return lockbox::read_policy<lb::vocabulary>("[]") ? 1 : 0;
#else
    return core_works() ? 0 : 1;
#endif
}
