// What became of a request, told from its history.
#include "unit/why/explaining.hpp"

#include <algorithm>
#include <set>

using namespace support;
using lockbox::status;

TEST_CASE("a denial says by whom, where and with which words", "[why][G3][K2]") {
    scenario s;
    SECTION("at the manager's gate") {
        const auto id = s.pending_at_manager();
        s.given(mia, lb::deny{id, "use \"metadata\"\n"});
        for (const auto& reader : {eve, ada})
            CHECK(why(s, id, reader) ==
                  "denied: at 2026-03-02T09:00:00Z by mia@provider.example at the manager's gate, "
                  R"("use \"metadata\"\n"; needs `submit` by an engineer (G3))");
    }
    SECTION("at the customer's, to its own side by name") {
        const auto id = s.pending_at_customer();
        s.given(bea, lb::deny{id, {}});
        CHECK(why(s, id, ada) ==
              "denied: at 2026-03-02T09:00:00Z by bea@contoso.example at the customer's gate; "
              "needs `submit` by an engineer (G3)");
        CHECK(why(s, id, eve) ==
              "denied: at 2026-03-02T09:00:00Z by the customer at the customer's gate; needs "
              "`submit` by an engineer (G3)");
    }
    SECTION("and when it may be tried again") {
        for (int round = 0; round < 2; ++round) {
            s.later(10min);
            const auto id = s.pending_at_manager();
            s.given(mia, lb::deny{id, {}});
        }
        const auto from = status_of(s, r(2), eve).next.front().from;
        REQUIRE(from);
        CHECK(s.at(*from - 1ms).would(eve, wish()) != "submitted");
        CHECK(s.at(*from).would(eve, wish()) == "submitted");
        CHECK_FALSE(status_of(s, r(2), eve).next.front().from);
    }
}

TEST_CASE("a freeze, a switch and a closed case are told as what they were", "[why][S8][S5][R8]") {
    scenario s;
    SECTION("a freeze") {
        const auto pending = s.pending_at_customer();
        const auto active = s.active();
        s.given(bea, lb::freeze{"stop"});
        CHECK(why(s, pending, eve) ==
              "denied: at 2026-03-02T09:00:00Z with a freeze by the customer; needs `lift_freeze` "
              "by the customer (S8)");
        CHECK(why(s, active, ada) ==
              "revoked: at 2026-03-02T09:00:00Z with a freeze by bea@contoso.example, access by "
              "R-000002 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z; needs `lift_freeze` "
              "by ada@contoso.example (S8)");
    }
    SECTION("turning on") {
        s.given(ada, lb::turn_off{});
        const auto active = s.active();
        const auto pending = s.pending_at_manager();
        s.policy = [](const lb::tenant&, const lb::submission&) {
            return lb::proposal{tl::unexpect,
                                lockbox::refusal{ground::policy, field::none, 0, "no"}};
        };
        s.given(ada, lb::turn_on{});
        CHECK(why(s, pending, eve) ==
              "denied: at 2026-03-02T09:00:00Z under stricter settings by the customer; needs "
              "`submit` by an engineer (S5)");
        CHECK(status_of(s, active, eve).rule == lockbox::rule::s5);
    }
    SECTION("a closed case") {
        const auto pending = s.pending_at_manager();
        const auto active = s.active();
        s.given(eve, lb::close_case{"CASE-7"});
        CHECK(why(s, pending, mia) ==
              "withdrawn: at 2026-03-02T09:00:00Z with its case by eve@provider.example; needs "
              "`submit` by an engineer (R8)");
        CHECK(status_of(s, active, mia).rule == lockbox::rule::r8);
    }
}

TEST_CASE("what its engineer, an approver and time made of it", "[why][R7][A2][A3][G5]") {
    scenario s;
    const auto head = [&](const lb::request_id& id) {
        const auto all = why(s, id, ada);
        return all.substr(0, all.find(':')) + all.substr(all.rfind(' '));
    };
    SECTION("withdrawn") {
        const auto id = s.pending_at_manager();
        s.given(eve, lb::withdraw{id});
        CHECK(head(id) == "withdrawn (R7)");
    }
    SECTION("handed back") {
        const auto id = s.active();
        s.given(eve, lb::finish{id});
        CHECK(head(id) == "finished (R7)");
    }
    SECTION("revoked") {
        const auto id = s.active();
        s.given(mia, lb::revoke{id, "enough"});
        CHECK(why(s, id, eve) ==
              "revoked: at 2026-03-02T09:00:00Z by mia@provider.example, \"enough\", access by "
              "R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z; needs `submit` by an "
              "engineer (A3)");
    }
    SECTION("expired, and the same once that is recorded") {
        const auto id = s.pending_at_customer();
        s.later(13h);
        const auto unswept = why(s, id, eve);
        CHECK(unswept ==
              "expired: nobody decided at the customer's gate from 2026-03-02T09:00:00Z until "
              "2026-03-02T21:00:00Z; needs `submit` by an engineer (G5)");
        s.later(1h).given(machine, lb::tick{});
        CHECK(why(s, id, eve) == unswept);
    }
    SECTION("expired sooner under stricter terms") {
        s.given(ada, lb::turn_off{});
        const auto id = s.pending_at_manager();
        s.settings([](auto& all) { all.manager_window = 1h; });
        s.given(ada, lb::turn_on{});
        CHECK(status_of(s, id, eve).get_if<lockbox::facts::waits<V>>()->until == day_one + 1h);
        s.later(1h);
        const auto unswept = status_of(s, id, eve);
        CHECK(unswept.get_if<lockbox::facts::undecided<V>>()->until == day_one + 1h);
        s.given(machine, lb::tick{});
        CHECK(status_of(s, id, eve) == unswept);
    }
    SECTION("ended, and the same once that is recorded") {
        const auto id = s.active();
        s.later(2h);
        const auto unswept = why(s, id, eve);
        CHECK(unswept ==
              "ended: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z; "
              "needs `submit` by an engineer (A2)");
        s.later(1h).given(machine, lb::tick{});
        CHECK(why(s, id, eve) == unswept);
    }
}

TEST_CASE("a drill that went through", "[why][S11]") {
    scenario s;
    const auto id = s.drilling();
    CHECK(status_of(s, id, ada).status == status::pending);
    s.given(mia, lb::approve{id, {}, {}});
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(why(s, id, ada) ==
          "finished: at 2026-03-02T09:00:00Z as a drill that went through, by bea@contoso.example; "
          "needs `drill` by ada@contoso.example or carl@contoso.example (S11)");
}

TEST_CASE("a history tells the same in any order, and nothing of what is open", "[why][K2]") {
    scenario s;
    const auto id = s.active();
    lockbox::request_history<V> told;
    for (const auto& event : s.log)
        if (event.request == id) told.take(event);
    CHECK_FALSE(lockbox::why_closed(s.state, id, told, s.now, eve));
    CHECK_FALSE(lockbox::why_closed(s.state, id, {}, s.now, eve));
    s.given(mia, lb::revoke{id, {}});
    const auto forwards = status_of(s, id, eve);
    std::reverse(s.log.begin(), s.log.end());
    CHECK(status_of(s, id, eve) == forwards);
}

TEST_CASE("every ending has a rule, whatever brought it about", "[why]") {
    using namespace lockbox;
    for (std::size_t how = 0; how < names_of<status>.size(); ++how)
        for (std::size_t why = 0; why < names_of<cause>.size(); ++why) {
            const auto by = explaining::rule_of(static_cast<status>(how), static_cast<cause>(why));
            const bool open = how <= static_cast<std::size_t>(status::active);
            CHECK((by == rule::k2) == (open && static_cast<cause>(why) == cause::person));
        }
}
