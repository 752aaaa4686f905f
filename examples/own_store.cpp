// A host's own store. It keeps the log and nothing else, for everything else is
// folded from it: made to be read, not to be fast. The contract's test says whether
// it keeps every promise of a store.
#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include <lockbox/fmt.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/testing/contract.hpp>

using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;

class log_store {
    template <class T>
    using outcome = lockbox::outcome<T>;
    using lock = std::scoped_lock<std::mutex>;

  public:
    using vocabulary = V;

    outcome<std::optional<lockbox::loaded<V>>> load(const lb::tenant_id& id, const lb::actor& who,
                                                    const std::optional<lb::command_id>& command) {
        const lock hold{mutex_};
        lockbox::loaded<V> found{fold(log_)[id], {}};
        if (found.state.sequence == 0) return std::nullopt;
        for (const auto& event : log_)
            if (command && event.tenant == id && event.command == command && event.actor == who)
                found.recorded.push_back(event);
        return found;
    }

    outcome<void> commit(std::span<lb::change> changes) {
        const lock hold{mutex_};
        auto log = log_;  // all is written or, when something throws, nothing
        for (auto& one : changes) {
            auto longer = log;
            const bool stands = append(longer, one);
            if (stands) log.swap(longer);
            one.result =
                stands ? lockbox::commit_result::committed : lockbox::commit_result::conflict;
        }
        log_.swap(log);
        return {};
    }

    outcome<lockbox::vector<lb::tenant_id>> due(lb::time_point now, std::uint32_t limit) {
        const lock hold{mutex_};
        lockbox::vector<std::pair<lb::time_point, lb::tenant_id>> overdue;
        for (const auto& [id, tenant] : fold(log_)) {
            const auto first = std::ranges::min_element(tenant.open, {}, &lb::request::over_at);
            if (first != tenant.open.end() && first->over_at() <= now)
                overdue.emplace_back(first->over_at(), id);
        }
        std::ranges::sort(overdue);
        lockbox::vector<lb::tenant_id> ids;
        for (const auto& [since, id] : overdue)
            if (ids.size() < limit) ids.push_back(id);
        return ids;
    }

    outcome<lockbox::vector<lockbox::positioned<V>>> read(std::uint64_t position,
                                                          std::uint32_t limit) {
        const lock hold{mutex_};
        lockbox::vector<lockbox::positioned<V>> some;
        for (; position < log_.size() && some.size() < limit; ++position)
            some.push_back({position + 1, log_[position]});
        return some;
    }

    outcome<lockbox::page<lb::audit_event>> search(const lb::log_query& query) {
        const lock hold{mutex_};
        std::map<std::uint64_t, lb::audit_event> found;
        for (const auto& event : log_)
            if (event.tenant == query.tenant && lockbox::matches(query, event))
                found.emplace(event.sequence, event);
        return newest(found, query.limit);
    }

    outcome<lockbox::page<lb::request_summary>> requests(const lb::request_query& query) {
        const lock hold{mutex_};
        std::map<lb::request_id, lb::request_summary> all;
        for (const auto& event : log_)
            if (event.tenant == query.tenant && event.request)
                lockbox::summarise(all[*event.request], event);
        std::map<std::uint64_t, lb::request_summary> found;
        for (const auto& [id, kept] : all)
            if (const auto one = lockbox::as_of(kept, query.at); lockbox::matches(query, one))
                found.emplace(one.number, one);
        return newest(found, query.limit);
    }

    outcome<std::uint64_t> cursor(std::string_view name) {
        const lock hold{mutex_};
        return cursors_[std::string{name}];
    }
    outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        const lock hold{mutex_};
        cursors_[std::string{name}] = position;
        return {};
    }

  private:
    /// Every tenant's state. A store that reads its log from a disk answers a misfit
    /// with `corrupt`.
    static std::map<lb::tenant_id, lb::tenant> fold(const lockbox::vector<lb::audit_event>& log) {
        std::map<lb::tenant_id, lb::tenant> tenants;
        for (const auto& event : log) (void)lockbox::evolve(tenants[event.tenant], event);
        return tenants;
    }

    /// False when the change does not follow its tenant's log, or a command of it was
    /// recorded before.
    static bool append(lockbox::vector<lb::audit_event>& log, const lb::change& one) {
        if (fold(log)[one.after->id].sequence != one.version) return false;
        const lb::audit_event* before = nullptr;
        for (const auto& event : one.events) {
            const auto is_its_command = [&](const lb::audit_event& old) {
                return old.tenant == event.tenant && old.command == event.command &&
                       old.actor == event.actor;
            };
            if (lockbox::begins_command(event, before) && std::ranges::any_of(log, is_its_command))
                return false;
            log.push_back(event);
            before = &event;
        }
        return true;
    }

    /// The last entries of all that was found, backwards, and where the next page begins.
    template <class T>
    static lockbox::page<T> newest(const std::map<std::uint64_t, T>& found, std::uint32_t limit) {
        lockbox::page<T> page;
        for (auto at = found.rbegin(); at != found.rend(); ++at) {
            if (page.entries.size() == lockbox::page_size(limit)) {
                page.next = std::prev(at)->first;
                break;
            }
            page.entries.push_back(at->second);
        }
        return page;
    }

    std::mutex mutex_;
    lockbox::vector<lb::audit_event> log_;  // of all tenants, in the order of their commits
    std::map<std::string, std::uint64_t> cursors_;
};

int main() {
    const auto faults = lockbox::testing::check_store([] { return std::make_unique<log_store>(); });
    for (const auto& fault : faults) fmt::print("{}: {}\n", fault.clause, fault.what);
    fmt::print("promises broken: {}\n", faults.size());
}
