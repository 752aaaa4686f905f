// The one place where the tests of the rules compile them.
#include "support/scenario.hpp"

#include <stdexcept>
#include <utility>

#include <lockbox/decide.hpp>
#include <lockbox/rules/repeat.hpp>

namespace support {

lb::submit wish() {
    lb::submit s;
    s.support_case = {"CASE-7", "rita@contoso.example", true, "restarted the client"};
    s.scope = {"exchange", {"Read-Mail"}, {"/mailboxes/ada"}};
    s.reason = "customer_initiated_support";
    s.justification = "her rules lose mail";
    s.duration = 2h;
    return s;
}

lb::attempt mail(std::string_view path) { return {"exchange", "Read-Mail", std::string{path}}; }

std::string emitted(std::initializer_list<std::string_view> names) {
    std::string line;
    for (const auto name : names) line.append(line.empty() ? "" : ", ").append(name);
    return line;
}

std::string refused(ground why, field about, std::int64_t limit) {
    std::string line{"refused: "};
    line.append(lockbox::name_of(why));
    if (about != field::none) line.append(" ").append(lockbox::name_of(about));
    if (limit != 0) line.append(" ").append(std::to_string(limit));
    return line;
}

std::string recorded(ground why, field about, std::int64_t limit, std::string_view as) {
    return refused(why, about, limit).append(" (recorded: ").append(as).append(")");
}

std::string no_access(ground why, field about, std::int64_t limit) {
    return recorded(why, about, limit, "access_refused");
}

scenario::scenario(stage until)
    : policy{lockbox::standard_policy{}},
      catalogue{lb::catalogue{{"exchange", "Get-Size", data_class::metadata},
                              {"exchange", "Restart", data_class::service_operation}}} {
    if (until == stage::unknown) return;
    given(olga, lb::open_tenant{ada.person});
    if (until == stage::opened) return;
    given(olga, lb::record_entitlement{{true, true}});
    given(ada, lb::assign_role{carl.person, "compliance_admin", {}});
    given(ada, lb::assign_role{bea.person, "access_approver", {}});
    given(ada, lb::assign_role{ben.person, "access_approver", {}});
    given(ada, lb::assign_role{amir.person, "audit_reader", {}});
    if (until == stage::on) given(ada, lb::turn_on{});
}

lb::command scenario::command(const lb::actor& who, lb::command_body body) const {
    const lb::command_id id{"command-" + std::to_string(commands_)};
    return {"contoso", who, "192.0.2.7", id, std::move(body)};
}

std::string scenario::when(const lb::actor& who, lb::command_body body) {
    ++commands_;
    return when(command(who, std::move(body)));
}

std::string scenario::when(const lb::command& what) {
    lockbox::vector<lb::audit_event> before;
    for (const auto& event : log)
        if (what.id && event.command == what.id && event.actor == what.actor)
            before.push_back(event);
    if (!before.empty()) {
        last = lockbox::rules::repeated(what, before);
        return "repeated: " + tell(last);
    }
    last = decision_on(what);
    fold(last);
    return tell(last);
}

std::string scenario::would(const lb::actor& who, lb::command_body body) const {
    return tell(decision_on(command(who, std::move(body))));
}

decision scenario::decision_on(const lb::command& what) const {
    return lockbox::decide(state, what, now, policy, catalogue);
}

scenario& scenario::given(const lb::actor& who, lb::command_body body) {
    const auto line = when(who, std::move(body));
    if (last.refused) fail("given what is ", line);
    if (line == lb::change_proposed::name) fail("given what takes two: ", line);
    return *this;
}

scenario& scenario::given_by_two(const lb::actor& who, const lb::actor& second,
                                 lb::command_body body) {
    const auto line = when(who, std::move(body));
    if (line != lb::change_proposed::name) fail("given by two what takes one: ", line);
    return given(second, lb::agree{state.settled.proposed});
}

lb::request_id scenario::pending_at_manager(const lb::submit& asked) {
    given(eve, asked);
    return state.open.back().id;
}

lb::request_id scenario::pending_at_customer(const lb::submit& asked) {
    auto id = pending_at_manager(asked);
    given(mia, lb::approve{id, {}, {}});
    return id;
}

lb::request_id scenario::active(const lb::submit& asked) {
    auto id = pending_at_manager(asked);
    given(mia, lb::approve{id, {}, {}});
    if (open(id).stage.is<lockbox::pending<lb::vocabulary>>()) given(bea, lb::approve{id, {}, {}});
    return id;
}

lb::request_id scenario::drilling() {
    given(carl, lb::drill{wish()});
    return state.open.back().id;
}

scenario& scenario::settings(edit<lb::settings_change> change) {
    lb::change_settings wanted;
    change(wanted.change);
    return given(ada, wanted);
}

scenario& scenario::limits(edit<lb::limits> change) {
    auto wanted = state.settled.settings.limits;
    change(wanted);
    return settings([&](auto& all) { all.limits = wanted; });
}

const lb::audit_event& scenario::happened(std::size_t n) const {
    if (n >= last.happened.size()) fail("so many events did not happen: ", std::to_string(n + 1));
    return last.happened[n];
}

std::string scenario::told(std::size_t n) const {
    std::string line;
    for (const auto& one : happened(n).told) {
        line.append(line.empty() ? "" : ", ").append(lockbox::name_of(one.as));
        if (one.person) line.append(" ").append(one.person->text());
        if (!one.address.empty()) line.append(" ").append(one.address);
    }
    return line;
}

const lb::request& scenario::open(const lb::request_id& id) const {
    for (const auto& one : state.open)
        if (one.id == id) return one;
    fail("there is no open request ", id.text());
}

bool scenario::is_open(const lb::request_id& id) const {
    return lockbox::find_open(state, id, now) != nullptr;
}

void scenario::fail(std::string_view what, std::string_view about) {
    throw std::logic_error{std::string{what}.append(about)};
}

std::string scenario::tell(const decision& decided) const {
    std::string names;
    for (const auto& event : decided.happened)
        names.append(names.empty() ? "" : ", ").append(lockbox::name_of(event.body));
    if (!decided.refused) {
        if (!names.empty() || !decided.allowed) return names;
        return std::string{"allowed: "}.append(lockbox::name_of(*decided.allowed));
    }
    const auto& why = *decided.refused;
    auto line = refused(why.why, why.about, why.limit);
    return names.empty() ? line : line.append(" (recorded: ").append(names).append(")");
}

void scenario::fold(const decision& decided) {
    for (const auto& event : decided.happened) {
        if (const auto why = lockbox::evolve(state, event))
            fail("a misfit: ", lockbox::name_of(*why));
        log.push_back(event);
    }
}

}  // namespace support
