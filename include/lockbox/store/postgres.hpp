// A store in a PostgreSQL database, for many processes on many machines: what it acknowledges is on
// the server's disk. The schema, the sizing, the roles and each failure: docs/postgres.md.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <lockbox/store/postgres/grants.hpp>
#include <lockbox/store/postgres/schema.hpp>
#include <lockbox/store/postgres/view.hpp>

namespace lockbox {
inline namespace v0 {

/// Keeps logs and states in PostgreSQL, 13 or later, at synchronous_commit on or stricter (V17).
/// Each call takes one of the pool's connections. It can be moved as long as no call is under way,
/// and the views of it stay good. A commit costs one round trip and one flush of the server's disk,
/// however many changes it has.
template <class V>
class postgres_store : public postgres_view<V> {
  public:
    /// Connects, and makes the schema, or brings it to the newest version, when need be. The text
    /// is libpq's: `host=db1 dbname=desk` or `postgresql://db1/desk`.
    [[nodiscard]] static outcome<postgres_store> open(const std::string& connection_string,
                                                      const postgres_options& options = {}) {
        auto first = postgres::open_session(connection_string, options);
        if (!first) return tl::unexpected{std::move(first).error().why};
        if (auto newest = postgres::migrate(*first, options, postgres::migrations); !newest) {
            return tl::unexpected{std::move(newest).error().why};
        }
        auto opened = std::make_unique<postgres::service<V>>(connection_string, options);
        opened->pool().give(*std::move(first));
        return postgres_store{std::move(opened)};
    }

  private:
    explicit postgres_store(std::unique_ptr<postgres::service<V>> own)
        : postgres_view<V>(*own, {}), own_(std::move(own)) {}

    std::unique_ptr<postgres::service<V>> own_;
};

}  // namespace v0
}  // namespace lockbox
