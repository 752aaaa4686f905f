// Which refusal comes first (L1): of two faults of a command the one that stands first is named.
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

/// One fault of a submission. Two of one kind exclude each other.
struct fault {
    std::string_view kind;
    void (*make)(scenario&, lb::command&, lb::submit&);
    std::string expected;
};

using world = scenario;

/// In the order in which the rules look.
const std::vector<fault>& faults() {
    const auto malformed = [](field about) { return refused(ground::malformed, about); };
    static const std::string long_text(4097, 'x');
    static const std::vector<fault> all = {
        // form of ids and text
        {"tenant", [](world&, auto& c, auto&) { c.tenant = {}; }, malformed(field::tenant)},
        {"actor", [](world&, auto& c, auto&) { c.actor.person = "unknown"; },
         malformed(field::actor)},
        {"origin", [](world&, auto& c, auto&) { c.origin = "\n"; }, malformed(field::origin)},
        {"id", [](world&, auto& c, auto&) { c.id.reset(); }, malformed(field::command)},
        {"now", [](world& s, auto&, auto&) { s.now = lb::time_point::max(); },
         malformed(field::instant)},
        {"case", [](world&, auto&, auto& b) { b.support_case.number = ""; },
         malformed(field::case_number)},
        {"who", [](world&, auto&, auto& b) { b.support_case.reporter = "n/a"; },
         malformed(field::reporter)},
        {"tried", [](world&, auto&, auto& b) { b.support_case.tried = long_text; },
         refused(ground::too_long, field::tried, 4096)},
        {"scope", [](world&, auto&, auto& b) { b.scope.resources = {"a"}; },
         malformed(field::scope)},
        {"reason", [](world&, auto&, auto& b) { b.reason = " "; }, malformed(field::reason)},
        {"why", [](world&, auto&, auto& b) { b.justification = "\xFF"; },
         malformed(field::justification)},
        {"start", [](world&, auto&, auto& b) { b.start = lb::time_point::min(); },
         malformed(field::start)},
        // actor and permission
        {"capacity", [](world&, auto& c, auto&) { c.actor.acting = capacity::manager; },
         recorded(ground::not_allowed)},
        // the clock, the freeze
        {"now", [](world& s, auto&, auto&) { s.now = s.state.last - 1h; },
         refused(ground::clock_behind, field::instant, 5000)},
        {"room", [](world& s, auto&, auto&) { s.given(bea, lb::freeze{}); },
         refused(ground::frozen)},
        // body, its fields in order
        {"case", [](world&, auto&, auto& b) { b.support_case.escalated = false; },
         refused(ground::not_escalated, field::case_number)},
        {"tried", [](world&, auto&, auto& b) { b.support_case.tried = ""; },
         refused(ground::missing, field::tried)},
        {"scope", [](world&, auto&, auto& b) { b.scope.resources = {}; },
         refused(ground::missing, field::scope)},
        {"scope",
         [](world&, auto&, auto& b) { b.scope.resources = std::vector<std::string>(101, "/a"); },
         refused(ground::too_long, field::resources, 100)},
        {"operations", [](world&, auto&, auto& b) { b.scope.operations = {"Get-Size"}; },
         refused(ground::no_request_needed, field::operations)},
        {"why", [](world&, auto&, auto& b) { b.justification = " "; },
         refused(ground::missing, field::justification)},
        {"duration", [](world&, auto&, auto& b) { b.duration = 0h; },
         refused(ground::out_of_range, field::duration, 4 * hour)},
        {"start", [](world&, auto&, auto& b) { b.start = day_one + 24h * 8; },
         refused(ground::out_of_range, field::start, 7 * 24 * hour)},
        // policy
        {"policy",
         [](world& s, auto&, auto&) {
             s.policy = [](const auto&, const auto&) -> lb::proposal {
                 return lockbox::refused_by_policy("no");
             };
         },
         refused(ground::policy)},
        {"approvers",
         [](world& s, auto&, auto&) { s.settings([](auto& c) { c.approvers_needed = 5; }); },
         refused(ground::no_approver, field::gates)},
        // limits
        {"denials",
         [](world& s, auto&, auto&) {
             const auto gate = std::exchange(s.policy, lockbox::standard_policy{});
             s.limits([](auto& l) { l.denials_before_wait = 1; });
             auto asked = wish();
             if (s.state.settled.settings.approvers_needed > 4) return;
             s.given(mia, lb::deny{s.pending_at_manager(asked), {}});
             s.policy = gate;
         },
         refused(ground::too_soon, field::case_number, hour)},
        {"room",
         [](world& s, auto&, auto&) {
             const auto gate = std::exchange(s.policy, lockbox::standard_policy{});
             s.limits([](auto& l) { l.pending_per_engineer = 1; });
             auto asked = wish();
             asked.support_case.number = "CASE-8";
             s.pending_at_manager(asked);
             s.policy = gate;
         },
         refused(ground::too_many_pending, field::none, 1)},
    };
    return all;
}

std::string with(const fault& one, const fault& other, bool other_first) {
    scenario s;
    auto command = s.command(eve, lb::turn_off{});
    command.id = lb::command_id{"the one"};
    auto body = wish();
    if (other_first) other.make(s, command, body);
    one.make(s, command, body);
    if (!other_first && &other != &one) other.make(s, command, body);
    command.body = body;
    return s.when(command);
}

/// Faults that need the rules to go well while they are made come first.
bool prepared_first(const fault& one) {
    return one.kind == "room" || one.kind == "denials" || one.kind == "approvers";
}

}  // namespace

TEST_CASE("each fault of a submission is named", "[L1]") {
    for (const auto& one : faults()) CHECK(with(one, one, false) == one.expected);
}

TEST_CASE("of two faults of a submission the one that stands first is named", "[L1][V6]") {
    const auto& all = faults();
    int pairs = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[i].kind == all[j].kind) continue;
            if (prepared_first(all[i]) && prepared_first(all[j])) continue;
            INFO(all[i].kind << " and " << all[j].kind);
            CHECK(with(all[i], all[j], prepared_first(all[j])) == all[i].expected);
            ++pairs;
        }
    }
    CHECK(pairs > 300);
}

TEST_CASE("authority comes before the clock and the freeze, the clock before the freeze",
          "[L1][K1]") {
    scenario s;
    s.given(bea, lb::freeze{});
    CHECK(s.would(mia, wish()) == recorded(ground::not_allowed));
    s.now -= 1h;
    CHECK(s.would(mia, wish()) == recorded(ground::not_allowed));
    CHECK(s.would(eve, wish()) == refused(ground::clock_behind, field::instant, 5000));
}

TEST_CASE("a request is known before the gate's role is looked at, the role before the body",
          "[L1]") {
    scenario s;
    s.settings([](auto& c) { c.comment_required = true; });
    const auto id = s.pending_at_manager();
    const lb::narrowing wide{lb::scope{"exchange", {"Read-Mail"}, {"/"}}, {}};
    CHECK(s.would(mia, lb::approve{r(9), {}, wide}) == refused(ground::not_open, field::request));
    CHECK(s.would(bea, lb::approve{r(9), {}, wide}) == refused(ground::not_open, field::request));
    CHECK(s.would(bea, lb::approve{id, {}, wide}) == recorded(ground::not_allowed));
    CHECK(s.would(lb::manager(eve.person), lb::approve{id, {}, wide}) ==
          recorded(ground::same_person));
    CHECK(s.would(mia, lb::approve{id, {}, wide}) ==
          refused(ground::comment_required, field::comment));
    CHECK(s.would(mia, lb::approve{id, "fine", wide}) == refused(ground::widens, field::scope));
    CHECK(s.would(amir, lb::approve{r(9), {}, {}}) == recorded(ground::not_allowed));
}

TEST_CASE("role and distinctness come before the question's stage, the stage before the words",
          "[L1]") {
    scenario s;
    const auto id = s.pending_at_customer();
    CHECK(s.would(emil, lb::answer{id, " "}) == recorded(ground::not_allowed));
    CHECK(s.would(eve, lb::answer{id, " "}) == refused(ground::no_question));
    s.given(bea, lb::ask{id, "why?"});
    CHECK(s.would(mia, lb::ask{id, " "}) == recorded(ground::not_allowed));
    CHECK(s.would(ben, lb::ask{id, " "}) == refused(ground::question_open));
    CHECK(s.would(eve, lb::answer{id, " "}) == refused(ground::missing, field::answer));
    CHECK(s.would(eve, lb::answer{id, std::string(4097, ' ')}) ==
          refused(ground::too_long, field::answer, 4096));
}

TEST_CASE("form comes before everything, even where nobody may anything", "[L1]") {
    const scenario nowhere{scenario::stage::unknown};
    CHECK(nowhere.would(nora, lb::deny{lb::request_id{}, {}}) ==
          refused(ground::malformed, field::request));
    CHECK(nowhere.would(nora, lb::deny{r(1), {}}) == refused(ground::not_allowed));
    const scenario s;
    CHECK(s.would(nora, lb::deny{lb::request_id{}, {}}) ==
          refused(ground::malformed, field::request));
}

TEST_CASE("only the machine's commands go without an id", "[L1][V8]") {
    const scenario s;
    auto command = s.command(eve, wish());
    command.id.reset();
    CHECK(s.decision_on(command).refused->about == field::command);
    command = s.command(machine, lb::tick{});
    command.id.reset();
    CHECK_FALSE(s.decision_on(command).refused);
    for (const auto& id : {std::string{}, std::string(257, 'x'), std::string{"a\tb"}}) {
        command.id = lb::command_id{id};
        CHECK(s.decision_on(command).refused->about == field::command);
    }
}
