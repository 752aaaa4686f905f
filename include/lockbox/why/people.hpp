// Who could do what, as far as a reader may know: the tenant's own side reads names, the provider's
// reads "the customer" (S7, V6, T22).
#pragma once

#include <lockbox/optional.hpp>
#include <lockbox/why/explanation.hpp>

namespace lockbox {
inline namespace v0 {

/// Whether a reader may be told the names and roles of the tenant's people: a member with `view`,
/// who reads them in every history (S10).
template <class V>
[[nodiscard]] bool may_learn_people(const tenant<V>& t, const actor<V>& who,
                                    typename V::time_point at) {
    return who.acting == capacity::member &&
           permissions_of(t.settled, who.person, at).has(permission::view);
}

namespace explaining {

/// A tenant at an instant before a reader.
template <class V>
struct view {
    const lockbox::tenant<V>& tenant;
    typename V::time_point at{};
    bool inside = false;  ///< the reader may learn people

    view(const lockbox::tenant<V>& t, typename V::time_point now, const actor<V>& reader)
        : tenant(t), at(now), inside(may_learn_people(t, reader, now)) {}

    [[nodiscard]] const lockbox::settled<V>& settled() const { return tenant.settled; }

    /// Something for members with these permissions, or with any of them.
    [[nodiscard]] need<V> by_member(deed what, permission_set holding, bool any = false) const {
        auto one = by<V>(inside ? doer::member : doer::customer, what);
        if (!inside) return one;
        one.holding = holding;
        one.any = any;
        for (const auto& each : settled().members)
            if (const auto has = permissions_of(settled(), each.person, at);
                any ? has.meets(holding) : holding.within(has))
                one.people.push_back(each.person);
        return one;
    }
    [[nodiscard]] need<V> by_member(deed what, permission holding) const {
        return by_member(what, permission_set{holding});
    }
    /// A person, where the reader may know who it is.
    [[nodiscard]] optional<typename V::person_id> name_of(const actor<V>& who) const {
        if (who.acting == capacity::system) return std::nullopt;
        if (who.acting == capacity::member && !inside) return std::nullopt;
        return who.person;
    }
};

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
