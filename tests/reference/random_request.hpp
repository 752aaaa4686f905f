// Random wishes, votes and accesses: on few things, so that they meet.
#pragma once

#include <cstdint>
#include <string>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "progress.hpp"

namespace courses {

using namespace std::chrono_literals;

class random_request {
  public:
    /// `late`: exempted services are asked for more often.
    random_request(dice& roll, bool late) : roll_{roll}, late_{late} {}

    lb::case_id case_number() { return roll_.word<lb::case_id>({"C-1", "C-1", "C-2"}); }
    std::string comment() {
        if (roll_.once_in(60)) return std::string(4097, 'x');
        return roll_.once_in(8) ? roll_.word({"", " \t"}) : "because";
    }
    lb::scope scope() {
        lb::scope s{"mail", {"Read", "Export"}, {"/a", "/b"}};
        if (roll_.once_in(2)) s.operations = {"Read"};
        if (roll_.once_in(2)) s.resources = {"/a"};
        if (roll_.once_in(late_ ? 2 : 6)) s.service = "files";
        if (roll_.once_in(16)) s.resources = {roll_.word({"/", "/a/x", "a", "/a//b"}), "/b"};
        if (roll_.once_in(60)) s.operations = {};
        return s;
    }
    lb::duration length() {
        if (roll_.once_in(12)) return roll_.one_of<lb::duration>({0ms, -1h, 169h, 1ms, 168h});
        return roll_.one_of<lb::duration>({1h, 1h, 2h, 2h, 4h, 90s, roll_.once_in(2) ? 5h : 90s});
    }
    lb::submit wish(lb::time_point now) {
        lb::submit c;
        c.support_case = {
            case_number(),
            roll_.word<lb::person_id>({"rita", "rita", roll_.once_in(4) ? "eve" : "ada"}),
            !roll_.once_in(30), roll_.once_in(5) ? comment() : "turned it off and on"};
        c.scope = scope();
        c.reason = roll_.word<lb::reason>({"production_alert", "production_alert",
                                           "provider_review", roll_.once_in(6) ? "" : "audit"});
        c.justification = roll_.once_in(8) ? comment() : "it does not open";
        c.duration = length();
        if (roll_.once_in(6)) c.start = now + roll_.one_of<lb::duration>({0ms, 6h, 169h, -1h});
        return c;
    }
    /// A consent that covers much, or misses what is asked for by one thing.
    lb::consent consent(lb::time_point now) {
        lb::consent_rule rule{{"mail", {"Read", "Export"}, {"/"}},
                              {"production_alert", "provider_review", "audit"},
                              24h,
                              now + roll_.one_of<lb::duration>({48h, 48h, 2160h, 5h, 2h})};
        if (roll_.once_in(5)) rule.scope = scope();
        if (roll_.once_in(late_ ? 2 : 6)) rule.scope.service = "files";
        if (roll_.once_in(8)) rule.reasons = {"production_alert"};
        if (roll_.once_in(6)) rule.longest = length();
        if (roll_.once_in(40)) rule.longest = roll_.one_of<lb::duration>({0ms, 24h + 1ms, -1h});
        if (roll_.once_in(40)) rule.reasons = {};
        if (roll_.once_in(40))
            while (rule.reasons.size() < 21)
                rule.reasons.push_back(lb::reason{"reason-" + std::to_string(rule.reasons.size())});
        if (roll_.once_in(20))
            rule.until = now + roll_.one_of<lb::duration>({0ms, 1ms, -1h, 2160h + 1ms});
        return {rule};
    }
    lb::approve vote(const lb::request_id& on) {
        lb::approve c{on, comment(), {}};
        if (roll_.once_in(5)) c.narrowed.scope = scope();
        if (roll_.once_in(8)) c.narrowed.duration = length();
        return c;
    }
    lb::attempt attempt() {
        return {roll_.word<lb::service>({"mail", "mail", "mail", "files"}),
                roll_.word<lb::operation>({"Read", "Read", "Export"}),
                roll_.word({"/a", "/a", "/a/x", "/a/x", "/b", roll_.once_in(2) ? "/ab" : "/",
                            roll_.once_in(9) ? "a" : "/a"})};
    }
    lb::approve vote_on(const standing& r) {
        auto yes = vote(r.id);
        if (!yes.narrowed.scope || roll_.once_in(4)) return yes;
        const auto less = attempt_within(r.scope);
        yes.narrowed.scope = lb::scope{less.service, {less.operation}, {less.resource}};
        return yes;
    }
    lb::attempt attempt_within(const lb::scope& s) {
        if (s.operations.empty() || s.resources.empty() || roll_.once_in(8)) return attempt();
        const auto& root = s.resources[roll_(static_cast<std::uint32_t>(s.resources.size()))];
        return {s.service, s.operations[roll_(static_cast<std::uint32_t>(s.operations.size()))],
                roll_.once_in(3) && root != "/" ? root + "/x" : root};
    }

  private:
    dice& roll_;
    bool late_;
};

}  // namespace courses
