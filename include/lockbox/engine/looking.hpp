// What an engine tells without changing anything: to each only what is that one's to see.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/decide.hpp>
#include <lockbox/guarded.hpp>
#include <lockbox/inspect.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/reading.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// A refusal to read, or a failure of the machine.
struct [[nodiscard]] denied_reading {
    optional<lockbox::refusal> refusal{};
    optional<lockbox::failure> failure{};
};
template <class T>
using reading = tl::expected<T, denied_reading>;

/// The half of the engine that looks. Every question is answered from the store, as of now.
template <class Clock, class Store, class Policy, class Catalogue>
class looking {
  public:
    using vocabulary = typename Store::vocabulary;
    using V = vocabulary;

    looking(const looking&) = delete;
    looking& operator=(const looking&) = delete;

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

  protected:
    looking(Clock& clock, Store& store, Policy policy, Catalogue catalogue)
        : clock_(clock),
          store_(store),
          policy_(std::move(policy)),
          catalogue_(std::move(catalogue)) {}
    ~looking() = default;

    Clock& clock_;
    Store& store_;
    Policy policy_;
    Catalogue catalogue_;

  private:
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
};

}  // namespace v0
}  // namespace lockbox
