// Does each call on one of the pool's connections: again where that is safe, and never twice where
// it is not.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <lockbox/store/postgres/epochs.hpp>
#include <lockbox/store/postgres/pool.hpp>
#include <lockbox/store/postgres/reader.hpp>
#include <lockbox/store/postgres/share.hpp>
#include <lockbox/store/postgres/writer.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// The pool, and what is not known of its commits.
template <class V>
class service {
  public:
    service(std::string text, postgres_options options)
        : pool_(std::move(text), std::move(options)) {}

    [[nodiscard]] postgres::pool& pool() { return pool_; }

    /// Asks on a connection; once more on another one when that was lost, and a few times when
    /// others were in the way: asking twice changes nothing.
    template <class F>
    auto ask(F f) {
        using told = decltype(f(std::declval<reader<V>&>()));
        using outcome_type = outcome<typename told::value_type>;
        constexpr int attempts = 5;
        for (int attempt = 1;; ++attempt) {
            auto on = pool_.take();
            if (!on) return outcome_type{failed(std::move(on).error().why)};
            reader<V> asking{**on};
            auto said = f(asking);
            if (said) return outcome_type{std::move(said).map_error(&service::why)};
            const bool again = repeatable(said.error()) || (said.error().lost && attempt <= 2);
            if (!again || attempt == attempts)
                return outcome_type{failed(std::move(said).error().why)};
            if (!said.error().lost) std::this_thread::sleep_for(pause * attempt);
        }
    }

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) {
        const auto& tenant = sql::text_of(id);
        return ask([&](auto& from) -> result<optional<loaded<V>>> {
            if (auto sure = settle(from, tenant); !sure) return tl::unexpected{sure.error()};
            std::int64_t epoch = 0;
            auto all = from.load(id, who, command, epoch);
            if (all) epochs_.learn(tenant, epoch);
            return all;
        });
    }

    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        constexpr int attempts = 8;
        for (int attempt = 1;; ++attempt) {
            auto on = pool_.take();
            if (!on) return failed(std::move(on).error().why);
            auto done = writer<V>{**on, epochs_, pool_.options().clock_tolerance}.commit(changes);
            if (done) {
                tell_of(changes);
                return {};
            }
            if (done.error().sent) return unknown(changes, done.error());
            const bool again = repeatable(done.error()) || done.error().lost;
            if (!again || attempt == attempts) return failed(std::move(done).error().why);
            if (!done.error().lost) std::this_thread::sleep_for(pause * attempt);
        }
    }

  private:
    static constexpr std::chrono::milliseconds pause{5};

    static failure why(fault of) { return std::move(of.why); }

    /// Raises the tenant's epoch where there is reason to (epochs.hpp).
    result<void> settle(reader<V>& from, std::string_view tenant) {
        const auto reasons = epochs_.reasons(tenant);
        if (reasons == 0) return {};
        if (auto raised = from.fence(tenant); !raised) return raised;
        epochs_.raised(tenant, reasons);
        return {};
    }

    void tell_of(std::span<const change<V>> changes) {
        for (const auto& one : changes) {
            const auto& id = sql::text_of(one.after->id);
            if (!one.events.empty()) epochs_.ended(id, one.result == commit_result::committed);
        }
    }

    tl::unexpected<failure> unknown(std::span<const change<V>> changes, const fault& of) {
        for (const auto& one : changes) {
            const auto& id = sql::text_of(one.after->id);
            if (!one.events.empty()) epochs_.doubt(id);
        }
        std::string what =
            "the connection was lost while a commit was under way: it may have happened; nothing "
            "else was changed; look by the command's id (";
        what.append(of.why.what.empty() ? "the server did not wait for its standby" : of.why.what);
        return failed({failure_kind::unknown_outcome, what.append(")")});
    }

    postgres::pool pool_;
    epochs epochs_{};
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
