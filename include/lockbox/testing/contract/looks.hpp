// The clauses on what machines ask: what is due, the log in the order of commits, cursors.
#pragma once

#include <chrono>
#include <cstdint>
#include <iterator>

#include <lockbox/testing/contract/trial.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::clauses {

/// Half-open: due when over at or before `now`. Each tenant once, the longest overdue first.
template <class Store>
void due_tells_who_is_overdue(trial<Store>& t) {
    using V = typename Store::vocabulary;
    using instant = typename V::time_point;
    story<V> early{1};
    story<V> late{2};
    story<V> idle{3};
    t.write(idle.opens());
    late.at(story<V>::hour(2));
    t.write(late.opens().submits(0, 1));
    t.write(early.opens().submits(0, 1).submits(1, 1));
    const auto due = [&](instant now, std::uint32_t limit) {
        return t.get(t.store().due(now, limit), "due");
    };
    using tenants = vector<typename V::tenant_id>;
    const auto tick = typename instant::duration{1};
    t.expect(due(story<V>::hour(12) - tick, 9).empty(), "a request is due before its deadline");
    t.expect(due(story<V>::hour(12), 9) == tenants{early.id()},
             "a request is not due at its deadline");
    t.expect(due(story<V>::hour(14), 9) == tenants{early.id(), late.id()},
             "due is not each overdue tenant once, the longest overdue first");
    t.expect(due(story<V>::hour(14), 1) == tenants{early.id()}, "due does not keep to its limit");
    early.at(story<V>::hour(13));
    late.at(story<V>::hour(13));
    t.write(early.ticks());
    t.expect(due(story<V>::hour(14), 9) == tenants{late.id()}, "a closed request is due");
    t.write(late.passes(1));
    t.expect(due(story<V>::hour(14), 9).empty(), "a request is due at a gate that it has left");
    t.write(late.grants(1));
    t.expect(due(story<V>::hour(17) - tick, 9).empty(), "a grant is due before its end");
    t.expect(due(story<V>::hour(17), 9) == tenants{late.id()}, "a grant is not due at its end");
    t.write(late.finishes(1));
    t.expect(due(story<V>::hour(99), 9).empty(), "a finished request is due");
}

/// S9: a proposal makes its tenant due when it lapses, until that is recorded, or it is settled.
template <class Store>
void due_tells_of_proposals(trial<Store>& t) {
    using V = typename Store::vocabulary;
    using tenants = vector<typename V::tenant_id>;
    const auto tick = typename V::time_point::duration{1};
    story<V> proposing{1};
    story<V> asking{2};
    t.write(proposing.opens().proposes());  // as it is opened, in one change
    proposing.at(story<V>::hour(1));
    t.write(proposing.proposes());
    asking.at(story<V>::hour(1));
    t.write(asking.opens().submits(0, 1));
    const auto due = [&](int hour, typename V::time_point::duration sooner = {}) {
        return t.get(t.store().due(story<V>::hour(hour) - sooner, 9), "due");
    };
    t.expect(due(12, tick).empty(), "a proposal is due before it lapses");
    t.expect(due(12) == tenants{proposing.id()}, "a proposal is not due as it lapses");
    t.expect(due(13) == tenants{proposing.id(), asking.id()},
             "due is not each tenant once, the longest overdue first, with proposals");
    proposing.at(story<V>::hour(12));
    t.write(proposing.ticks());
    t.expect(due(13, tick).empty(), "a proposal is due that has lapsed on record");
    t.expect(due(13).size() == 2, "the second proposal is not due as it lapses");
    t.write(proposing.declines(2));
    t.expect(due(13) == tenants{asking.id()}, "a declined proposal is due");
    t.same(proposing, "a tenant with proposals");
}

/// N4: a reminder makes its tenant due before the deadline does, until it is recorded. Which there
/// are was settled as the gate opened: a change of the settings moves none.
template <class Store>
void due_tells_of_reminders(trial<Store>& t) {
    using V = typename Store::vocabulary;
    using instant = typename V::time_point;
    using std::chrono::hours;
    story<V> warned{1};
    story<V> silent{2};
    t.write(warned.opens().reminds({hours{1}, hours{4}}).submits(0, 1));
    t.write(silent.opens().submits(0, 1).reminds({hours{6}}));
    const auto due = [&](instant now) { return t.get(t.store().due(now, 9), "due"); };
    using tenants = vector<typename V::tenant_id>;
    const auto tick = typename instant::duration{1};
    t.expect(due(story<V>::hour(8) - tick).empty(), "a request is due before its first reminder");
    t.expect(due(story<V>::hour(8)) == tenants{warned.id()},
             "a request is not due at its first reminder, or one is by settings that came later");
    warned.at(story<V>::hour(8));
    t.write(warned.ticks());
    t.expect(due(story<V>::hour(11) - tick).empty(), "a request is due for what was recorded");
    t.expect(due(story<V>::hour(11)) == tenants{warned.id()},
             "a request is not due at its second reminder");
    warned.at(story<V>::hour(9));
    t.write(warned.reminds({}).passes(1));
    t.expect(due(story<V>::hour(12) - tick).empty(), "a request is due at a gate that it has left");
    t.write(warned.reminds({hours{3}, hours{2}}).submits(1, 1));
    warned.at(story<V>::hour(20));
    t.expect(due(story<V>::hour(18)) == tenants{silent.id(), warned.id()},
             "due is not by reminders and deadlines alike, the longest overdue first");
    t.write(warned.ticks());
    t.same(warned, "a reminder that was recorded");
    t.expect(due(story<V>::hour(21) - tick) == tenants{silent.id()},
             "one event did not stand for all reminders that were due");
    t.expect(due(story<V>::hour(21)) == tenants{silent.id(), warned.id()},
             "a request is not due at its deadline after its reminders");
}

/// All tenants' events, in the order of their commits, none twice and none left out.
template <class Store>
void read_returns_every_event_in_order(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> a{1};
    story<V> b{2};
    t.expect(t.get(t.store().read(0, 9), "read").empty(), "an empty store has events");
    t.write(b.opens());
    t.write(a.opens().submits(0, 1));
    t.write(b.submits(1, 1).passes(1));
    t.write(a.passes(1).grants(1));
    vector<audit_event<V>> wanted{b.log()[0]};
    const auto append = [&](const auto& log, std::size_t from, std::size_t to) {
        for (; from < to; ++from) wanted.push_back(log[from]);
    };
    append(a.log(), 0, 2);
    append(b.log(), 1, b.log().size());
    append(a.log(), 2, a.log().size());
    for (const std::uint32_t limit : {1U, 2U, 3U, 100U}) {
        vector<audit_event<V>> all;
        for (auto& one : t.read_all(limit)) all.push_back(std::move(one.event));
        t.expect(all == wanted, "read does not return every event once, as they were committed");
    }
    const auto everything = t.read_all(100);
    if (everything.empty()) return;
    t.write(a.finishes(1));
    const auto rest = t.get(t.store().read(everything.back().position, 9), "read");
    t.expect(rest.size() == 1 && rest.front().event == a.last(),
             "read skips an event that came later");
}

template <class Store>
void cursors_are_kept(trial<Store>& t) {
    const auto at = [&](const char* name) { return t.get(t.store().cursor(name), "cursor"); };
    const auto keep = [&](const char* name, std::uint64_t position) {
        t.expect(t.store().keep_cursor(name, position).has_value(), "keep_cursor failed");
    };
    t.expect(at("mail") == 0, "a new cursor does not stand at 0");
    keep("mail", 7);
    keep("siem", 3);
    t.expect(at("mail") == 7 && at("siem") == 3, "a cursor does not stand where it was kept");
    keep("mail", 9);
    t.expect(at("mail") == 9 && at("siem") == 3, "a cursor does not stand where it was kept last");
    t.expect(at("other") == 0, "cursors are not told apart");
}

}  // namespace testing::clauses
}  // namespace v0
}  // namespace lockbox
