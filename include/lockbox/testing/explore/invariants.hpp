// Ready properties: invariants of docs/model.md, told by eyes that know what must be true and not
// how the rules keep it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/become.hpp>
#include <lockbox/testing/explore/consent_eyes.hpp>
#include <lockbox/testing/explore/eyes.hpp>
#include <lockbox/testing/explore/model.hpp>
#include <lockbox/testing/explore/more_eyes.hpp>
#include <lockbox/testing/explore/two_eyes.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Whether what a decision says is the same, whatever numbers its events bear.
template <class V>
[[nodiscard]] bool say_the_same(const decision<V>& a, const decision<V>& b) {
    if (a.refused != b.refused || a.allowed != b.allowed) return false;
    if (a.happened.size() != b.happened.size()) return false;
    for (std::size_t at = 0; at < a.happened.size(); ++at)
        if (!(a.happened[at].body == b.happened[at].body)) return false;
    return true;
}

/// V12: a sweeper that came by at that instant, just before, changes no verdict. It keeps what the
/// sweeper leaves, at each instant, of the state that was asked of last.
template <class V>
class with_a_sweeper {
  public:
    bool operator()(const step<V>& s) {
        if (visit_ != s.visit) enter(s);
        if (s.at < due_at_ || s.what.body.template is<tick<V>>()) return true;
        return say_the_same(s.decided, s.decide(swept(s), s.what, s.now));
    }

  private:
    void enter(const step<V>& s) {
        visit_ = s.visit;
        known_.clear();
        due_at_ = (V::time_point::max)();
        for (const auto& r : s.before.open) due_at_ = (std::min)(due_at_, r.due_at());
        for (const auto& p : s.before.settled.proposals) due_at_ = (std::min)(due_at_, p.decide_by);
    }
    const tenant<V>& swept(const step<V>& s) {
        const auto known = std::find(known_.begin(), known_.end(), s.at);
        if (known != known_.end()) return swept_[static_cast<std::size_t>(known - known_.begin())];
        if (known_.size() == swept_.size()) swept_.emplace_back();
        auto& state = swept_[known_.size()];
        known_.push_back(s.at);
        become(state, s.before);
        const command<V> sweeper{
            s.before.id, {V::system_id(), capacity::system}, {}, {}, tick<V>{}};
        for (const auto& event : s.decide(s.before, sweeper, s.at).happened)
            (void)s.evolve(state, event);
        return state;
    }

    std::uint64_t visit_ = 0;
    typename V::time_point due_at_{};  ///< when a sweeper first has something to do there
    std::vector<typename V::time_point> known_{};  ///< instants, in this visit
    std::vector<tenant<V>> swept_{};               ///< what a sweeper leaves at each of them
};

/// What must hold of every course under any policy that asks people; a consent of the tenant's that
/// covers a request stands for the customer's word on it (G8).
template <class V>
[[nodiscard]] std::vector<property<V>> invariants() {
    using namespace eyes;
    std::vector<property<V>> all{
        {"V1: an access lies within a grant of its engineer", access_within_grant<V>, true},
        {"V2: a gate opens by enough people or a consent, in time", gates_open_rightly<V>},
        {"V3: what was asked never changes", asked_stays<V>},
        {"V4: a grant gives no more than was asked and left", grants_no_more<V>},
        {"V5: requester, manager and approver are different people", different_people<V>},
        {"V7: a request ends once, and that is the end of it", ends_once<V>},
        {"V9: only edges of the state diagram occur", follows_the_diagram<V>},
        {"V10: protected content takes the customer's word or a consent", customer_agreed<V>},
        {"V11: a grant never grows, and ends with its request", grants_only_shrink<V>},
        {"V12: a sweeper changes no verdict", with_a_sweeper<V>{}, true},
        {"V16: what is stricter gives nobody anything", stricter_gives_nothing<V>},
        {"K1: a clock that is behind opens nothing", late_clock_opens_nothing<V>},
        {"N4: a reminder comes once, and moves nothing", reminders_move_nothing<V>},
        {"S5: turning off releases nobody", turning_off_releases_nobody<V>},
        {"S8: a freeze leaves nothing open", freeze_closes_all<V>},
        {"G8: a consent opens only what it covers, while it stands", consents_cover<V>},
        {"G8: withdrawing a consent revokes what it opened", withdrawing_revokes<V>},
        {"G8: a consent that ended stays so", consents_end_for_good<V>},
        {"S9: nothing loosens by one member alone", loosened_by_two<V>},
    };
    return all;
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
