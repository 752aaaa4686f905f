// What became of a request that is closed, told from its history (K2).
#pragma once

#include <cstdint>

#include <lockbox/optional.hpp>
#include <lockbox/why/people.hpp>

namespace lockbox {
inline namespace v0 {

/// What a request's history says of its end: the events that `why_closed` looks at, taken one by
/// one, in any order.
template <class V>
class request_history {
  public:
    void take(const audit_event<V>& event) {
        event.body.match(overloaded{
            [&](const submitted<V>& e) {
                submission_ = *e.asked;
                terms_at(event, *e.terms);
                gate_at(event, 0, event.at, e.decide_by);
            },
            [&](const terms_tightened<V>& e) {
                terms_at(event, *e.terms);
                if (event.sequence > tightened_) {
                    tightened_ = event.sequence;
                    tightened_to_ = e.decide_by;
                }
            },
            [&](const gate_opened<V>& e) { gate_at(event, e.gate, event.at, e.decide_by); },
            [&](const granted<V>& e) { grant_ = e; },
            [&](const denied<V>& e) { close(event, status::denied, e.cause, e.comment, e.gate); },
            [&](const withdrawn<V>& e) { close(event, status::withdrawn, e.cause); },
            [&](const finished<V>& e) { close(event, status::finished, e.cause); },
            [&](const revoked<V>& e) { close(event, status::revoked, e.cause, e.comment); },
            [](const auto&) {},
        });
    }

    /// Whether the first event is among those taken.
    [[nodiscard]] bool whole() const { return submission_.has_value(); }

    struct ending {
        lockbox::status how{};
        lockbox::cause cause{};
        actor<V> by{};
        typename V::time_point at{};
        typename V::text comment{};
        optional<std::uint32_t> gate{};  ///< where it was denied
    };
    struct gate_waited {
        std::uint32_t gate = 0;
        typename V::time_point since{};
        typename V::time_point until{};
    };
    [[nodiscard]] const optional<submission<V>>& asked() const { return submission_; }
    [[nodiscard]] const optional<ending>& closed() const { return ending_; }
    [[nodiscard]] const optional<granted<V>>& grant() const { return grant_; }
    /// The gate that it waited at last, up to the deadline that held last.
    [[nodiscard]] gate_waited last_gate() const {
        auto last = gate_;
        if (tightened_ > gate_set_) last.until = tightened_to_;
        return last;
    }
    [[nodiscard]] optional<side> side_of_gate(std::uint32_t gate) const {
        if (gate >= terms_.gates.size()) return std::nullopt;
        return terms_.gates[gate].side;
    }

  private:
    void terms_at(const audit_event<V>& event, const terms<V>& fresh) {
        if (event.sequence < terms_set_) return;
        terms_set_ = event.sequence;
        terms_ = fresh;
    }
    void gate_at(const audit_event<V>& event, std::uint32_t gate, typename V::time_point since,
                 typename V::time_point until) {
        if (event.sequence < gate_set_) return;
        gate_set_ = event.sequence;
        gate_ = {gate, since, until};
    }
    void close(const audit_event<V>& event, lockbox::status how, cause why,
               const typename V::text& comment = {}, optional<std::uint32_t> gate = {}) {
        ending_ = ending{how, why, event.actor, event.at, comment, gate};
    }

    optional<submission<V>> submission_{};
    terms<V> terms_{};
    std::uint64_t terms_set_ = 0;
    gate_waited gate_{};
    std::uint64_t gate_set_ = 0;
    typename V::time_point tightened_to_{};
    std::uint64_t tightened_ = 0;
    optional<granted<V>> grant_{};
    optional<ending> ending_{};
};

namespace explaining {

/// How to ask again: not while frozen, and not too soon after denials (S8, R6).
template <class V>
void tell_how_to_ask_again(explanation<V>& e, const view<V>& seen, const submission<V>& asked) {
    if (seen.settled().frozen)
        return void(e.next.push_back(seen.by_member(deed::lift_freeze, permission::assign_roles)));
    if (asked.drill)
        return void(e.next.push_back(seen.by_member(deed::drill, permission::configure)));
    auto again = by<V>(doer::engineer, deed::submit);
    const auto& limits = seen.settled().settings.limits;
    const auto* before =
        find_ordered(seen.tenant.denials, asked.case_number, &case_denials<V>::case_number);
    if (before != nullptr && before->numbers.size() >= limits.denials_before_wait) {
        const auto from = before->last + limits.wait_after_denials;
        if (from > seen.at) again.from = from;
    }
    e.next.push_back(std::move(again));
}

template <class V>
[[nodiscard]] explanation<V> closed(const view<V>& seen, const request_history<V>& told) {
    const auto& end = *told.closed();
    auto e = of_status<V>(rule_of(end.how, end.cause), end.how);
    const bool at_gate = end.gate && end.cause == cause::person;
    e.facts.push_back(facts::closed_by<V>{end.cause, end.by.acting, seen.name_of(end.by),
                                          at_gate ? told.side_of_gate(*end.gate) : optional<side>{},
                                          end.at});
    if (!is_blank(end.comment)) e.facts.push_back(facts::said<V>{end.comment});
    return e;
}

}  // namespace explaining

/// Why a request is closed, and how it could be asked for again (K2, S7). It is the same with and
/// without a sweeper: what is overdue at `now` is told as what a tick would record. Nothing when
/// the history holds no submission, or tells of no end that came by `now`.
template <class V>
[[nodiscard]] optional<explanation<V>> why_closed(const tenant<V>& t,
                                                  const typename V::request_id& id,
                                                  const request_history<V>& told,
                                                  typename V::time_point now,
                                                  const actor<V>& reader) {
    const explaining::view<V> seen{t, now, reader};
    if (!told.whole()) return std::nullopt;
    optional<explanation<V>> e;
    if (told.closed()) {
        e = explaining::closed(seen, told);
        if (told.grant())
            e->facts.push_back(facts::access_time<V>{id, told.grant()->from, told.grant()->until});
    } else if (told.grant()) {
        if (now < told.grant()->until) return std::nullopt;
        e = explaining::of_status<V>(rule::a2, status::ended);
        e->facts.push_back(facts::access_time<V>{id, told.grant()->from, told.grant()->until});
    } else {
        const auto waited = told.last_gate();
        const auto side = told.side_of_gate(waited.gate);
        if (now < waited.until || !side) return std::nullopt;
        e = explaining::of_status<V>(rule::g5, status::expired);
        e->facts.push_back(facts::undecided<V>{*side, waited.since, waited.until});
    }
    explaining::tell_how_to_ask_again(*e, seen, *told.asked());
    return e;
}

}  // namespace v0
}  // namespace lockbox
