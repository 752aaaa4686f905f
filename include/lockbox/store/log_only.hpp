// What a store answers, worked out from the log alone. A host whose database keeps events and
// nothing else has only to keep them: examples/own_store.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/store/matching.hpp>

namespace lockbox {
inline namespace v0 {

/// The events of all tenants in the order of their commits, and what follows from them. Every
/// answer walks through the whole log: for small logs, and for tests of a host's own.
template <class V>
class log_only {
  public:
    [[nodiscard]] optional<loaded<V>> load(const typename V::tenant_id& id, const actor<V>& who,
                                           const optional<typename V::command_id>& command) const {
        loaded<V> found{states()[id], {}};
        if (found.state.sequence == 0) return std::nullopt;
        for (const auto& event : events_)
            if (command && event.tenant == id && event.command == command && event.actor == who)
                found.recorded.push_back(event);
        return found;
    }

    /// Adds the events of a change, if it stands on its tenant's last event and none of its command
    /// ids was used. Whether it was.
    [[nodiscard]] commit_result add(const change<V>& one) {
        if (states()[one.after->id].sequence != one.version) return commit_result::conflict;
        auto longer = events_;
        const audit_event<V>* before = nullptr;
        for (const auto& event : one.events) {
            for (const auto& old : longer)
                if (begins_command(event, before) && old.tenant == event.tenant &&
                    old.command == event.command && old.actor == event.actor)
                    return commit_result::conflict;
            longer.push_back(event);
            before = &event;
        }
        events_.swap(longer);
        return commit_result::committed;
    }

    [[nodiscard]] vector<typename V::tenant_id> due(typename V::time_point now,
                                                    std::uint32_t limit) const {
        vector<overdue<V>> over;
        for (const auto& [id, state] : states())
            if (const auto first = first_due(state); first && *first <= now)
                over.push_back({*first, id});
        return longest_overdue<V>(std::move(over), limit);
    }

    [[nodiscard]] vector<positioned<V>> read(std::uint64_t position, std::uint32_t limit) const {
        vector<positioned<V>> some;
        for (; position < events_.size() && some.size() < limit; ++position)
            some.push_back({position + 1, events_[position]});
        return some;
    }

    [[nodiscard]] page<audit_event<V>> search(const log_query<V>& query) const {
        return newest(of(query.tenant), query);
    }

    [[nodiscard]] page<request_summary<V>> requests(const request_query<V>& query) const {
        vector<request_summary<V>> all;
        for (const auto& event : of(query.tenant)) {
            if (!event.request) continue;
            if (event.body.template is<submitted<V>>()) all.emplace_back();
            auto* known = event.body.template is<submitted<V>>()
                              ? &all.back()
                              : find_by(all, *event.request, &request_summary<V>::id);
            if (known != nullptr) summarise(*known, event);
        }
        return newest(all, query);
    }

  private:
    /// Every tenant's state. A store that reads its log from a disk answers a misfit with
    /// `corrupt`.
    [[nodiscard]] std::map<typename V::tenant_id, tenant<V>> states() const {
        std::map<typename V::tenant_id, tenant<V>> all;
        for (const auto& event : events_) (void)evolve(all[event.tenant], event);
        return all;
    }
    [[nodiscard]] vector<audit_event<V>> of(const typename V::tenant_id& id) const {
        vector<audit_event<V>> log;
        for (const auto& event : events_)
            if (event.tenant == id) log.push_back(event);
        return log;
    }

    vector<audit_event<V>> events_;
};

}  // namespace v0
}  // namespace lockbox
