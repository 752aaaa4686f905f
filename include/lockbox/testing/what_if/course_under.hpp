// One past request as it would have gone under another policy: the same votes at the same instants,
// judged by the real rules on other terms.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <lockbox/authorize.hpp>
#include <lockbox/rules/closing.hpp>
#include <lockbox/rules/gates.hpp>
#include <lockbox/testing/what_if/differences.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Goes along the events of one request. `alone_` is a tenant with nothing in it but this request,
/// as it would stand; once it would be over, it is empty.
template <class V, class Policy>
class course_under {
  public:
    explicit course_under(const Policy& policy) : policy_(&policy) {}

    /// The submission, at the tenant as it was before it.
    void begin(const tenant<V>& before, const audit_event<V>& event, const submitted<V>& s) {
        auto judged = rules::judge(before, *s.asked, *policy_);
        if (judged && (s.asked->duration <= duration_of<V>::zero() ||
                       s.asked->duration > judged->longest_access)) {
            judged = tl::unexpected{refusal{
                ground::out_of_range, field::duration, rules::in_ms(judged->longest_access), {}}};
        }
        if (!judged) return note(would_be_refused<V>{judged.error()});
        auto body = s;
        body.decide_by = event.at + judged->gates.front().window;
        body.terms = *std::move(judged);
        auto as_if = event;
        as_if.body = event_body<V>{std::move(body)};
        alone_.submissions = s.number - 1;
        fold(as_if);
        compare_terms(*s.terms);
    }

    /// A later event about the request, which stood so before it.
    void see(const tenant<V>& before, const request<V>& real, const audit_event<V>& event) {
        event.body.match(overloaded{
            [&](const terms_tightened<V>& e) { compare_terms(*e.terms); },
            [&](const approved<V>& e) {
                compare_terms(*real.terms);
                vote(before, event, e);
            },
            [&](const gate_opened<V>&) { must_have_passed(event.at, side::provider); },
            [&](const granted<V>&) { must_have_passed(event.at, side::tenant); },
            [&](const accessed<V>& e) {
                if (!authorize(alone_, real.asked->requester, e.to, event.at).allowed()) ++refused_;
            },
            [&](const finished<V>& e) {
                if (e.cause == cause::drill) must_have_passed(event.at, side::tenant);
                close(real, event.at, false);
            },
            [&](const expired<V>& e) { close(real, e.since, true); },
            [&](const ended<V>& e) { close(real, e.since, true); },
            [&](const denied<V>& e) {
                if (e.cause == cause::turned_on) forget_closing(event.at);
                close(real, event.at, false);
            },
            [&](const revoked<V>& e) {
                if (e.cause == cause::turned_on) forget_closing(event.at);
                close(real, event.at, false);
            },
            [&](const withdrawn<V>&) { close(real, event.at, false); },
            [](const auto&) {},
        });
    }

    /// The tenant was turned on, or its settings changed, by this event (S5).
    void tighten(const tenant<V>& before, const tenant<V>& after, const audit_event<V>& event) {
        if (open() == nullptr) return;
        alone_.settled = before.settled;
        const command<V> none{event.tenant, event.actor, {}, {}, {}};
        vector<audit_event<V>> happened;
        rules::moment<V> m{alone_, none, event.at, happened};
        rules::protect(m, after, *policy_);
        for (const auto& one : happened) fold(one);
        if (open() == nullptr) note(would_be_closed<V>{event.at});
    }

    /// The end of the log, when the request is still open.
    void end(const request<V>& real, typename V::time_point last) {
        compare_terms(*real.terms);
        const auto over = real.over_at();
        const bool runs = over > last && real.stage.template is<pending<V>>();
        close(real, runs ? last : over, !runs);
    }

    /// What differs, in the order in which it would have come to pass.
    [[nodiscard]] vector<difference<V>> differences() && { return std::move(differences_); }

  private:
    [[nodiscard]] const request<V>* open() const {
        return alone_.open.empty() ? nullptr : &alone_.open[0];
    }
    [[nodiscard]] const pending<V>* waits() const {
        return open() != nullptr ? open()->stage.template get_if<pending<V>>() : nullptr;
    }
    [[nodiscard]] side whose_turn() const { return open()->terms->gates[waits()->gate].side; }

    void note(auto what) { differences_.push_back({std::move(what)}); }
    void fold(const audit_event<V>& event) {
        (void)event.body.match(lockbox::detail::evolution<V>{alone_, event});
    }
    /// From here on it has no gate and no grant.
    void leave(auto what) {
        note(std::move(what));
        alone_.open = {};
        alone_.grants.clear();
    }

    /// Notes once that the terms would have been others.
    void compare_terms(const terms<V>& then) {
        if (differs_ || open() == nullptr || then == *open()->terms) return;
        differs_ = true;
        note(other_terms<V>{then, *open()->terms});
    }
    /// What the settings closed, they closed in fact, too.
    void forget_closing(typename V::time_point at) {
        if (!differences_.empty() && differences_.back() == difference<V>{would_be_closed<V>{at}})
            differences_.pop_back();
    }

    /// Whether the time of the gate where it would wait is over.
    bool expires(typename V::time_point at) {
        const auto* p = waits();
        if (p == nullptr || at < p->decide_by) return false;
        leave(would_expire<V>{whose_turn(), p->decide_by});
        return true;
    }

    /// An approval: would it be taken, and what does it open? One for a gate that would have been
    /// passed by then is not needed.
    void vote(const tenant<V>& before, const audit_event<V>& event, const approved<V>& e) {
        if (waits() == nullptr || expires(event.at)) return;
        if (side_of(event.actor.acting) != whose_turn()) return;
        const approve<V> again{open()->id, e.comment, e.narrowed};
        const command<V> c{event.tenant, event.actor, event.origin, event.command, {again}};
        alone_.settled.consents = before.settled.consents;
        vector<audit_event<V>> happened;
        rules::moment<V> m{before, c, event.at, happened};
        if (const auto why = rules::vote_for(m, again, *open(), *waits()))
            return note(approval_refused<V>{event.actor.person, event.at, *why});
        for (const auto& one : happened) fold(one);
    }

    /// The gates up to that side's were passed.
    void must_have_passed(typename V::time_point at, side up_to) {
        if (waits() == nullptr || expires(at)) return;
        if (whose_turn() <= up_to) leave(gate_stays_shut<V>{whose_turn()});
    }

    /// The request was over at this instant: `by_itself`, or because somebody closed it.
    void close(const request<V>& real, typename V::time_point at, bool by_itself) {
        const auto* granted = real.stage.template get_if<active<V>>();
        if (waits() != nullptr) {
            if (!by_itself || waits()->decide_by < at) (void)expires(at);
        } else if (open() != nullptr) {
            const auto until = open()->over_at();
            if (granted == nullptr)
                note(would_be_granted<V>{until});
            else if (by_itself ? until != at : until < at)
                note(would_end<V>{until, at});
        }
        if (refused_ > 0) note(accesses_refused<V>{refused_});
        alone_.open = {};
    }

    const Policy* policy_;
    tenant<V> alone_{};
    vector<difference<V>> differences_{};
    std::uint64_t refused_ = 0;
    bool differs_ = false;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
