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
#include <lockbox/inspect.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/reading.hpp>
#include <lockbox/relay.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What a command was answered: the recorded events, the refusal if it was refused, and what
/// an allowed access touches. Access is allowed when `allowed` is there, and never else.
template <class V>
using reply = decision<V>;

/// A refusal to read, or a failure of the machine.
struct [[nodiscard]] denied_reading {
    optional<lockbox::refusal> refusal{};
    optional<lockbox::failure> failure{};
};
template <class T>
using reading = tl::expected<T, denied_reading>;

struct engine_options {
    std::size_t hot_tenants = 1024;        ///< kept in memory
    detail::persistence persistence{};     ///< against conflicts
    std::chrono::microseconds linger{60};  ///< for the company of other threads' commands
    std::string cursor = "sink";           ///< the name under which delivery is kept
};

/// Safe to use from several threads; their waiting commands are committed together. The clock, the
/// store and the sink outlive the engine. `handle`, `deliver` and `preview` make a
/// value of what the host's code throws; whatever fails has changed nothing (V20).
template <class Clock, class Store, class Sink, class Policy,
          class Catalogue = everything_is_content>
class engine {
  public:
    using vocabulary = typename Store::vocabulary;
    using V = vocabulary;
    static_assert(lockbox::vocabulary<V>);
    static_assert(clock_for<Clock, V>, "lockbox: the clock has no `now() -> V::time_point`");
    static_assert(sink_for<Sink, V>, "lockbox: the sink has no `publish(event) -> delivered`");
    static_assert(policy_for<Policy, V>,
                  "lockbox: the policy is no (tenant, submission) -> proposal");
    static_assert(catalogue_for<Catalogue, V>,
                  "lockbox: the catalogue is no (service, operation) -> data_class");

    engine(Clock& clock, Store& store, Sink& sink, Policy policy, Catalogue catalogue = {},
           engine_options options = {})
        : clock_(clock),
          store_(store),
          policy_(std::move(policy)),
          catalogue_(std::move(catalogue)),
          relay_(store, sink, options.cursor),
          line_(options.linger),
          executor_(clock_, store_, policy_, catalogue_, options.hot_tenants, options.persistence) {
    }
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    ~engine() = default;

    // --- Doing -----------------------------------------------------------------------------------

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

    // --- Looking ---------------------------------------------------------------------------------

    /// What a submission (or drill) would be answered: its terms, or the refusal.
    /// Writes nothing. To the provider's side the gates' roles are left out (S7).
    [[nodiscard]] outcome<proposal<V>> preview(const command<V>& what) {
        if (!what.body.template is<submit<V>>() && !what.body.template is<drill<V>>()) {
            return proposal<V>{tl::unexpect, refusal{ground::malformed, field::command, 0, {}}};
        }
        auto t = state_of(what.tenant, what.actor);
        if (!t) return tl::unexpected{std::move(t).error()};
        decision<V> decided;
        if (!detail::guarded(
                [&] { decided = decide(*t, what, clock_.now(), policy_, catalogue_); })) {
            return tl::unexpected{
                failure{failure_kind::internal, "the host's policy or type threw"}};
        }
        if (decided.refused) return proposal<V>{tl::unexpect, *decided.refused};
        for (auto& event : decided.happened) {
            const auto* made = event.body.template get_if<submitted<V>>();
            if (made == nullptr) continue;
            const bool by_member = side_of(what.actor.acting) == side::tenant;
            return proposal<V>{by_member ? *made->terms : without_roles(*made->terms)};
        }
        return proposal<V>{tl::unexpect, refusal{ground::malformed, field::command, 0, {}}};
    }

    /// The faults of a tenant's set-up, for a member with `settings` (S7).
    [[nodiscard]] reading<vector<finding>> inspect(const typename V::tenant_id& id,
                                                   const actor<V>& who) {
        using result = vector<finding>;
        return read_as<result>(id, who, [&](const auto& t, auto at) -> reading<result> {
            if (auto why = may_inspect(t, who, at)) return refuse(*why);
            return lockbox::inspect(t, at);
        });
    }

    /// The consents that were not withdrawn and whose time is not over, for a member with
    /// `settings` or `decide`; whatever opens nothing any more has `ended` (G8).
    [[nodiscard]] reading<vector<given_consent<V>>> consents(const typename V::tenant_id& id,
                                                             const actor<V>& who) {
        using result = vector<given_consent<V>>;
        return read_as<result>(id, who, [&](const auto& t, auto at) -> reading<result> {
            if (auto why = may_read_consents(t, who, at)) return refuse(*why);
            return standing_consents(t.settled, at);
        });
    }

    /// The changes that wait for a second member, for whoever sees requests or could agree (S9).
    [[nodiscard]] reading<vector<proposed_change<V>>> proposals(const typename V::tenant_id& id,
                                                                const actor<V>& who) {
        using result = vector<proposed_change<V>>;
        return read_as<result>(id, who, [&](const auto& t, auto at) -> reading<result> {
            if (auto why = may_see_proposals(t, who, at)) return refuse(*why);
            result waiting;
            for (const auto& one : t.settled.proposals)
                if (rules::find_waiting(t.settled, one.number, at)) waiting.push_back(one);
            return waiting;
        });
    }

    /// A page of the tenant's log, for its auditors (L3).
    [[nodiscard]] reading<page<audit_event<V>>> search(const log_query<V>& query,
                                                       const actor<V>& who) {
        using result = page<audit_event<V>>;
        return read_as<result>(query.tenant, who, [&](const auto& t, auto at) -> reading<result> {
            if (auto why = may_read_log(t, who, at)) return refuse(*why);
            return checked(store_.search(query));
        });
    }

    /// A page of the tenant's requests as of now, open and closed, as far as `who` may see
    /// them (L2). A manager's page of one engineer's requests may fall short of its limit.
    [[nodiscard]] reading<page<request_summary<V>>> requests(request_query<V> query,
                                                             const actor<V>& who) {
        using result = page<request_summary<V>>;
        return read_as<result>(query.tenant, who, [&](const auto& t, auto at) -> reading<result> {
            query.at = at;
            if (auto why = may_list(t, who, query)) return refuse(*why);
            const auto of = query.engineer;
            if (who.acting == capacity::manager) query.engineer.reset();  // `next` would tell, too
            auto found = checked(store_.requests(query));
            if (found && side_of(who.acting) == side::provider) hide_drillers(found->entries, of);
            return found;
        });
    }

    /// Every step of one request, newest first, for whoever may see the request; needs
    /// no switch (L3). To the provider's side it names none of the tenant's members.
    [[nodiscard]] reading<page<audit_event<V>>> history(const typename V::tenant_id& id,
                                                        const typename V::request_id& item,
                                                        const actor<V>& who,
                                                        optional<std::uint64_t> before = {}) {
        request_query<V> listing;
        listing.tenant = id;
        listing.item = item;
        auto seen = requests(listing, who);
        if (!seen) return tl::unexpected{std::move(seen).error()};
        if (seen->entries.empty()) return refuse({ground::not_open, field::request, 0, {}});
        log_query<V> steps;
        steps.tenant = id;
        steps.item = item;
        steps.before = before;
        steps.limit = largest_page;
        auto found = checked(store_.search(steps));
        if (found && side_of(who.acting) == side::provider)
            for (auto& event : found->entries) hide_members(event, seen->entries.front().drill);
        return found;
    }

    /// Why a request is where it is, or what became of it, for whoever may see it; one that is
    /// unknown, or not for `who`, is `not_open` (K2, V6). Include why.hpp for it.
    [[nodiscard]] reading<explanation<V>> why(const typename V::tenant_id& id,
                                              const typename V::request_id& item,
                                              const actor<V>& who) {
        using result = explanation<V>;
        return read_as<result>(id, who, [&](const auto& t, auto at) -> reading<result> {
            return why_request(store_, t, item, at, who);
        });
    }

    /// What a proposed change waits for, for whoever may see it; one that does not wait, or is not
    /// for `who`, is `not_open` (S9). Include why.hpp for it.
    [[nodiscard]] reading<explanation<V>> why_proposal(const typename V::tenant_id& id,
                                                       std::uint64_t number, const actor<V>& who) {
        using result = explanation<V>;
        return read_as<result>(id, who, [&](const auto& t, auto at) -> reading<result> {
            auto found = why_proposed(t, number, at, who);
            if (!found) return refuse({ground::not_open, field::proposal, 0, {}});
            return *std::move(found);
        });
    }

    /// Why a command was refused, for its actor: `refused` is what `handle` or `preview` answered,
    /// explained by how the tenant stands now. Include why.hpp for it.
    [[nodiscard]] outcome<explanation<V>> why(const command<V>& what, const refusal& refused) {
        auto t = state_of(what.tenant, what.actor);
        if (!t) return tl::unexpected{std::move(t).error()};
        return why_command(store_, *t, what, clock_.now(), refused);
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

    /// The tenant's state; one that was never opened has sequence 0.
    outcome<tenant<V>> state_of(const typename V::tenant_id& id, const actor<V>& who) {
        auto kept = store_.load(id, who, std::nullopt);
        if (!kept) return tl::unexpected{std::move(kept).error()};
        return *kept ? std::move((*kept)->state) : tenant<V>{};
    }

    template <class T, class Read>
    reading<T> read_as(const typename V::tenant_id& id, const actor<V>& who, Read read) {
        auto kept = store_.load(id, who, std::nullopt);
        if (!kept) return tl::unexpected{denied_reading{{}, std::move(kept).error()}};
        if (!*kept) return refuse({ground::not_allowed, field::none, 0, {}});
        const auto& t = (*kept)->state;
        return read(t, std::max<typename V::time_point>(clock_.now(), t.last));
    }
    static tl::unexpected<denied_reading> refuse(const refusal& why) {
        return tl::unexpected{denied_reading{why, {}}};
    }
    template <class T>
    static reading<T> checked(outcome<T> result) {
        if (!result) return tl::unexpected{denied_reading{{}, std::move(result).error()}};
        return *std::move(result);
    }

    Clock& clock_;
    Store& store_;
    Policy policy_;
    Catalogue catalogue_;
    std::mutex delivering_;
    relay<Store, Sink> relay_;
    detail::line<detail::ticket<V>> line_;
    detail::executor<V, Clock, Store, Policy, Catalogue> executor_;
};

}  // namespace v0
}  // namespace lockbox
