// What a host tells the explorer: where courses begin, what may be tried, and what must hold.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/decide.hpp>
#include <lockbox/evolve.hpp>
#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Somebody and something to try, in every state. A request is named by its place among those that
/// are open then, from 1: `request_id_of(2)` is the second. Instants in a body are meant as if the
/// state's last event had happened when the start's did, and move with it.
template <class V>
struct move {
    lockbox::actor<V> who{};
    command_body<V> what{};
};

/// Where courses begin and what happens on them.
template <class V>
struct model {
    tenant<V> start{};
    std::vector<move<V>> moves{};
    /// Groups of people of whom each may do what the others may, by the moves and the policy:
    /// states that differ only by who of a group is who are one. The moves of one must be those of
    /// any other with the names exchanged. Needs a `person_id` that is no other identifier's type.
    std::vector<std::vector<typename V::person_id>> alike{};
    /// How far behind the last event a clock may stand.
    std::vector<duration_of<V>> back{};
    /// What is tried around every deadline of a state.
    std::vector<duration_of<V>> around{duration_of<V>{-1}, duration_of<V>{0}, duration_of<V>{1}};
    /// Nobody submits while so many are open.
    std::size_t most_open = 2;
    /// No change is proposed while so many wait for a second member; `agree{1}` is to the first.
    std::size_t most_proposed = 1;
    /// After which time the rules are the same again: 0 when only differences of instants matter,
    /// a week when the terms have weekly hours.
    duration_of<V> period{};

    /// Lets each of these try each of those.
    void let(const std::vector<lockbox::actor<V>>& people,
             const std::vector<command_body<V>>& bodies) {
        for (const auto& one : people)
            for (const auto& body : bodies) moves.push_back({one, body});
    }
};

/// The rules that are explored. A test of the explorer breaks them.
template <class V, class Policy = standard_policy, class Catalogue = everything_is_content>
struct standard_rules {
    Policy policy{};
    Catalogue catalogue{};

    [[nodiscard]] decision<V> decide(const tenant<V>& t, const command<V>& c,
                                     typename V::time_point now) const {
        return lockbox::decide(t, c, now, policy, catalogue);
    }
    [[nodiscard]] optional<misfit> evolve(tenant<V>& t, const audit_event<V>& event) const {
        return lockbox::evolve(t, event);
    }
};

template <class R, class V>
concept rules_for = requires(const R& rules, tenant<V>& t, const command<V>& c,
                             const audit_event<V>& event) {
    { rules.decide(t, c, t.last) } -> std::same_as<decision<V>>;
    { rules.evolve(t, event) } -> std::same_as<optional<misfit>>;
};

/// One decision tried: on what, by whom, when, and what came of it.
template <class V>
struct step {
    const tenant<V>& before;
    const command<V>& what;
    typename V::time_point now{};  ///< by the clock
    typename V::time_point at{};   ///< the command's instant (K1)
    const decision<V>& decided;
    const tenant<V>& after;   ///< the state before where nothing was decided but a refusal
    std::uint64_t visit = 0;  ///< of that state: for a property that keeps something about it
    /// What the same rules decide elsewhere, and make of it.
    const std::function<decision<V>(const tenant<V>&, const command<V>&, typename V::time_point)>&
        decide;
    const std::function<optional<misfit>(tenant<V>&, const audit_event<V>&)>& evolve;
};

/// What must hold of every step.
template <class V>
struct property {
    std::string name{};
    std::function<bool(const step<V>&)> holds{};
    /// Whether it is asked of refusals that change nothing too.
    bool of_refusals = false;
};

/// What must hold of every state that is reached.
template <class V>
[[nodiscard]] property<V> in_every_state(std::string name,
                                         std::function<bool(const tenant<V>&)> holds) {
    return {std::move(name),
            [holds = std::move(holds)](const step<V>& s) { return holds(s.after); }, false};
}

/// When to stop. Whichever is met first ends the search.
struct bounds {
    std::size_t depth = SIZE_MAX;
    std::size_t states = 50'000'000;
    std::size_t transitions = SIZE_MAX;
    std::chrono::duration<double> seconds{60};
    std::size_t violations = SIZE_MAX;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
