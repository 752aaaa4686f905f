// An explanation as one sentence, and each way on as a phrase.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <lockbox/sentence.hpp>
#include <lockbox/why/phrase.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// What is needed, without who.
[[nodiscard]] inline std::string thing_needed(deed what) {
    switch (what) {
        case deed::repeat:
            return "another try";
        case deed::reissue:
            return "a new command id";
        case deed::amend:
            return "a mended command";
        case deed::escalate:
            return "an escalated case";
        case deed::mend:
            return "a mended policy";
        case deed::approve:
        case deed::answer:
        case deed::submit:
        case deed::drill:
        case deed::access:
        case deed::withdraw:
        case deed::lift_freeze:
        case deed::assign_role:
        case deed::define_role:
        case deed::record_entitlement:
        case deed::change_settings:
        case deed::set_audit_visibility:
        case deed::agree:
        case deed::decline:
            break;
    }
    return quoted_word(name_of(what));
}

/// Who can do it; nothing when that is the actor, whom the reader is.
template <class V>
[[nodiscard]] std::string who_of(const need<V>& of) {
    switch (of.who) {
        case doer::actor:
            return {};
        case doer::own_engineer:
            return "its engineer";
        case doer::engineer:
            return "an engineer";
        case doer::manager:
            return "a manager";
        case doer::member:
            if (!of.people.empty()) return joined(of.people, " or ");
            return of.holding.empty() ? "a member"
                                      : "a member with " + quoted_words(of.holding, of.any);
        case doer::customer:
            return "the customer";
        case doer::operator_:
            return "the provider's operator";
        case doer::host:
            return "the host";
    }
    return {};
}

/// So many more people at a gate: "1 more of access_approver, by ben or cyd".
template <class V>
[[nodiscard]] std::string approvals_needed(const need<V>& of) {
    if (of.who == doer::customer) return "approval by the customer";
    if (of.who == doer::manager)
        return std::to_string(of.count) + (of.count == 1 ? " more manager" : " more managers");
    const auto more = std::to_string(of.count) + " more of " + joined(of.roles, " or ");
    if (of.count == 1) return more + ", by " + who_of(of);
    return more + ", from among " + joined(of.people, " and ");
}

template <class V>
[[nodiscard]] std::string with_start(std::string what, const need<V>& of) {
    return of.from ? what.append(", from ").append(instant(*of.from)) : what;
}
template <class V>
[[nodiscard]] std::string needed(const need<V>& of) {
    if (of.what == deed::approve) return with_start(approvals_needed(of), of);
    auto out = thing_needed(of.what);
    const auto who = who_of(of);
    if (!who.empty()) out.append(" by ").append(who);
    return with_start(std::move(out), of);
}

}  // namespace explaining

/// A way on as a phrase: "needs 1 more of access_approver, by ben or cyd".
template <class V>
[[nodiscard]] std::string sentence(const need<V>& of) {
    return "needs " + explaining::needed(of);
}

/// The whole as one sentence: what was decided, the facts, what is needed, and the rule: "waits at
/// the customer's gate until 2027-03-01T21:05:00Z: 1 of 2 approvals; needs 1 more of
/// access_approver, by ben or cyd (G3)".
template <class V>
[[nodiscard]] std::string sentence(const explanation<V>& e) {
    std::string out;
    if (e.refused) out = sentence(*e.refused);
    if (e.status && *e.status != status::pending) out += name_of(*e.status);  // which `waits` says
    std::string_view before = out.empty() ? "" : ": ";
    for (const auto& one : e.facts) {
        out.append(before).append(sentence(one));
        before = before.empty() ? ": " : ", ";
    }
    const need<V>* last = nullptr;
    for (const auto& one : e.next) {
        if (last == nullptr)
            out.append("; ").append(sentence(one));
        else if (last->what == one.what && one.what == deed::repeat)
            out.append(" or ").append(explaining::who_of(one));
        else
            out.append(", or ").append(explaining::needed(one));
        last = &one;
    }
    return out.append(" (").append(name_of(e.rule)).append(")");
}

}  // namespace v0
}  // namespace lockbox
