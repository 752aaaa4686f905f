// Carries commands out: load, decide, evolve, commit, and only then a reply. Conflicts start again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <lockbox/decide.hpp>
#include <lockbox/engine/hot_tenants.hpp>
#include <lockbox/engine/ticket.hpp>
#include <lockbox/guarded.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/rules/repeat.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Used by one thread at a time: the one that leads the line.
template <class V, class Clock, class Store, class Policy, class Catalogue>
class executor {
  public:
    executor(Clock& clock, Store& store, const Policy& policy, const Catalogue& catalogue,
             std::size_t hot, persistence patience)
        : clock_(clock),
          store_(store),
          policy_(policy),
          catalogue_(catalogue),
          patience_(patience),
          hot_(hot) {}

    /// Carries out every ticket. Whatever the host's code throws becomes a failure of
    /// its own command.
    template <class ForEachTicket>
    void run(ForEachTicket for_each_ticket) noexcept {
        if (!guarded([&] { together(for_each_ticket); })) hot_.clear();
        for_each_ticket([&](ticket<V>& t) {
            if (!t.done && t.ahead) alone(t);
        });
        for_each_ticket([&](ticket<V>& t) {
            if (!t.done) alone(t);
        });
        hot_.age();
    }

  private:
    /// What the batch does to one tenant: the events of its commands, one after the other.
    struct stage {
        tenant<V>* state = nullptr;
        std::uint64_t version = 0;
        vector<audit_event<V>> events{};
        struct part {
            ticket<V>* of = nullptr;
            decision<V> decided{};
            std::size_t events = 0;
        };
        vector<part> parts{};
        vector<const void*> left{};  ///< callers with a command that is left to `alone`
        bool spoiled = false;
    };

    /// Decides every command on the hot state and commits all in one transaction. What cannot be
    /// answered from that is left undone, for `alone`.
    template <class ForEachTicket>
    void together(ForEachTicket for_each_ticket) {
        vector<stage> stages;
        vector<cold> without;
        const auto forget_all = [&] {
            for (const auto& s : stages) forget(*s.state);
        };
        const bool staged = guarded([&] {
            for (const bool ahead : {true, false}) {
                for_each_ticket([&](ticket<V>& t) {
                    if (t.ahead == ahead) put_on(stages, without, t);
                });
            }
        });
        vector<change<V>> changes;
        const bool ready =
            staged && guarded([&] {
                for (auto& s : stages)
                    changes.push_back({s.version,
                                       {s.events.data(), s.spoiled ? 0 : s.events.size()},
                                       s.state,
                                       commit_result::conflict});
                drop_if(changes, [](const auto& c) { return c.events.empty(); });
            });
        if (!ready) return forget_all();
        if (!changes.empty()) finish(stages, changes);
        for (const auto& s : stages)
            if (s.spoiled) forget(*s.state);
    }

    /// A caller's commands at a tenant that could not be brought into memory: all left to `alone`.
    struct cold {
        const void* caller = nullptr;
        const typename V::tenant_id* tenant = nullptr;
    };

    void put_on(vector<stage>& stages, vector<cold>& without, ticket<V>& t) {
        const auto& id = t.what->tenant;
        for (const auto& one : without)
            if (one.caller == t.caller && *one.tenant == id) return;
        auto* state = hot_.find(id);
        if (state == nullptr) state = warm_up(t);
        if (state == nullptr) return without.push_back({t.caller, &id});
        auto* at = find_by(stages, state, &stage::state);
        if (at == nullptr) {
            stages.push_back({state, state->sequence, {}, {}, {}, false});
            at = &stages.back();
        }
        if (at->spoiled || contains(at->left, t.caller)) return;
        if (repeats_last(*at, *t.what)) return at->left.push_back(t.caller);
        const bool whole = guarded([&] {
            auto decided = decide(*state, *t.what, clock_.now(), policy_, catalogue_);
            if (decided.happened.empty()) return at->left.push_back(t.caller);
            const auto count = decided.happened.size();
            for (auto& event : decided.happened) {
                at->spoiled = at->spoiled || evolve(*state, event).has_value();
                at->events.push_back(std::move(event));
            }
            decided.happened.clear();  // keeps its room, so that replying needs no memory (V20)
            at->parts.push_back({&t, std::move(decided), count});
        });
        at->spoiled = at->spoiled || !whole;
    }

    /// Whether a command bears the id of the one before it: two neighbours would look like one
    /// command to a store. Any other repetition within the batch is a conflict there (V8).
    [[nodiscard]] static bool repeats_last(const stage& s, const command<V>& c) {
        if (s.parts.empty() || !c.id) return false;
        const auto& last = *s.parts.back().of->what;
        return last.id == c.id && last.actor == c.actor;
    }

    /// Brings a tenant into memory for a command that is new to it; else leaves the
    /// command to `alone`.
    tenant<V>* warm_up(const ticket<V>& t) {
        auto kept = store_.load(t.what->tenant, t.what->actor, t.what->id);
        if (!kept || !*kept || !(*kept)->recorded.empty()) return nullptr;
        return hot_.keep(std::move((*kept)->state));
    }

    /// Commits, and replies to every command whose tenant was committed.
    void finish(vector<stage>& stages, vector<change<V>>& changes) {
        const auto failed = commit(changes.data(), changes.size());
        for (const auto& c : changes) {
            auto* const of = find_by(stages, c.after, &stage::state);
            if (!failed && c.result == commit_result::committed) {
                reply(*of);
            } else {
                if (failed) refuse(*of, *failed);
                forget(*c.after);
            }
        }
    }
    void reply(stage& s) {
        std::size_t from = 0;
        for (auto& part : s.parts) {
            for (const auto end = from + part.events; from < end; ++from)
                part.decided.happened.push_back(std::move(s.events[from]));
            answer(*part.of, std::move(part.decided));
        }
    }
    /// An unknown outcome is looked up by the command's id, one by one; any other failure is final.
    void refuse(stage& s, const failure& why) {
        std::size_t from = 0;
        for (auto& part : s.parts) {
            if (why.kind == failure_kind::unknown_outcome) {
                remember(*part.of, s.events[from]);
            } else {
                fail(*part.of, why.kind, why.what);
            }
            from += part.events;
        }
    }

    /// One command on a fresh state, until it is committed, answered, or given up.
    void alone(ticket<V>& t) noexcept {
        const bool whole = guarded([&] { persist(t); });
        if (t.done) return;
        forget(t.what->tenant);
        fail(
            t, failure_kind::internal,
            whole
                ? "the rules decided on an event that does not fit; nothing was recorded; report it"
                : "the host's policy or type threw; nothing was recorded; mend it and try again");
    }

    void persist(ticket<V>& t) {
        const auto tries = is_urgent(*t.what) ? patience_.urgent_tries : patience_.tries;
        for (std::uint32_t tried = 0; tried < tries && !t.done; ++tried) {
            if (t.deadline && tried > 0 && !t.unknown && clock_.now() >= *t.deadline) break;
            if (!attempt(t)) return;
        }
        if (t.done) return;
        if (t.unknown) {
            return fail(t, failure_kind::unknown_outcome,
                        "the store does not tell whether the command was recorded; nothing else is "
                        "affected; send the same command again, under the same id");
        }
        fail(t, failure_kind::contended,
             "others kept changing the tenant; the command was not carried out; send it again");
    }

    /// Loads, decides, commits once. False when there is no sense in trying again.
    bool attempt(ticket<V>& t) {
        const auto& c = *t.what;
        auto kept = store_.load(c.tenant, c.actor, c.id);
        if (!kept) {
            fail(t, t.unknown ? failure_kind::unknown_outcome : kept.error().kind,
                 kept.error().what);
            return false;
        }
        const auto now = clock_.now();
        tenant<V> fresh;
        if (*kept) {
            if (answer_repeat(t, **kept, now)) return false;
            fresh = std::move((*kept)->state);
        }
        t.unknown = false;
        auto decided = decide(fresh, c, now, policy_, catalogue_);
        if (decided.happened.empty()) {
            answer(t, std::move(decided));
            if (fresh.sequence != 0) hot_.keep(std::move(fresh));
            return false;
        }
        const auto version = fresh.sequence;
        for (const auto& event : decided.happened)
            if (evolve(fresh, event)) return false;
        change<V> one{version,
                      {decided.happened.data(), decided.happened.size()},
                      &fresh,
                      commit_result::conflict};
        const auto failed = commit(&one, 1);
        if (failed) {
            forget(c.tenant);
            if (failed->kind == failure_kind::unknown_outcome && c.id) {
                remember(t, decided.happened.front());
                return true;
            }
            fail(t, failed->kind, failed->what);
            return false;
        }
        if (one.result == commit_result::conflict) return true;
        answer(t, std::move(decided));
        hot_.keep(std::move(fresh));
        return false;
    }

    /// A command whose events stand in the log: this very one when its commit's
    /// outcome was unknown, else a repetition of an earlier one (V8).
    bool answer_repeat(ticket<V>& t, loaded<V>& kept, typename V::time_point now) {
        const auto& c = *t.what;
        if (kept.recorded.empty()) return false;
        if (auto malformed = rules::fault_in_form(c, now)) {
            answer(t, {{}, malformed, {}});
            return true;
        }
        auto repeated = rules::repeated(c, kept.recorded);
        const auto& first = kept.recorded.front();
        const bool ours = t.unknown && first.sequence == t.sequence && first.at == t.at &&
                          first.origin == c.origin && first.content == digest_of(c.body);
        if (ours && kept.recorded.front().body.template is<accessed<V>>()) {
            repeated = {std::move(kept.recorded), {}, data_class::content};
        }
        answer(t, std::move(repeated));
        return true;
    }

    /// Why the store did not write the changes, if it did not; what it throws leaves the outcome
    /// unknown.
    optional<failure> commit(change<V>* changes, std::size_t count) {
        optional<failure> failed{failure{failure_kind::unknown_outcome, {}}};
        (void)guarded([&] {
            auto written = store_.commit({changes, count});
            if (written)
                failed.reset();
            else
                failed = std::move(written).error();
        });
        return failed;
    }

    /// Keeps what a commit of unknown outcome may have recorded, to know it again.
    static void remember(ticket<V>& t, const audit_event<V>& first) {
        t.unknown = true;
        t.sequence = first.sequence;
        t.at = first.at;
    }
    static void answer(ticket<V>& t, decision<V> decided) {
        t.decided = std::move(decided);
        t.failed.reset();
        t.done = true;
    }
    static void fail(ticket<V>& t, failure_kind kind, std::string_view what) noexcept {
        auto& why = t.failed.emplace(failure{kind, {}});
        (void)guarded([&] { why.what = what; });
        t.done = true;
    }
    void forget(const tenant<V>& state) noexcept { hot_.forget(state.id); }
    void forget(const typename V::tenant_id& id) { hot_.forget(id); }

    Clock& clock_;
    Store& store_;
    const Policy& policy_;
    const Catalogue& catalogue_;
    persistence patience_;
    hot_tenants<V> hot_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
