// The tenants that an engine keeps in memory, evolved in place; forgotten at the first doubt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include <lockbox/tenant.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Tenants, each with the round in which it was used last. A round is over when half
/// as many as there is room for were used in it; then those that were not are
/// dropped. A pointer that it returns stands until `forget` or `age`.
template <class V>
class hot_tenants {
  public:
    explicit hot_tenants(std::size_t most) : most_(most) {}

    [[nodiscard]] tenant<V>* find(const typename V::tenant_id& id) {
        const auto at = tenants_.find(id);
        return at != tenants_.end() ? used(at->second) : nullptr;
    }
    tenant<V>* keep(tenant<V> state) {
        auto& one = tenants_[state.id];
        one.state = std::move(state);
        return used(one);
    }
    /// `id` may stand in the entry itself; nothing is allocated.
    void forget(const typename V::tenant_id& id) {
        const auto at = tenants_.find(id);
        if (at != tenants_.end()) tenants_.erase(at);
    }
    void clear() noexcept {
        tenants_.clear();
        used_ = 0;
    }
    /// To be called when no pointer is in use.
    void age() {
        if (used_ * 2 <= most_) return;
        for (auto at = tenants_.begin(); at != tenants_.end();) {
            at = at->second.round == round_ ? std::next(at) : tenants_.erase(at);
        }
        ++round_;
        used_ = 0;
    }

  private:
    struct entry {
        tenant<V> state{};
        std::uint64_t round = 0;
    };
    tenant<V>* used(entry& one) {
        if (one.round != round_) ++used_;
        one.round = round_;
        return &one.state;
    }

    std::size_t most_;
    std::size_t used_ = 0;  // in this round
    std::uint64_t round_ = 1;
    std::map<typename V::tenant_id, entry> tenants_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
