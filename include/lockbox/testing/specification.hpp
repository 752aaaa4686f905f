// Given, when, then: a policy's test as a story, in any test framework.
//
//     lockbox::testing::specification s{lb::tenant_id{"contoso"}, monday, bank_policy()};
//     s.given(olga, lb::open_tenant{"ada"}).given(ada, lb::turn_on{});
//     CHECK(s.when(eve, wish) == then::emitted("submitted"));
//     CHECK(s.later(12h).when(mia, lb::approve{s.newest()}) == then::refused(ground::not_open));
//
// A failing comparison shows both sides in words. It works without exceptions and
// without a framework.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/decide.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/sentence.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// What a command should come to, or what it came to: the names of the events, and
/// why it was refused.
struct outcome_of_command {
    vector<std::string> events{};
    optional<refusal> refused{};
    std::string broken{};  ///< a `given` before that did not hold, with its line: nothing equals it
};

/// As a line: "emitted approved, granted", "refused: not allowed (emitted refused)".
[[nodiscard]] inline std::string text_of(const outcome_of_command& of) {
    if (!of.broken.empty()) return of.broken;
    std::string names;
    for (const auto& event : of.events) names.append(names.empty() ? "" : ", ").append(event);
    if (of.refused)
        return sentence(*of.refused) + (names.empty() ? "" : " (emitted " + names + ")");
    return names.empty() ? "nothing happened" : "emitted " + names;
}
template <class Stream>
Stream& operator<<(Stream& to, const outcome_of_command& of) {
    to << text_of(of);
    return to;
}

/// What `when` is compared with.
namespace then {

struct expected : outcome_of_command {
    bool any_events = false;  ///< of a refusal: whether and how it is recorded is not looked at
};

/// These events, in this order, and no refusal.
template <class... Names>
[[nodiscard]] expected emitted(const Names&... names) {
    return {{{std::string{names}...}, {}, {}}, false};
}
/// Refused for this reason, and about this field when one is given.
[[nodiscard]] inline expected refused(ground why, field about = field::none) {
    return {{{}, refusal{why, about, 0, {}}, {}}, true};
}

}  // namespace then

[[nodiscard]] inline bool operator==(const outcome_of_command& got, const then::expected& wanted) {
    if (!got.broken.empty() || got.refused.has_value() != wanted.refused.has_value()) return false;
    if (!wanted.any_events && got.events != wanted.events) return false;
    if (!wanted.refused) return true;
    const auto about = wanted.refused->about;
    return got.refused->why == wanted.refused->why &&
           (about == field::none || got.refused->about == about);
}

/// One tenant under a policy, with a clock that is moved. Every command goes through the rules, and
/// every event into the state. Each command has an id of its own.
template <class V, class Policy = standard_policy, class Catalogue = everything_is_content>
class specification {
  public:
    using instant = typename V::time_point;

    specification(typename V::tenant_id id, instant from, Policy policy = {},
                  Catalogue catalogue = {})
        : id_(std::move(id)),
          now_(from),
          policy_(std::move(policy)),
          catalogue_(std::move(catalogue)) {}

    /// Sets the clock, or moves it.
    specification& at(instant now) {
        now_ = now;
        return *this;
    }
    specification& later(duration_of<V> by) {
        now_ += by;
        return *this;
    }

    /// What happened before: a command that must be carried out. Where it is not,
    /// every `when` after it says so, with the line of this call.
    specification& given(const actor<V>& who, command_body<V> what,
                         const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
        const auto got = when(who, std::move(what));
        if (broken_.empty() && got.refused) {
            broken_ =
                std::string{file} + ':' + std::to_string(line) + ": given, but " + text_of(got);
        }
        return *this;
    }
    /// Carries a command out, and folds what happened.
    [[nodiscard]] outcome_of_command when(const actor<V>& who, command_body<V> what) {
        auto decided = decide(state_, command_by(who, std::move(what)), now_, policy_, catalogue_);
        ++commands_;
        auto got = told(decided);
        for (auto& event : decided.happened) {
            if (const auto why = evolve(state_, event)) broken_ = "an event does not fold: misfit";
            log_.push_back(std::move(event));
        }
        return got;
    }
    /// What a command would come to; nothing is folded.
    [[nodiscard]] outcome_of_command would(const actor<V>& who, command_body<V> what) const {
        return told(decide(state_, command_by(who, std::move(what)), now_, policy_, catalogue_));
    }

    /// The request that was submitted last.
    [[nodiscard]] typename V::request_id newest() const {
        return V::request_id_of(state_.submissions);
    }
    [[nodiscard]] instant now() const { return now_; }
    [[nodiscard]] const tenant<V>& state() const { return state_; }
    [[nodiscard]] const vector<audit_event<V>>& log() const { return log_; }

  private:
    [[nodiscard]] command<V> command_by(const actor<V>& who, command_body<V> what) const {
        command<V> c;
        c.tenant = id_;
        c.actor = who;
        c.id = id_traits<typename V::command_id>::parse(std::to_string(commands_ + 1));
        c.body = std::move(what);
        return c;
    }
    [[nodiscard]] outcome_of_command told(const decision<V>& decided) const {
        outcome_of_command got{{}, decided.refused, broken_};
        for (const auto& event : decided.happened) got.events.emplace_back(name_of(event.body));
        return got;
    }

    typename V::tenant_id id_;
    instant now_;
    Policy policy_;
    Catalogue catalogue_;
    tenant<V> state_{};
    vector<audit_event<V>> log_{};
    std::string broken_{};
    std::uint64_t commands_ = 0;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
