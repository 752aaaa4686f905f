// What an explanation of a refusal is put together of: the command and its tenant; the rule, the
// facts, and what is needed next.
#pragma once

#include <algorithm>
#include <utility>

#include <lockbox/rules/authority.hpp>
#include <lockbox/why/access.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// One refused command, and the explanation as far as it is.
template <class V>
class refusal_words {
  public:
    refusal_words(const tenant<V>& t, const command<V>& c, typename V::time_point now,
                  const refusal& why, const vector<ended_grant<V>>& over)
        : now_(now),
          over_(over),
          m_{t, c, t.sequence == 0 ? now : (std::max)(now, t.last), nothing_},
          seen_{t, m_.at, c.actor},
          e_(of_refusal<V>(rule::s10, why)) {
        if (!is_here()) seen_.inside = false;
    }

  protected:
    // --- The command -----------------------------------------------------------------------------

    [[nodiscard]] bool is_consent() const { return m_.command.body.template is<consent<V>>(); }

    [[nodiscard]] bool is_here() const {
        return m_.tenant.sequence != 0 && m_.command.tenant == m_.tenant.id;
    }
    [[nodiscard]] bool is_stranger() const {
        return !is_here() || !rules::authority_for<V>(m_.command.body).permits(m_);
    }
    [[nodiscard]] bool is_of_proposal() const { return e_.refused->about == field::proposal; }
    /// The request that the command names, when it is open; null at commands that name none, and
    /// for strangers.
    [[nodiscard]] const request<V>* named() const {
        if (is_stranger()) return nullptr;
        return m_.command.body.match([&](const auto& c) -> const request<V>* {
            if constexpr (requires { c.request; })
                return find_open(m_.tenant, c.request, m_.at);
            else
                return nullptr;
        });
    }

    // --- The explanation -------------------------------------------------------------------------

    explanation<V> because(rule by) {
        e_.rule = by;
        return std::move(e_);
    }
    explanation<V> because(rule by, need<V> next) {
        e_.next.push_back(std::move(next));
        return because(by);
    }
    explanation<V> by_other(rule by, doer who, deed what) {
        return because(by, explaining::by<V>(who, what));
    }
    explanation<V> by_actor(rule by, deed what) { return by_other(by, doer::actor, what); }
    explanation<V> by_member(rule by, deed what, permission holding) {
        return because(by, seen_.by_member(what, holding));
    }
    explanation<V> mend(rule by) { return by_actor(by, deed::amend); }
    void tell(fact<V> one) { e_.facts.push_back(std::move(one)); }

    /// The host's policy, or the tenant's own: one that is being set, or one that was.
    explanation<V> policy_is_at_fault(rule by) {
        if (e_.refused->where.empty()) return by_other(by, doer::host, deed::mend);
        if (m_.command.body.template is<change_settings<V>>()) return mend(by);
        return by_member(by, deed::change_settings, permission::configure);
    }

    typename V::time_point now_;
    const vector<ended_grant<V>>& over_;
    vector<audit_event<V>> nothing_{};
    rules::moment<V> m_;
    view<V> seen_;
    explanation<V> e_;
};

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
