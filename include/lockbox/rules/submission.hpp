// From a wish to a pending request: its body, its terms, and the limits (R1 to R6, R9).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <lockbox/own_policy.hpp>
#include <lockbox/rules/clauses.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// The body of a submission, its fields in order (R1, R2). Nothing is clamped.
template <class V, class Catalogue>
[[nodiscard]] maybe may_be_asked(const moment<V>& m, const submit<V>& c, bool drill,
                                 const Catalogue& catalogue) {
    if (!drill && !c.support_case.escalated) return no(ground::not_escalated, field::case_number);
    if (is_blank(c.support_case.tried)) return no(ground::missing, field::tried);
    if (c.scope.empty()) return no(ground::missing, field::scope);
    if (auto why = may_be_so_wide<V>(c.scope, m.settings().limits)) return why;
    for (const auto& operation : c.scope.operations) {
        if (catalogue(c.scope.service, operation) != data_class::content) {
            return no(ground::no_request_needed, field::operations);
        }
    }
    if (is_blank(c.justification)) return no(ground::missing, field::justification);
    const auto cap = m.settings().longest_access;
    if (c.duration <= duration_of<V>::zero() || c.duration > cap) {
        return no(ground::out_of_range, field::duration, in_ms(cap));
    }
    if (c.start && *c.start > m.at + start_bounds.most) {
        return no(ground::out_of_range, field::start, in_ms(start_bounds.most));
    }
    return {};
}

/// Whether the tenant has people enough to open its gate, if all of them agreed (R5).
template <class V>
[[nodiscard]] bool could_open(const settled<V>& s, const gate<V>& at_gate,
                              const submission<V>& asked) {
    count_at<V> all{s, at_gate, asked.at};
    for_each_approver(s, at_gate, asked.requester, asked.at,
                      [&](const auto& person) { all.add(person); });
    return all.opens();
}

/// What is recorded for a submission: the stricter of the policy's terms, the standard ones and the
/// tenant's own policy, if there is anybody who could open each gate (R4, R5). `asked.at` is the
/// instant of the judgement.
template <class V, class Policy>
[[nodiscard]] proposal<V> judge(const tenant<V>& t, const submission<V>& asked,
                                const Policy& policy) {
    const auto because = [](ground why, field about) {
        return tl::unexpected{refusal{why, about, 0, {}}};
    };
    const auto standard = standard_terms(t.settled, asked);
    if (standard.gates.back().side == side::tenant && standard.gates.back().roles.empty()) {
        return because(ground::no_approver, field::gates);
    }
    proposal<V> wanted = policy(t, asked);
    if (!wanted) return tl::unexpected{wanted.error()};
    if (const auto fault = fault_in(*wanted)) return tl::unexpected{*fault};
    auto settled_on = stricter(*wanted, standard);
    if (!settled_on) return tl::unexpected{settled_on.error()};
    if (const auto why = tighten_by(t.settled.settings.policy, *settled_on, t, asked))
        return tl::unexpected{*why};
    for (const auto& gate : settled_on->gates) {
        if (gate.side == side::tenant && !could_open(t.settled, gate, asked)) {
            return because(ground::no_approver, field::gates);
        }
    }
    return *std::move(settled_on);
}

/// The denials on the submission's case so far, and whether it may be tried again (R6).
template <class V>
[[nodiscard]] maybe may_try_again(const moment<V>& m, const case_denials<V>* before) {
    const auto& limits = m.settings().limits;
    if (before == nullptr || before->numbers.size() < limits.denials_before_wait) return {};
    if (m.at >= before->last + limits.wait_after_denials) return {};
    return no(ground::too_soon, field::case_number, in_ms(limits.wait_after_denials));
}

/// Room for one more request, of this engineer and in all; what is overdue is not counted (R9, K2).
template <class V>
[[nodiscard]] maybe has_room(const moment<V>& m) {
    const auto& limits = m.settings().limits;
    std::uint32_t open = 0;
    std::uint32_t at_a_gate = 0;
    for (const auto& r : m.tenant.open) {
        if (m.at >= r.over_at()) continue;
        ++open;
        if (r.stage.template is<pending<V>>() && r.asked->requester == m.person()) ++at_a_gate;
    }
    if (at_a_gate >= limits.pending_per_engineer) {
        return no(ground::too_many_pending, field::none, limits.pending_per_engineer);
    }
    if (open >= limits.open_requests) {
        return no(ground::too_many_open, field::none, limits.open_requests);
    }
    return {};
}

template <class V>
[[nodiscard]] vector<typename V::request_id> ids_of(const case_denials<V>* denials) {
    vector<typename V::request_id> ids;
    if (denials == nullptr) return ids;
    ids.reserve(denials->numbers.size());
    for (const auto number : denials->numbers) ids.push_back(V::request_id_of(number));
    return ids;
}

template <class V, class Policy, class Catalogue>
[[nodiscard]] maybe take_in(moment<V>& m, const submit<V>& c, bool drill, const Policy& policy,
                            const Catalogue& catalogue) {
    if (auto why = may_be_asked(m, c, drill, catalogue)) return why;
    const submission<V> asked{
        m.person(), c.support_case.number, c.scope, c.reason, c.duration, c.start, m.at, drill};
    auto terms = judge(m.tenant, asked, policy);
    if (!terms) return terms.error();
    if (c.duration > terms->longest_access) {
        return no(ground::out_of_range, field::duration, in_ms(terms->longest_access));
    }
    const auto* before =
        find_ordered(m.tenant.denials, asked.case_number, &case_denials<V>::case_number);
    if (auto why = may_try_again(m, before)) return why;
    if (auto why = has_room(m)) return why;

    const auto number = m.tenant.submissions + 1;
    const auto& first = terms->gates.front();
    const auto decide_by = m.at + first.window;
    auto& event =
        m.say(submitted<V>{number, asked, c.support_case.reporter, c.support_case.tried,
                           c.justification, *std::move(terms), decide_by, ids_of(before)});
    event.request = V::request_id_of(number);
    event.case_number = c.support_case.number;
    event.told = told_the_desk<V>();
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
