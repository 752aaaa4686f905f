// The real rules, bent on purpose: what the explorer must find.
#pragma once

#include "desk.hpp"

#include <functional>

namespace words {

using decision = lockbox::decision<vocabulary>;
using misfit = lockbox::misfit;

/// A policy that is chosen at run time, for the explorer is compiled anew for each type of one.
using chosen_policy = lb::proposal (*)(const lb::tenant&, const lb::submission&);

inline lb::proposal as_standard(const lb::tenant& t, const lb::submission& asked) {
    return lockbox::standard_policy{}(t, asked);
}

/// The real rules, of which one may be bent: before the decision, after it, or in what it leads to.
struct bent_rules : testing::standard_rules<vocabulary, chosen_policy> {
    explicit bent_rules(chosen_policy chosen = as_standard) : standard_rules{chosen, {}} {}

    std::function<void(lb::tenant&, const lb::command&, lb::time_point)> see = {};
    std::function<void(decision&, const lb::tenant&)> say = {};
    std::function<lockbox::optional<misfit>(lb::tenant&, const lb::audit_event&)> fold = {};

    [[nodiscard]] decision decide(const lb::tenant& t, const lb::command& c,
                                  lb::time_point now) const {
        auto decided = as_seen(t, c, now);
        if (say) say(decided, t);
        return decided;
    }
    [[nodiscard]] lockbox::optional<misfit> evolve(lb::tenant& t,
                                                   const lb::audit_event& event) const {
        return fold ? fold(t, event) : standard_rules::evolve(t, event);
    }

  private:
    [[nodiscard]] decision as_seen(const lb::tenant& t, const lb::command& c,
                                   lb::time_point now) const {
        if (!see) return standard_rules::decide(t, c, now);
        auto seen = t;
        see(seen, c, now);
        return standard_rules::decide(seen, c, now);
    }
};

}  // namespace words
