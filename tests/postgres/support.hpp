// What the tests of the PostgreSQL store have in common.
#pragma once

#include <lockbox/optional.hpp>
#include <lockbox/relay.hpp>
#include <lockbox/store/postgres.hpp>
#include <lockbox/testing/contract/trial.hpp>

#include <cstdint>
#include <string>
#include <utility>

#include "postgres/server.hpp"
#include "support/catch.hpp"

namespace postgres_server {

using V = lockbox::default_vocabulary;
using store = lockbox::postgres_store<V>;

/// Whether there is a server to test on; a test case that asks says why not, and is skipped.
inline bool ready() {
    if (shared().run()) return true;
    WARN(shared().problem());
    CHECK(programs().empty());
    return false;
}

/// For stories, which have a time of their own.
inline lockbox::postgres_options any_time() {
    lockbox::postgres_options options;
    options.clock_tolerance.reset();
    return options;
}

inline store opened(const std::string& text,
                    const lockbox::postgres_options& options = any_time()) {
    auto made = store::open(text, options);
    if (!made) FAIL(made.error().what);
    return *std::move(made);
}

inline lockbox::failure failure_to_open(const std::string& text,
                                        const lockbox::postgres_options& options = {}) {
    auto made = store::open(text, options);
    REQUIRE(!made);
    INFO(made.error().what);
    CHECK(made.error().what.find("nothing was changed") != std::string::npos);
    return made.error();
}

/// One round of delivery from a part of a store, along the cursor `mail`.
template <class Sink>
lockbox::outcome<lockbox::deliveries> pump(lockbox::postgres_view<V> from, Sink& to,
                                           std::uint32_t limit) {
    lockbox::relay along{from, to, "mail"};
    return along.pump(limit,
                      [](const auto&, auto) { return lockbox::optional<lockbox::failure>{}; });
}

inline bool has(const std::string& text, std::string_view what) {
    return text.find(what) != text.npos;
}

/// A connection that keeps rows locked, as somebody who forgot to commit does.
class lock {
  public:
    lock(const std::string& to, const std::string& sql) : on_(PQconnectdb(to.c_str()), &PQfinish) {
        PQclear(PQexec(on_.get(), "BEGIN"));
        auto* said = PQexec(on_.get(), sql.c_str());
        INFO(PQresultErrorMessage(said));
        CHECK(PQresultStatus(said) == PGRES_TUPLES_OK);
        PQclear(said);
    }

  private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> on_;
};

}  // namespace postgres_server
