// Ready policies, to be combined: how many agree, of whom, when, for how long, and what is refused.
// docs/policies.md shows them at work.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/policies/combine.hpp>
#include <lockbox/policies/conditions.hpp>
#include <lockbox/tighter.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// In a host's words: `using policies = lockbox::policies<V>;`. Each makes the standard terms
/// stricter; none loosens any (R4). What concerns the customer's gate applies where there is one.
template <class V>
struct policies : conditions<V> {
    using maybe = optional<refusal>;

    // --- Who agrees ------------------------------------------------------------------------------

    /// At least this many different people at the customer's gate, all of these
    /// roles; without roles, of those that the tenant's own definitions let decide.
    /// `no_terms` when no role is left.
    [[nodiscard]] static auto approvals(std::uint32_t needed, vector<typename V::role> roles = {}) {
        return on_terms([needed, roles = std::move(roles)](terms<V>& t) -> maybe {
            tighter::approvals(t, needed);
            if (roles.empty()) return std::nullopt;
            return tighter::roles(t, [&](const auto& role) { return contains(roles, role); });
        });
    }
    /// Among them, people who fill one of these quorums (G3): `any_of({{2,
    /// {"legal"}}, {1, {"ciso"}}})`.
    [[nodiscard]] static auto any_of(vector<quorum<V>> quorums) {
        return each_of({clause<V>{std::move(quorums)}});
    }
    /// Among them, people who fill each of these clauses, nobody filling two places (G3).
    [[nodiscard]] static auto each_of(vector<clause<V>> clauses) {
        return on_terms(
            [clauses = std::move(clauses)](terms<V>& t) { return tighter::each_of(t, clauses); });
    }
    /// A customer's gate also where the standard terms have none: for a service that
    /// is not protected.
    [[nodiscard]] static auto customer_gate() {
        return tightening{[](terms<V>& t, const tenant<V>& of, const submission<V>&) -> maybe {
            return tighter::customer_gate(t, of.settled);
        }};
    }
    /// At least this many different managers.
    [[nodiscard]] static auto managers(std::uint32_t needed) {
        return on_terms([needed](terms<V>& t) -> maybe {
            tighter::managers(t, needed);
            return std::nullopt;
        });
    }
    /// Every decision needs a comment (G4).
    [[nodiscard]] static auto comment() {
        return on_terms([](terms<V>& t) -> maybe {
            t.comment_required = true;
            return std::nullopt;
        });
    }
    /// No consent opens the customer's gate: people alone do (G8).
    [[nodiscard]] static auto no_consents() {
        return on_terms([](terms<V>& t) -> maybe {
            t.no_consents = true;
            return std::nullopt;
        });
    }

    // --- When, and for how long ------------------------------------------------------------------

    /// At the longest this long at a gate, the manager's or the customer's.
    [[nodiscard]] static auto window(side of, duration_of<V> longest) {
        return on_terms([of, longest](terms<V>& t) -> maybe {
            tighter::window(t, of, longest);
            return std::nullopt;
        });
    }
    [[nodiscard]] static auto longest_access(duration_of<V> longest) {
        return on_terms([longest](terms<V>& t) -> maybe {
            t.longest_access = (std::min)(t.longest_access, longest);
            return std::nullopt;
        });
    }
    /// Approvals of the customer count within these hours only. A denial counts at any.
    [[nodiscard]] static auto approval_hours(weekly_hours hours) {
        return on_terms([hours = std::move(hours)](terms<V>& t) {
            return tighter::approval_hours(t, {hours});
        });
    }
    /// Access is open within these hours only.
    [[nodiscard]] static auto access_hours(weekly_hours hours) {
        return on_terms([hours = std::move(hours)](terms<V>& t) {
            return tighter::keep_to(t.access_hours, {hours});
        });
    }

    // --- What is refused -------------------------------------------------------------------------

    /// Nothing that the condition holds for. `why` is a literal.
    template <class Condition, std::size_t Size>
    [[nodiscard]] static auto refuse(Condition condition, const char (&why)[Size]) {
        return refuse_saying(std::move(condition), {why, Size - 1});
    }
    [[nodiscard]] static auto closed_services(vector<typename V::service> closed) {
        return refuse_saying(conditions<V>::service_is(std::move(closed)),
                             sentence(policy_text::service));
    }
    [[nodiscard]] static auto only_reasons(vector<typename V::reason> open) {
        return refuse_saying(!conditions<V>::reason_is(std::move(open)),
                             sentence(policy_text::reason));
    }
    /// No request while the tenant has this many live grants, begun or still to begin.
    [[nodiscard]] static auto most_live_grants(std::uint32_t most) {
        return tightening{[most](terms<V>&, const tenant<V>& of, const submission<V>& asked) {
            return tighter::most_live_grants(most, of, asked);
        }};
    }
    /// No request of a case that was denied less than this long ago.
    [[nodiscard]] static auto pause_after_denial(duration_of<V> length) {
        return tightening{[length](terms<V>&, const tenant<V>& of, const submission<V>& asked) {
            return tighter::pause_after_denial(length, of, asked);
        }};
    }

  private:
    template <class Change>
    static auto on_terms(Change change) {
        return tightening{
            [change = std::move(change)](terms<V>& t, const tenant<V>&,
                                         const submission<V>&) -> maybe { return change(t); }};
    }
    template <class Condition>
    static auto refuse_saying(Condition condition, std::string_view why) {
        const refusal because{ground::policy, field::none, 0, why};
        return tightening{[condition = std::move(condition), because](
                              terms<V>&, const tenant<V>& of, const submission<V>& asked) -> maybe {
            return condition(of, asked) ? maybe{because} : maybe{};
        }};
    }
};

}  // namespace v0
}  // namespace lockbox
