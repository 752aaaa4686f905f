#include "support/once_sqlite.hpp"

#include <memory>

#include "property/desks.hpp"
#include "sqlite/files.hpp"
#include "support/catch.hpp"

using namespace desks;

using sqlite = lockbox::sqlite_store<V>;

TEST_CASE("memory and SQLite give identical events, answers and states",
          "[property][store][V12][V14][V18]") {
    CHECK(rc::check("two stores", [] {
        const files::folder in;
        auto opened = sqlite::open(in.file());
        RC_ASSERT(opened.has_value());
        memory kept;
        desk<memory> a{kept};
        auto b = std::make_unique<desk<sqlite>>(*opened);
        RC_ASSERT(same_answers(a, *b, opening("contoso")));
        RC_ASSERT(same_answers(a, *b, opening("fabrikam")));
        std::vector<lb::command> waiting;
        std::size_t n = 0;
        for (const auto& s : *courses(4.0)) {
            waiting.push_back(command_of(s, n++));
            if (s.who % 3 == 0) continue;  // goes along with the next
            RC_ASSERT(same_answers(a, *b, waiting));
            waiting.clear();
            const auto now = a.clock.now() + wait_of(s);
            if (s.who % 16 == 7) {  // the desk on the database is started again
                b.reset();
                *opened = *sqlite::open(in.file());
                b = std::make_unique<desk<sqlite>>(*opened);
            }
            a.clock.set(now);
            b->clock.set(now);
        }
        RC_ASSERT(same_answers(a, *b, waiting));
        RC_ASSERT(same_stores(kept, *opened, a.clock.now()));
    }));
}
