// Ready policies, to be combined: how many agree, of whom, when, for how long, and what is refused.
// docs/policies.md shows them at work.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <lockbox/policies/combine.hpp>
#include <lockbox/policies/conditions.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// In a host's words: `using policies = lockbox::policies<V>;`. Each makes the standard terms
/// stricter; none loosens any (R4). What concerns the customer's gate applies where there is one.
template <class V>
struct policies : conditions<V> {
    using maybe = std::optional<refusal>;

    // --- Who agrees ------------------------------------------------------------------------------

    /// At least this many different people at the customer's gate, all of these
    /// roles; without roles, of those that the tenant's own definitions let decide.
    /// `no_terms` when no role is left.
    [[nodiscard]] static auto approvals(std::uint32_t needed, vector<typename V::role> roles = {}) {
        return at_customer([needed, roles = std::move(roles)](gate<V>& at) -> maybe {
            at.needed = (std::max)(at.needed, needed);
            if (roles.empty()) return std::nullopt;
            drop_if(at.roles, [&](const auto& role) { return !contains(roles, role); });
            if (at.roles.empty()) return refusal{ground::no_terms, field::gates, 0, {}};
            return std::nullopt;
        });
    }
    /// Among them, people who fill one of these quorums (G3): `any_of({{2,
    /// {"legal"}}, {1, {"ciso"}}})`.
    [[nodiscard]] static auto any_of(vector<quorum<V>> quorums) {
        return each_of({clause<V>{std::move(quorums)}});
    }
    /// Among them, people who fill each of these clauses, nobody filling two places (G3).
    [[nodiscard]] static auto each_of(vector<clause<V>> clauses) {
        return at_customer([clauses = std::move(clauses)](gate<V>& at) -> maybe {
            if (const auto about = fault_in(clauses); about != field::none)
                return refusal{ground::bad_terms, about, 0, {}};
            demand(at.clauses, clauses);
            if (at.clauses.size() <= most_clauses) return std::nullopt;
            return refusal{ground::bad_terms, field::gates, 0, {}};
        });
    }
    /// A customer's gate also where the standard terms have none: for a service that
    /// is not protected.
    [[nodiscard]] static auto customer_gate() {
        return tightening{[](terms<V>& t, const tenant<V>& of, const submission<V>&) -> maybe {
            if (!t.asks_customer()) t.gates.push_back(standard_customer_gate(of.settled));
            if (t.gates.back().roles.empty()) return refusal{ground::no_terms, field::gates, 0, {}};
            return std::nullopt;
        }};
    }
    /// At least this many different managers.
    [[nodiscard]] static auto managers(std::uint32_t needed) {
        return at_gate(side::provider, [needed](gate<V>& at) -> maybe {
            at.needed = (std::max)(at.needed, needed);
            return std::nullopt;
        });
    }
    /// Every decision needs a comment (G4).
    [[nodiscard]] static auto comment() {
        return tightening{[](terms<V>& t, const tenant<V>&, const submission<V>&) -> maybe {
            t.comment_required = true;
            return std::nullopt;
        }};
    }

    // --- When, and for how long ------------------------------------------------------------------

    /// At the longest this long at a gate, the manager's or the customer's.
    [[nodiscard]] static auto window(side of, duration_of<V> longest) {
        return at_gate(of, [longest](gate<V>& at) -> maybe {
            at.window = (std::min)(at.window, longest);
            return std::nullopt;
        });
    }
    [[nodiscard]] static auto longest_access(duration_of<V> longest) {
        return tightening{[longest](terms<V>& t, const tenant<V>&, const submission<V>&) -> maybe {
            t.longest_access = (std::min)(t.longest_access, longest);
            return std::nullopt;
        }};
    }
    /// Approvals of the customer count within these hours only. A denial counts at any.
    [[nodiscard]] static auto approval_hours(weekly_hours hours) {
        return at_customer(
            [hours = std::move(hours)](gate<V>& at) { return keep_to(at.hours, hours); });
    }
    /// Access is open within these hours only.
    [[nodiscard]] static auto access_hours(weekly_hours hours) {
        return tightening{
            [hours = std::move(hours)](terms<V>& t, const tenant<V>&, const submission<V>&) {
                return keep_to(t.access_hours, hours);
            }};
    }

    // --- What is refused -------------------------------------------------------------------------

    /// Nothing that the condition holds for. `why` is a literal.
    template <class Condition, std::size_t Size>
    [[nodiscard]] static auto refuse(Condition condition, const char (&why)[Size]) {
        const refusal because{ground::policy, field::none, 0, {why, Size - 1}};
        return tightening{[condition = std::move(condition), because](
                              terms<V>&, const tenant<V>& of, const submission<V>& asked) -> maybe {
            return condition(of, asked) ? maybe{because} : maybe{};
        }};
    }
    [[nodiscard]] static auto closed_services(vector<typename V::service> closed) {
        return refuse(conditions<V>::service_is(std::move(closed)), "this service is closed");
    }
    [[nodiscard]] static auto only_reasons(vector<typename V::reason> open) {
        return refuse(!conditions<V>::reason_is(std::move(open)), "not for this reason");
    }
    /// No request while the tenant has this many live grants, begun or still to begin.
    [[nodiscard]] static auto most_live_grants(std::uint32_t most) {
        const auto reached = [most](const tenant<V>& of, const submission<V>& asked) {
            std::uint32_t live = 0;
            for (const auto& each : of.grants)
                for (const auto& grant : each.grants) live += asked.at < grant.until ? 1U : 0U;
            return live >= most;
        };
        return refuse(reached, "too many grants are live");
    }
    /// No request of a case that was denied less than this long ago.
    [[nodiscard]] static auto pause_after_denial(duration_of<V> length) {
        const auto too_soon = [length](const tenant<V>& of, const submission<V>& asked) {
            const auto* denied =
                find_ordered(of.denials, asked.case_number, &case_denials<V>::case_number);
            return denied != nullptr && asked.at - denied->last < length;
        };
        return refuse(too_soon, "this case was denied a short time ago");
    }

  private:
    template <class Change>
    static auto at_gate(side whose, Change change) {
        return tightening{[whose, change = std::move(change)](terms<V>& t, const tenant<V>&,
                                                              const submission<V>&) -> maybe {
            auto* at = find_by(t.gates, whose, &gate<V>::side);
            return at != nullptr ? change(*at) : maybe{};
        }};
    }
    template <class Change>
    static auto at_customer(Change change) {
        return at_gate(side::tenant, std::move(change));
    }
    static maybe keep_to(vector<weekly_hours>& all, const weekly_hours& hours) {
        unite(all, {hours});
        return are_hours(all) ? maybe{} : maybe{refusal{ground::bad_terms, field::hours, 0, {}}};
    }
};

}  // namespace v0
}  // namespace lockbox
