// A store in memory, for tests and for hosts that keep nothing: the log of each tenant and its
// state. It is also what the contract of ports.hpp looks like in its plainest form.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/stable_vector.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Keeps everything in memory behind one mutex. It fails only for want of memory: then it throws,
/// where exceptions are on, and nothing of the commit is kept (V20). Costs: `load` and `commit`
/// copy one tenant's state, `search` and `requests` walk one tenant's log, `due` every open
/// request.
template <class V = default_vocabulary>
class memory_store {
  public:
    using vocabulary = V;

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) const {
        const std::lock_guard held{mutex_};
        const auto* found = find(id);
        if (!found) return optional<loaded<V>>{};
        return optional{loaded<V>{found->state, recorded(*found, who, command)}};
    }

    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        const std::lock_guard held{mutex_};
        for (const auto& one : changes)
            if (!hangs_together(one)) return failed("a change's events do not lead to its state");
        journal undo{order_};
        for (auto& one : changes) {
            auto& at = made(one.after->id);
            const bool stands = at.state.sequence == one.version && write(at, one, undo);
            one.result = stands ? commit_result::committed : commit_result::conflict;
        }
        undo.keep();
        return {};
    }

    [[nodiscard]] outcome<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                             std::uint32_t limit) const {
        const std::lock_guard held{mutex_};
        vector<overdue<V>> over;
        for (const auto& [id, at] : places_)
            if (const auto first = first_due(tenants_[at].state); first && *first <= now)
                over.push_back({*first, tenants_[at].state.id});
        return longest_overdue<V>(std::move(over), limit);
    }

    /// A position is the count of all events up to and with that one.
    [[nodiscard]] outcome<vector<positioned<V>>> read(std::uint64_t position,
                                                      std::uint32_t limit) const {
        const std::lock_guard held{mutex_};
        vector<positioned<V>> events;
        for (; position < order_.size() && events.size() < limit; ++position) {
            const auto& [at, index] = order_[position];
            events.push_back({position + 1, at->log[index]});
        }
        return events;
    }

    [[nodiscard]] outcome<page<audit_event<V>>> search(const log_query<V>& query) const {
        const std::lock_guard held{mutex_};
        const auto* found = find(query.tenant);
        if (!found) return page<audit_event<V>>{};
        return newest(found->log, query);
    }

    [[nodiscard]] outcome<page<request_summary<V>>> requests(const request_query<V>& query) const {
        const std::lock_guard held{mutex_};
        const auto* found = find(query.tenant);
        if (!found) return page<request_summary<V>>{};
        return newest(found->requests, query);
    }

    [[nodiscard]] outcome<std::uint64_t> cursor(std::string_view name) const {
        const std::lock_guard held{mutex_};
        const auto found = cursors_.find(name);
        return found == cursors_.end() ? 0 : found->second;
    }

    [[nodiscard]] outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        const std::lock_guard held{mutex_};
        const auto found = cursors_.find(name);
        if (found != cursors_.end())
            found->second = position;
        else
            cursors_.insert({std::string{name}, position});
        return {};
    }

  private:
    /// Numbers under texts. One kind of map for all: a host compiles each kind anew.
    using numbers = std::map<std::string, std::uint64_t, std::less<>>;

    /// Injective: the id of the command is preceded by its length (T14).
    static std::string key_of(const typename V::command_id& command, const actor<V>& who) {
        const auto& id = id_traits<typename V::command_id>::text(command);  // perhaps its own
        std::string key = id_traits<std::uint64_t>::text(id.size());
        key.append(1, ' ').append(id).append(name_of(who.acting));
        return key.append(1, ' ').append(id_traits<typename V::person_id>::text(who.person));
    }

    struct kept {
        tenant<V> state{};
        vector<audit_event<V>> log{};
        vector<request_summary<V>> requests{};  // by number
        numbers commands{};                     // the sequence that each begins at
    };

    struct summary_before {
        std::size_t index = 0;
        request_summary<V> was{};
    };

    /// What to take back when a change does not stand, or a copy finds no memory. Taking back
    /// allocates nothing and throws nothing.
    struct step {
        kept* at = nullptr;
        std::size_t events = 0;
        std::size_t requests = 0;
        optional<tenant<V>> state{};
        vector<summary_before> summaries{};
        vector<std::string> commands{};
    };

    struct place {
        const kept* at = nullptr;
        std::size_t index = 0;
    };

    class journal {
      public:
        explicit journal(vector<place>& order) : order_(order) {}
        journal(const journal&) = delete;
        journal& operator=(const journal&) = delete;
        ~journal() {
            while (!steps_.empty()) take_back();
        }
        step& begin(kept& at, std::size_t events) {
            auto& one = steps_.emplace_back();
            one.at = &at;
            one.events = at.log.size();
            one.requests = at.requests.size();
            one.summaries.reserve(events);
            one.commands.reserve(events);
            return one;
        }
        void take_back() noexcept {
            auto& one = steps_.back();
            auto& at = *one.at;
            for (; at.log.size() > one.events; at.log.pop_back()) order_.pop_back();
            for (; !one.summaries.empty(); one.summaries.pop_back())
                at.requests[one.summaries.back().index] = std::move(one.summaries.back().was);
            while (at.requests.size() > one.requests) at.requests.pop_back();
            for (const auto& key : one.commands) at.commands.erase(at.commands.find(key));
            if (one.state) at.state = *std::move(one.state);
            steps_.pop_back();
        }
        void keep() noexcept { steps_.clear(); }

      private:
        vector<place>& order_;
        vector<step> steps_;
    };

    static tl::unexpected<failure> failed(const char* what) {
        return tl::unexpected<failure>{{failure_kind::internal, what}};
    }

    const kept* find(const typename V::tenant_id& id) const {
        const auto found = places_.find(id_traits<typename V::tenant_id>::text(id));
        if (found == places_.end()) return nullptr;
        const auto& at = tenants_[found->second];
        return at.state.sequence != 0 ? &at : nullptr;
    }
    kept& made(const typename V::tenant_id& id) {
        std::string name{id_traits<typename V::tenant_id>::text(id)};
        const auto found = places_.find(name);
        if (found != places_.end()) return tenants_[found->second];
        auto& fresh = tenants_.emplace_back();  // nobody's, should its name find no memory
        places_.insert({std::move(name), tenants_.size() - 1});
        return fresh;
    }

    static vector<audit_event<V>> recorded(const kept& at, const actor<V>& who,
                                           const optional<typename V::command_id>& command) {
        vector<audit_event<V>> events;
        if (!command) return events;
        const auto found = at.commands.find(key_of(*command, who));
        if (found == at.commands.end()) return events;
        for (auto index = found->second - 1; index < at.log.size(); ++index) {
            const auto& event = at.log[index];
            if (event.command != command || !(event.actor == who)) break;
            events.push_back(event);
        }
        return events;
    }

    /// Writes all of a change, or nothing when one of its command ids was used.
    bool write(kept& at, const change<V>& one, journal& undo) {
        auto after = *one.after;
        auto& taken = undo.begin(at, one.events.size());
        const audit_event<V>* before = nullptr;
        for (const auto& event : one.events) {
            if (order_.size() == order_.capacity()) order_.reserve(2 * order_.size() + 16);
            at.log.push_back(event);
            order_.emplace_back(&at, at.log.size() - 1);
            if (begins_command(event, before)) {
                auto key = key_of(*event.command, event.actor);
                if (!at.commands.insert({key, event.sequence}).second) {
                    undo.take_back();
                    return false;
                }
                taken.commands.push_back(std::move(key));
            }
            if (event.request) note(at, event, taken);
            before = &event;
        }
        taken.state.emplace(std::move(at.state));
        at.state = std::move(after);
        return true;
    }

    static void note(kept& at, const audit_event<V>& event, step& taken) {
        if (event.body.template is<submitted<V>>()) {
            summarise(at.requests.emplace_back(), event);
            return;
        }
        for (auto index = at.requests.size(); index-- > 0;) {
            if (at.requests[index].id != *event.request) continue;
            taken.summaries.emplace_back(index, at.requests[index]);
            summarise(at.requests[index], event);
            return;
        }
    }

    mutable std::mutex mutex_;
    stable_vector<kept> tenants_;
    numbers places_;       // of the tenants
    vector<place> order_;  // of all events, as they were committed
    numbers cursors_;
};

}  // namespace v0
}  // namespace lockbox
