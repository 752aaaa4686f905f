// Why something is as it is, as a value: the rule, the facts that decided, and what would be needed
// next and by whom. docs/why.md has the tables.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/why/facts.hpp>
#include <lockbox/why/refusal_facts.hpp>
#include <lockbox/why/rule.hpp>

namespace lockbox {
inline namespace v0 {

/// What somebody can do next: a command of that name, or one of the last five.
enum class deed : std::uint8_t {
    approve,
    answer,
    submit,
    drill,
    access,
    withdraw,
    lift_freeze,
    assign_role,
    define_role,
    record_entitlement,
    change_settings,
    set_audit_visibility,
    agree,
    decline,
    repeat,    ///< the same command, under a new id, in a better place or time
    reissue,   ///< the same command under a new id, now
    amend,     ///< the same command with what was wrong in it mended
    escalate,  ///< the case, where cases are kept
    mend       ///< the host's policy or vocabulary
};
template <>
inline constexpr auto names_of<deed> = std::array<std::string_view, 19>{"approve",
                                                                        "answer",
                                                                        "submit",
                                                                        "drill",
                                                                        "access",
                                                                        "withdraw",
                                                                        "lift_freeze",
                                                                        "assign_role",
                                                                        "define_role",
                                                                        "record_entitlement",
                                                                        "change_settings",
                                                                        "set_audit_visibility",
                                                                        "agree",
                                                                        "decline",
                                                                        "repeat",
                                                                        "reissue",
                                                                        "amend",
                                                                        "escalate",
                                                                        "mend"};

/// Who can do it. `customer` stands for the tenant's members where the reader may not know them.
enum class doer : std::uint8_t {
    actor,         ///< whoever gave the command
    own_engineer,  ///< of the request
    engineer,
    manager,
    member,  ///< of the tenant: those in `people`, or whoever holds one of `holding`
    customer,
    operator_,
    host  ///< the program around lockbox, and those who run it
};
template <>
inline constexpr auto names_of<doer> = std::array<std::string_view, 8>{
    "actor", "own_engineer", "engineer", "manager", "member", "customer", "operator", "host"};

/// One way on: what, by how many different people, who they are as far as the reader may know, and
/// when. Nothing but this is promised: whatever happens meanwhile may change it.
template <class V>
struct need {
    deed what{};
    doer who{};
    std::uint32_t count = 1;
    permission_set holding{};
    bool any = false;  ///< one of these is enough
    vector<typename V::role> roles{};
    vector<typename V::person_id> people{};
    optional<typename V::time_point> from{};
    optional<typename V::time_point> until{};

    static constexpr void fields(auto& self, auto&& f) {
        f("what", self.what);
        f("who", self.who);
        f("count", self.count);
        f("holding", self.holding);
        f("any", self.any);
        f("roles", self.roles);
        f("people", self.people);
        f("from", self.from);
        f("until", self.until);
    }
    friend bool operator==(const need&, const need&) = default;
};

template <class V>
using fact =
    one_of<facts::waits<V>, facts::votes, facts::lapsed_vote<V>, facts::unfilled_clause<V>,
           facts::open_question, facts::closed_hours<V>, facts::approved_by<V>,
           facts::opened_by_consent, facts::access_time<V>, facts::near_grant<V>,
           facts::past_grant<V>, facts::asked_already<V>, facts::closed_by<V>, facts::said<V>,
           facts::undecided<V>, facts::authority, facts::not_own, facts::no_say,
           facts::is_requester, facts::has_decided, facts::clock_lag<V>, facts::denials<V>,
           facts::own_hold<V>, facts::approvers, facts::is_proposer, facts::proposed<V>>;

/// What was decided, a refusal or the status of a request; by which rule; the facts, what decided
/// most first; and the ways on, any of which moves it on. Made by `why_refused` and its like.
template <class V>
struct [[nodiscard]] explanation {
    lockbox::rule rule{};
    optional<lockbox::refusal> refused{};
    optional<lockbox::status> status{};
    vector<fact<V>> facts{};
    vector<need<V>> next{};

    static constexpr void fields(auto& self, auto&& f) {
        f("rule", self.rule);
        f("refused", self.refused);
        f("status", self.status);
        f("facts", self.facts);
        f("next", self.next);
    }
    /// The fact of that kind, the first of several; null when none decided.
    template <class Fact>
    [[nodiscard]] const Fact* get_if() const {
        for (const auto& one : facts)
            if (const auto* found = one.template get_if<Fact>()) return found;
        return nullptr;
    }
    friend bool operator==(const explanation&, const explanation&) = default;
};

namespace explaining {

template <class V>
[[nodiscard]] explanation<V> of_status(rule by, status how) {
    explanation<V> e;
    e.rule = by;
    e.status = how;
    return e;
}
template <class V>
[[nodiscard]] explanation<V> of_refusal(rule by, const refusal& why) {
    explanation<V> e;
    e.rule = by;
    e.refused = why;
    return e;
}

/// A way on that is anybody's of a kind.
template <class V>
[[nodiscard]] need<V> by(doer who, deed what) {
    need<V> one;
    one.what = what;
    one.who = who;
    return one;
}

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
