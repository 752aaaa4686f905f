// From a submission to its terms: the standard policy, the stricter of two terms, and the catalogue
// that tells content from the rest. A policy sees facts and no free text.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/facts.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

// --- The catalogue -------------------------------------------------------------------------------

/// What an operation touches (SPEC 1).
enum class data_class : std::uint8_t { service_operation, metadata, content };
template <>
inline constexpr auto names_of<data_class> =
    std::array<std::string_view, 3>{"service_operation", "metadata", "content"};

/// The host's word on what each operation of each service touches. What it lacks is content (A5).
template <class C, class V>
concept catalogue_for = requires(const C& catalogue, const typename V::service& service,
                                 const typename V::operation& operation) {
    { catalogue(service, operation) } -> std::same_as<data_class>;
};

/// The catalogue of a host that has none.
struct everything_is_content {
    [[nodiscard]] constexpr data_class operator()(const auto& /*service*/,
                                                  const auto& /*operation*/) const {
        return data_class::content;
    }
};

/// A catalogue kept as a list: `{{"exchange", "Get-MailboxSize", data_class::metadata}, …}`.
template <class V>
class catalogue {
  public:
    struct entry {
        typename V::service service{};
        typename V::operation operation{};
        data_class touches = data_class::content;
    };

    catalogue() = default;
    catalogue(std::initializer_list<entry> entries) : entries_(entries) {}
    void add(entry one) { entries_.push_back(std::move(one)); }

    /// Of two entries for one operation, the more protected holds.
    [[nodiscard]] data_class operator()(const typename V::service& service,
                                        const typename V::operation& operation) const {
        bool listed = false;
        auto touches = data_class::service_operation;
        for (const auto& e : entries_) {
            if (e.service != service || e.operation != operation) continue;
            listed = true;
            touches = (std::max)(touches, e.touches);
        }
        return listed ? touches : data_class::content;
    }

  private:
    vector<entry> entries_;
};

// --- Policies ------------------------------------------------------------------------------------

/// What a policy answers.
template <class V>
using proposal = tl::expected<terms<V>, refusal>;

/// Any callable from (tenant, submission) to terms or a refusal. It must be pure;
/// what it returns can only make the standard terms stricter (R4).
template <class P, class V>
concept policy_for = requires(const P& policy, const tenant<V>& t, const submission<V>& asked) {
    requires detail::becomes<decltype(policy(t, asked)), proposal<V>>;
};

/// A host policy's refusal. `why` is a literal: it is kept by view.
template <std::size_t Size>
[[nodiscard]] tl::unexpected<refusal> refused_by_policy(const char (&why)[Size]) {
    return tl::unexpected{refusal{ground::policy, field::none, 0, {why, Size - 1}}};
}

/// The customer's gate as the tenant's settings have it; its approvers are the roles that permit
/// `decide` (S2).
template <class V>
[[nodiscard]] gate<V> standard_customer_gate(const settled<V>& s) {
    gate<V> customer{
        side::tenant, s.settings.approvers_needed, s.settings.customer_window, {}, {}, {}};
    for (const auto& role : s.roles)
        if (role.permits.has(permission::decide)) customer.roles.push_back(role.role);
    sort(customer.roles, std::less{});
    return customer;
}

/// Whether a tenant's own policy asks for the customer's gate, wherever it would not stand.
template <class V>
[[nodiscard]] bool asks_customer(const tenant_policy<V>& policy, const settled<V>& s,
                                 const submission<V>& asked) {
    for (const auto& rule : policy.rules)
        if (find_by(rule.ask, policy_key::customer_gate, &statement<V>::key) != nullptr &&
            applies(rule, s, asked))
            return true;
    return false;
}

/// The terms that a tenant's own settings ask for: the manager's gate always (S6), the customer's
/// for a protected service, a drill, or where the tenant's own policy wants it. What else that
/// policy asks for is added when all gates are known (own_policy.hpp).
template <class V>
[[nodiscard]] terms<V> standard_terms(const settled<V>& s, const submission<V>& asked) {
    terms<V> out{{}, s.settings.longest_access, s.settings.comment_required, {}};
    out.gates.reserve(2);
    out.gates.push_back(
        {side::provider, s.settings.managers_needed, s.settings.manager_window, {}, {}, {}});
    if (asked.drill || is_protected(s, asked.scope.service) ||
        asks_customer(s.settings.policy, s, asked))
        out.gates.push_back(standard_customer_gate(s));
    return out;
}

/// The policy of a host that adds nothing of its own.
struct standard_policy {
    template <class V>
    [[nodiscard]] proposal<V> operator()(const tenant<V>& t, const submission<V>& asked) const {
        return standard_terms(t.settled, asked);
    }
};

namespace detail {

template <class V>
const gate<V>* gate_of(const terms<V>& t, side whose) {
    return find_by(t.gates, whose, &gate<V>::side);
}

/// The higher threshold, the shorter window, the common roles, the clauses and hours of both.
template <class V>
gate<V> stricter_gate(const gate<V>& a, const gate<V>& b) {
    gate<V> both{a.side, (std::max)(a.needed, b.needed), (std::min)(a.window, b.window), {}, {},
                 {}};
    for (const auto& role : a.roles)
        if (b.asks_for(role) && !both.asks_for(role)) both.roles.push_back(role);
    sort(both.roles, std::less{});
    demand(both.clauses, a.clauses);
    demand(both.clauses, b.clauses);
    unite(both.hours, a.hours);
    unite(both.hours, b.hours);
    return both;
}

}  // namespace detail

/// The meet of two terms, never looser than either: every gate of both, each at its strictest, and
/// the lower caps. Refused with `no_terms` where no role is left that both would ask, and with
/// `bad_terms` where both together have more clauses or hours than terms may have (R4, V16).
template <class V>
[[nodiscard]] proposal<V> stricter(const terms<V>& a, const terms<V>& b) {
    terms<V> both{{},
                  (std::min)(a.longest_access, b.longest_access),
                  a.comment_required || b.comment_required,
                  {},
                  a.no_consents || b.no_consents};
    unite(both.access_hours, a.access_hours);
    unite(both.access_hours, b.access_hours);
    for (const auto whose : {side::provider, side::tenant}) {
        const auto* ours = detail::gate_of(a, whose);
        const auto* theirs = detail::gate_of(b, whose);
        if (ours == nullptr && theirs == nullptr) continue;
        const auto& one = ours != nullptr ? *ours : *theirs;
        both.gates.push_back(detail::stricter_gate(one, theirs != nullptr ? *theirs : one));
        if (whose == side::tenant && both.gates.back().roles.empty()) {
            return tl::unexpected{refusal{ground::no_terms, field::gates, 0, {}}};
        }
    }
    for (const auto& gate : both.gates)
        if (gate.clauses.size() > most_clauses || gate.hours.size() > most_hours)
            return tl::unexpected{refusal{ground::bad_terms, field::gates, 0, {}}};
    if (both.access_hours.size() > most_hours)
        return tl::unexpected{refusal{ground::bad_terms, field::hours, 0, {}}};
    return both;
}

}  // namespace v0
}  // namespace lockbox
