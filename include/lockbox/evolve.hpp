// How the log becomes state: one overload per event that changes it. Total and pure; the policy is
// never asked here, for everything that was decided stands in the event (R4, V14).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/audit_event.hpp>
#include <lockbox/evolve/settled.hpp>
#include <lockbox/misfit.hpp>
#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {

/// What is left after one more narrowing (G7).
template <class V>
[[nodiscard]] narrowing<V> narrowed_further(narrowing<V> so_far, const narrowing<V>& more) {
    if (more.scope)
        so_far.scope.emplace(so_far.scope ? so_far.scope->meet(*more.scope) : *more.scope);
    if (more.duration) {
        so_far.duration =
            so_far.duration ? (std::min)(*so_far.duration, *more.duration) : *more.duration;
    }
    return so_far;
}

namespace detail {

/// One event's effect on one tenant. Every overload checks before it changes anything.
template <class V>
class evolution : public settled_evolution<V> {
    using base = settled_evolution<V>;

  public:
    using fault = optional<misfit>;
    using base::base;
    using base::operator();

    fault operator()(const submitted<V>& e) {
        if (e.number != t_.submissions + 1 || e.terms->gates.empty()) return misfit::wrong_number;
        if (event_.request != V::request_id_of(e.number)) return misfit::wrong_number;
        ++t_.submissions;
        t_.open.emplace_back(*event_.request, e.number, e.asked, e.reporter, e.terms,
                             optional<narrowing<V>>{}, vector<vote<V>>{}, std::uint64_t{0},
                             wait(0, e.terms->gates.front().side, e.decide_by));
        return {};
    }
    fault operator()(const terms_tightened<V>& e) {
        return in<pending<V>>([&](auto& r, auto& p) -> fault {
            if (p.gate >= e.terms->gates.size()) return misfit::wrong_gate;
            r.terms = e.terms;
            p.decide_by = e.decide_by;
            p.skip(p.opened);
            return {};
        });
    }
    fault operator()(const approved<V>& e) {
        return in<pending<V>>([&](auto& r, auto& p) -> fault {
            if (e.gate != p.gate) return misfit::wrong_gate;
            if (r.votes.empty()) r.votes.reserve(r.terms->gates.size());
            r.votes.push_back({event_.actor.person, e.gate});
            if (!e.narrowed.empty()) {
                r.narrowed = narrowed_further(r.narrowed.value_or(narrowing<V>{}), e.narrowed);
            }
            return {};
        });
    }
    fault operator()(const gate_opened<V>& e) {
        return in<pending<V>>([&](auto& r, auto& p) -> fault {
            if (e.gate != p.gate + 1 || e.gate >= r.terms->gates.size()) return misfit::wrong_gate;
            p = wait(e.gate, r.terms->gates[e.gate].side, e.decide_by);
            return {};
        });
    }
    fault operator()(const consent_used<V>& e) {
        return in<pending<V>>([&](auto& r, auto& p) -> fault {
            if (e.gate != p.gate || r.terms->gates[p.gate].side != side::tenant)
                return misfit::wrong_gate;
            if (find_by(t_.settled.consents, e.number, &given_consent<V>::number) == nullptr)
                return misfit::unknown_consent;
            r.consent = e.number;
            return {};
        });
    }
    fault operator()(const granted<V>& e) {
        return in<pending<V>>([&](auto& r, auto& p) -> fault {
            if (p.gate + 1 != r.terms->gates.size()) return misfit::wrong_gate;
            if (r.asked->drill) return misfit::wrong_stage;
            auto& of = placed(t_.grants, r.asked->requester, &engineer_grants<V>::engineer).grants;
            insert_at(of, place_of(of, r.number, &grant<V>::number),
                      grant<V>{r.number, e.scope, e.from, e.until, r.terms->access_hours});
            r.stage = active<V>{e.from, e.until};
            return {};
        });
    }
    fault operator()(const denied<V>&) {
        return close<pending<V>>([&](const auto& r) {
            if (r.asked->drill) return;
            auto& of = placed(t_.denials, r.asked->case_number, &case_denials<V>::case_number);
            of.numbers.push_back(r.number);
            of.last = event_.at;
        });
    }
    fault operator()(const asked<V>&) {
        return in<pending<V>>([](auto&, auto& p) -> fault {
            ++p.rounds;
            p.awaits_answer = true;
            return {};
        });
    }
    fault operator()(const answered<V>&) {
        return in<pending<V>>([](auto&, auto& p) -> fault {
            p.awaits_answer = false;
            return {};
        });
    }
    fault operator()(const reminded<V>& e) {
        return in<pending<V>>([&](auto&, auto& p) -> fault {
            if (e.gate != p.gate) return misfit::wrong_gate;
            const auto next = p.due_at();
            if (e.since < next || next == p.decide_by) return misfit::no_reminder;
            p.skip(e.since);
            return {};
        });
    }
    fault operator()(const withdrawn<V>&) { return close<pending<V>>(); }
    fault operator()(const expired<V>&) { return close<pending<V>>(); }
    fault operator()(const ended<V>&) { return close<active<V>>(); }
    fault operator()(const revoked<V>&) { return close<active<V>>(); }
    fault operator()(const finished<V>& e) {
        if (e.cause != cause::drill) return close<active<V>>();
        const auto* r = found();
        return r != nullptr && !r->asked->drill ? misfit::wrong_stage : close<pending<V>>();
    }
    fault operator()(const accessed<V>&) {
        return in<active<V>>([](auto&, auto&) -> fault { return {}; });
    }
    fault operator()(const access_refused<V>&) { return {}; }
    fault operator()(const case_closed<V>&) { return {}; }
    fault operator()(const refused<V>&) {
        ++refusals();
        return {};
    }
    fault operator()(const throttled<V>&) {
        refusals() = refusal_count<V>::throttled;
        return {};
    }

  private:
    /// The stage of a request whose gate opens with this event. Which reminders it has, the
    /// settings of this instant tell; one as long as the window never comes (N4).
    pending<V> wait(std::uint32_t gate, side whose, typename V::time_point decide_by) const {
        const auto& s = t_.settled.settings;
        pending<V> out{gate, event_.at, decide_by, 0, false, s.reminders, {}};
        if (whose == side::tenant && !s.escalation.recipients.empty())
            out.escalation = s.escalation.before;
        out.skip(event_.at);
        return out;
    }

    /// Calls `change` with the event's request when it is open and at `Stage`.
    template <class Stage, class Change>
    fault in(Change change) {
        auto* at = found();
        if (at == nullptr) return misfit::unknown_request;
        auto* stage = at->stage.template get_if<Stage>();
        if (stage == nullptr) return misfit::wrong_stage;
        return change(*at, *stage);
    }

    /// The same, and then the request leaves the state, with its grant.
    template <class Stage>
    fault close(auto... before) {
        const auto* at = found();
        if (at == nullptr) return misfit::unknown_request;
        if (!at->stage.template is<Stage>()) return misfit::wrong_stage;
        (before(*at), ...);
        if constexpr (std::is_same_v<Stage, active<V>>) drop_grant(*at);
        t_.open.erase(place_of(t_.open, at->number, &request<V>::number));
        return {};
    }

    void drop_grant(const request<V>& r) {
        auto* of = find_ordered(t_.grants, r.asked->requester, &engineer_grants<V>::engineer);
        if (of == nullptr) return;
        auto* const one = find_ordered(of->grants, r.number, &grant<V>::number);
        if (one != nullptr) of->grants.erase(one);
        if (of->grants.empty()) t_.grants.erase(of);
    }

    request<V>* found() { return event_.request ? find_unclosed(t_, *event_.request) : nullptr; }

    /// How many refusals of the actor count in this hour, which begins here if none does.
    std::uint32_t& refusals() {
        drop_if(t_.refusals,
                [&](const auto& c) { return c.since + std::chrono::hours{1} <= event_.at; });
        if (auto* counted = find_by(t_.refusals, event_.actor, &refusal_count<V>::actor)) {
            return counted->count;
        }
        t_.refusals.push_back({event_.actor, event_.at, 0});
        return t_.refusals.back().count;
    }

    using base::event_;
    using base::t_;
};

}  // namespace detail

/// Folds one event into the state, in place. On a misfit the state is as it was.
template <class V>
[[nodiscard]] optional<misfit> evolve(tenant<V>& t, const audit_event<V>& event) {
    const bool opens = event.body.template is<tenant_opened<V>>();
    if (opens != (t.sequence == 0)) return misfit::not_opened;
    if (!opens && event.tenant != t.id) return misfit::other_tenant;
    if (event.sequence != t.sequence + 1) return misfit::gap;
    if (!opens && event.at < t.last) return misfit::time_went_back;
    if (auto fault = event.body.match(detail::evolution<V>{t, event})) return fault;
    t.sequence = event.sequence;
    t.last = event.at;
    return std::nullopt;
}

/// Where a log stops making sense.
struct [[nodiscard]] broken_log {
    std::uint64_t sequence = 0;
    misfit why{};
};

/// The state that a whole log folds to.
template <class V>
[[nodiscard]] tl::expected<tenant<V>, broken_log> replay(std::span<const audit_event<V>> log) {
    tenant<V> t;
    for (const auto& event : log)
        if (const auto why = evolve(t, event))
            return tl::unexpected{broken_log{event.sequence, *why}};
    return t;
}

}  // namespace v0
}  // namespace lockbox
