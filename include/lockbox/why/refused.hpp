// Why a command was refused: the rule behind each ground, what decided, and how it could go better.
// A new ground is a line in `explain`, which the compiler asks for.
#pragma once

#include <cstdint>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/rules/gates.hpp>
#include <lockbox/rules/roles.hpp>
#include <lockbox/why/proposal.hpp>
#include <lockbox/why/refusal_words.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// Explains one refusal of one command. Whoever may not give the command at all is told who may,
/// and nothing of the tenant: not even that there is one (V6, T22).
template <class V>
class refused_command : refusal_words<V> {
  public:
    using refusal_words<V>::refusal_words;

    [[nodiscard]] explanation<V> explain() {
        const refusal no = *e_.refused;
        // A line for each ground, so that the compiler asks for one when another is added.
        // NOLINTBEGIN(bugprone-branch-clone)
        switch (no.why) {
            // clang-format off
            case ground::malformed:          return mend(rule_of_form(no));
            case ground::id_reused:          return by_actor(rule::v8, deed::reissue);
            case ground::already_used:       return by_actor(rule::v8, deed::reissue);
            case ground::not_allowed:        return lacks_authority();
            case ground::already_open:       return because(rule::s10);
            case ground::clock_behind:       return clock_is_behind();
            case ground::frozen:             return by_member(rule::s8, deed::lift_freeze, permission::assign_roles);
            case ground::not_open:           return because(is_of_proposal() ? rule::s9 : no.about == field::consent ? rule::g8 : rule::k2);
            case ground::same_person:        return is_not_apart();
            case ground::already_voted:      return at_gate(rule::g2, {});
            case ground::missing:            return mend(is_consent() ? rule::g8 : rule_of_text(no));
            case ground::out_of_range:       return mend(is_consent() ? rule::g8 : rule_of_bound(no));
            case ground::too_long:           return mend(is_setting(no) ? rule::s4 : rule::r9);
            case ground::not_escalated:      return by_other(rule::r1, doer::host, deed::escalate);
            case ground::no_request_needed:  return by_actor(rule::r1, deed::access);
            case ground::comment_required:   return mend(rule::g4);
            case ground::question_open:      return at_question();
            case ground::no_question:        return because(rule::g4);
            case ground::widens:             return mend(rule::g7);
            case ground::narrows_to_nothing: return mend(rule::g7);
            case ground::unchanged:          return because(rule::l1);
            case ground::not_entitled:       return by_other(rule::s1, doer::operator_, deed::record_entitlement);
            case ground::beyond_own:         return goes_beyond();
            case ground::last_administrator: return no_administrator(no.about);
            case ground::unknown_role:       return by_member(rule::s2, deed::define_role, permission::assign_roles);
            case ground::policy:             return mend(rule::r4);
            case ground::bad_terms:          return policy_is_at_fault(rule::g3);
            case ground::no_terms:           return policy_is_at_fault(rule::r4);
            case ground::no_approver:        return too_few_approvers();
            case ground::too_soon:           return too_soon();
            case ground::too_many_pending:   return by_actor(rule::r9, deed::withdraw);
            case ground::too_many_open:      return too_many_open();
            case ground::no_grant:           return no_access();
            case ground::not_yet:            return no_access();
            case ground::not_covered:        return no_access();
            case ground::outside_hours:      return outside_hours();
            case ground::no_consents:        return by_member(rule::g8, deed::change_settings, permission::configure);
                // clang-format on
        }
        // NOLINTEND(bugprone-branch-clone)
        return because(rule::l1);
    }

  private:
    // --- Authority -------------------------------------------------------------------------------

    explanation<V> lacks_authority() {
        if (is_stranger()) return may_not_at_all();
        if (is_of_proposal()) return of_waiting_change();
        if (m_.command.body.match([](const auto& c) { return is_vote(c); }))
            return at_gate(rule::g2, {});
        tell(facts::not_own{});
        return by_other(rule::s10, doer::own_engineer, deed::repeat);
    }
    /// Says of the command what it would say anywhere.
    explanation<V> may_not_at_all() {
        const auto& may = rules::authority_for<V>(m_.command.body);
        facts::authority who{lockbox::name_of(m_.command.body), {}, {}};
        for (std::size_t at = 0; at < names_of<capacity>.size(); ++at) {
            const auto acting = static_cast<capacity>(at);
            if (!may.admits(acting)) continue;
            who.acting.push_back(acting);
            if (acting == capacity::member)
                who.of_a_member = may.of_a_member(), who.any = may.any();
            if (const auto other = doer_of(acting)) e_.next.push_back(repeated_by(*other, may));
        }
        tell(std::move(who));
        return because(rule::s10);
    }
    [[nodiscard]] need<V> repeated_by(doer other, const rules::authority& may) const {
        if (other != doer::member) return explaining::by<V>(other, deed::repeat);
        return seen_.by_member(deed::repeat, may.of_a_member(), may.any());
    }
    /// As whom somebody else could give the command; the machine gives its own.
    static constexpr optional<doer> doer_of(capacity acting) {
        switch (acting) {
            case capacity::engineer:
                return doer::engineer;
            case capacity::manager:
                return doer::manager;
            case capacity::operator_:
                return doer::operator_;
            case capacity::member:
                return doer::member;
            case capacity::system:
                break;
        }
        return std::nullopt;
    }

    // --- At a gate -------------------------------------------------------------------------------

    template <class C>
    static constexpr bool is_vote(const C& /*c*/) {
        return std::is_same_v<C, approve<V>> || std::is_same_v<C, deny<V>> ||
               std::is_same_v<C, ask<V>>;
    }
    /// What the actor is at the gate where the request waits, and what the gate needs instead.
    explanation<V> at_gate(rule by, optional<fact<V>> first) {
        const auto* r = named();
        const auto* p = r != nullptr ? r->stage.template get_if<pending<V>>() : nullptr;
        if (p == nullptr) return because(by);
        const auto& gate = r->terms->gates[p->gate];
        if (first)
            tell(*std::move(first));
        else if (e_.refused->why == ground::already_voted)
            tell(facts::has_decided{gate.side});
        else
            tell(facts::no_say{gate.side, side_of(m_.command.actor.acting) != gate.side});
        e_.next = waiting(seen_, *r, *p).next;
        return because(by);
    }
    explanation<V> is_not_apart() {
        if (is_of_proposal()) {
            tell(facts::is_proposer{});
            return of_waiting_change();
        }
        const auto* r = named();
        if (r == nullptr) return because(rule::v5);
        if (V::same_person(r->asked->requester, m_.person()))
            return at_gate(rule::v5, facts::is_requester{});
        for (const auto& vote : r->votes)
            if (V::same_person(vote.person, m_.person()))
                return at_gate(rule::v5, facts::has_decided{r->terms->gates[vote.gate].side});
        return because(rule::v5);
    }
    explanation<V> at_question() {
        const auto* r = named();
        if (r != nullptr && r->asked->drill) return because(rule::g4);
        return by_other(rule::g4, doer::own_engineer, deed::answer);
    }

    // --- Proposed changes ------------------------------------------------------------------------

    /// What waits, and who else could agree to it.
    explanation<V> of_waiting_change() {
        std::uint64_t number = 0;
        m_.command.body.match([&](const auto& c) {
            if constexpr (requires { c.proposal; }) number = c.proposal;
        });
        const auto* waits = rules::find_waiting(m_.settled(), number, m_.at);
        if (waits == nullptr) return because(rule::s9);
        tell(proposal_before(seen_, *waits));
        return because(rule::s9, agreement_to(seen_, *waits));
    }
    explanation<V> too_many_open() {
        if (!is_of_proposal()) return by_actor(rule::r9, deed::repeat);
        return by_actor(rule::s9, deed::decline);
    }

    // --- Time, roles and people ------------------------------------------------------------------

    explanation<V> again_from(rule by, typename V::time_point from) {
        auto again = explaining::by<V>(doer::actor, deed::repeat);
        again.from = from;
        return because(by, std::move(again));
    }
    explanation<V> clock_is_behind() {
        if (is_stranger()) return because(rule::k1);
        tell(facts::clock_lag<V>{m_.tenant.last - now_});
        return again_from(rule::k1, m_.tenant.last - m_.settings().limits.clock_tolerance);
    }
    explanation<V> too_soon() {
        const auto* asked = m_.command.body.template get_if<submit<V>>();
        if (const auto* trial = m_.command.body.template get_if<drill<V>>()) asked = &trial->trial;
        const auto* before = asked == nullptr || is_stranger()
                                 ? nullptr
                                 : find_ordered(m_.tenant.denials, asked->support_case.number,
                                                &case_denials<V>::case_number);
        if (before == nullptr) return by_actor(rule::r6, deed::repeat);
        tell(facts::denials<V>{static_cast<std::uint32_t>(before->numbers.size()), before->last});
        return again_from(rule::r6, before->last + m_.settings().limits.wait_after_denials);
    }
    explanation<V> goes_beyond() {
        if (is_stranger()) return because(rule::s3);
        if (const auto until = rules::own_hold(m_)) tell(facts::own_hold<V>{*until});
        auto others = seen_.by_member(deed::repeat, permission::assign_roles);
        drop_if(others.people, [&](const auto& one) { return holds_until_then(one); });
        return because(rule::s3, std::move(others));
    }
    /// Whether all that lets a person assign roles ends some day.
    [[nodiscard]] bool holds_until_then(const typename V::person_id& person) const {
        bool without_end = false;
        for_each_role(m_.settled(), person, m_.at, [&](const holding<V>& held) {
            const bool may = permits(m_.settled(), held.role).has(permission::assign_roles);
            without_end = without_end || (may && !held.until);
        });
        return !without_end;
    }
    explanation<V> no_administrator(field about) {
        if (about == field::first_administrator)  // the vocabulary's first role lets assign nothing
            return by_other(rule::s2, doer::host, deed::mend);
        return by_member(rule::s3, deed::assign_role, permission::assign_roles);
    }
    explanation<V> too_few_approvers() {
        const auto* trial = m_.command.body.template get_if<drill<V>>();
        if (seen_.inside && trial != nullptr) {
            submission<V> asked;
            asked.requester = m_.person();
            asked.drill = true;
            const auto terms = standard_terms(m_.settled(), asked);
            facts::approvers found{0, terms.gates.back().needed};
            rules::for_each_approver(m_.settled(), terms.gates.back(), m_.person(), m_.at,
                                     [&](const auto&) { ++found.could; });
            tell(found);
        }
        return by_member(rule::r5, deed::assign_role, permission::assign_roles);
    }

    // --- Access ----------------------------------------------------------------------------------

    explanation<V> no_access() {
        const auto* attempt = m_.command.body.template get_if<access<V>>();
        if (attempt == nullptr || is_stranger()) return because(rule::a1);
        auto verdict =
            why_verdict(m_.tenant, m_.person(), attempt->to, m_.at, m_.command.actor, over_);
        if (!verdict.refused) return by_actor(rule::a1, deed::repeat);  // it was granted meanwhile
        verdict.refused = e_.refused;
        return verdict;
    }
    explanation<V> outside_hours() {
        if (m_.command.body.template is<access<V>>()) return no_access();
        const auto* r = named();
        const auto* p = r != nullptr ? r->stage.template get_if<pending<V>>() : nullptr;
        if (p == nullptr) return because(rule::g3);
        const auto from = approvals_from(r->terms->gates[p->gate], *p, m_.at);
        tell(facts::closed_hours<V>{from});
        if (!from) return because(rule::g3);
        auto again = explaining::by<V>(doer::actor, deed::repeat);
        again.from = from;
        again.until = p->decide_by;
        return because(rule::g3, std::move(again));
    }

    using words = refusal_words<V>;
    using words::because;
    using words::by_actor;
    using words::by_member;
    using words::by_other;
    using words::e_;
    using words::is_consent;
    using words::is_of_proposal;
    using words::is_stranger;
    using words::m_;
    using words::mend;
    using words::named;
    using words::now_;
    using words::over_;
    using words::policy_is_at_fault;
    using words::seen_;
    using words::tell;
};

}  // namespace explaining

/// Why a command was refused, for its actor: `why` is what `decide` answered it on this tenant at
/// `now`. Whoever may not give the command at all is told who may, whatever the tenant.
template <class V>
[[nodiscard]] explanation<V> why_refused(const tenant<V>& t, const command<V>& c,
                                         typename V::time_point now, const refusal& why,
                                         const vector<ended_grant<V>>& over = {}) {
    return explaining::refused_command<V>{t, c, now, why, over}.explain();
}

}  // namespace v0
}  // namespace lockbox
