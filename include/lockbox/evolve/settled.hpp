// What an event about the tenant itself makes of the state: its settings, its people, and what they
// agree to ahead or propose.
#pragma once

#include <cstddef>
#include <cstdint>

#include <lockbox/audit_event.hpp>
#include <lockbox/misfit.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// One event's effect on what a tenant has settled. Every overload checks before it changes.
template <class V>
class settled_evolution {
  public:
    using fault = optional<misfit>;

    settled_evolution(tenant<V>& t, const audit_event<V>& event) : t_(t), event_(event) {}

    fault operator()(const tenant_opened<V>& e) {
        t_.id = event_.tenant;
        t_.settled.settings = lockbox::settings<V>{*e.settings};
        for (const auto& role : e.roles) t_.settled.roles.push_back(role);
        if (!e.roles.empty()) {
            placed(t_.settled.members, e.first_administrator, &member<V>::person)
                .roles.push_back({e.roles.front().role, {}});
        }
        return settle();
    }
    fault operator()(const entitlement_recorded<V>& e) {
        t_.settled.entitlement = e.entitlement;
        return settle();
    }
    fault operator()(const turned_on<V>&) {
        t_.settled.on = true;
        return end_consents([](const auto&) { return true; });
    }
    fault operator()(const turned_off<V>&) {
        t_.settled.on = false;
        return end_consents([](const auto&) { return true; });
    }
    fault operator()(const settings_changed<V>& e) {
        const auto& before = t_.settled.settings;
        if (before.recipients != e.settings->recipients ||
            before.escalation.recipients != e.settings->escalation.recipients)
            t_.settled.undeliverable.clear();
        if (!e.settings->consents) t_.settled.consents.clear();
        t_.settled.settings = lockbox::settings<V>{*e.settings};
        return settle();
    }
    fault operator()(const audit_visibility_changed<V>& e) {
        t_.settled.settings.audit_visible = e.visible;
        return settle();
    }
    fault operator()(const frozen<V>&) {
        t_.settled.frozen = true;
        return settle();
    }
    fault operator()(const freeze_lifted<V>&) {
        t_.settled.frozen = false;
        return settle();
    }

    fault operator()(const consent_given<V>& e) {
        if (e.number != t_.settled.consents_given + 1) return misfit::wrong_number;
        ++t_.settled.consents_given;
        auto& all = t_.settled.consents;
        drop_if(all, [&](const auto& c) { return c.rule.until <= event_.at; });
        all.push_back({e.number, e.rule, e.authors, false});
        return settle();
    }
    fault operator()(const consent_withdrawn<V>& e) {
        auto& all = t_.settled.consents;
        if (find_by(all, e.number, &given_consent<V>::number) == nullptr)
            return misfit::unknown_consent;
        drop_if(all, [&](const auto& c) { return c.number == e.number; });
        return settle();
    }
    fault operator()(const change_proposed<V>& e) {
        if (e.number != t_.settled.proposed + 1) return misfit::wrong_number;
        ++t_.settled.proposed;
        t_.settled.proposals.push_back({e.number, event_.actor.person, e.change, e.decide_by});
        return settle();
    }
    fault operator()(const change_agreed<V>& e) { return settle_proposal(e.number); }
    fault operator()(const change_declined<V>& e) { return settle_proposal(e.number); }
    fault operator()(const change_lapsed<V>& e) { return settle_proposal(e.number); }

    fault operator()(const role_defined<V>& e) {
        end_orphans();
        auto& roles = t_.settled.roles;
        if (auto* defined = find_by(roles, e.role, &role_definition<V>::role)) {
            defined->permits = e.permits;
        } else {
            roles.push_back({e.role, e.permits});
        }
        return end_orphans();
    }
    fault operator()(const role_assigned<V>& e) {
        end_orphans();
        auto& held = placed(t_.settled.members, e.member, &member<V>::person).roles;
        drop_if(held, [&](const auto& h) { return h.role == e.role || !h.stands_at(event_.at); });
        held.push_back({e.role, e.until});
        return end_orphans();
    }
    fault operator()(const role_ended<V>& e) {
        end_orphans();
        auto& members = t_.settled.members;
        if (auto* found = find_ordered(members, e.member, &member<V>::person)) {
            drop_if(found->roles, [&](const auto& h) { return h.role == e.role; });
            if (found->roles.empty()) members.erase(found);
        }
        return end_orphans();
    }
    fault operator()(const undeliverable<V>& e) {
        auto& all = t_.settled.undeliverable;
        if (contains(all, e.address)) return settle();
        std::size_t at = 0;
        while (at < all.size() && all[at] < e.address) ++at;
        insert_at(all, at, e.address);
        return settle();
    }

  protected:
    tenant<V>& t_;
    const audit_event<V>& event_;

  private:
    fault settle() {
        t_.settled.changed_by = event_.sequence;
        return {};
    }
    template <class Such>
    fault end_consents(Such such) {
        for (auto& c : t_.settled.consents) c.ended = c.ended || such(c);
        return settle();
    }
    /// Ends the consents of whoever may not decide at this instant. Called before roles change and
    /// after, so that one whose author lost `decide` meanwhile does not come to life again (G8).
    fault end_orphans() {
        return end_consents(
            [&](const given_consent<V>& c) { return !authors_decide(t_.settled, c, event_.at); });
    }

    /// A proposal waits no more.
    fault settle_proposal(std::uint64_t number) {
        auto& all = t_.settled.proposals;
        auto* waits = find_ordered(all, number, &proposed_change<V>::number);
        if (waits == nullptr) return misfit::unknown_proposal;
        all.erase(waits);
        return settle();
    }
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
