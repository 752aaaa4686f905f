// Random courses of events at one tenant, and an independent eye that watches them: it knows the
// invariants of SPEC 9 and nothing of how the rules keep them.
#pragma once

#include <lockbox/bind.hpp>
#include <lockbox/decide.hpp>
#include <lockbox/optional.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace course {

using namespace std::chrono_literals;
using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::capacity;

inline constexpr lb::time_point monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 2} +
    std::chrono::hours{9};

/// One step, as numbers that a generator may choose and shrink freely.
struct step {
    std::uint8_t who = 0;
    std::uint8_t what = 0;
    std::uint8_t which = 0;
    std::uint8_t wait = 0;
    friend bool operator==(const step&, const step&) = default;
};

inline const std::array<lb::actor, 9> people{{{"eve", capacity::engineer},
                                              {"eli", capacity::engineer},
                                              {"mia", capacity::manager},
                                              {"max", capacity::manager},
                                              {"ada", capacity::member},
                                              {"bob", capacity::member},
                                              {"cyn", capacity::member},
                                              {"eve", capacity::member},
                                              {"lockbox", capacity::system}}};

[[nodiscard]] inline lb::request_id request_of(const step& s) {
    return V::request_id_of(1U + s.which % 3U);
}

[[nodiscard]] inline lb::submit wish(const step& s, std::string text) {
    lb::submit c{.support_case = {"C-1", "rita", true, text},
                 .scope = {"mail", {"Read"}, {"/a"}},
                 .reason = "production_alert",
                 .justification = text,
                 .duration = 2h};
    if (s.which % 3 == 1) c.scope = {"mail", {"Read", "Export"}, {"/a", "/b"}};
    if (s.which % 8 == 2) c.scope.service = "files";
    if (s.which % 7 == 3) c.start = monday + 6h;
    return c;
}

/// Consents to what engineers wish for, now more, now less than that.
[[nodiscard]] inline lb::consent agreement(const step& s) {
    lb::consent_rule rule{{"mail", {"Read"}, {"/"}}, {"production_alert"}, 2h, monday + 240h};
    if (s.which % 8 == 5) rule.scope = {"mail", {"Read", "Export"}, {"/a", "/b"}};
    if (s.which % 24 == 9) rule.longest = 1h;
    return {rule};
}
[[nodiscard]] inline lb::change_settings letting_consents_stand(bool so) {
    lb::change_settings c;
    c.change.consents = so;
    return c;
}

[[nodiscard]] inline lb::change_settings two_person_changes(bool asked_for) {
    lb::change_settings c;
    c.change.two_person_changes = asked_for;
    return c;
}

/// The command that a step stands for; `text` is the free text in it.
[[nodiscard]] inline lb::command_body body_of(const step& s, const std::string& text = "because") {
    switch (s.what % 24) {
        case 0:
            return wish(s, text);
        case 3:
        case 4:
        case 5:
        case 6:
        case 7:
            return lb::approve{request_of(s), text, {}};
        case 8:
            return lb::approve{request_of(s), text, {lb::scope{"mail", {"Read"}, {"/a/x"}}, 1h}};
        case 9:
            return lb::deny{request_of(s), text};
        case 1:
        case 2:
        case 10:
        case 11:
        case 12:
            return lb::access{{s.which % 8 == 7 ? lb::service{"files"} : lb::service{"mail"},
                               s.which % 8 < 6 ? lb::operation{"Read"} : lb::operation{"Export"},
                               s.which % 16 == 0 ? "/b" : "/a/x"}};
        case 14:
            return lb::revoke{request_of(s), text};
        case 13:
        case 15:
            return lb::finish{request_of(s)};
        case 16:
            return lb::withdraw{request_of(s)};
        case 17:
            if (s.which % 4) return lb::finish{request_of(s)};
            return lb::freeze{text};
        case 18:
            if (s.which % 4 == 1) return agreement(s);
            if (s.which % 4 == 2) return lb::withdraw_consent{1U + s.which / 4U % 3U};
            if (s.which % 16 == 3) return letting_consents_stand(s.which % 32 == 3);
            return lb::lift_freeze{};
        case 19:
            if (s.which % 2) return lb::turn_off{};
            return lb::turn_on{};
        case 20:
            if (s.which % 2) return lb::end_role{"bob", "access_approver"};
            return lb::assign_role{"bob", "access_approver", {}};
        case 21:
            if (s.which % 8 == 0) return two_person_changes(s.wait % 4U != 0);
            return lb::ask{request_of(s), text};
        case 22:
            if (s.which % 4 == 1) return lb::ask{request_of(s), text};
            if (s.which % 4 == 3) return lb::decline{1U + s.wait % 2U};
            if (s.which % 4) return lb::agree{1U + s.wait % 2U};
            return lb::close_case{"C-1"};
        default:
            return lb::tick{};
    }
}

/// Who takes a step: mostly one who may, so that courses come far.
[[nodiscard]] inline const lb::actor& person_of(const step& s) {
    if (s.who % 4 == 0) return people[(s.who / 4U) % people.size()];
    const auto what = s.what % 24;
    const bool engineers = what <= 2 || (what >= 10 && what <= 13) || what == 15 || what == 16 ||
                           (what == 17 && s.which % 4 != 0);
    if (engineers) return people[s.who % 16 == 1 ? 1 : 0];
    if (what >= 3 && what <= 9) return people[s.who % 8 < 4 ? 2 : 5];
    if (what == 22 && s.which % 4 > 1) return people[6];
    return people[what == 23 ? 8 : 4];
}

[[nodiscard]] inline lb::duration wait_of(const step& s) {
    constexpr std::array<lb::duration, 8> waits{0ms, 1ms, 1min, 0ms, 10min, 2h, 1h, 12h};
    return waits[s.wait < 200 ? s.wait % 5U : s.wait % waits.size()];
}

/// One tenant, its log, and what every command was answered.
struct run {
    lb::tenant state{};
    std::vector<lb::audit_event> log{};
    std::vector<lockbox::decision<V>> replies{};
    lb::time_point now = monday;

    run() {
        using enum capacity;
        (void)send({"olga", operator_}, lb::open_tenant{"ada"});
        (void)send({"olga", operator_}, lb::record_entitlement{{true, true}});
        (void)send({"ada", member}, lb::turn_on{});
        for (const char* approver : {"bob", "cyn", "eve"}) {
            (void)send(
                {"ada", member},
                lb::assign_role{lb::person_id{std::string{approver}}, "access_approver", {}});
        }
        // What takes two members, cyn may agree to.
        using enum lockbox::permission;
        (void)send({"ada", member}, lb::define_role{"keeper", {configure, assign_roles}});
        (void)send({"ada", member}, lb::assign_role{"cyn", "keeper", {}});
        lb::settings_change change;
        change.exempted = std::vector<lb::service>{"files"};
        change.reminders = std::vector<lb::duration>{11h, 2h};
        change.escalation = lb::escalation{2h, {"boss@contoso.example"}};
        change.limits.emplace().denials_before_wait = 10'000;
        change.consents = true;
        (void)send({"ada", member}, lb::change_settings{change});
        replies.clear();
    }

    const lockbox::decision<V>& send(const lb::actor& who, lb::command_body body) {
        lb::command c{.tenant = "contoso", .actor = who};
        c.id = lb::command_id{std::to_string(log.size()) + "." + std::to_string(replies.size())};
        c.body = std::move(body);
        auto decided = decide(state, c, now, lockbox::standard_policy{});
        for (const auto& event : decided.happened) {
            fits = fits && !evolve(state, event);
            log.push_back(event);
        }
        replies.push_back(std::move(decided));
        return replies.back();
    }
    void take(const step& s, const std::string& text = "because") {
        now += wait_of(s);
        (void)send(person_of(s), body_of(s, text));
    }

    bool fits = true;  ///< whether every event that was decided could be folded
};

/// What the log says of one request, gathered without the rules.
struct trace {
    const lb::submitted* asked = nullptr;
    lockbox::shared<lb::terms> terms{};
    std::vector<const lb::audit_event*> approvals{};
    std::vector<lb::time_point> deadlines{};
    int reminders = 0;  ///< at the gate where it waits
    lb::time_point reminded_at{lb::duration::min()};
    std::uint64_t consent = 0;  ///< that stood for the customer's approval
    const lb::granted* grant = nullptr;
    const lb::audit_event* closing = nullptr;
};

/// What the log says of one proposal.
struct proposal_trace {
    const lb::audit_event* made = nullptr;
    lb::time_point decide_by{};
};

/// Follows the proposals of a log, without the rules (S9).
class proposals_seen {
  public:
    /// What is wrong with the next event; null when nothing is.
    [[nodiscard]] const char* take(const lb::audit_event& e) {
        if (const auto* made = e.body.get_if<lb::change_proposed>()) {
            if (!waiting_.try_emplace(made->number, proposal_trace{&e, made->decide_by}).second)
                return "S9: a number twice";
        }
        if (const auto* agreed = e.body.get_if<lb::change_agreed>()) {
            const auto found = waiting_.find(agreed->number);
            if (found == waiting_.end()) return "S9: an agreement to nothing";
            if (found->second.made->actor.person == e.actor.person) return "S9: one person twice";
            if (found->second.made->actor.person != agreed->proposer) return "S9: another's name";
            if (e.at >= found->second.decide_by) return "S9: an agreement that comes too late";
            agreed_ = &e;
            waiting_.erase(found);
        }
        if (const auto* declined = e.body.get_if<lb::change_declined>())
            if (waiting_.erase(declined->number) != 1) return "S9: nothing was declined";
        if (const auto* lapsed = e.body.get_if<lb::change_lapsed>()) {
            const auto found = waiting_.find(lapsed->number);
            if (found == waiting_.end() || e.at < found->second.decide_by)
                return "S9: what lapsed did not wait, or waits still";
            waiting_.erase(found);
        }
        const bool by_two =
            agreed_ != nullptr && agreed_->command == e.command && agreed_->actor == e.actor;
        const auto* changed = e.body.get_if<lb::settings_changed>();
        const bool loosens = e.body.is<lb::turned_off>() || e.body.is<lb::freeze_lifted>() ||
                             e.body.is<lb::role_assigned>() ||
                             (changed != nullptr && !changed->settings->two_person_changes);
        if (takes_two_ && loosens && !by_two) return "S9: one member alone";
        if (changed != nullptr) takes_two_ = changed->settings->two_person_changes;
        return nullptr;
    }

  private:
    std::map<std::uint64_t, proposal_trace> waiting_{};
    const lb::audit_event* agreed_ = nullptr;
    bool takes_two_ = false;
};

/// The first invariant that a log breaks, or nothing.
[[nodiscard]] inline lockbox::optional<std::string> broken_in(
    const std::vector<lb::audit_event>& log) {
    std::map<lb::request_id, trace> all;
    std::map<std::uint64_t, lb::consent_given> standing;
    bool frozen = false;
    proposals_seen proposals;
    bool on = false;
    std::uint64_t sequence = 0;
    lb::time_point last{lb::duration::min()};
    for (const auto& e : log) {
        if (e.sequence != ++sequence) return "V14: the sequence is not dense";
        if (e.at < last) return "K2: an instant went back";
        last = e.at;
        if (const auto* wrong = proposals.take(e)) return wrong;
        if (e.body.is<lb::turned_on>()) on = true;
        if (e.body.is<lb::turned_off>()) on = false;
        if (e.body.is<lb::frozen>()) frozen = true;
        if (e.body.is<lb::freeze_lifted>()) frozen = false;
        if (const auto* given = e.body.get_if<lb::consent_given>())
            standing[given->number] = *given;
        if (const auto* gone = e.body.get_if<lb::consent_withdrawn>()) standing.erase(gone->number);
        if (const auto* s = e.body.get_if<lb::settings_changed>())
            if (!s->settings->consents) standing.clear();
        if (e.body.is<lb::turned_on>() || e.body.is<lb::turned_off>()) standing.clear();
        if (!e.request || e.body.is<lb::refused>()) continue;
        auto& t = all[*e.request];
        if (const auto* s = e.body.get_if<lb::submitted>()) {
            if (t.asked != nullptr) return "V3: two submissions of one request";
            const bool guarded = on && s->asked->scope.service != lb::service{"files"};
            if (guarded && !s->terms->asks_customer())
                return "V2: no customer gate before protected content";
            t.asked = s;
            t.terms = s->terms;
            t.deadlines = {s->decide_by};
            continue;
        }
        if (t.asked == nullptr) return "V3: an event before its submission";
        if (t.closing != nullptr) return "V7: an event after the ending";
        if (const auto* tightened = e.body.get_if<lb::terms_tightened>()) {
            t.terms = tightened->terms;
            if (tightened->decide_by > t.deadlines.back()) return "S5: a window grew";
            t.deadlines.back() = tightened->decide_by;
        }
        if (const auto* opened = e.body.get_if<lb::gate_opened>()) {
            t.deadlines.push_back(opened->decide_by);
            t.reminders = 0;
        }
        if (const auto* reminder = e.body.get_if<lb::reminded>()) {
            if (e.at >= t.deadlines.back()) return "N4: a reminder at or after the deadline";
            if (reminder->since > e.at || reminder->since <= t.reminded_at)
                return "N4: a reminder twice, or before it was due";
            if (++t.reminders > 2) return "N4: more reminders of a gate than there are";
            t.reminded_at = e.at;
        }
        if (const auto* a = e.body.get_if<lb::approved>()) {
            if (e.at >= t.deadlines.at(a->gate)) return "G1: an approval at or after the deadline";
            if (e.actor.person == t.asked->asked->requester) return "V5: the requester approved";
            for (const auto* other : t.approvals)
                if (other->actor.person == e.actor.person) return "V5: one person approved twice";
            const bool customer = e.actor.acting == capacity::member;
            if (customer != (t.terms->gates[a->gate].side == lockbox::side::tenant)) {
                return "T8: the wrong side approved";
            }
            t.approvals.push_back(&e);
        }
        if (const auto* used = e.body.get_if<lb::consent_used>()) {
            const auto given = standing.find(used->number);
            if (given == standing.end() || frozen) return "G8: a consent that does not stand";
            const auto& rule = given->second.rule;
            const auto& wish = *t.asked->asked;
            const auto from = std::max(e.at, wish.start.value_or(e.at));
            if (!wish.scope.within(rule.scope) || !contains(rule.reasons, wish.reason) ||
                wish.duration > rule.longest || from + wish.duration > rule.until)
                return "G8: a consent to less than was asked";
            if (wish.drill || contains(given->second.authors, wish.requester))
                return "G8: a consent to a drill, or to one's own request";
            t.consent = used->number;
        }
        if (const auto* g = e.body.get_if<lb::granted>()) {
            if (t.grant != nullptr) return "V11: a second grant";
            if (t.approvals.size() + (t.consent != 0 ? 1 : 0) < t.terms->gates.size())
                return "V2: a grant without its approvals";
            if (!g->scope.within(t.asked->asked->scope))
                return "V4: a grant of more than was asked";
            const auto length = g->until - g->from;
            if (length <= 0ms ||
                length > std::min(t.asked->asked->duration, t.terms->longest_access)) {
                return "V4: a grant of the wrong length";
            }
            if (g->from < e.at) return "T32: a grant that began before its approval";
            t.grant = g;
        }
        if (const auto* a = e.body.get_if<lb::accessed>()) {
            const bool live = t.grant != nullptr && t.grant->from <= e.at && e.at < t.grant->until;
            if (!live || !t.grant->scope.covers(a->to)) return "V1: an access outside its grant";
            if (e.actor.person != t.asked->asked->requester)
                return "V1: an access by somebody else";
        }
        const bool closes = e.body.is<lb::denied>() || e.body.is<lb::expired>() ||
                            e.body.is<lb::withdrawn>() || e.body.is<lb::ended>() ||
                            e.body.is<lb::finished>() || e.body.is<lb::revoked>();
        if (closes) t.closing = &e;
    }
    return std::nullopt;
}

}  // namespace course
