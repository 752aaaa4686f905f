// A consent: what the tenant agreed to ahead, for as long as it stands (G8). When one opens a gate:
// rules/consents.hpp.
#pragma once

#include <cstdint>

#include <lockbox/vector.hpp>
#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {

/// What a consent is about: requests that lie in this scope, for one of these reasons, for no
/// longer than this, and whose access is over by `until`.
template <class V>
struct consent_rule {
    typename V::scope scope{};
    vector<typename V::reason> reasons{};
    duration_of<V> longest{};
    typename V::time_point until{};

    static constexpr void fields(auto& self, auto&& f) {
        f("scope", self.scope);
        f("reasons", self.reasons);
        f("longest", self.longest);
        f("until", self.until);
    }
    friend bool operator==(const consent_rule&, const consent_rule&) = default;
};

/// A consent that was given and not withdrawn.
template <class V>
struct given_consent {
    std::uint64_t number = 0;  ///< of the tenant's consents, from 1
    consent_rule<V> rule{};
    vector<typename V::person_id> authors{};
    bool ended = false;  ///< before its time: it opens nothing any more, whatever comes after

    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("rule", self.rule);
        f("authors", self.authors);
        f("ended", self.ended);
    }
    friend bool operator==(const given_consent&, const given_consent&) = default;
};

}  // namespace v0
}  // namespace lockbox
