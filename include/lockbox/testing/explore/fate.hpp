// What can still become of one request that waits: a small search of its own, from one state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <lockbox/testing/explore/player.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Whether an event shows that somebody did something about a request; time alone does not.
template <class V>
[[nodiscard]] bool moves_on(const audit_event<V>& e) {
    return e.body.template is<approved<V>>() || e.body.template is<denied<V>>() ||
           e.body.template is<withdrawn<V>>() || e.body.template is<finished<V>>();
}

/// Whether an event shows that the gate where a request waited was opened.
template <class V>
[[nodiscard]] bool opens_gate(const audit_event<V>& e) {
    return e.body.template is<gate_opened<V>>() || e.body.template is<granted<V>>() ||
           e.body.template is<finished<V>>();
}

/// Searches the courses that can bear on one request.
template <class V, class Rules>
class fate {
  public:
    /// So many states are looked at before a hope is given up.
    static constexpr std::size_t patience = 20'000;

    explicit fate(player<V, Rules>& with) : with_{with} {}

    /// Whether a course leads to an event about the request at this place, from 1, that `is_goal`
    /// says yes to: first by those who decide on it alone, then also by whoever changes the tenant,
    /// and at later instants.
    template <class IsGoal>
    [[nodiscard]] bool leads_to(bytes_view from, std::size_t place, IsGoal is_goal) {
        return search(from, place, is_goal, false) || search(from, place, is_goal, true);
    }

  private:
    template <class IsGoal>
    bool search(bytes_view from, std::size_t place, IsGoal is_goal, bool widely) {
        state_set states;
        std::vector<std::size_t> places{place};
        states.insert(from, {});
        bool reached = false;
        for (std::size_t at = 0; at < states.size() && at < patience && !reached; ++at) {
            const auto here = places[at];
            with_.enter(states[at]);
            const auto bears_on_it = [&](std::size_t move) {
                return with_.place_of(move) == here ||
                       (widely && with_.place_of(move) == 0 && !with_.submits(move));
            };
            with_.visit(bears_on_it, [&](const tried<V>& t) {
                if (!t.changed || (!widely && t.step.now != t.step.before.last)) return true;
                for (const auto& event : t.step.decided.happened)
                    reached = reached ||
                              (event.request == t.step.before.open[here - 1].id && is_goal(event));
                const auto next = place_of(t.step.after.open, here, &request<V>::number);
                const bool open =
                    next < t.step.after.open.size() && t.step.after.open[next].number == here;
                if (open && states.insert(with_.packer().pack(t.after), {}))
                    places.push_back(next + 1);
                return !reached;
            });
        }
        return reached;
    }

    player<V, Rules>& with_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
