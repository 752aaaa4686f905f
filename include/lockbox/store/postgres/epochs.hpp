// The epochs of tenants, and when one must be raised: after a commit of which nobody knows whether
// it happened, and by whom others keep beating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// A connection that is lost while a commit is under way leaves a statement that may have
/// happened, may be about to happen on a server that is slow to notice, or never will. Whoever
/// looked at the tenant now could be told of a log that then grows behind their back. So the first
/// look after it raises the tenant's `epoch`, under the lock of the tenant's row: a commit is only
/// taken when it names the row's epoch, so the one in doubt has happened before that (and the look
/// sees it), or never will. Of a tenant that is not open yet, a row of version 0 holds the epoch.
///
/// Raising it also ends a race that is not fair. Whoever decides on a state that is in memory needs
/// one round trip where whoever was beaten needs two, and could win for ever: a revocation would
/// wait for as long as accesses come. So one that was beaten several times in a row raises the
/// epoch before it looks again: now all others must look again, too, and later.
///
/// The epochs that are not 0 are remembered here, as `load` finds them. One that is forgotten costs
/// a conflict, after which the tenant is loaded again.
class epochs {
  public:
    /// A commit of this tenant has an unknown outcome.
    void doubt(std::string_view tenant) {
        const std::lock_guard held{mutex_};
        ++reasons_[std::string{tenant}];
    }
    /// How many reasons there are to raise its epoch before the next look.
    [[nodiscard]] std::uint64_t reasons(std::string_view tenant) const {
        const std::lock_guard held{mutex_};
        const auto found = reasons_.find(tenant);
        return found == reasons_.end() ? 0 : found->second;
    }
    /// It was raised, for so many; one that came since stays.
    void raised(std::string_view tenant, std::uint64_t reasons) {
        const std::lock_guard held{mutex_};
        const auto found = reasons_.find(tenant);
        if (found != reasons_.end() && found->second == reasons) reasons_.erase(found);
    }

    /// A commit of this tenant stands, or came too late.
    void ended(std::string_view tenant, bool stands) {
        constexpr std::uint64_t in_a_row = 4;
        constexpr std::size_t most = 100'000;
        const std::lock_guard held{mutex_};
        if (stands && beaten_.empty()) return;
        const std::string id{tenant};
        if (!stands && beaten_.size() >= most) beaten_.clear();
        if (!stands && ++beaten_[id] < in_a_row) return;
        beaten_.erase(id);
        if (!stands) ++reasons_[id];
    }

    [[nodiscard]] std::int64_t of(std::string_view tenant) const {
        const std::lock_guard held{mutex_};
        const auto found = epochs_.find(tenant);
        return found == epochs_.end() ? 0 : found->second;
    }
    void learn(std::string_view tenant, std::int64_t epoch) {
        constexpr std::size_t most = 100'000;
        const std::lock_guard held{mutex_};
        if (epoch == 0 && epochs_.empty()) return;
        const auto found = epochs_.find(tenant);
        if (found != epochs_.end() && found->second > epoch) return;  // by a look that was slower
        if (found != epochs_.end()) {
            found->second = epoch;
        } else if (epoch != 0) {
            if (epochs_.size() >= most) epochs_.clear();
            epochs_.emplace(tenant, epoch);
        }
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::uint64_t, std::less<>> reasons_;
    std::map<std::string, std::uint64_t, std::less<>> beaten_;
    std::map<std::string, std::int64_t, std::less<>> epochs_;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
