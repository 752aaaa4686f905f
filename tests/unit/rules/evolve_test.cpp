#include <lockbox/evolve.hpp>
#include <lockbox/optional.hpp>

#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using lockbox::misfit;

namespace {

/// A log with something of everything, and requests open at each stage.
scenario busy() {
    scenario s;
    s.given(eve, lb::finish{s.active()});
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    s.given(bea, lb::ask{s.pending_at_customer(), "why?"});
    s.given(eve, lb::answer{r(3), "so"});
    s.when(nora, lb::turn_off{});
    s.active();
    s.given(eve, lb::access{mail()});
    s.when(emil, lb::access{mail()});
    s.pending_at_manager();
    s.drilling();
    s.given(machine, lb::record_undeliverable{1, 0, "a@b"});
    s.later(3h).given(machine, lb::tick{});
    s.active();  // 7; pending: 3 at the customer's gate, 5 and 6 at the manager's
    return s;
}

/// Whether this event can follow, and that a state is as it was when not.
lockbox::optional<misfit> follows(const scenario& s, const lb::audit_event& event) {
    auto state = s.state;
    const auto why = lockbox::evolve(state, event);
    if (why) CHECK(state == s.state);
    return why;
}

lb::audit_event next(const scenario& s, lb::event_body body,
                     lockbox::optional<lb::request_id> about = {}) {
    lb::audit_event event;
    event.tenant = s.state.id;
    event.sequence = s.state.sequence + 1;
    event.at = s.state.last;
    event.actor = eve;
    event.request = std::move(about);
    event.body = std::move(body);
    return event;
}

}  // namespace

TEST_CASE("the fold of the log is the state, from anywhere on", "[V14]") {
    const auto s = busy();
    const auto whole = lockbox::replay<lb::vocabulary>(s.log);
    REQUIRE(whole);
    CHECK(*whole == s.state);
    CHECK(s.state.sequence == s.log.size());
    lb::tenant state;
    for (std::size_t n = 0; n < s.log.size(); ++n) {
        CHECK(s.log[n].sequence == n + 1);
        const auto so_far = lockbox::replay<lb::vocabulary>(std::span{s.log}.first(n));
        REQUIRE(so_far);
        CHECK(*so_far == state);
        REQUIRE_FALSE(lockbox::evolve(state, s.log[n]));
    }
}

TEST_CASE("deciding is pure: the same again gives the same, and changes nothing", "[V14]") {
    const auto s = busy();
    const auto before = s.state;
    const std::pair<lb::actor, lb::command_body> commands[] = {{eve, wish()},
                                                               {mia, lb::approve{r(5), {}, {}}},
                                                               {bea, lb::approve{r(3), {}, {}}},
                                                               {bea, lb::freeze{}},
                                                               {nora, lb::freeze{}},
                                                               {eve, lb::access{mail()}}};
    for (const auto& [who, body] : commands) {
        const auto command = s.command(who, body);
        const auto first = s.decision_on(command);
        const auto second = s.decision_on(command);
        CHECK(first.happened == second.happened);
        CHECK(first.refused == second.refused);
        CHECK(s.state == before);
    }
}

TEST_CASE("a log with a gap, a repetition or another tenant's event is refused",
          "[V14][T25][T15]") {
    const auto s = busy();
    const auto fits = next(s, lb::turned_off{});
    CHECK_FALSE(follows(s, fits));
    auto event = fits;
    event.sequence += 1;
    CHECK(follows(s, event) == misfit::gap);
    event.sequence -= 2;
    CHECK(follows(s, event) == misfit::gap);
    event.sequence = 0;
    CHECK(follows(s, event) == misfit::gap);
    event = fits;
    event.tenant = "fabrikam";
    CHECK(follows(s, event) == misfit::other_tenant);
    event = fits;
    event.at -= 1ms;
    CHECK(follows(s, event) == misfit::time_went_back);
    CHECK(follows(s, s.log.back()) == misfit::gap);
}

TEST_CASE("a tenant is opened first and once", "[V14]") {
    const scenario nowhere{scenario::stage::unknown};
    CHECK(follows(nowhere, next(nowhere, lb::turned_on{})) == misfit::not_opened);
    const auto s = busy();
    CHECK(follows(s, next(s, lb::tenant_opened{})) == misfit::not_opened);
}

TEST_CASE("events of a request that is not open do not fit", "[V7][V14]") {
    const auto s = busy();
    const lb::event_body bodies[] = {lb::terms_tightened{}, lb::approved{},
                                     lb::gate_opened{},     lb::granted{},
                                     lb::denied{},          lb::asked{},
                                     lb::answered{},        lb::withdrawn{},
                                     lb::accessed{},        lb::finished{},
                                     lb::revoked{},         lb::expired{},
                                     lb::ended{},           lb::finished{cause::drill}};
    for (const auto& body : bodies) {
        for (const auto closed : {1U, 2U, 4U, 99U})
            CHECK(follows(s, next(s, body, r(closed))) == misfit::unknown_request);
        CHECK(follows(s, next(s, body)) == misfit::unknown_request);
    }
}

TEST_CASE("events of another stage do not fit", "[V9][V14]") {
    const auto s = busy();
    const lb::event_body while_pending[] = {lb::approved{},        lb::gate_opened{},
                                            lb::granted{},         lb::denied{},
                                            lb::terms_tightened{}, lb::asked{},
                                            lb::answered{},        lb::withdrawn{},
                                            lb::expired{},         lb::finished{cause::drill}};
    for (const auto& body : while_pending)
        CHECK(follows(s, next(s, body, r(7))) == misfit::wrong_stage);
    const lb::event_body while_active[] = {lb::accessed{}, lb::finished{}, lb::revoked{},
                                           lb::ended{}};
    for (const auto& body : while_active) {
        CHECK_FALSE(follows(s, next(s, body, r(7))));
        CHECK(follows(s, next(s, body, r(3))) == misfit::wrong_stage);
        CHECK(follows(s, next(s, body, r(5))) == misfit::wrong_stage);
    }
}

TEST_CASE("gates are passed in their order, and none is left out", "[V2][V9][V14]") {
    const auto s = busy();
    CHECK(follows(s, next(s, lb::granted{}, r(5))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::approved{1, {}, {}}, r(5))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::gate_opened{0, {}}, r(5))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::gate_opened{2, {}}, r(5))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::gate_opened{2, {}}, r(3))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::approved{0, {}, {}}, r(3))) == misfit::wrong_gate);
    CHECK(follows(s, next(s, lb::terms_tightened{}, r(3))) == misfit::wrong_gate);
    auto one_gate = *s.open(r(3)).terms;
    one_gate.gates.pop_back();
    CHECK(follows(s, next(s, lb::terms_tightened{one_gate, {}}, r(3))) == misfit::wrong_gate);
}

TEST_CASE("a submission is the next one, under its own id", "[R6][V14]") {
    const auto s = busy();
    lb::submitted e;
    e.number = 8;
    e.terms = s.open(r(3)).terms;
    CHECK_FALSE(follows(s, next(s, e, r(8))));
    CHECK(follows(s, next(s, e, r(3))) == misfit::wrong_number);
    CHECK(follows(s, next(s, e)) == misfit::wrong_number);
    for (const std::uint64_t number : {0U, 7U, 9U}) {
        e.number = number;
        CHECK(follows(s, next(s, e, r(number))) == misfit::wrong_number);
    }
    e.number = 8;
    e.terms = lb::terms{};
    CHECK(follows(s, next(s, e, r(8))) == misfit::wrong_number);
}

TEST_CASE("a broken log is named by its first event that does not fit", "[V14][T25]") {
    const auto s = busy();
    auto log = s.log;
    log.erase(log.begin() + 9);
    const auto broken = lockbox::replay<lb::vocabulary>(log);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().sequence == 11);
    CHECK(broken.error().why == misfit::gap);
    log = s.log;
    std::swap(log[4], log[5]);
    CHECK(lockbox::replay<lb::vocabulary>(log).error().sequence == 6);
}

TEST_CASE("an unopened log folds to nothing", "[V14]") {
    const auto nothing = lockbox::replay<lb::vocabulary>({});
    REQUIRE(nothing);
    CHECK(nothing->sequence == 0);
    CHECK(*nothing == lb::tenant{});
}
