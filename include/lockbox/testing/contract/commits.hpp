// The clauses on `load` and `commit`: what stands, what is a conflict, and what a conflict leaves.
#pragma once

#include <cstdint>

#include <lockbox/optional.hpp>
#include <lockbox/testing/contract/trial.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::clauses {

template <class Store>
void unknown_tenant_is_absent(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> known{1};
    const story<V> unknown{2};
    t.expect(!t.state_of(known), "an empty store knows a tenant");
    known.opens();
    t.write(known);
    t.expect(!t.state_of(unknown), "a tenant that was never opened is known");
    log_query<V> query;
    query.tenant = unknown.id();
    t.expect(t.search_all(query).empty(), "a tenant that was never opened has a log");
}

/// Every kind of event, one after the other, and the state after each (V14).
template <class Store>
void load_returns_what_the_log_folds_to(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    const auto step = [&](story<V>& after) {
        t.write(after);
        t.same(after, "load or search does not return what was committed");
        after.at(after.now() + std::chrono::minutes{1});
    };
    step(s.opens());
    step(s.turns_on());
    step(s.reminds({std::chrono::hours{2}, std::chrono::hours{1}}));
    step(s.submits(0, 2));
    step(s.submits(1, 1));
    step(s.asks(1));
    step(s.passes(2));
    step(s.grants(2));
    step(s.accesses(2));
    step(s.refuses(3));
    step(s.submits(0, 1));
    step(s.passes(3));
    step(s.grants(3));
    step(s.denies(1));
    step(s.submits(0, 2, true));
    step(s.denies(4));
    step(s.finishes(2));
    step(s.submits(2, 1));
    step(s.submits(2, 2));
    step(s.submits(2, 1));
    step(s.withdraws(5));
    step(s.revokes(3));
    step(s.refuses(3));
    step(s.submits(1, 3));
    step(s.passes(8));
    step(s.grants(8));
    step(s.freezes());
    step(s.submits(1, 3));
    s.at(s.now() + std::chrono::hours{10});
    step(s.ticks());
    s.at(story<V>::hour(100));
    step(s.ticks());
    step(s.submits(1, 3).passes(10).grants(10).accesses(10).refuses(1).submits(1, 2).denies(11));
    step(s.agrees());
    step(s.submits(1, 3));
    step(s.passes_by(1, 12));
    step(s.accesses(12));
    step(s.takes_back(1, 12));
}

template <class Store>
void stale_version_is_a_conflict(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    s.opens();
    t.write(s);
    auto other = s;
    t.write(s.turns_on());
    t.expect(!t.commit({&other.refuses(1).submits(0, 1)}),
             "a change on a stale version was committed");
    t.same(s, "a change on a stale version left something behind");
    other = s;
    other.refuses(2);
    other.written();
    t.expect(!t.commit({&other.refuses(3)}), "a change on a later version was committed");
    t.same(s, "a change on a later version left something behind");
}

template <class Store>
void tenant_opens_once(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    auto again = s;
    t.write(s.opens());
    again.at(story<V>::hour(1));
    t.expect(!t.commit({&again.opens().turns_on()}), "a tenant was opened twice");
    t.same(s, "opening a tenant again left something behind");
    story<V> unknown{2};
    unknown.opens();
    unknown.written();
    t.expect(!t.commit({&unknown.turns_on()}), "a tenant that was never opened was changed");
    t.expect(!t.state_of(unknown), "changing a tenant that was never opened left something behind");
}

/// V8: a command id is unique per tenant and actor, and an actor is a person in a capacity.
template <class Store>
void command_id_is_used_once(trial<Store>& t) {
    using V = typename Store::vocabulary;
    const auto id = sample<typename V::command_id>::of("command", 7);
    story<V> s{1};
    t.write(s.opens().under(id).refuses(1));
    auto again = s;
    t.expect(!t.commit({&again.submits(0, 1).under(id).refuses(1)}), "a command id was used twice");
    t.same(s, "a command id that was used twice left something behind");
    again = s;
    again.under(id).refuses(2).refuses(3).under(id).refuses(2);
    t.expect(!t.commit({&again}), "a command id was used twice in one change");
    t.same(s, "a command id that was used twice in one change left something behind");
    t.write(s.under(id).refuses(4));
    t.write(s.under(id).turns_on());
    story<V> other{2};
    t.write(other.opens().under(id).refuses(1));
    t.same(s, "actors with the same command id spoil each other");
    t.same(other, "tenants with the same command id spoil each other");
}

/// A change that does not stand is none, and all others are as if it had not been there.
template <class Store>
void conflict_spoils_no_other_change(trial<Store>& t) {
    using V = typename Store::vocabulary;
    const auto id = sample<typename V::command_id>::of("command", 7);
    story<V> a{1};
    story<V> b{2};
    story<V> c{3};
    story<V> d{4};
    t.write(a.opens().under(id).refuses(1));
    t.write(b.opens());
    t.write(c.opens());
    auto stale = b;
    t.write(b.turns_on());
    auto reused = a;
    reused.submits(0, 1).under(id).refuses(1);
    a.submits(0, 1);
    c.submits(0, 1).passes(1);
    d.opens().submits(0, 1).denies(1);
    vector changes{c.unwritten(), stale.refuses(1).unwritten(), reused.unwritten(), d.unwritten(),
                   a.unwritten()};
    const auto done = t.store().commit(changes);
    t.expect(done.has_value(), "a conflict made a commit fail");
    const auto went = [&](std::size_t at) {
        return changes[at].result == commit_result::committed;
    };
    t.expect(went(0) && went(3) && went(4), "a conflict spoiled another change");
    t.expect(!went(1) && !went(2), "a conflict was committed beside other changes");
    t.same(a, "a change after a conflict is not what was committed");
    t.same(b, "a conflict left something behind");
    t.same(c, "a change before a conflict is not what was committed");
    t.same(d, "a change between conflicts is not what was committed");
    t.expect(
        t.read_all(100).size() == a.log().size() + b.log().size() + c.log().size() + d.log().size(),
        "read returns events of a conflict");
}

/// Changes of one tenant in one commit follow one another.
template <class Store>
void changes_of_one_tenant_follow_one_another(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    s.opens();
    const auto opened = s;
    s.written();
    s.turns_on();
    const auto on = s;
    s.written();
    s.submits(0, 1);
    vector changes{opened.unwritten(), on.unwritten(), s.unwritten(), on.unwritten()};
    t.expect(t.store().commit(changes).has_value(), "a commit of several changes failed");
    for (std::size_t at = 0; at < 3; ++at)
        t.expect(changes[at].result == commit_result::committed,
                 "a change on the one before was a conflict");
    t.expect(changes[3].result == commit_result::conflict,
             "a version was committed twice in one commit");
    t.same(s, "changes of one tenant in one commit are not kept in their order");
}

/// A change without events asks whether its version still is the last, and writes nothing.
template <class Store>
void change_without_events_confirms_the_version(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    t.write(s.opens());
    t.expect(t.stands(s.unwritten()), "the last version was not confirmed");
    const auto before = s;
    t.write(s.turns_on());
    t.expect(!t.stands(before.unwritten()), "a stale version was confirmed");
    t.same(s, "a change without events left something behind");
}

template <class Store>
void load_returns_what_a_command_recorded(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    s.opens().submits(0, 1).submits(1, 2).passes(1).passes(2).grants(1).accesses(1).freezes();
    t.write(s);
    t.write(s.submits(1, 3).ticks());
    for (const auto& event : s.log()) {
        if (!event.command) continue;
        t.expect(t.recorded(s, event.actor, event.command) == s.recorded(event),
                 "load does not return all events of a command, and no others");
        t.expect(t.recorded(s, event.actor, std::nullopt).empty(), "load returns events unasked");
        t.expect(t.recorded(s, story<V>::person(capacity::system, 40), event.command).empty(),
                 "load returns what another actor recorded");
    }
    const auto unused = sample<typename V::command_id>::of("command", 99);
    t.expect(t.recorded(s, story<V>::approver(), unused).empty(),
             "load returns events of no command");
}

}  // namespace testing::clauses
}  // namespace v0
}  // namespace lockbox
