// What went wrong elsewhere (THREATS), on: what is recorded, told, and got around.
#include <lockbox/describe.hpp>
#include <lockbox/evolve.hpp>

#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

/// The names of a value's fields, all the way down.
void names_in(std::vector<std::string>& names, const auto& value) {
    std::remove_cvref_t<decltype(value)>::fields(
        value, [&](std::string_view name, const auto& member) {
            names.emplace_back(name);
            if constexpr (requires { member.fields(member, [](auto, const auto&) {}); })
                names_in(names, member);
        });
}

/// The same numbers on every machine.
class dice {
  public:
    std::uint32_t below(std::uint32_t n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(state_ >> 33U) % n;
    }

  private:
    std::uint64_t state_ = 7;
};

}  // namespace

TEST_CASE("T17: a decision without evidence", "[T17][V13]") {
    scenario s;
    const auto id = s.pending_at_manager();
    for (const auto& [who, name] :
         {std::pair{mia, "approved"}, std::pair{bea, "approved"}, std::pair{eve, "accessed"}}) {
        const auto before = s.log.size();
        s.when(who, who == eve ? lb::command_body{lb::access{mail()}} : lb::command_body{yes(id)});
        REQUIRE(s.log.size() > before);
        CHECK(lockbox::name_of(s.log[before].body) == name);
        CHECK(s.log[before].actor == who);
        CHECK(s.log[before].request == id);
    }
    CHECK(s.last.allowed);
}

TEST_CASE("T18: the actor is taken from the request body", "[T18]") {
    std::vector<std::string> names;
    names_in(names, wish());
    names_in(names, yes(r(1)));
    names_in(names, lb::deny{});
    names_in(names, lb::answer{});
    names_in(names, lb::withdraw{});
    names_in(names, lb::finish{});
    names_in(names, lb::revoke{});
    names_in(names, lb::access{mail()});
    for (const auto* actor :
         {"actor", "acting", "person", "requester", "engineer", "approver", "by", "as"})
        CHECK(std::find(names.begin(), names.end(), actor) == names.end());
    scenario s;
    s.pending_at_manager();
    CHECK(s.just<lb::submitted>().asked->requester == eve.person);
}

TEST_CASE("T20: secrets in the audit log", "[T20][V15]") {
    std::vector<std::string> names;
    names_in(names, lb::accessed{mail()});
    CHECK(names == std::vector<std::string>{"to", "service", "operation", "resource"});
    scenario s;
    s.active();
    s.given(eve, lb::access{mail("/mailboxes/ada/inbox/1")});
    CHECK(s.just<lb::accessed>().to == mail("/mailboxes/ada/inbox/1"));
}

TEST_CASE("T21: text injected into log lines", "[T21][V15]") {
    scenario s;
    auto asked = wish();
    asked.justification = "fine\n2026-03-02 approved by ada\r\x1B[2K=HYPERLINK(1)\xE2\x80\xA8<b>\"";
    s.pending_at_manager(asked);
    CHECK(s.just<lb::submitted>().justification == asked.justification);
    const auto line = lockbox::describe(s.log.back());
    for (const auto* break_out : {"\n", "\r", "\x1B", "\xE2\x80\xA8"})
        CHECK(line.find(break_out) == std::string::npos);
}

TEST_CASE("T22: the error tells what exists", "[T22][V6]") {
    scenario s;
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    s.active();
    s.later(1h).pending_at_manager();
    s.later(12h);
    // closed, overdue, somebody else's overdue, and never seen
    for (const auto n : {1U, 2U, 3U, 4U, 77U}) {
        CHECK(s.would(emil, lb::withdraw{r(n)}) == not_open);
        CHECK(s.would(eve, lb::finish{r(n)}) == not_open);
        CHECK(s.would(bea, yes(r(n))) == not_open);
    }
    // to whom nothing is permitted, everything is alike
    for (const auto n : {1U, 2U, 77U})
        CHECK(s.would(nora, yes(r(n))) == recorded(ground::not_allowed));
}

TEST_CASE("T23: an error skips a deny", "[T23][V16]") {
    scenario s{scenario::stage::off};
    s.pending_at_manager();
    s.policy = [](const auto&, const auto&) -> lb::proposal { return lb::terms{}; };  // an error
    CHECK(s.when(eve, wish()) == refused(ground::bad_terms, field::gates));
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "denied"}));
    CHECK(s.state.open.empty());
}

TEST_CASE("T23: whatever else is decided, what was denied or revoked stays so", "[T23][V16][V11]") {
    scenario s;
    const auto denied = s.pending_at_customer();
    s.given(bea, lb::deny{denied, {}});
    const auto revoked = s.active();
    s.given(bea, lb::revoke{revoked, {}});
    s.given(ada, lb::turn_off{}).given(ada, lb::turn_on{}).given(ada, lb::turn_off{});
    for (const auto& id : {denied, revoked}) {
        CHECK(s.when(mia, yes(id)) == not_open);
        CHECK(s.when(ada, yes(id)) == not_open);
    }
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("T24: a flood of requests, giant text", "[T24][R9]") {
    scenario s;
    s.limits([](auto& l) { l.denials_before_wait = 10'000; });
    int taken = 0;
    for (int engineer = 0; engineer < 10; ++engineer) {
        const auto who = lb::engineer(lb::person_id{"engineer-" + std::to_string(engineer)});
        for (int i = 0; i < 30; ++i) taken += s.when(who, wish()) == emitted({"submitted"}) ? 1 : 0;
    }
    CHECK(taken == 100);
    CHECK(s.state.open.size() == 100);
    const auto before = s.log.size();
    auto giant = wish();
    giant.justification = std::string(10'000'000, 'x');
    CHECK(s.when(emil, giant) == refused(ground::too_long, field::justification, 4096));
    CHECK(s.log.size() == before);
}

TEST_CASE("T25: a write silently cut short", "[T25][V14]") {
    scenario s;
    s.active();
    const auto whole = s.state;
    auto cut = s.log;
    cut.pop_back();  // the grant is lost, and with it the access
    const auto state = lockbox::replay<lb::vocabulary>(cut);
    REQUIRE(state);
    CHECK_FALSE(*state == whole);
    CHECK(state->sequence + 1 == whole.sequence);
    CHECK(state->grants.empty());
    cut = s.log;
    cut.erase(cut.begin() + 3);
    CHECK_FALSE(lockbox::replay<lb::vocabulary>(cut));
}

TEST_CASE("T26: the support desk itself is taken over", "[T26][V10][S6]") {
    scenario s;
    const lb::actor provider[] = {eve,
                                  emil,
                                  mia,
                                  milo,
                                  olga,
                                  lb::engineer(mia.person),
                                  lb::manager(eve.person),
                                  lb::manager(olga.person),
                                  machine};
    dice roll;
    for (int n = 0; n < 4000; ++n) {
        const auto id = r(1 + roll.below(static_cast<std::uint32_t>(s.state.submissions) + 1));
        const lb::command_body bodies[] = {wish(),
                                           yes(id),
                                           lb::access{mail()},
                                           lb::withdraw{id},
                                           lb::answer{id, "so"},
                                           lb::turn_off{},
                                           lb::record_entitlement{{roll.below(2) == 1, true}},
                                           lb::assign_role{mia.person, "access_approver", {}},
                                           lb::open_tenant{mia.person},
                                           lb::tick{},
                                           lb::lift_freeze{},
                                           lb::close_case{"CASE-7"},
                                           lb::define_role{"audit_reader", {permission::decide}},
                                           lb::change_settings{}};
        s.later(std::chrono::seconds{roll.below(7200)});
        s.when(provider[roll.below(std::size(provider))], bodies[roll.below(std::size(bodies))]);
        REQUIRE_FALSE(s.last.allowed);
    }
    CHECK(s.state.submissions > 50);
    CHECK(s.state.grants.empty());
}

TEST_CASE("T27: a service acts for an engineer", "[T27][A5]") {
    scenario s;
    s.active();
    const lb::actor others[] = {
        emil, lb::engineer("bot@provider.example"), mia, machine, {eve.person, capacity::system}};
    for (const auto& who : others) {
        s.when(who, lb::access{mail()});
        CHECK_FALSE(s.last.allowed);
        CHECK(s.just<lb::access_refused>().to == mail());
    }
}

TEST_CASE("T28: another path skips the gate", "[T28][V10]") {
    scenario s;
    // not a drill, not an exemption, not a later start, not a question, not a case
    const auto drill = s.drilling();
    s.given(mia, yes(drill)).given(bea, yes(drill));
    CHECK(s.when(lb::engineer(carl.person), lb::access{mail()}) == no_access(ground::no_grant));
    auto later = wish();
    later.start = s.now + 1h;
    const auto id = s.pending_at_customer(later);
    CHECK(s.at(day_one + 2h).when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    s.given(bea, lb::ask{id, "why?"}).given(eve, lb::answer{id, "so"});
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK(s.when(mia, yes(id)) == recorded(ground::not_allowed));
}

TEST_CASE("T29: approving again extends silently", "[T29][V7][V11]") {
    scenario s;
    const auto id = s.active();
    const auto until = s.just<lb::granted>().until;
    s.later(1h);
    for (const auto& who : {mia, milo, ada, bea, ben}) CHECK(s.when(who, yes(id)) == not_open);
    CHECK(s.open(id).over_at() == until);
    CHECK(s.at(until).when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("T30: one person fills several slots", "[T30][G3]") {
    scenario s;
    s.given(ada, lb::assign_role{bea.person, "global_admin", {}});
    s.given(ada, lb::assign_role{bea.person, "compliance_admin", {}});
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    CHECK(s.when(bea, yes(id)) == emitted({"approved"}));
    CHECK(s.when(bea, yes(id)) == recorded(ground::already_voted));
    CHECK(s.open(id).votes.size() == 2);
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("T31: revoking one grant cuts off another, or leaves it", "[T31][A3]") {
    scenario s;
    const auto first = s.active();
    const auto second = s.active();
    auto others = wish();
    const auto third = s.pending_at_manager(others);
    s.given(bea, lb::revoke{first, {}});
    CHECK_FALSE(s.is_open(first));
    CHECK(s.is_open(second));
    CHECK(s.is_open(third));
    REQUIRE(s.state.grants.size() == 1);
    REQUIRE(s.state.grants[0].grants.size() == 1);
    CHECK(s.state.grants[0].grants[0].number == 2);
}

TEST_CASE("T32: slow approvers eat the access time", "[T32]") {
    scenario s;
    const auto id = s.pending_at_manager();
    s.later(12h - 1ms).given(mia, yes(id));
    s.later(12h - 1ms).given(bea, yes(id));
    CHECK(s.just<lb::granted>().from == s.now);
    CHECK(s.just<lb::granted>().until == s.now + 2h);
}
