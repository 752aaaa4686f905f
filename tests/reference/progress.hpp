// What a course has come to, so that its commands are about something.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"

namespace courses {

using lb = lockbox::bind<lockbox::default_vocabulary>;

/// An open request, as far as anybody recorded its end.
struct standing {
    lb::request_id id{};
    lb::person_id engineer{};
    lb::scope scope{};
    lb::time_point over{};  ///< when its gate's window or its grant ends
    bool at_customer = false;
    bool active = false;
    bool asked = false;
    std::uint64_t consent = 0;  ///< that opened its customer's gate
};

/// A proposal that waits, as far as anybody recorded its end.
struct waiting {
    std::uint64_t number = 0;
    lb::person_id proposer{};
    lb::time_point over{};
    bool judges = false;  ///< may take an exemption away, and so judge requests again (S5)
};

class progress {
  public:
    const std::vector<waiting>& proposals() const { return proposals_; }
    std::uint64_t proposed() const { return proposed_; }
    std::uint64_t consents() const { return consents_; }
    const lb::settings& settings() const { return settings_; }
    const std::vector<standing>& open() const { return open_; }
    std::uint64_t submissions() const { return submissions_; }
    bool frozen() const { return frozen_; }
    bool has_reminders() const { return !befores_.empty(); }

    /// About when a reminder of the newest gate is due: just before, at it or just after.
    lb::time_point reminder(dice& roll) const {
        using namespace std::chrono_literals;
        return decide_by_ - befores_[roll(static_cast<std::uint32_t>(befores_.size()))] +
               roll.one_of<lb::duration>({-1ms, 0ms, 0ms, 1ms});
    }

    void watch(const lb::audit_event& event) {
        if (event.body.is<lb::frozen>()) frozen_ = true;
        if (event.body.is<lb::freeze_lifted>()) frozen_ = false;
        if (const auto* e = event.body.get_if<lb::consent_given>()) consents_ = e->number;
        if (const auto* e = event.body.get_if<lb::audit_visibility_changed>())
            settings_.audit_visible = e->visible;
        watch_proposals(event);
        if (const auto* e = event.body.get_if<lb::submitted>()) {
            submissions_ = std::max(submissions_, e->number);
            decide_by_ = e->decide_by;
            if (event.request)
                open_.push_back(
                    {*event.request, e->asked->requester, e->asked->scope, e->decide_by});
        } else if (const auto* changed = event.body.get_if<lb::settings_changed>()) {
            const auto& now = settings_ = *changed->settings;
            befores_ = {now.reminders.begin(), now.reminders.end()};
            if (!now.escalation.recipients.empty()) befores_.push_back(now.escalation.before);
        } else if (event.request) {
            const auto at = std::find_if(open_.begin(), open_.end(), [&](const standing& one) {
                return one.id == *event.request;
            });
            if (at != open_.end() && !goes_on(*at, event)) open_.erase(at);
        }
    }

  private:
    void watch_proposals(const lb::audit_event& event) {
        const auto over = [this](std::uint64_t number) {
            const auto last = std::remove_if(proposals_.begin(), proposals_.end(),
                                             [&](const auto& p) { return p.number == number; });
            proposals_.erase(last, proposals_.end());
        };
        const auto& body = event.body;
        if (const auto* e = body.get_if<lb::change_proposed>()) {
            over(e->number);  // a second tenant's has the same number
            const auto* change = e->change->get_if<lb::change_settings>();
            proposals_.push_back({e->number, event.actor.person, e->decide_by,
                                  change != nullptr && change->change.exempted});
            proposed_ = e->number;
        }
        if (const auto* e = body.get_if<lb::change_agreed>()) over(e->number);
        if (const auto* e = body.get_if<lb::change_declined>()) over(e->number);
        if (const auto* e = body.get_if<lb::change_lapsed>()) over(e->number);
    }
    /// Follows one request; false when the event closed it.
    bool goes_on(standing& r, const lb::audit_event& event) {
        const auto& body = event.body;
        if (const auto* e = body.get_if<lb::gate_opened>()) {
            decide_by_ = e->decide_by;
            r.over = e->decide_by;
            r.at_customer = true;
        }
        if (const auto* e = body.get_if<lb::granted>()) {
            r.over = e->until;
            r.active = true;
        }
        if (const auto* e = body.get_if<lb::consent_used>()) r.consent = e->number;
        if (body.is<lb::asked>()) r.asked = true;
        if (body.is<lb::answered>()) r.asked = false;
        return !(body.is<lb::denied>() || body.is<lb::expired>() || body.is<lb::withdrawn>() ||
                 body.is<lb::ended>() || body.is<lb::finished>() || body.is<lb::revoked>());
    }

    std::vector<standing> open_{};
    std::vector<waiting> proposals_{};
    std::uint64_t submissions_ = 0;
    std::uint64_t proposed_ = 0;
    std::uint64_t consents_ = 0;
    lb::settings settings_{};
    bool frozen_ = false;
    lb::time_point decide_by_{};
    std::vector<lb::duration> befores_{};
};

}  // namespace courses
