// What there is to tell one person of one event, and the parts that many messages share.
#pragma once

#include <string>
#include <utility>

#include <lockbox/audit_event.hpp>
#include <lockbox/notify/letter.hpp>
#include <lockbox/notify/wording.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify {

/// One event as one of those told of it sees it. `asked` is what the event's request asked
/// for; null when the event is about no request, or when the caller does not have it.
template <class V>
class occasion {
  public:
    occasion(const audit_event<V>& happened, const submitted<V>* asked, const recipient<V>& to,
             const wording& words)
        : event_(happened), asked_(asked), to_(to), words_(words) {}

    [[nodiscard]] const audit_event<V>& event() const { return event_; }
    [[nodiscard]] const wording& words() const { return words_; }
    [[nodiscard]] const submitted<V>* asked() const { return asked_; }
    [[nodiscard]] bool is_to(audience as) const { return to_.as == as; }
    [[nodiscard]] bool to_provider() const {
        return is_to(audience::engineer) || is_to(audience::manager) ||
               is_to(audience::manager_desk);
    }
    /// Whether the reader belongs to those who decide for the tenant or watch over that.
    [[nodiscard]] bool to_tenant() const { return !to_provider() && !is_to(audience::reporter); }
    [[nodiscard]] bool drill() const { return asked_ != nullptr && asked_->asked->drill; }

    [[nodiscard]] std::string tenant() const { return readable(event_.tenant); }
    [[nodiscard]] std::string when() const { return readable(event_.at); }
    [[nodiscard]] std::string request() const {
        return event_.request ? readable(*event_.request) : std::string{};
    }
    [[nodiscard]] std::string case_number() const {
        return event_.case_number ? readable(*event_.case_number) : std::string{};
    }

    /// "request R-000007, case 4711", with what is known of it.
    [[nodiscard]] std::string subject_matter() const {
        std::string out = event_.request ? "request " + request() : std::string{};
        if (event_.request && event_.case_number) out += ", ";
        if (event_.case_number) out += "case " + case_number();
        return out.empty() ? "tenant " + tenant() : out;
    }

    /// A letter whose subject begins with what happened, marked when it is but a drill (S11).
    [[nodiscard]] letter begin(const std::string& what, importance how = importance::normal) const {
        letter l{(drill() ? "[Drill] " : "") + what + ": " + subject_matter(), how};
        if (drill()) {
            l.paragraph(
                "This is a drill of the set-up. It gives nobody access, whatever is decided; "
                "please "
                "act on it as you would on a real request.");
        }
        return l;
    }

    /// Which request, on which case, of which tenant.
    void identify(letter& l) const {
        if (event_.request) l.fact("Request", request());
        if (event_.case_number) l.fact("Case", case_number());
        l.fact("Tenant", tenant());
    }

    /// All that was asked: who decides on it sees everything (N2), a reporter only which it was.
    void tell_request(letter& l) const {
        if (asked_ == nullptr || is_to(audience::reporter)) return identify(l);
        const auto& wanted = *asked_->asked;
        l.fact("Service", readable(wanted.scope.service));
        identify(l);
        l.fact("Requested by", readable(wanted.requester));
        l.fact("Reason", readable(wanted.reason));
        l.fact("Created", readable(wanted.at));
        l.fact("Duration", readable(wanted.duration));
        if (wanted.start) l.fact("Not before", readable(*wanted.start));
        l.fact("Case reported by", readable(asked_->reporter));
    }
    void tell_reasons(letter& l) const {
        if (asked_ == nullptr || is_to(audience::reporter)) return;
        tell_scope(l, asked_->asked->scope);
        l.quotation("Justification", asked_->justification);
        l.quotation("Tried before", asked_->tried);
        if (!asked_->denied_before.empty()) {
            l.quotation("Denied before on this case", listed(asked_->denied_before));
        }
    }
    static void tell_scope(letter& l, const typename V::scope& scope) {
        l.quotation("Operations", listed(scope.operations));
        l.quotation("Resources, each with all under it", listed(scope.resources));
    }

    /// Who acted: members are named to their own organisation only, and nobody to a reporter (S7).
    void tell_actor(letter& l, const std::string& label) const {
        const auto acted = side_of(event_.actor.acting);
        const bool known = acted == side::provider ? !is_to(audience::reporter) : to_tenant();
        if (acted != side::system && known) l.fact(label, readable(event_.actor.person));
    }

    /// What happened to the tenant as a whole, when and by whom.
    [[nodiscard]] letter note(const std::string& title, std::string text) const {
        auto l = begin(title);
        l.paragraph(std::move(text));
        identify(l);
        l.fact("Recorded", when());
        tell_actor(l, "By");
        return l;
    }

    /// The last lines of every message: the host's link if it has one, and the id by
    /// which the message is found in the log (N3).
    void end(letter& l, const std::string& id) const {
        if (!words_.link.empty() && event_.request) {
            const auto to_tenant = filled(words_.link, "{tenant}", tenant());
            l.link(filled(filled(to_tenant, "{request}", request()), "{case}", case_number()));
        }
        l.paragraph("Message " + id + ", as the log of this tenant knows it.");
    }

  private:
    const audit_event<V>& event_;
    const submitted<V>* asked_;
    const recipient<V>& to_;
    const wording& words_;
};

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
