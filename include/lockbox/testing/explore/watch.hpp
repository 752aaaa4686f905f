// Notes which requests nobody moved on, and which gates nobody opened, while a search goes by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <lockbox/testing/explore/fate.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// A request that may wait in vain, or a gate that nobody may be able to open: `fate` tells.
struct doubt {
    std::uint32_t state = 0;
    std::size_t place = 0;  ///< of the request that waits, from 1
    bool gate = false;
};

/// Sees all states and steps of a search, and remembers few: the first of each kind.
template <class V>
class watch {
  public:
    template <class Player>
    void enter(Player& in) {
        waiting_.clear();
        const auto& t = in.state();
        for (std::size_t at = 0; at < t.open.size() && at < 64; ++at) {
            const auto* p = t.open[at].stage.template get_if<pending<V>>();
            if (p == nullptr || p->decide_by <= t.last) continue;
            const auto terms = in.packer().place_of(t.open[at].terms);
            waiting_.push_back({at, {terms, p->gate}, in.settled(), false});
        }
    }

    void note(const tried<V>& t) {
        for (const auto& event : t.step.decided.happened) {
            for (auto& one : waiting_) {
                if (event.request != t.step.before.open[one.at].id) continue;
                one.moved = one.moved || moves_on(event);
                if (opens_gate(event)) opened_.insert(one.gate);
            }
        }
    }

    void leave(std::uint32_t state) {
        for (const auto& one : waiting_) {
            gates_.try_emplace(one.gate, doubt{state, one.at + 1, true});
            if (!one.moved)
                stuck_.try_emplace({one.gate, one.settled}, doubt{state, one.at + 1, false});
        }
    }

    /// What is left to look into, the earliest state first.
    [[nodiscard]] vector<doubt> doubts() const {
        vector<doubt> out;
        for (const auto& [at, one] : stuck_) out.push_back(one);
        for (const auto& [gate, one] : gates_)
            if (!opened_.contains(gate)) out.push_back(one);
        sort(out, [](const doubt& a, const doubt& b) { return a.state < b.state; });
        return out;
    }

  private:
    using gate_key = std::pair<std::uint32_t, std::uint32_t>;  // the place of its terms, its number
    struct waiter {
        std::size_t at = 0;
        gate_key gate{};
        std::uint32_t settled = 0;
        bool moved = false;
    };

    std::vector<waiter> waiting_;
    std::map<gate_key, doubt> gates_;
    std::set<gate_key> opened_;
    std::map<std::pair<gate_key, std::uint32_t>, doubt> stuck_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
