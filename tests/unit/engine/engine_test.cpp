#include "unit/engine/office.hpp"

#include <stdexcept>
#include <thread>

#include "support/catch.hpp"

using namespace office;

namespace {

using memory = lockbox::memory_store<V>;

/// A memory store whose commit can be made to fail, lie or throw.
struct moody_store : memory {
    enum class mood {
        fine,
        fails,
        commits_and_does_not_know,
        knows_nothing,
        throws,
        always_conflicts
    };
    mood now = mood::fine;
    int commits = 0;

    lockbox::outcome<void> commit(std::span<lb::change> changes) {
        ++commits;
        const auto unknown = tl::unexpected{
            lockbox::failure{lockbox::failure_kind::unknown_outcome, "the connection broke"}};
        switch (std::exchange(
            now, now == mood::always_conflicts || now == mood::fails ? now : mood::fine)) {
            case mood::fine:
                return memory::commit(changes);
            case mood::fails:
                return tl::unexpected{
                    lockbox::failure{lockbox::failure_kind::full, "the disk is full"}};
            case mood::commits_and_does_not_know:
                (void)memory::commit(changes);
                return unknown;
            case mood::knows_nothing:
                return unknown;
            case mood::throws:
                throw std::runtime_error{"store"};
            case mood::always_conflicts:
                return {};
        }
        return unknown;
    }
};

template <class Reply>
bool refused_for(const Reply& reply, ground why) {
    return reply && reply->refused && reply->refused->why == why;
}

}  // namespace

TEST_CASE("a request passes both gates, access is allowed, and ends by itself",
          "[engine][A1][A2][V2]") {
    memory store;
    desk d{store};
    d.open();
    CHECK(refused_for(d.send(eve, reading()), ground::no_grant));
    (void)d.grant();
    CHECK(d.send(eve, reading())->allowed == lockbox::data_class::content);
    d.clock.advance(2h - 1ms);
    CHECK(d.send(eve, reading())->allowed);
    d.clock.advance(1ms);
    CHECK_FALSE(d.send(eve, reading())->allowed);
}

TEST_CASE("a recorded command gets its recorded reply and writes nothing", "[engine][V8][T12]") {
    memory store;
    desk d{store};
    d.open();
    const auto first = d.send(eve, wish(), "same");
    const auto length = d.log().size();
    d.clock.advance(1min);
    const auto again = d.send(eve, wish(), "same");
    CHECK(again->happened == first->happened);
    CHECK(d.log().size() == length);

    SECTION("a recorded refusal is repeated as it was") {
        const auto refused = d.send(eve, lb::approve{"R-000001", "", {}}, "mine");
        const auto repeated = d.send(eve, lb::approve{"R-000001", "", {}}, "mine");
        CHECK(repeated->refused == refused->refused);
        CHECK(d.log().size() == length + 1);
    }
    SECTION("the same id with another body is refused, whoever is asked about") {
        auto other = wish();
        other.duration = 1h;
        CHECK(refused_for(d.send(eve, other, "same"), ground::id_reused));
        CHECK(refused_for(d.send(eve, lb::withdraw{"R-000001"}, "same"), ground::id_reused));
    }
    SECTION("another actor has ids of his own") {
        CHECK(d.send(mia, lb::approve{"R-000001", "", {}}, "same")->happened.size() == 2);
    }
    SECTION("a refusal that was not recorded is decided anew") {
        CHECK(refused_for(d.send(ada, lb::turn_on{}, "later"), ground::unchanged));
        (void)d.send(ada, lb::turn_off{});
        CHECK_FALSE(d.send(ada, lb::turn_on{}, "later")->refused);
    }
}

TEST_CASE("an access is answered allowed once", "[engine][V8][T12]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.grant();
    CHECK(d.send(eve, reading(), "once")->allowed);
    const auto length = d.log().size();
    const auto again = d.send(eve, reading(), "once");
    CHECK(refused_for(again, ground::already_used));
    CHECK_FALSE(again->allowed);
    CHECK(d.log().size() == length);
}

TEST_CASE("a revocation in one engine refuses the next access in another that cached the grant",
          "[engine][A3][T13][V13]") {
    memory store;
    desk here{store};
    desk there{store};
    here.open();
    const auto id = here.grant();
    REQUIRE(there.send(eve, reading())->allowed);
    (void)here.send(bob, lb::revoke{id, "enough"});
    CHECK(refused_for(there.send(eve, reading()), ground::no_grant));
}

TEST_CASE("a refusal that writes nothing never rests on a stale copy", "[engine][V12]") {
    memory store;
    desk here{store};
    desk there{store};
    here.open();
    (void)here.send(eve, wish());
    CHECK(refused_for(there.send(ada, lb::freeze{}), ground::not_open) == false);
    (void)here.send(ada, lb::lift_freeze{});
    CHECK_FALSE(there.send(eve, wish())->refused);
}

TEST_CASE("a store that fails changes nothing, and the next command finds it so",
          "[engine][V13][T17]") {
    moody_store store;
    desk d{store};
    d.open();
    (void)d.grant();
    const auto before = d.state();
    store.now = moody_store::mood::fails;
    const auto reply = d.send(eve, reading());
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == lockbox::failure_kind::full);
    CHECK(d.state() == before);
    store.now = moody_store::mood::fine;
    CHECK(d.send(eve, reading())->allowed);
    CHECK(d.state().sequence == before.sequence + 1);
}

TEST_CASE("an unknown outcome is resolved by the command's id, never doubled",
          "[engine][V8][V17]") {
    moody_store store;
    desk d{store};
    d.open();
    (void)d.grant();
    const auto length = d.log().size();
    store.now = GENERATE(moody_store::mood::commits_and_does_not_know,
                         moody_store::mood::knows_nothing, moody_store::mood::throws);
    const auto reply = d.send(eve, reading());
    REQUIRE(reply);
    CHECK(reply->allowed);
    CHECK(d.log().size() == length + 1);
}

TEST_CASE("a command that meets only conflicts is given up with a failure", "[engine][V7]") {
    moody_store store;
    lockbox::engine_options options;
    options.persistence = {8, 1000};
    desk d{store, {}, options};
    d.open();
    const auto id = d.grant();
    store.now = moody_store::mood::always_conflicts;
    store.commits = 0;
    const auto reply = d.send(eve, reading());
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == lockbox::failure_kind::contended);
    CHECK(store.commits <= 9);

    SECTION("a revocation is tried for longer, until its deadline") {
        store.commits = 0;
        const auto urgent = d.engine.handle(asking(bob, lb::revoke{id, ""}));
        CHECK(urgent.error().kind == lockbox::failure_kind::contended);
        CHECK(store.commits > 500);
        store.commits = 0;
        const auto late = d.engine.handle(asking(bob, lb::revoke{id, ""}), monday - 1s);
        CHECK(late.error().kind == lockbox::failure_kind::contended);
        CHECK(store.commits <= 2);
    }
}

TEST_CASE("a policy that throws fails its own command and no other", "[engine][V20]") {
    struct explosive {
        lb::proposal operator()(const lb::tenant& t, const lb::submission& asked) const {
            if (asked.case_number == lb::case_id{"C-13"}) throw std::runtime_error{"policy"};
            return lockbox::standard_policy{}(t, asked);
        }
    };
    memory store;
    desk d{store, explosive{}};
    d.open();
    auto bad = wish();
    bad.support_case.number = "C-13";
    const std::vector<lb::command> batch{asking(eve, wish()), asking(eve, bad),
                                         asking(eve, wish())};
    const auto replies = d.engine.handle(batch);
    CHECK(replies[0]->happened.size() == 1);
    REQUIRE_FALSE(replies[1]);
    CHECK(replies[1].error().kind == lockbox::failure_kind::internal);
    CHECK(replies[2]->happened.size() == 1);
    CHECK(d.state() == *lockbox::replay<V>(d.log()));
}

TEST_CASE("a batch of commands is answered in its order, repeats within it too", "[engine][V8]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.grant();
    const auto replies = d.engine.handle(std::vector<lb::command>{
        asking(eve, reading(), "x1"), asking(eve, reading(), "x2"), asking(eve, reading(), "x1")});
    CHECK(replies[0]->allowed);
    CHECK(replies[1]->allowed);
    CHECK(refused_for(replies[2], ground::already_used));
    CHECK(d.state() == *lockbox::replay<V>(d.log()));
}

TEST_CASE("tenants come and go in memory, and nothing else changes", "[engine]") {
    memory store;
    lockbox::engine_options options;
    options.hot_tenants = 4;
    desk d{store, {}, options};
    for (int i = 0; i < 40; ++i) {
        auto c = asking(olga, lb::open_tenant{"ada"});
        c.tenant = lb::tenant_id{"t" + std::to_string(i % 20)};
        const auto reply = d.engine.handle(c);
        CHECK(refused_for(reply, ground::already_open) == (i >= 20));
    }
}

TEST_CASE("an unknown tenant answers like a foreign one", "[engine][V6][T15][T22]") {
    memory store;
    desk d{store};
    d.open();
    auto foreign = asking({"zoe", capacity::member}, lb::freeze{});
    auto unknown = foreign;
    unknown.tenant = "nowhere";
    CHECK(d.engine.handle(foreign)->refused == d.engine.handle(unknown)->refused);
    CHECK(d.engine.requests({.tenant = "contoso"}, foreign.actor).error().refusal ==
          d.engine.requests({.tenant = "nowhere"}, foreign.actor).error().refusal);
}

TEST_CASE("a preview tells the terms, names no role to the provider, and writes nothing",
          "[engine][S7]") {
    memory store;
    desk d{store};
    d.open();
    const auto length = d.log().size();
    const auto terms = d.engine.preview(asking(eve, wish()));
    REQUIRE(terms->has_value());
    REQUIRE((**terms).gates.size() == 2);
    CHECK((**terms).gates[1].roles.empty());
    CHECK((**terms).gates[1].window == 12h);
    const auto drill = d.engine.preview(asking(ada, lb::drill{wish()}));
    CHECK_FALSE((**drill).gates[1].roles.empty());
    auto long_one = wish();
    long_one.duration = 5h;
    CHECK(d.engine.preview(asking(eve, long_one))->error().why == ground::out_of_range);
    CHECK(d.log().size() == length);
}

TEST_CASE("the commands of one call are carried out in their order, refused ones too", "[engine]") {
    memory store;
    desk d{store};
    d.open();
    const auto replies = d.engine.handle(std::vector<lb::command>{
        asking(eve, wish()), asking(ada, lb::freeze{}), asking(eve, wish()),
        asking(ada, lb::lift_freeze{}), asking(eve, wish())});
    CHECK_FALSE(replies[0]->refused);
    CHECK_FALSE(replies[1]->refused);
    CHECK(refused_for(replies[2], ground::frozen));
    CHECK_FALSE(replies[3]->refused);
    CHECK_FALSE(replies[4]->refused);
}

TEST_CASE("a stranger does not learn by a long text that a tenant exists", "[engine][V6][T22]") {
    memory store;
    desk d{store};
    d.open();
    lb::settings_change shorter;
    shorter.limits.emplace().text_bytes = 64;
    (void)d.send(ada, lb::change_settings{shorter});
    auto foreign = asking({"zoe", capacity::member}, lb::freeze{std::string(100, 'x')});
    auto unknown = foreign;
    unknown.tenant = "nowhere";
    CHECK(d.engine.handle(foreign)->refused == d.engine.handle(unknown)->refused);
    CHECK(refused_for(d.send(ada, lb::freeze{std::string(100, 'x')}), ground::too_long));
}

TEST_CASE("a request's history names no member to the provider's side", "[engine][S7][L2]") {
    memory store;
    desk d{store};
    d.open();
    const auto id = d.grant();
    const auto theirs = d.engine.history("contoso", id, eve);
    REQUIRE(theirs);
    for (const auto& event : theirs->entries) {
        CHECK((event.actor.acting != capacity::member || event.actor.person == lb::person_id{}));
        for (const auto& one : event.told) CHECK(one.as != lockbox::audience::approver);
    }
    const auto ours = d.engine.history("contoso", id, ada);
    CHECK(ours->entries.front().actor == bob);
}

TEST_CASE("the same id twice in a row is carried out once", "[engine][V8][T12]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.grant();
    const auto length = d.log().size();
    const auto twice = d.engine.handle(
        std::vector<lb::command>{asking(eve, reading(), "x"), asking(eve, reading(), "x")});
    CHECK(twice[0]->allowed);
    CHECK(refused_for(twice[1], ground::already_used));
    auto other = reading();
    other.to.resource = "/boxes/1/sent";
    const auto reused = d.engine.handle(
        std::vector<lb::command>{asking(eve, reading(), "y"), asking(eve, other, "y")});
    CHECK(refused_for(reused[1], ground::id_reused));
    const auto wishes = d.engine.handle(
        std::vector<lb::command>{asking(eve, wish(), "z"), asking(eve, wish(), "z")});
    CHECK(wishes[1]->happened == wishes[0]->happened);
    CHECK(d.log().size() == length + 3);
}

TEST_CASE("a deadline never turns an unknown outcome into a denial of what was recorded",
          "[engine][V8][V17]") {
    moody_store store;
    desk d{store};
    d.open();
    const auto id = d.grant();
    store.now = moody_store::mood::commits_and_does_not_know;
    const auto reply = d.engine.handle(asking(bob, lb::revoke{id, ""}), monday - 1s);
    REQUIRE(reply);
    CHECK(reply->happened.front().body.is<lb::revoked>());
}

TEST_CASE("commands keep their order at a tenant that could not be loaded at first", "[engine]") {
    struct slow_store : memory {
        bool busy = false;
        auto load(const lb::tenant_id& id, const lb::actor& who,
                  const lockbox::optional<lb::command_id>& command) {
            using result = lockbox::outcome<lockbox::optional<lockbox::loaded<V>>>;
            if (std::exchange(busy, false)) {
                return result{tl::unexpect, lockbox::failure{lockbox::failure_kind::busy, "busy"}};
            }
            return memory::load(id, who, command);
        }
    } store;
    {
        desk d{store};
        d.open();
    }
    desk d{store};
    lb::settings_change one_hour;
    lb::settings_change two_hours;
    one_hour.longest_access = 1h;
    two_hours.longest_access = 2h;
    store.busy = true;
    (void)d.engine.handle(std::vector<lb::command>{asking(ada, lb::change_settings{one_hour}),
                                                   asking(ada, lb::change_settings{two_hours})});
    CHECK(d.state().settled.settings.longest_access == 2h);
}

TEST_CASE("a preview is of submissions alone, and fails as a value", "[engine][S7][A4]") {
    memory store;
    desk d{store};
    d.open();
    CHECK(d.engine.preview(asking(eve, reading()))->error().about == lockbox::field::command);
}
