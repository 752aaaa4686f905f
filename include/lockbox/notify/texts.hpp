// The texts about requests, one overload per event: what is said, and to whom it is said in another
// (N1).
#pragma once

#include <string>
#include <utility>

#include <lockbox/notify/occasion.hpp>
#include <lockbox/notify/tenant_texts.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify {

/// Writes the letter to one recipient of one event. Total: an event without a text of its own is
/// reported by its name, so that whoever the log names as told is told (N3).
template <class V>
class texts : public tenant_texts<V> {
  public:
    using tenant_texts<V>::tenant_texts;
    using tenant_texts<V>::operator();

    // A gate waits.
    letter operator()(const submitted<V>& e) const {
        return gate("Decision ",
                    e.terms->gates.empty() ? side::tenant : e.terms->gates.front().side,
                    e.decide_by);
    }
    letter operator()(const gate_opened<V>& e) const {
        return gate("Decision ", side_of_gate(e.gate), e.decide_by);
    }
    letter operator()(const reminded<V>& e) const {
        return gate(e.escalated ? "Escalated: decision " : "Reminder: decision ",
                    side_of_gate(e.gate), e.decide_by,
                    e.escalated ? "It still waits for a decision, and its time is running out. "
                                  "Those whom this organisation named for that case are told, too."
                                : "It still waits for a decision, and its time is running out.");
    }
    letter operator()(const consent_used<V>& e) const {
        auto l = o_.begin("Opened by consent");
        l.paragraph(o_.to_tenant()
                        ? "An engineer of " + o_.words().provider +
                              " asked for access to content of " + o_.tenant() +
                              ". A consent of this organisation covers the request, so that the "
                              "customer's gate has opened by itself: nobody was asked to decide."
                        : "The customer's gate has opened by itself.");
        o_.tell_request(l);
        l.fact("Decision", "automatic");
        if (o_.to_tenant()) l.fact("Consent", readable(e.number));
        if (o_.to_tenant()) o_.tell_reasons(l);
        l.paragraph(
            "Access can be revoked at any time; so can the consent be withdrawn, and with "
            "it all access that it opened.");
        return l;
    }
    letter operator()(const terms_tightened<V>& e) const {
        auto l = o_.begin("Stricter terms");
        l.paragraph(
            "The settings of " + o_.tenant() +
            " became stricter, and this request is now judged by them. It still waits for a "
            "decision; no access has been given.");
        o_.tell_request(l);
        l.fact("Expires", readable(e.decide_by));
        l.fact("Customer decides", e.terms->asks_customer() ? "yes" : "no");
        return l;
    }
    letter operator()(const approved<V>& e) const {
        auto l = o_.begin("One approval");
        l.paragraph(
            "One person has approved. This alone may not open the gate, and a later gate may "
            "still have to be passed.");
        o_.identify(l);
        o_.tell_actor(l, "Approved by");
        return quote(std::move(l), "Comment", e.comment);
    }

    // Question and answer, while it waits (G4).
    letter operator()(const lockbox::asked<V>& e) const {
        const bool mine = o_.is_to(audience::engineer);
        auto l = o_.begin("Question", mine ? importance::high : importance::normal);
        l.paragraph(
            mine ? "Before deciding on your request, the customer asks for more information. "
                   "The time in which the request must be decided runs on: please answer soon."
                 : "The engineer was asked for more information. The time in which the request "
                   "must be decided runs on.");
        o_.identify(l);
        o_.tell_actor(l, "Asked by");
        return quote(std::move(l), "Question", e.question);
    }
    letter operator()(const answered<V>& e) const {
        const bool mine = o_.is_to(audience::approver);
        auto l = o_.begin("Answer", mine ? importance::high : importance::normal);
        l.paragraph(
            "The engineer has answered the open question. The request still waits for a "
            "decision, and its time has not changed.");
        o_.identify(l);
        o_.tell_actor(l, "Answered by");
        return quote(std::move(l), "Answer", e.text);
    }

    // The outcome.
    letter operator()(const granted<V>& e) const {
        auto l = o_.begin("Access granted");
        l.paragraph(o_.to_provider()
                        ? "Every gate was passed, and access is granted within the limits "
                          "below. Every access is recorded."
                        : "Every gate was passed, and the engineer has access within the "
                          "limits below. Nothing more needs to be decided.");
        o_.tell_request(l);
        l.fact("From", readable(e.from));
        l.fact("Until", readable(e.until));
        if (!o_.is_to(audience::reporter)) o_.tell_scope(l, e.scope);
        l.paragraph(
            "It ends by itself at the instant given as \"Until\", and either side may revoke it "
            "before.");
        return l;
    }
    letter operator()(const denied<V>& e) const {
        const auto what = "was denied " + denied_by(e.cause);
        if (an_issue_waits()) return issue_may_persist("Denied", what);
        return outcome(
            "Denied", what, "Denied by", e.comment,
            "No access was given. To ask again, submit a new request; its approvers will "
            "see that this one was denied.");
    }
    letter operator()(const expired<V>& e) const {
        const auto what = "expired at " + readable(e.since) + " because nobody decided in time";
        if (an_issue_waits()) return issue_may_persist("Expired", what);
        return outcome("Expired", what, {}, {},
                       "No access was given. To ask again, submit a new request.");
    }
    letter operator()(const withdrawn<V>& e) const {
        return outcome("Withdrawn",
                       e.cause == cause::case_closed ? "was withdrawn because its case was closed"
                                                     : "was withdrawn by its engineer",
                       "Withdrawn by", {}, "No access was given.");
    }
    letter operator()(const revoked<V>& e) const {
        return outcome("Access revoked", "had its access revoked " + revoked_by(e.cause),
                       "Revoked by", e.comment,
                       "Access through this request is over, at once and for good.");
    }
    letter operator()(const ended<V>& e) const {
        return outcome("Access ended", "reached the end of its access at " + readable(e.since), {},
                       {}, "Access through this request is over.");
    }
    letter operator()(const finished<V>& e) const {
        if (e.cause != cause::drill) {
            return outcome("Access handed back", "was finished early by its engineer",
                           "Finished by", {}, "Access through this request is over.");
        }
        auto l = o_.begin("Drill completed");
        l.paragraph(
            "The drill went through every gate and its messages were sent. It gave nobody "
            "access, and nothing remains to be done.");
        o_.tell_request(l);
        return l;
    }

    template <class Other>
    letter operator()(const Other&) const {
        return o_.note("Recorded: " + std::string{Other::name},
                       "The log of this tenant has a new entry.");
    }

  private:
    /// The side of a gate. The terms of a submission list its gates; one that
    /// settings added later is the customer's (S5).
    [[nodiscard]] side side_of_gate(std::uint32_t index) const {
        if (o_.asked() == nullptr || index >= o_.asked()->terms->gates.size()) return side::tenant;
        return o_.asked()->terms->gates[index].side;
    }

    [[nodiscard]] bool may_decide_at(side gate) const {
        if (gate == side::tenant) return o_.is_to(audience::approver);
        return o_.is_to(audience::manager) || o_.is_to(audience::manager_desk);
    }
    [[nodiscard]] std::string whose_turn(side gate) const {
        const bool customer = gate == side::tenant;
        if (!may_decide_at(gate)) {
            return customer ? "The customer's approvers have been asked to decide."
                            : "The provider's managers have been asked to decide.";
        }
        return customer
                   ? "You are one of those who may decide: approve, approve to less than was "
                     "asked, deny, or ask for more information first."
                   : "A manager's decision is needed: approve, approve to less than was asked, "
                     "or deny.";
    }

    [[nodiscard]] letter gate(const std::string& title, side at, typename V::time_point decide_by,
                              std::string still = {}) const {
        const bool mine = may_decide_at(at);
        const bool watched = mine || o_.is_to(audience::recipient);
        const auto by = readable(std::chrono::floor<std::chrono::seconds>(decide_by));
        auto l = o_.begin(title + (mine ? "needed by " : "awaited by ") + by,
                          watched ? importance::high : importance::normal);
        l.paragraph("An engineer of " + o_.words().provider + " asks for access to content of " +
                    o_.tenant() + ". No access has been given so far.");
        if (!still.empty()) l.paragraph(std::move(still));
        l.paragraph(whose_turn(at));
        o_.tell_request(l);
        l.fact("Expires", readable(decide_by));
        o_.tell_reasons(l);
        l.paragraph(
            "If nobody decides before it expires, or if it is denied, no access is given, and "
            "the issue behind the case may persist.");
        if (mine && o_.words().link.empty()) {
            l.paragraph(
                "This message holds no link. Decide in the place where you always do, and do "
                "not follow a message that asks you to sign in.");
        }
        return l;
    }

    [[nodiscard]] letter outcome(const std::string& title, const std::string& what,
                                 std::string label, std::string_view comment,
                                 const std::string& to_provider) const {
        auto l = o_.begin(title);
        l.paragraph("This request " + what + ".");
        if (o_.is_to(audience::reporter)) {
            o_.identify(l);
            return l;
        }
        l.paragraph(o_.to_provider() ? to_provider
                                     : "It is settled; nothing more needs to be decided.");
        o_.tell_request(l);
        l.fact("Recorded", o_.when());
        if (!label.empty()) o_.tell_actor(l, label);
        return quote(std::move(l), "Comment", comment);
    }

    /// Whether the reader reported an issue that stays unsolved for now: a drill was about none.
    [[nodiscard]] bool an_issue_waits() const {
        return o_.is_to(audience::reporter) && !o_.drill();
    }

    /// A reporter learns what it means for the issue, and neither names nor comments (N1).
    [[nodiscard]] letter issue_may_persist(const std::string& title,
                                           const std::string& what) const {
        auto l = o_.begin(title);
        l.paragraph("For your case, an engineer of " + o_.words().provider +
                    " had asked for access to content of " + o_.tenant() + ". The request " + what +
                    ".");
        l.paragraph(
            "The issue that you reported may therefore persist. Please speak to your support "
            "contact about how to go on.");
        o_.identify(l);
        return l;
    }

    [[nodiscard]] std::string by_side() const {
        switch (side_of(o_.event().actor.acting)) {
            case side::provider:
                return "by a manager";
            case side::tenant:
                return "by the customer";
            case side::system:
                break;
        }
        return "by the system";
    }
    [[nodiscard]] std::string denied_by(cause why) const {
        if (why == cause::freeze) return "because the customer froze all access";
        if (why == cause::turned_on) return "under stricter settings of the customer";
        return by_side();
    }
    [[nodiscard]] std::string revoked_by(cause why) const {
        if (why == cause::freeze) return "because the customer froze all access";
        if (why == cause::turned_on) return "because the customer now decides on this service";
        if (why == cause::case_closed) return "because its case was closed";
        if (why == cause::consent_withdrawn) return "because the customer withdrew its consent";
        return by_side();
    }

    using tenant_texts<V>::o_;
    using tenant_texts<V>::quote;
};

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
