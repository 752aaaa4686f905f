// The smallest host: a person whom no tenant knows is refused, no store is made on a bad path, and
// no policy of a bad text.
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

int main() {
    const lb::tenant nobody{};
    const lb::command turn_on{"contoso", lb::member("ada"), "192.0.2.7", "1", lb::turn_on{}};
    const auto decided = lockbox::decide(nobody, turn_on, {}, lockbox::standard_policy{});
    fmt::print("{}\n", decided.refused ? name_of(decided.refused->why) : "allowed");
    bool as_expected = decided.refused && decided.refused->why == lockbox::ground::not_allowed;

#ifdef WITH_SQLITE
    const auto store = lockbox::sqlite_store<lb::vocabulary>::open("no/such/folder/lockbox.db");
    as_expected = as_expected && !store;
#endif
#ifdef WITH_POSTGRES
    const auto server = lockbox::postgres_store<lb::vocabulary>::open("host=/no/such/folder");
    as_expected = as_expected && !server;
#endif
#ifdef WITH_JSON
    as_expected = as_expected && !lockbox::read_policy<lb::vocabulary>("[]");
#endif
    return as_expected ? 0 : 1;
}
