// The texts about a tenant as a whole: what its members set, agree to ahead, or freeze (N1).
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <lockbox/notify/occasion.hpp>
#include <lockbox/notify/proposal_texts.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify {

/// Writes the letter to one recipient of one such event.
template <class V>
class tenant_texts {
  public:
    explicit tenant_texts(const occasion<V>& about) : o_(about) {}

    letter operator()(const audit_visibility_changed<V>& e) const {
        return o_.note(e.visible ? "Audit log shown" : "Audit log hidden",
                       e.visible
                           ? "The audit log can now be read by the members who hold the permission "
                             "for it, including what was recorded before."
                           : "The audit log can no longer be read by members. Recording goes on.");
    }
    letter operator()(const turned_on<V>&) const {
        return o_.note("Lockbox turned on",
                       "Access to content that is not exempted now needs the "
                       "approval of this organisation.");
    }
    letter operator()(const turned_off<V>&) const {
        return o_.note("Lockbox turned off",
                       "New requests for content no longer ask this organisation. "
                       "Requests that were pending keep their gates.");
    }
    letter operator()(const frozen<V>& e) const {
        return quote(o_.note("All access frozen",
                             "All access was revoked, every pending request denied, "
                             "and new ones are refused until the freeze is lifted."),
                     "Comment", o_.to_tenant() ? std::string_view{e.comment} : std::string_view{});
    }
    letter operator()(const freeze_lifted<V>&) const {
        return o_.note("Freeze lifted",
                       "New requests can be submitted again. What was revoked or denied "
                       "stays so.");
    }
    letter operator()(const consent_given<V>& e) const {
        auto l =
            o_.note("Consent given",
                    "This organisation has agreed ahead: whatever lies within the limits below "
                    "opens the customer's gate by itself. Nobody is asked then; those who would "
                    "be are told of every use.");
        if (!o_.to_tenant()) return l;
        l.fact("Consent", readable(e.number));
        l.fact("Service", readable(e.rule.scope.service));
        l.fact("Longest access", readable(e.rule.longest));
        l.fact("Until", readable(e.rule.until));
        l.quotation("Reasons", listed(e.rule.reasons));
        o_.tell_scope(l, e.rule.scope);
        return l;
    }
    letter operator()(const consent_withdrawn<V>& e) const {
        auto l = o_.note("Consent withdrawn",
                         "It opens no gate any more, and all access that it opened is revoked.");
        if (o_.to_tenant()) l.fact("Consent", readable(e.number));
        return l;
    }
    letter operator()(const change_proposed<V>& e) const { return told_of(o_, e); }
    letter operator()(const change_agreed<V>& e) const { return told_of(o_, e); }
    letter operator()(const change_declined<V>& e) const { return told_of(o_, e); }
    letter operator()(const change_lapsed<V>& e) const { return told_of(o_, e); }
    letter operator()(const case_closed<V>&) const {
        return o_.note("Case closed",
                       "The case was closed; its pending requests were withdrawn and its "
                       "access revoked.");
    }

  protected:
    /// What somebody wrote about a request is not for its reporter.
    [[nodiscard]] letter quote(letter l, std::string label, std::string_view text) const {
        if (!o_.is_to(audience::reporter)) l.quotation(std::move(label), text);
        return l;
    }

    const occasion<V>& o_;
};

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
