// The shell that a host constructs: engine{clock, store, sink, policy}. It commits
// before it answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include <lockbox/engine/executor.hpp>
#include <lockbox/engine/line.hpp>
#include <lockbox/engine/looking.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/relay.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What a command was answered: the recorded events, the refusal if it was refused, and what
/// an allowed access touches. Access is allowed when `allowed` is there, and never else.
template <class V>
using reply = decision<V>;

struct engine_options {
    std::size_t hot_tenants = 1024;        ///< kept in memory
    detail::persistence persistence{};     ///< against conflicts
    std::chrono::microseconds linger{60};  ///< for the company of other threads' commands
    std::string cursor = "sink";           ///< the name under which delivery is kept
};

/// What it does stands here, what it tells in engine/looking.hpp. Safe to use from several threads;
/// their waiting commands are committed together. The clock, the store and the sink outlive the
/// engine. `handle`, `deliver` and `preview` make a value of what the host's code throws; whatever
/// fails has changed nothing (V20).
template <class Clock, class Store, class Sink, class Policy,
          class Catalogue = everything_is_content>
class engine : public looking<Clock, Store, Policy, Catalogue> {
    using base = looking<Clock, Store, Policy, Catalogue>;

  public:
    using typename base::V;
    using typename base::vocabulary;
    static_assert(lockbox::vocabulary<V>);
    static_assert(clock_for<Clock, V>, "lockbox: the clock has no `now() -> V::time_point`");
    static_assert(sink_for<Sink, V>, "lockbox: the sink has no `publish(event) -> delivered`");
    static_assert(policy_for<Policy, V>,
                  "lockbox: the policy is no (tenant, submission) -> proposal");
    static_assert(catalogue_for<Catalogue, V>,
                  "lockbox: the catalogue is no (service, operation) -> data_class");

    engine(Clock& clock, Store& store, Sink& sink, Policy policy, Catalogue catalogue = {},
           engine_options options = {})
        : base(clock, store, std::move(policy), std::move(catalogue)),
          relay_(store, sink, options.cursor),
          line_(options.linger),
          executor_(clock_, store_, policy_, catalogue_, options.hot_tenants, options.persistence) {
    }
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    ~engine() = default;

    /// Carries one command out and returns when that is durable. A conflict with another process is
    /// tried again; deny, revoke and freeze go ahead of what waits, until `deadline`
    /// on the engine's clock. Errors: the store's failures, `contended`.
    [[nodiscard]] outcome<reply<V>> handle(const command<V>& what,
                                           optional<typename V::time_point> deadline = {}) {
        detail::ticket<V> mine{&what, deadline};
        mine.ahead = detail::is_urgent(what);
        mine.caller = &mine;
        carry_out(&mine, 1);
        return reply_to(mine);
    }

    /// Carries commands out in their order, in one transaction as far as possible; a
    /// reply for each.
    [[nodiscard]] vector<outcome<reply<V>>> handle(std::span<const command<V>> all) {
        vector<detail::ticket<V>> mine;
        vector<outcome<reply<V>>> replies;
        mine.reserve(all.size());
        replies.reserve(all.size());
        for (const auto& one : all) mine.emplace_back().what = &one;
        for (auto& one : mine) one.caller = mine.data();
        carry_out(mine.data(), mine.size());
        for (auto& one : mine) replies.push_back(reply_to(one));
        return replies;
    }

    /// Records what is overdue, at up to `limit` tenants (K2). How many events that were.
    [[nodiscard]] outcome<std::uint64_t> tick(std::uint32_t limit = 1000) {
        auto tenants = store_.due(clock_.now(), limit);
        if (!tenants) return tl::unexpected{std::move(tenants).error()};
        vector<command<V>> ticks;
        vector<detail::ticket<V>> mine;
        ticks.reserve(tenants->size());
        mine.reserve(tenants->size());
        for (auto& id : *tenants) {
            ticks.push_back(by_system(std::move(id), lockbox::tick<V>{}));
            mine.emplace_back().what = &ticks.back();
        }
        carry_out(mine.data(), mine.size());
        std::uint64_t recorded = 0;
        for (auto& one : mine) {
            if (one.failed) return tl::unexpected{*std::move(one.failed)};
            recorded += one.decided.happened.size();
        }
        return recorded;
    }

    /// Gives the sink up to `limit` events of the log that it has not had (V19). One caller
    /// at a time; others wait. Never called by `handle`: a slow sink delays no decision.
    [[nodiscard]] outcome<deliveries> deliver(std::uint32_t limit = 1000) {
        const std::scoped_lock hold{delivering_};
        return relay_.pump(limit, [this](const audit_event<V>& event, std::uint32_t at) {
            return note_undeliverable(event, at);
        });
    }

  private:
    void carry_out(detail::ticket<V>* mine, std::size_t count) {
        using party = typename detail::line<detail::ticket<V>>::party;
        line_.pass(mine, count, [this](party* first) {
            executor_.run([first](auto&& f) {
                for (auto* one = first; one != nullptr; one = one->next)
                    for (std::size_t at = 0; at < one->count; ++at) f(one->first[at]);
            });
        });
    }

    static outcome<reply<V>> reply_to(detail::ticket<V>& done) {
        if (done.failed) return tl::unexpected{*std::move(done.failed)};
        return std::move(done.decided);
    }

    static command<V> by_system(typename V::tenant_id id, command_body<V> body) {
        command<V> c;
        c.tenant = std::move(id);
        c.actor = {V::system_id(), capacity::system};
        c.body = std::move(body);
        return c;
    }

    /// Why it could not be noted, if it could not.
    optional<failure> note_undeliverable(const audit_event<V>& event, std::uint32_t at) {
        if (at >= event.told.size()) return std::nullopt;
        const auto& to = event.told[at];
        auto address = to.address;
        if (address.empty() && to.person)
            address = id_traits<typename V::person_id>::text(*to.person);
        if (address.empty()) return std::nullopt;
        auto noted = handle(by_system(
            event.tenant, record_undeliverable<V>{event.sequence, at, std::move(address)}));
        if (!noted) return std::move(noted).error();
        return std::nullopt;
    }

    using base::catalogue_;
    using base::clock_;
    using base::policy_;
    using base::store_;
    std::mutex delivering_;
    relay<Store, Sink> relay_;
    detail::line<detail::ticket<V>> line_;
    detail::executor<V, Clock, Store, Policy, Catalogue> executor_;
};

}  // namespace v0
}  // namespace lockbox
