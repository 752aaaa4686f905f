// The tenants that an engine keeps in memory, evolved in place; forgotten at the first doubt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <lockbox/stable_vector.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vectors.hpp>

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
        auto* const one = find_ordered(tenants_, id, &entry::id);
        return one != nullptr ? used(*one) : nullptr;
    }
    tenant<V>* keep(tenant<V> state) {
        auto* one = find_ordered(tenants_, state.id, &entry::id);
        if (one == nullptr) {
            one = &tenants_.emplace(place_of(tenants_, state.id, &entry::id), state.id);
        }
        one->state = std::move(state);
        return used(*one);
    }
    /// `id` may stand in the entry itself; nothing is allocated.
    void forget(const typename V::tenant_id& id) {
        const auto at = place_of(tenants_, id, &entry::id);
        if (at != tenants_.size() && tenants_[at].id == id) tenants_.erase(at);
    }
    void clear() noexcept {
        tenants_ = {};
        used_ = 0;
    }
    /// To be called when no pointer is in use.
    void age() {
        if (used_ * 2 <= most_) return;
        for (auto at = tenants_.size(); at-- > 0;)
            if (tenants_[at].round != round_) tenants_.erase(at);
        ++round_;
        used_ = 0;
    }

  private:
    struct entry {
        typename V::tenant_id id{};
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
    stable_vector<entry> tenants_;  // by id
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
