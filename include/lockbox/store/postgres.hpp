// A store in a PostgreSQL database, for many processes on many machines: what it acknowledges is on
// the server's disk. The schema, the sizing, the roles and each failure: docs/postgres.md.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/store/postgres/doubts.hpp>
#include <lockbox/store/postgres/pool.hpp>
#include <lockbox/store/postgres/reader.hpp>
#include <lockbox/store/postgres/schema.hpp>
#include <lockbox/store/postgres/writer.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Keeps logs and states in PostgreSQL, 13 or later, at synchronous_commit on or stricter (V17).
/// Each call takes one of the pool's connections. It can be moved as long as no call is under way.
/// A commit costs one round trip and one flush of the server's disk, however many changes it has.
template <class V>
class postgres_store {
  public:
    using vocabulary = V;

    /// Connects, and makes the schema, or brings it to the newest version, when need be. The text
    /// is libpq's: `host=db1 dbname=desk` or `postgresql://db1/desk`.
    [[nodiscard]] static outcome<postgres_store> open(const std::string& connection_string,
                                                      const postgres_options& options = {}) {
        auto first = postgres::open_session(connection_string, options);
        if (!first) return failed(std::move(first).error().why);
        if (auto newest = postgres::migrate(*first, options, postgres::migrations); !newest) {
            return failed(std::move(newest).error().why);
        }
        postgres_store opened{connection_string, options};
        opened.rooms_->pool.give(*std::move(first));
        return opened;
    }

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) {
        const auto& tenant = sql::text_of(id);
        return ask([&](auto& on) -> postgres::result<optional<loaded<V>>> {
            if (auto sure = settle(on, tenant); !sure) return tl::unexpected{sure.error()};
            std::int64_t epoch = 0;
            auto all = postgres::reader<V>{on}.load(id, who, command, epoch);
            if (all) rooms_->doubts.learn(tenant, epoch);
            return all;
        });
    }

    /// A failure of kind `unknown_outcome`: the connection was lost while the commit was under way.
    /// The next `load` of a tenant in it makes sure what happened, and tells.
    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        if (!std::ranges::all_of(changes, [](const auto& c) { return hangs_together(c); })) {
            return failed(sql::incoherent());
        }
        constexpr int attempts = 8;
        for (int attempt = 1;; ++attempt) {
            auto on = rooms_->pool.take();
            if (!on) return failed(std::move(on).error().why);
            auto done = postgres::writer<V>{**on, rooms_->doubts}.commit(changes);
            if (done) return {};
            if (done.error().sent) return unknown(changes, done.error());
            const bool again = repeatable(done.error()) || done.error().lost;
            if (!again || attempt == attempts) return failed(std::move(done).error().why);
            if (!done.error().lost) std::this_thread::sleep_for(pause * attempt);
        }
    }

    [[nodiscard]] outcome<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                             std::uint32_t limit) {
        return ask([&](auto& on) {
            auto all = every_part();
            return postgres::reader<V>{on}.due(now, limit, all);
        });
    }

    [[nodiscard]] outcome<vector<positioned<V>>> read(std::uint64_t position, std::uint32_t limit) {
        return ask([&](auto& on) {
            auto all = every_part();
            return postgres::reader<V>{on}.read(position, limit, all);
        });
    }

    [[nodiscard]] outcome<page<audit_event<V>>> search(const log_query<V>& query) {
        return ask([&](auto& on) { return postgres::reader<V>{on}.search(query); });
    }

    [[nodiscard]] outcome<page<request_summary<V>>> requests(const request_query<V>& query) {
        return ask([&](auto& on) { return postgres::reader<V>{on}.requests(query); });
    }

    [[nodiscard]] outcome<std::uint64_t> cursor(std::string_view name) {
        return ask([&](auto& on) { return postgres::reader<V>{on}.cursor(name); });
    }

    [[nodiscard]] outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        return ask([&](auto& on) { return postgres::reader<V>{on}.keep_cursor(name, position); });
    }

  private:
    static constexpr std::chrono::milliseconds pause{5};

    struct rooms {
        rooms(const std::string& text, const postgres_options& options) : pool(text, options) {}

        postgres::pool pool;
        postgres::doubts doubts{};
    };

    postgres_store(const std::string& text, const postgres_options& options)
        : rooms_(std::make_unique<rooms>(text, options)) {}

    static tl::unexpected<failure> failed(failure why) {
        return tl::unexpected<failure>{std::move(why)};
    }

    static postgres::array every_part() {
        postgres::array all{postgres::type::integer};
        for (std::uint64_t part = 0; part < postgres::parts; ++part) all.add(part);
        return all;
    }

    /// Asks on a connection; once more on another one when that was lost, and a few times when
    /// others were in the way: asking twice changes nothing.
    template <class F>
    auto ask(F f) {
        using told = decltype(f(*std::declval<postgres::pool::loan&>()));
        using answer = outcome<typename told::value_type>;
        constexpr int attempts = 5;
        for (int attempt = 1;; ++attempt) {
            auto on = rooms_->pool.take();
            if (!on) return answer{failed(std::move(on).error().why)};
            auto said = f(**on);
            if (said) return answer{std::move(said).map_error([](auto&& of) { return of.why; })};
            const bool again = repeatable(said.error()) || (said.error().lost && attempt <= 2);
            if (!again || attempt == attempts) return answer{failed(std::move(said).error().why)};
            if (!said.error().lost) std::this_thread::sleep_for(pause * attempt);
        }
    }

    /// After a commit of unknown outcome the next to look must not be told what could yet change.
    postgres::result<void> settle(postgres::connection& on, std::string_view tenant) {
        const auto about = rooms_->doubts.about(tenant);
        if (about == 0) return {};
        const auto raised = on.run(postgres::fence, postgres::parameters{tenant});
        if (!raised) return tl::unexpected{raised.error()};
        rooms_->doubts.settle(tenant, about);
        return {};
    }

    tl::unexpected<failure> unknown(std::span<const change<V>> changes, const postgres::fault& of) {
        for (const auto& one : changes) {
            const auto& id = sql::text_of(one.after->id);
            if (!one.events.empty()) rooms_->doubts.raise(id);
        }
        std::string what =
            "the connection was lost while a commit was under way: it may have happened; nothing "
            "else was changed; look by the command's id (";
        what.append(of.why.what.empty() ? "the server did not wait for its standby" : of.why.what);
        return failed({failure_kind::unknown_outcome, what.append(")")});
    }

    std::unique_ptr<rooms> rooms_;
};

}  // namespace v0
}  // namespace lockbox
