// Breadth first through all states that a model's moves reach.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/testing/explore/course.hpp>
#include <lockbox/testing/explore/fate.hpp>
#include <lockbox/testing/explore/watch.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// A property that does not hold, and the shortest course that shows it.
struct violation {
    std::string property{};
    std::size_t steps = 0;
    std::string course{};  ///< as text, a line for each step
};

/// What an exploration found.
struct report {
    std::size_t states = 0;
    std::size_t transitions = 0;  ///< decisions tried
    std::size_t evolved = 0;      ///< of those, the ones that led to a state
    std::size_t depth = 0;        ///< all courses of so many steps were tried
    bool complete = false;        ///< all courses of any length were
    std::size_t bytes = 0;        ///< that the states take
    double seconds = 0;
    std::vector<violation> violations{};

    /// The violation of the property whose name begins so: `find("V5:")`.
    [[nodiscard]] const violation* find(std::string_view beginning) const {
        for (const auto& one : violations)
            if (std::string_view{one.property}.starts_with(beginning)) return &one;
        return nullptr;
    }
};

/// Names of what the explorer finds by itself.
inline constexpr std::string_view unfit_event = "V14: every event fits the state it was decided on";
inline constexpr std::string_view stuck_request = "no request waits in vain";
inline constexpr std::string_view shut_gate = "every gate can be opened by somebody";

/// One exploration.
template <class V, class Rules>
class search {
  public:
    search(const model<V>& of, const Rules& rules, const std::vector<property<V>>& properties,
           const bounds& until)
        : player_{of, rules}, until_{until} {
        for (const auto& one : properties)
            (one.of_refusals ? of_all_ : of_changes_).push_back(&one);
        unpacked<V> start;
        start.state = of.start;
        states_.insert(player_.packer().pack(start), {});
    }

    report run() {
        const auto began = clock::now();
        std::size_t level_end = 1;
        std::size_t at = 0;
        for (; at < states_.size(); ++at) {
            if (at == level_end) {
                ++out_.depth;
                level_end = states_.size();
            }
            if (out_.depth >= until_.depth || is_enough(at, began)) break;
            expand(static_cast<std::uint32_t>(at));
        }
        out_.complete = at == states_.size();
        if (out_.complete) ++out_.depth;
        out_.states = states_.size();
        out_.bytes = states_.bytes();
        tell();
        out_.seconds = std::chrono::duration<double>(clock::now() - began).count();
        return std::move(out_);
    }

  private:
    using clock = std::chrono::steady_clock;

    [[nodiscard]] bool is_enough(std::size_t at, clock::time_point began) const {
        if (states_.size() >= until_.states || out_.transitions >= until_.transitions ||
            breaks_.size() >= until_.violations)
            return true;
        return at % 256 == 0 && clock::now() - began >= until_.seconds;
    }

    void expand(std::uint32_t at) {
        player_.enter(states_[at]);
        watch_.enter(player_);
        player_.visit([](std::size_t) { return true; },
                      [&](const tried<V>& t) {
                          ++out_.transitions;
                          judge(at, t);
                          if (!t.changed || t.fault) return true;
                          ++out_.evolved;
                          watch_.note(t);
                          states_.insert_later(player_.packer().pack(t.after), {at, t.number});
                          return true;
                      });
        states_.settle();
        watch_.leave(at);
    }

    void judge(std::uint32_t at, const tried<V>& t) {
        if (t.fault && !unfit_) {
            unfit_ = true;
            breaks_.push_back({unfit_event, at, [](const auto& again) { return !!again.fault; }});
        }
        if (t.changed) judge_by(of_changes_, at, t);
        judge_by(of_all_, at, t);
    }

    /// Each property is asked until it is broken.
    void judge_by(vector<const property<V>*>& properties, std::uint32_t at, const tried<V>& t) {
        if (all_of(properties, [&](const auto* one) { return one->holds(t.step); })) return;
        drop_if(properties, [&](const auto* one) {
            if (one->holds(t.step)) return false;
            breaks_.push_back({one->name, at, [one](const auto& again) {
                                   return (again.changed || one->of_refusals) &&
                                          !one->holds(again.step);
                               }});
            return true;
        });
    }

    /// Tells the courses, once the search is over.
    void tell() {
        for (const auto& one : breaks_) {
            auto course = lead_to(one.state);
            (void)course.take(one.shows);
            out_.violations.push_back(
                {std::string{one.name}, course.course().size(), text_of(course.course())});
        }
        fate<V, Rules> fates{player_};
        for (const auto& one : watch_.doubts()) {
            const std::vector<std::uint8_t> from{states_[one.state].begin(),
                                                 states_[one.state].end()};
            const bool hope = one.gate ? fates.leads_to(from, one.place, opens_gate<V>)
                                       : fates.leads_to(from, one.place, moves_on<V>);
            const auto name = one.gate ? shut_gate : stuck_request;
            if (hope || out_.find(name) != nullptr) continue;
            auto course = lead_to(one.state);
            out_.violations.push_back(
                {std::string{name}, course.course().size(), text_of(course.course())});
        }
    }

    /// Finds the steps to a state again, on a tenant with its own ids and instants.
    guide<V, Rules> lead_to(std::uint32_t state) {
        std::vector<std::uint32_t> way;
        for (auto at = state; at != 0; at = states_.origin_of(at).parent) way.push_back(at);
        guide<V, Rules> along{player_};
        for (; !way.empty(); way.pop_back()) {
            const auto to = states_[way.back()];
            (void)along.take([&](const tried<V>& t) {
                return t.changed && std::ranges::equal(player_.packer().pack(t.after), to);
            });
        }
        return along;
    }

    struct broken {
        std::string_view name{};
        std::uint32_t state = 0;
        std::function<bool(const tried<V>&)> shows{};
    };

    player<V, Rules> player_;
    bounds until_;
    state_set states_;
    report out_;
    vector<const property<V>*> of_changes_;
    vector<const property<V>*> of_all_;
    bool unfit_ = false;
    std::vector<broken> breaks_;
    watch<V> watch_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
