// Who is told of what (N1). The texts are another test's.
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

const std::string the_engineer = "engineer eve@provider.example";
const std::string the_manager = ", manager mia@provider.example";
const std::string the_desk = ", manager_desk";
const std::string the_reporter = ", reporter rita@contoso.example";
const std::string the_approvers =
    "approver ada@contoso.example, approver bea@contoso.example, "
    "approver ben@contoso.example, approver carl@contoso.example";
const std::string all_but_bea =
    ", approver ada@contoso.example, approver ben@contoso.example, approver carl@contoso.example";

}  // namespace

TEST_CASE("when the manager's gate opens its desk is told", "[N1]") {
    scenario s;
    s.settings([](auto& c) { c.recipients = std::vector<std::string>{"soc@contoso.example"}; });
    s.pending_at_manager();
    CHECK(s.told() == "manager_desk");
}

TEST_CASE("when the customer's gate opens all who may decide are told, and the recipients",
          "[N1]") {
    scenario s;
    s.settings([](auto& c) {
        c.recipients = std::vector<std::string>{"soc@contoso.example", "it@contoso.example"};
    });
    s.given(ada, lb::assign_role{nora.person, "access_approver", day_one + 1h});
    s.pending_at_customer();
    CHECK(s.told(0).empty());
    CHECK(s.told(1) == the_approvers + ", approver nora@contoso.example" +
                           ", recipient soc@contoso.example, recipient it@contoso.example");
    s.later(1h).pending_at_customer();  // her role is over
    CHECK(s.told(1).find("nora") == std::string::npos);
}

TEST_CASE("who may not decide is not told: auditors, the requester, roles that lost it",
          "[N1][V5]") {
    scenario s;
    s.given(ada, lb::assign_role{eve.person, "access_approver", {}});
    s.pending_at_customer();
    CHECK(s.told(1) == the_approvers);
    s.given(ada, lb::define_role{"access_approver", {permission::view}});
    s.pending_at_customer();
    CHECK(s.told(1) == "approver ada@contoso.example, approver carl@contoso.example");
}

TEST_CASE("of a grant engineer and manager are told, and the other approvers that it is settled",
          "[N1]") {
    scenario s;
    s.active();
    CHECK(s.told(0).empty());
    CHECK(s.told(1) == the_engineer + the_manager + all_but_bea);
}

TEST_CASE("of a denial the reporter is told, too", "[N1]") {
    scenario s;
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    CHECK(s.told() == the_engineer + the_desk + the_reporter);
    s.given(bea, lb::deny{s.pending_at_customer(), {}});
    CHECK(s.told() == the_engineer + the_manager + all_but_bea + the_reporter);
    s.later(1h).pending_at_customer();
    s.given(bea, lb::freeze{});
    CHECK(s.told(0).empty());
    CHECK(s.told(1) == the_engineer + the_manager + all_but_bea + the_reporter);
}

TEST_CASE("of an expiry all are told, and the reporter", "[N1]") {
    scenario s;
    s.pending_at_manager();
    s.pending_at_customer();
    s.later(12h).given(machine, lb::tick{});
    CHECK(s.told(0) == the_engineer + the_desk + the_reporter);
    CHECK(s.told(1) == the_engineer + the_manager + ", " + the_approvers + the_reporter);
}

TEST_CASE("of a withdrawal the approvers are told where it was theirs to decide", "[N1]") {
    scenario s;
    s.given(eve, lb::withdraw{s.pending_at_manager()});
    CHECK(s.told() == the_engineer + the_desk);
    s.given(eve, lb::withdraw{s.pending_at_customer()});
    CHECK(s.told() == the_engineer + the_manager + ", " + the_approvers);
    s.pending_at_customer();
    s.given(mia, lb::close_case{"CASE-7"});
    CHECK(s.told(1) == the_engineer + the_manager + ", " + the_approvers);
}

TEST_CASE("of the end of access engineer and manager are told", "[N1]") {
    scenario s;
    s.given(eve, lb::finish{s.active()});
    CHECK(s.told() == the_engineer + the_manager);
    s.given(bea, lb::revoke{s.active(), {}});
    CHECK(s.told() == the_engineer + the_manager);
    s.active();
    s.later(2h).given(machine, lb::tick{});
    CHECK(s.told() == the_engineer + the_manager);
    s.active();
    s.given(bea, lb::freeze{});
    CHECK(s.told(1) == the_engineer + the_manager);
}

TEST_CASE("a question goes to the engineer, the answer to the approvers", "[N1][G4]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::ask{id, "why?"});
    CHECK(s.told() == the_engineer);
    s.given(eve, lb::answer{id, "so"});
    CHECK(s.told() == the_approvers);
}

TEST_CASE("a drill tells whom a request would tell", "[N1][S11]") {
    scenario s;
    const auto id = s.drilling();
    CHECK(s.told() == "manager_desk");
    s.given(mia, lb::approve{id, {}, {}});
    CHECK(
        s.told(1) ==
        "approver ada@contoso.example, approver bea@contoso.example, approver ben@contoso.example");
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(s.told(1) == "engineer carl@contoso.example" + the_manager +
                           ", approver ada@contoso.example, approver ben@contoso.example");
}

TEST_CASE("each flip of the log's visibility is told to the administrators", "[L3][N1]") {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "global_admin", day_one + 1h});
    s.given(carl, lb::set_audit_visibility{true});
    CHECK(s.told() == "administrator ada@contoso.example, administrator nora@contoso.example");
    s.later(1h).given(carl, lb::set_audit_visibility{false});
    CHECK(s.told() == "administrator ada@contoso.example");
}

TEST_CASE("accesses, approvals and refusals are told to nobody", "[N1]") {
    scenario s;
    s.active();
    s.given(eve, lb::access{mail()});
    CHECK(s.told().empty());
    s.when(emil, lb::access{mail()});
    CHECK(s.told().empty());
    s.when(eve, lb::turn_off{});
    CHECK(s.told().empty());
}

TEST_CASE("an address that a sink gave up on becomes a finding, once", "[N3]") {
    scenario s;
    const lb::record_undeliverable bounced{1, 0, "soc@contoso.example"};
    CHECK(s.when(machine, bounced) == emitted({"undeliverable"}));
    CHECK(s.state.settled.undeliverable == std::vector<std::string>{"soc@contoso.example"});
    CHECK(s.when(machine, bounced) == refused(ground::unchanged, field::address));
    CHECK(s.when(eve, bounced) == recorded(ground::not_allowed));
    CHECK(s.when(machine, lb::record_undeliverable{0, 0, "a@b"}) ==
          refused(ground::missing, field::address));
    CHECK(s.when(machine, lb::record_undeliverable{s.state.sequence + 1, 0, "a@b"}) ==
          refused(ground::missing, field::address));
    CHECK(s.when(machine, lb::record_undeliverable{1, 0, ""}) ==
          refused(ground::missing, field::address));
}
