// The facts of an explanation in words, a phrase for each. What people wrote stays inert (T21).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/describe.hpp>
#include <lockbox/notify/wording.hpp>
#include <lockbox/why/explanation.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// An instant to the second, as "2026-11-02T09:00:00Z"; with milliseconds only when there are any.
[[nodiscard]] std::string instant(const auto& at) {
    auto text = describe(at);
    constexpr std::string_view whole = ".000Z";
    if (text.ends_with(whole)) text.replace(text.size() - whole.size(), whole.size(), "Z");
    return text;
}
[[nodiscard]] inline std::string quoted_word(std::string_view word) {
    return std::string{"`"}.append(word).append("`");
}
/// "ada, ben or cyd"; of many the first few, and how many others there are.
[[nodiscard]] inline std::string joined(const vector<std::string>& words, std::string_view by) {
    constexpr std::size_t most = 5;
    const auto shown = words.size() > most + 1 ? most : words.size();
    std::string out;
    for (std::size_t at = 0; at < shown; ++at) {
        const bool last = at + 1 == words.size();
        out.append(at == 0 ? "" : last ? by : ", ").append(words[at]);
    }
    if (shown == words.size()) return out;
    return out.append(by).append(std::to_string(words.size() - shown)).append(" others");
}
template <class T>
[[nodiscard]] std::string joined(const vector<T>& all, std::string_view by) {
    vector<std::string> words;
    for (const auto& one : all) words.push_back(describe(one));
    return joined(words, by);
}
/// "`settings` and `decide`"; where any is enough, "`settings`, `switch` or `assign_roles`".
[[nodiscard]] inline std::string quoted_words(permission_set all, bool any) {
    vector<std::string> words;
    for (std::size_t at = 0; at < names_of<permission>.size(); ++at)
        if (all.has(static_cast<permission>(at)))
            words.push_back(quoted_word(names_of<permission>[at]));
    return joined(words, any ? " or " : " and ");
}
[[nodiscard]] inline std::string gate_word(side of) {
    return of == side::provider ? "the manager's gate" : "the customer's gate";
}
[[nodiscard]] inline std::string number_of(std::uint32_t count, std::string_view what) {
    return std::to_string(count).append(" ").append(what).append(count == 1 ? "" : "s");
}

[[nodiscard]] constexpr std::string_view word_for(capacity acting) {
    switch (acting) {
        case capacity::engineer:
            return "an engineer";
        case capacity::manager:
            return "a manager";
        case capacity::operator_:
            return "the provider's operator";
        case capacity::member:
            return "the customer";
        case capacity::system:
            return "the system";
    }
    return "somebody";
}

[[nodiscard]] constexpr std::string_view word_for(shortcoming what) {
    switch (what) {
        case shortcoming::service:
            return "is for another service";
        case shortcoming::operation:
            return "lacks the operation";
        case shortcoming::resource:
            return "lacks the resource";
        case shortcoming::start:
            return "begins later";
        case shortcoming::hours:
            return "is open at other hours";
    }
    return "does not cover it";
}

/// One phrase for each kind of fact.
template <class V>
struct phrase {
    std::string operator()(const facts::waits<V>& f) const {
        return "waits at " + gate_word(f.gate) + " until " + instant(f.until);
    }
    std::string operator()(const facts::votes& f) const {
        return std::to_string(f.counted) + " of " + number_of(f.needed, "approval");
    }
    std::string operator()(const facts::lapsed_vote<V>& f) const {
        return "the approval of " + describe(f.person) +
               " does not count, for the role is held no more";
    }
    std::string operator()(const facts::unfilled_clause<V>& f) const {
        vector<std::string> choices;
        for (const auto& quorum : f.clause.any_of)
            choices.push_back(std::to_string(quorum.needed) + " of " +
                              joined(quorum.roles, " or "));
        return "clause " + std::to_string(f.place) + " is not filled (" + joined(choices, ", or ") +
               ")";
    }
    std::string operator()(const facts::open_question&) const {
        return "a question waits for its answer";
    }
    std::string operator()(const facts::closed_hours<V>& f) const {
        return f.opens ? "the hours open at " + instant(*f.opens)
                       : std::string{"the hours do not open in time"};
    }
    std::string operator()(const facts::approved_by<V>& f) const {
        std::string out = "approved by ";
        if (f.people.empty()) return out += f.gate == side::provider ? "a manager" : "the customer";
        return out += joined(f.people, " and ");
    }
    std::string operator()(const facts::opened_by_consent& f) const {
        return "consent " + std::to_string(f.number) + " opened the customer's gate by itself";
    }
    std::string operator()(const facts::access_time<V>& f) const {
        return "access by " + describe(f.request) + " from " + instant(f.from) + " until " +
               instant(f.until);
    }
    std::string operator()(const facts::near_grant<V>& f) const {
        return "the grant of " + describe(f.request) + " " + std::string{word_for(f.lacks)};
    }
    std::string operator()(const facts::past_grant<V>& f) const {
        const std::string how = f.ending == status::revoked    ? " was revoked at "
                                : f.ending == status::finished ? " was handed back at "
                                                               : " ended at ";
        return "the grant of " + describe(f.request) + how + instant(f.at);
    }
    std::string operator()(const facts::asked_already<V>& f) const {
        return describe(f.request) + " waits at " + gate_word(f.gate);
    }
    std::string operator()(const facts::closed_by<V>& f) const {
        const auto who = f.person ? describe(*f.person) : std::string{word_for(f.acting)};
        return "at " + instant(f.at) + because(f.cause) + " by " + who +
               (f.gate ? " at " + gate_word(*f.gate) : "");
    }
    std::string operator()(const facts::said<V>& f) const {
        return "\"" + describe_inert(f.comment) + "\"";
    }
    std::string operator()(const facts::undecided<V>& f) const {
        return "nobody decided at " + gate_word(f.gate) + " from " + instant(f.since) + " until " +
               instant(f.until);
    }
    std::string operator()(const facts::authority& f) const {
        vector<std::string> who;
        for (const auto acting : f.acting) {
            const bool member = acting == capacity::member && !f.of_a_member.empty();
            who.push_back(member ? "a member with " + quoted_words(f.of_a_member, f.any)
                                 : std::string{word_for(acting)});
        }
        return quoted_word(f.command) + " takes " + joined(who, " or ") + " at an open tenant";
    }
    std::string operator()(const facts::not_own&) const {
        return "it is another engineer's request";
    }
    std::string operator()(const facts::no_say& f) const {
        const std::string lacking =
            f.other_side ? "which is the other side's" : "whose roles the actor does not hold";
        return "the request waits at " + gate_word(f.gate) + ", " + lacking;
    }
    std::string operator()(const facts::is_requester&) const { return "the actor asked for it"; }
    std::string operator()(const facts::has_decided& f) const {
        return "the actor decided at " + gate_word(f.gate);
    }
    std::string operator()(const facts::clock_lag<V>& f) const {
        return "it is behind by " + notify::readable(f.behind);
    }
    std::string operator()(const facts::denials<V>& f) const {
        return number_of(f.count, "denial") + ", the last at " + instant(f.last);
    }
    std::string operator()(const facts::own_hold<V>& f) const {
        return "the actor holds `assign_roles` until " + instant(f.until);
    }
    std::string operator()(const facts::approvers& f) const {
        const std::string who = f.could == 1 ? " person" : " people";
        return std::to_string(f.could) + who + " could approve, and it takes " +
               std::to_string(f.needed);
    }
    std::string operator()(const facts::is_proposer&) const { return "the actor proposed it"; }
    std::string operator()(const facts::proposed<V>& f) const {
        return "proposal " + std::to_string(f.number) + ", " + quoted_word(f.change) + " by " +
               (f.proposer ? describe(*f.proposer) : "the customer") + ", waits until " +
               instant(f.until);
    }

  private:
    static std::string because(cause why) {
        switch (why) {
            case cause::person:
                return {};
            case cause::freeze:
                return " with a freeze";
            case cause::turned_on:
                return " under stricter settings";
            case cause::case_closed:
                return " with its case";
            case cause::drill:
                return " as a drill that went through,";
            case cause::consent_withdrawn:
                return " with the consent that opened it";
        }
        return {};
    }
};

}  // namespace explaining

/// A fact as a phrase: "1 of 2 approvals".
template <class V>
[[nodiscard]] std::string sentence(const fact<V>& of) {
    return of.match(explaining::phrase<V>{});
}

}  // namespace v0
}  // namespace lockbox
