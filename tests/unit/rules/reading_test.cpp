#include <lockbox/optional.hpp>
#include <lockbox/reading.hpp>

#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using lockbox::status;

namespace {

const std::pair<std::string_view, lb::actor> everybody[] = {
    {"eve", eve},   {"mia", mia},
    {"olga", olga}, {"machine", machine},
    {"ada", ada},   {"carl", carl},
    {"bea", bea},   {"amir", amir},
    {"nora", nora}, {"zoe", lb::member("zoe@fabrikam.example")}};

/// By name, all whom `may` answers with nothing.
std::string who(const std::function<lockbox::optional<lockbox::refusal>(const lb::actor&)>& may) {
    std::string names;
    for (const auto& [name, one] : everybody)
        if (!may(one)) names.append(names.empty() ? "" : " ").append(name);
    return names;
}

lb::request_query listing(const scenario& s) {
    lb::request_query query;
    query.tenant = s.state.id;
    query.at = s.now;
    return query;
}

/// The summary that the log's events of a request fold to.
lb::request_summary summary(const scenario& s, const lb::request_id& id) {
    lb::request_summary out;
    for (const auto& event : s.log)
        if (event.request == id) lockbox::summarise(out, event);
    return out;
}

}  // namespace

TEST_CASE("the log is read by auditors, once it is visible", "[L3][S10]") {
    scenario s;
    const auto may = [&](const lb::actor& one) {
        return lockbox::may_read_log(s.state, one, s.now);
    };
    CHECK(who(may).empty());
    CHECK(may(amir)->about == field::audit_visible);
    CHECK(may(bea)->about == field::none);
    s.given(carl, lb::set_audit_visibility{true});
    CHECK(who(may) == "ada amir");
    s.given(carl, lb::set_audit_visibility{false});
    CHECK(who(may).empty());
}

TEST_CASE("an auditor reads until the role ends, and not at that instant", "[L3][S3]") {
    scenario s;
    s.given(carl, lb::set_audit_visibility{true});
    s.given(ada, lb::assign_role{nora.person, "audit_reader", s.now + 1h});
    CHECK_FALSE(lockbox::may_read_log(s.state, nora, s.now + 1h - 1ms));
    CHECK(lockbox::may_read_log(s.state, nora, s.now + 1h));
}

TEST_CASE("recording goes on while nobody may read", "[L3]") {
    scenario hidden;
    scenario shown;
    shown.given(ada, lb::set_audit_visibility{true});
    hidden.active();
    shown.active();
    CHECK(hidden.log.size() + 1 == shown.log.size());
}

TEST_CASE("the faults of a set-up are for members with settings", "[S7][S10]") {
    const scenario s;
    CHECK(who([&](const auto& one) { return lockbox::may_inspect(s.state, one, s.now); }) ==
          "ada carl");
}

TEST_CASE("who lists a tenant's requests", "[L2][S10]") {
    const scenario s;
    CHECK(who([&](const auto& one) {
              auto query = listing(s);
              return lockbox::may_list(s.state, one, query);
          }) == "eve mia ada carl bea amir");
}

TEST_CASE("members see all, an engineer his own, managers what waits at their gate", "[L2][S10]") {
    const scenario s;
    auto query = listing(s);
    REQUIRE_FALSE(lockbox::may_list(s.state, bea, query));
    CHECK_FALSE(query.engineer);
    CHECK_FALSE(query.gate);
    REQUIRE_FALSE(lockbox::may_list(s.state, eve, query));
    CHECK(query.engineer == eve.person);
    CHECK(lockbox::may_list(s.state, emil, query)->why == ground::not_allowed);
    query = listing(s);
    query.gate = side::tenant;
    REQUIRE_FALSE(lockbox::may_list(s.state, mia, query));
    CHECK(query.gate == side::provider);
}

TEST_CASE("nobody lists where nothing was opened, and no placeholder lists at all",
          "[L2][T2][V6]") {
    const scenario nowhere{scenario::stage::unknown};
    const scenario s;
    for (const auto& [name, one] : everybody) {
        auto query = listing(nowhere);
        CHECK(lockbox::may_list(nowhere.state, one, query));
    }
    for (const auto acting : {capacity::engineer, capacity::manager, capacity::member}) {
        auto query = listing(s);
        const lb::actor nobody{"anonymous", acting};
        CHECK(lockbox::may_list(s.state, nobody, query));
        CHECK(lockbox::may_read_log(s.state, nobody, s.now));
        CHECK(lockbox::may_inspect(s.state, nobody, s.now));
    }
}

TEST_CASE("a request's status through its life", "[L2][V7]") {
    scenario s;
    const auto id = s.pending_at_manager();
    CHECK(summary(s, id).status == status::pending);
    CHECK(summary(s, id).gate == side::provider);
    CHECK(summary(s, id).over == day_one + 12h);
    s.later(1h).given(mia, lb::approve{id, {}, {}});
    CHECK(summary(s, id).gate == side::tenant);
    CHECK(summary(s, id).over == day_one + 13h);
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(summary(s, id).status == status::active);
    CHECK_FALSE(summary(s, id).gate);
    CHECK(summary(s, id).over == day_one + 3h);
    s.given(eve, lb::finish{id});
    const auto last = summary(s, id);
    CHECK(last.status == status::finished);
    CHECK(last.over == day_one + 1h);
    CHECK(last.submitted == day_one);
    CHECK(last.engineer == eve.person);
    CHECK(last.case_number == lb::case_id{"CASE-7"});
}

TEST_CASE("every ending has its status", "[L2][V7]") {
    scenario s;
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    CHECK(summary(s, r(1)).status == status::denied);
    s.given(eve, lb::withdraw{s.pending_at_manager()});
    CHECK(summary(s, r(2)).status == status::withdrawn);
    s.given(bea, lb::revoke{s.active(), {}});
    CHECK(summary(s, r(3)).status == status::revoked);
    s.active();
    s.pending_at_manager();
    s.later(12h).given(machine, lb::tick{});
    CHECK(summary(s, r(4)).status == status::ended);
    CHECK(summary(s, r(4)).over == day_one + 2h);
    CHECK(summary(s, r(5)).status == status::expired);
    CHECK(summary(s, r(5)).over == day_one + 12h);
}

TEST_CASE("a status is told as of an instant: overdue is over, ticked or not", "[K2][V12]") {
    scenario s;
    const auto pending = s.pending_at_customer();
    const auto active = s.active();
    const auto at = [&](const lb::request_id& id, lb::time_point then) {
        return lockbox::as_of(summary(s, id), then).status;
    };
    CHECK(at(pending, day_one + 12h - 1ms) == status::pending);
    CHECK(at(pending, day_one + 12h) == status::expired);
    CHECK(at(active, day_one + 2h - 1ms) == status::active);
    CHECK(at(active, day_one + 2h) == status::ended);
    CHECK_FALSE(lockbox::as_of(summary(s, pending), day_one + 12h).gate);
    s.at(day_one + 20h).given(machine, lb::tick{});
    CHECK(at(pending, day_one + 20h) == status::expired);
    CHECK(at(active, day_one + 20h) == status::ended);
}

TEST_CASE("tightened terms move the instant at which a request is over", "[S5][L2]") {
    scenario s{scenario::stage::off};
    const auto id = s.pending_at_manager();
    s.settings([](auto& c) { c.manager_window = 1h; });
    s.given(ada, lb::turn_on{});
    CHECK(summary(s, id).over == day_one + 1h);
    CHECK(summary(s, id).status == status::pending);
}
