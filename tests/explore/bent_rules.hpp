// The real rules, bent on purpose: what the explorer must find.
#pragma once

#include "desk.hpp"

#include <functional>

namespace words {

using decision = lockbox::decision<vocabulary>;
using misfit = lockbox::misfit;

/// The real rules, with one of them bent: before the decision, after it, or in what it leads to.
struct bent_rules : testing::standard_rules<vocabulary> {
    std::function<void(lb::tenant&, const lb::command&, lb::time_point)> see = {};
    std::function<void(decision&, const lb::tenant&)> say = {};
    std::function<lockbox::optional<misfit>(lb::tenant&, const lb::audit_event&)> fold = {};

    [[nodiscard]] decision decide(const lb::tenant& t, const lb::command& c,
                                  lb::time_point now) const {
        auto seen = t;
        if (see) see(seen, c, now);
        auto decided = standard_rules::decide(seen, c, now);
        if (say) say(decided, t);
        return decided;
    }
    [[nodiscard]] lockbox::optional<misfit> evolve(lb::tenant& t,
                                                   const lb::audit_event& event) const {
        return fold ? fold(t, event) : standard_rules::evolve(t, event);
    }
};

}  // namespace words
