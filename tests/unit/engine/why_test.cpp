// The engine looks up what an explanation needs, and for nobody who may not see it.
#include "unit/engine/office.hpp"

#include <string>

#include <lockbox/fmt.hpp>
#include <lockbox/why.hpp>

#include "support/catch.hpp"

using namespace office;

namespace {

using memory = lockbox::memory_store<V>;

const lb::actor other_engineer{"emil", capacity::engineer};
const lb::actor outsider{"nora", capacity::member};
const lb::actor stranger{"zoe", capacity::member};

template <class Desk>
std::string told_why(Desk& d, const lb::request_id& id, const lb::actor& who) {
    const auto e = d.engine.why("contoso", id, who);
    return e ? fmt::format("{}", *e) : fmt::format("{}", *e.error().refusal);
}

/// A command that must be refused, and the engine's explanation of that.
template <class Desk>
std::string refused_with(Desk& d, const lb::actor& who, lb::command_body body) {
    const auto c = asking(who, std::move(body));
    const auto answered = d.engine.handle(c);
    REQUIRE(answered->refused);
    const auto e = d.engine.why(c, *answered->refused);
    REQUIRE(e);
    CHECK(e->refused == answered->refused);
    return fmt::format("{}", *e);
}

/// A store that fails when told to.
struct deaf_store : memory {
    bool fails = false;
    auto search(const lb::log_query& query) {
        if (!fails) return memory::search(query);
        return lockbox::outcome<lockbox::page<lb::audit_event>>{
            tl::unexpect, lockbox::failure{lockbox::failure_kind::busy, "held"}};
    }
};

}  // namespace

TEST_CASE("the engine says why to whoever sees the request, and to nobody else",
          "[engine][why][S10][V6][T22]") {
    memory store;
    desk d{store};
    d.open();
    const auto id = *d.send(eve, wish())->happened.front().request;
    const std::string at_manager =
        "waits at the manager's gate until 2026-11-02T21:00:00Z: 0 of 1 approval; needs 1 more "
        "manager (G3)";
    for (const auto& reader : {eve, mia, ada, bob}) CHECK(told_why(d, id, reader) == at_manager);
    const auto hidden = told_why(d, "R-000099", ada);
    CHECK(hidden == "refused: no such request is open at this stage");
    CHECK(told_why(d, id, other_engineer) == hidden);
    for (const auto& reader : {olga, outsider, stranger})
        CHECK(told_why(d, id, reader) == "refused: not allowed");
    const auto elsewhere = d.engine.why("fabrikam", id, ada);
    REQUIRE_FALSE(elsewhere);
    CHECK(elsewhere.error().refusal->why == ground::not_allowed);

    (void)d.send(mia, lb::approve{id, "", {}});
    CHECK(told_why(d, id, mia) == hidden);  // it left the managers' gate
    CHECK(told_why(d, id, eve) ==
          "waits at the customer's gate until 2026-11-02T21:00:00Z; needs approval by the customer "
          "(G3)");
    CHECK(told_why(d, id, bob) ==
          "waits at the customer's gate until 2026-11-02T21:00:00Z: 0 of 1 approval; needs 1 more "
          "of access_approver, compliance_admin or global_admin, by ada or bob (G3)");
}

TEST_CASE("what became of a request is the same with and without a sweeper",
          "[engine][why][K2][V12]") {
    memory store;
    desk d{store};
    d.open();
    const auto expired = *d.send(eve, wish())->happened.front().request;
    const auto ended = d.grant();
    CHECK(told_why(d, ended, eve) ==
          "active: access by R-000002 from 2026-11-02T09:00:00Z until 2026-11-02T11:00:00Z, "
          "approved by mia, approved by the customer; needs `access` by its engineer (A1)");
    d.clock.advance(13h);
    const auto expiry = told_why(d, expired, eve);
    const auto end = told_why(d, ended, ada);
    CHECK(expiry ==
          "expired: nobody decided at the manager's gate from 2026-11-02T09:00:00Z until "
          "2026-11-02T21:00:00Z; needs `submit` by an engineer (G5)");
    CHECK(end ==
          "ended: access by R-000002 from 2026-11-02T09:00:00Z until 2026-11-02T11:00:00Z; needs "
          "`submit` by an engineer (A2)");
    CHECK(told_why(d, expired, mia) == "refused: no such request is open at this stage");
    REQUIRE(*d.engine.tick() == 2);
    CHECK(told_why(d, expired, eve) == expiry);
    CHECK(told_why(d, ended, ada) == end);
}

TEST_CASE("a long history is read to its beginning", "[engine][why][K2]") {
    memory store;
    desk d{store};
    d.open();
    const auto id = d.grant();
    for (int i = 0; i < 1100; ++i) (void)d.send(eve, reading());
    (void)d.send(bob, lb::revoke{id, "enough"});
    for (int i = 0; i < 5; ++i)
        (void)d.send(outsider, lb::revoke{id, "spoilt"});  // recorded, about it
    CHECK(told_why(d, id, eve) ==
          "revoked: at 2026-11-02T09:00:00Z by the customer, \"enough\", access by R-000001 from "
          "2026-11-02T09:00:00Z until 2026-11-02T11:00:00Z; needs `submit` by an engineer (A3)");
}

TEST_CASE("a refused access names the grant that has ended", "[engine][why][A1][V12]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.grant();
    d.clock.advance(2h);
    const std::string ended =
        "refused: no live grant: the grant of R-000001 ended at 2026-11-02T11:00:00Z; needs "
        "`submit` (A1)";
    CHECK(refused_with(d, eve, reading()) == ended);
    (void)d.engine.tick();
    CHECK(refused_with(d, eve, reading()) == ended);
    CHECK(refused_with(d, other_engineer, reading()) ==
          "refused: no live grant; needs `submit` (A1)");
    (void)d.send(eve, lb::finish{d.grant()});
    CHECK(refused_with(d, eve, reading()) ==
          "refused: no live grant: the grant of R-000002 was handed back at 2026-11-02T11:00:00Z; "
          "needs `submit` (A1)");
}

TEST_CASE("a stranger is told the same of every tenant", "[engine][why][V6][T22]") {
    memory store;
    desk d{store};
    d.open();
    auto c = asking(stranger, lb::lift_freeze{});
    const auto here = d.engine.why(c, *d.engine.handle(c)->refused);
    c.tenant = "fabrikam";
    const auto nowhere = d.engine.why(c, *d.engine.handle(c)->refused);
    CHECK(*here == *nowhere);
}

TEST_CASE("a reading that was refused has its rule", "[why][L3][K2][S10]") {
    memory store;
    desk d{store};
    d.open();
    lb::log_query query;
    query.tenant = "contoso";
    const auto told = [&](const lb::actor& who, const lockbox::refusal& why) {
        return sentence(lockbox::why_unread(d.state(), who, monday, why));
    };
    CHECK(told(ada, *d.engine.search(query, ada).error().refusal) ==
          "refused: not allowed; needs `set_audit_visibility` by ada (L3)");
    CHECK(told(bob, *d.engine.search(query, bob).error().refusal) == "refused: not allowed (S10)");
    CHECK(told(ada, *d.engine.history("contoso", "R-9", ada).error().refusal) ==
          "refused: no such request is open at this stage (K2)");
}

TEST_CASE("a store that fails is no answer", "[engine][why]") {
    deaf_store store;
    desk d{store};
    d.open();
    const auto id = d.grant();
    (void)d.send(eve, lb::finish{id});
    const auto c = asking(eve, reading());
    const auto no = *d.engine.handle(c)->refused;
    store.fails = true;
    CHECK(d.engine.why("contoso", id, eve).error().failure->kind == lockbox::failure_kind::busy);
    CHECK(d.engine.why(c, no).error().kind == lockbox::failure_kind::busy);
}

TEST_CASE("the engine lists what waits for a second member, to whoever may see it",
          "[engine][why][S9][S10][V6]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.send(ada, lb::assign_role{"cyn", "global_admin", {}});
    lb::change_settings two;
    two.change.two_person_changes = true;
    (void)d.send(ada, two);
    (void)d.send(ada, lb::turn_off{});
    const auto listed = [&](const lb::actor& who) {
        const auto all = d.engine.proposals("contoso", who);
        return all ? std::to_string(all->size()) : fmt::format("{}", *all.error().refusal);
    };
    const auto told = [&](const lb::actor& who, std::uint64_t number) {
        const auto e = d.engine.why_proposal("contoso", number, who);
        return e ? fmt::format("{}", *e) : fmt::format("{}", *e.error().refusal);
    };
    for (const auto& reader : {ada, bob}) {
        CHECK(listed(reader) == "1");
        CHECK(told(reader, 1) ==
              "proposal 1, `turn_off` by ada, waits until 2026-11-02T21:00:00Z; needs `agree` by "
              "bob or cyn (S9)");
    }
    for (const auto& reader : {eve, mia, olga, outsider}) {
        CHECK(listed(reader) == "refused: not allowed");
        CHECK(told(reader, 1) == "refused: no such proposal waits");
    }
    CHECK(told(ada, 2) == "refused: no such proposal waits");
    CHECK_FALSE(d.engine.proposals("fabrikam", ada));

    d.clock.advance(12h);
    CHECK(listed(ada) == "0");
    CHECK(d.engine.tick() == 1U);  // the store knew that it was due
    CHECK(d.log().back().body.is<lb::change_lapsed>());
    CHECK(d.state().settled.proposals.empty());
}
