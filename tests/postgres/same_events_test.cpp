// The same commands over memory, SQLite and PostgreSQL (V18).
#include <lockbox/store/postgres.hpp>

#include <memory>

#include "support/once_sqlite.hpp"

#include "postgres/support.hpp"
#include "property/desks.hpp"
#include "sqlite/files.hpp"

TEST_CASE("memory, SQLite and PostgreSQL give identical events, answers and states",
          "[slow][property][store][postgres][V12][V14][V18]") {
    using namespace desks;
    using sqlite = lockbox::sqlite_store<V>;
    using postgres = lockbox::postgres_store<V>;
    if (!postgres_server::ready()) return;
    const auto database = postgres_server::shared().fresh();
    int round = 0;
    CHECK(rc::check("three stores", [&] {
        const files::folder in;
        auto file = sqlite::open(in.file());
        RC_ASSERT(file.has_value());
        auto options = postgres_server::any_time();
        options.schema = "round_" + std::to_string(++round);
        auto server = postgres::open(database, options);
        RC_ASSERT(server.has_value());
        memory kept;
        desk<memory> a{kept};
        desk<sqlite> b{*file};
        auto c = std::make_unique<desk<postgres>>(*server);
        const auto same = [&](const std::vector<lb::command>& commands) {
            const auto left = a.engine.handle(commands);
            return agrees(left, b, commands) && agrees(left, *c, commands);
        };
        RC_ASSERT(same(opening("contoso")));
        RC_ASSERT(same(opening("fabrikam")));
        std::vector<lb::command> waiting;
        std::size_t n = 0;
        for (const auto& s : *courses(2.0)) {
            waiting.push_back(command_of(s, n++));
            if (s.who % 3 == 0) continue;  // goes along with the next
            RC_ASSERT(same(waiting));
            waiting.clear();
            const auto now = a.clock.now() + wait_of(s);
            if (s.who % 16 == 7) c = std::make_unique<desk<postgres>>(*server);  // started again
            a.clock.set(now);
            b.clock.set(now);
            c->clock.set(now);
        }
        RC_ASSERT(same(waiting));
        RC_ASSERT(same_stores(kept, *file, a.clock.now()));
        RC_ASSERT(same_stores(kept, *server, a.clock.now()));
    }));
}
