// A host's own store: made to be read, not to be fast. It keeps the log, and has all else worked
// out from it. The contract's test says whether it keeps every promise of a store.
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include <lockbox/fmt.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/store/log_only.hpp>
#include <lockbox/testing/contract.hpp>

using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;

class log_store {
    template <class T>
    using outcome = lockbox::outcome<T>;
    using lock = std::scoped_lock<std::mutex>;

  public:
    using vocabulary = V;

    outcome<lockbox::optional<lockbox::loaded<V>>> load(
        const lb::tenant_id& id, const lb::actor& who,
        const lockbox::optional<lb::command_id>& command) {
        const lock hold{mutex_};
        return log_.load(id, who, command);
    }
    /// All is written or, when something throws, nothing.
    outcome<void> commit(std::span<lb::change> changes) {
        const lock hold{mutex_};
        auto longer = log_;
        for (auto& one : changes) one.result = longer.add(one);
        log_ = std::move(longer);
        return {};
    }
    outcome<lockbox::vector<lb::tenant_id>> due(lb::time_point now, std::uint32_t limit) {
        const lock hold{mutex_};
        return log_.due(now, limit);
    }
    outcome<lockbox::vector<lockbox::positioned<V>>> read(std::uint64_t position,
                                                          std::uint32_t limit) {
        const lock hold{mutex_};
        return log_.read(position, limit);
    }
    outcome<lockbox::page<lb::audit_event>> search(const lb::log_query& query) {
        const lock hold{mutex_};
        return log_.search(query);
    }
    outcome<lockbox::page<lb::request_summary>> requests(const lb::request_query& query) {
        const lock hold{mutex_};
        return log_.requests(query);
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
    std::mutex mutex_;
    lockbox::log_only<V> log_;
    std::map<std::string, std::uint64_t> cursors_;
};

int main() {
    const auto faults = lockbox::testing::check_store([] { return std::make_unique<log_store>(); });
    for (const auto& fault : faults) fmt::print("{}: {}\n", fault.clause, fault.what);
    fmt::print("promises broken: {}\n", faults.size());
}
