// When a policy applies: facts of the submission and of its tenant, combined by &&, || and !.
#pragma once

#include <utility>

#include <lockbox/facts.hpp>
#include <lockbox/policy.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// A predicate over (tenant, submission) that combines with others.
template <class Holds>
class condition {
  public:
    constexpr explicit condition(Holds holds) : holds_(std::move(holds)) {}

    template <class V>
    [[nodiscard]] bool operator()(const tenant<V>& of, const submission<V>& asked) const {
        return holds_(of, asked);
    }

  private:
    Holds holds_;
};

template <class A, class B>
[[nodiscard]] constexpr auto operator&&(condition<A> a, condition<B> b) {
    return condition{[a = std::move(a), b = std::move(b)](const auto& of, const auto& asked) {
        return a(of, asked) && b(of, asked);
    }};
}
template <class A, class B>
[[nodiscard]] constexpr auto operator||(condition<A> a, condition<B> b) {
    return condition{[a = std::move(a), b = std::move(b)](const auto& of, const auto& asked) {
        return a(of, asked) || b(of, asked);
    }};
}
template <class A>
[[nodiscard]] constexpr auto operator!(condition<A> a) {
    return condition{
        [a = std::move(a)](const auto& of, const auto& asked) { return !a(of, asked); }};
}

/// The ready conditions, in a host's words: `using policies = lockbox::policies<V>;`.
template <class V>
struct conditions {
    [[nodiscard]] static auto service_is(vector<typename V::service> any_of) {
        return condition{
            [any_of = std::move(any_of)](const tenant<V>&, const submission<V>& asked) {
                return contains(any_of, asked.scope.service);
            }};
    }
    /// One of the asked operations is one of these.
    [[nodiscard]] static auto operation_is(vector<typename V::operation> any_of) {
        return condition{
            [any_of = std::move(any_of)](const tenant<V>&, const submission<V>& asked) {
                return facts::operations(asked, part::some, among(any_of));
            }};
    }
    /// Every asked operation is one of these.
    [[nodiscard]] static auto only_operations(vector<typename V::operation> any_of) {
        return condition{
            [any_of = std::move(any_of)](const tenant<V>&, const submission<V>& asked) {
                return facts::operations(asked, part::all, among(any_of));
            }};
    }
    /// Something of this scope is asked for: with the ready scope, a service's operations on paths.
    [[nodiscard]] static auto touches(typename V::scope scope) {
        return condition{[scope = std::move(scope)](const tenant<V>&, const submission<V>& asked) {
            return facts::lies_in<V>(scope, part::some, asked);
        }};
    }
    /// Nothing outside of this scope is asked for.
    [[nodiscard]] static auto within(typename V::scope scope) {
        return condition{[scope = std::move(scope)](const tenant<V>&, const submission<V>& asked) {
            return facts::lies_in<V>(scope, part::all, asked);
        }};
    }
    [[nodiscard]] static auto reason_is(vector<typename V::reason> any_of) {
        return condition{
            [any_of = std::move(any_of)](const tenant<V>&, const submission<V>& asked) {
                return contains(any_of, asked.reason);
            }};
    }
    [[nodiscard]] static auto requester_is(vector<typename V::person_id> any_of) {
        return condition{
            [any_of = std::move(any_of)](const tenant<V>&, const submission<V>& asked) {
                for (const auto& one : any_of)
                    if (V::same_person(one, asked.requester)) return true;
                return false;
            }};
    }
    [[nodiscard]] static auto tenant_is(vector<typename V::tenant_id> any_of) {
        return condition{[any_of = std::move(any_of)](const tenant<V>& of, const submission<V>&) {
            return contains(any_of, of.id);
        }};
    }
    /// What the provider recorded that the tenant bought (S1).
    [[nodiscard]] static auto entitled_to(entitlement at_least) {
        return condition{[at_least](const tenant<V>& of, const submission<V>&) {
            return facts::entitled_to(at_least, of.settled);
        }};
    }
    [[nodiscard]] static auto longer_than(duration_of<V> length) {
        return condition{[length](const tenant<V>&, const submission<V>& asked) {
            return asked.duration > length;
        }};
    }
    /// It was submitted within these hours.
    [[nodiscard]] static auto submitted_in(weekly_hours hours) {
        return condition{[hours = std::move(hours)](const tenant<V>&, const submission<V>& asked) {
            return hours.open_at(asked.at);
        }};
    }

  private:
    static auto among(const vector<typename V::operation>& all) {
        return [&all](const auto& operation) { return contains(all, operation); };
    }
};

}  // namespace v0
}  // namespace lockbox
