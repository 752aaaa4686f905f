// Changes, at most one of each tenant, as the parameters of the commit statement.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/store/postgres/commit_text.hpp>
#include <lockbox/store/postgres/epochs.hpp>
#include <lockbox/store/postgres/part.hpp>
#include <lockbox/store/sql/touched.hpp>
#include <lockbox/store/sql/values.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// What a commit sends for a round of changes.
template <class V>
class batch {
  public:
    explicit batch(const epochs& known) : known_(&known) {}

    [[nodiscard]] bool empty() const { return changes_.empty(); }

    /// Adds a change, of a tenant that has none here. One that uses a command id twice is a
    /// conflict by itself, and is left out.
    void add(change<V>& one) {
        one.result = commit_result::conflict;
        if (uses_a_command_twice(one)) return;
        changes_.push_back(&one);
        shape_.several = changes_.size() > 1;
        shape_.events = shape_.events || shape_.several || one.events.size() > 1;
        add_change(one);
        add_events(one);
        add_requests(one);
    }

    /// Which statement it takes.
    [[nodiscard]] const shape& form() const { return shape_; }
    /// The parameters, in the order of commit_text.hpp; they refer to this batch.
    [[nodiscard]] parameters told() const {
        parameters all;
        change_.tell(all, shape_.several);
        event_.tell(all, shape_.events);
        if (shape_.requests()) request_.tell(all, true);
        return all;
    }

    /// Marks the changes that the statement says stand.
    void conclude(const answer& said) {
        for (std::size_t at = 0; at < said.size(); ++at) {
            const auto place = said[at].number(0);
            if (place >= 1 && place <= changes_.size())
                changes_[place - 1]->result = commit_result::committed;
        }
    }

  private:
    static bool uses_a_command_twice(const change<V>& one) {
        std::set<std::pair<std::string, std::pair<std::string, capacity>>> used;
        const audit_event<V>* before = nullptr;
        for (const auto& event : one.events) {
            const bool begins = begins_command(event, std::exchange(before, &event));
            if (!begins || one.events.size() == 1) continue;
            const auto who =
                std::pair{std::string{sql::text_of(event.actor.person)}, event.actor.acting};
            if (!used.emplace(std::string{sql::text_of(*event.command)}, who).second) return true;
        }
        return false;
    }

    void add_change(const change<V>& one) {
        const auto& after = *one.after;
        const auto& id = sql::text_of(after.id);
        const std::string_view tenant{id};
        const bool opens = one.version == 0;
        const bool settles =
            !one.events.empty() && (opens || after.settled.changed_by > one.version);
        const bool counts = std::ranges::any_of(one.events, [](const auto& event) {
            return event.body.template is<refused<V>>() || event.body.template is<throttled<V>>();
        });
        optional<std::string> settled;
        optional<std::string> refusals;
        if (settles) log::write(settled.emplace(), after.settled);
        if (opens || counts) log::write(refusals.emplace(), after.refusals);
        const bool timed = settles || std::ranges::any_of(one.events, [](const auto& event) {
                               return event.request && sql::changes_request<V>(event.body);
                           });
        optional<std::int64_t> first;
        if (timed)
            if (const auto at = first_due(after)) first = sql::column_of(*at);
        const bool asks = one.events.empty();
        shape_.asks = shape_.asks || asks;
        shape_.opens = shape_.opens || (opens && !asks);
        shape_.settles = shape_.settles || (!opens && (settled || refusals));
        shape_.times = shape_.times || (!opens && timed);
        change_.add(tenant, one.version, after.sequence, sql::column_of(after.last),
                    after.submissions, known_->of(tenant), part_of(tenant), settled, refusals,
                    timed, first);
    }

    void add_events(const change<V>& one) {
        const audit_event<V>* before = nullptr;
        for (const auto& event : one.events) {
            const bool begins = begins_command(event, std::exchange(before, &event));
            optional<std::uint64_t> through;
            if (begins) through = last_of_command(one, event);
            body_.clear();
            log::write(body_, event);
            const auto& actor = sql::text_of(event.actor.person);
            event_.add(changes_.size(), event.sequence, sql::column_of(event.at),
                       name_of<V>(event.body), std::string_view{actor}, name_of(event.actor.acting),
                       sql::optional_text{event.request}.column(),
                       sql::optional_text{event.case_number}.column(),
                       sql::optional_text{begins ? event.command : std::nullopt}.column(), through,
                       std::string_view{body_});
        }
    }

    /// The version of the last event of the command that begins with this one.
    static std::uint64_t last_of_command(const change<V>& one, const audit_event<V>& first) {
        auto last = first.sequence;
        for (const auto& event : one.events.subspan(last - one.version)) {
            if (event.command != first.command || !(event.actor == first.actor)) break;
            last = event.sequence;
        }
        return last;
    }

    /// Each request that the change touched, once, as it stands after all of its events.
    void add_requests(const change<V>& one) {
        for (const auto& request : sql::touched_by(one)) {
            const auto& summary = request.summary;
            optional<std::uint64_t> closed;
            optional<std::string> state;
            optional<std::string_view> gate;
            if (request.open) {
                log::write(
                    state.emplace(),
                    sql::open_request<V>{*request.open, sql::grant_of(*one.after, *request.open)});
            } else {
                closed = request.last->sequence;
            }
            if (summary.gate) gate = name_of(*summary.gate);
            const auto& id = sql::text_of(*request.last->request);
            const auto add = [&](const auto&... fresh) {
                request_.add(changes_.size(), std::string_view{id}, name_of(summary.status), gate,
                             sql::column_of(summary.over), closed, state, fresh...);
            };
            const auto& engineer = sql::text_of(summary.engineer);
            const auto& case_number = sql::text_of(summary.case_number);
            shape_.submits = shape_.submits || request.fresh;
            shape_.changes = shape_.changes || !request.fresh;
            if (request.fresh) {
                add(summary.number, std::string_view{engineer}, std::string_view{case_number},
                    summary.drill, sql::column_of(summary.submitted));
            } else {
                add(optional<std::uint64_t>{}, optional<std::string>{}, optional<std::string>{},
                    optional<bool>{}, optional<std::int64_t>{});
            }
        }
    }

    const epochs* known_;
    std::vector<change<V>*> changes_{};
    shape shape_{};
    columns<change_columns.size()> change_{change_columns};
    columns<event_columns.size()> event_{event_columns};
    columns<request_columns.size()> request_{request_columns};
    std::string body_{};
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
