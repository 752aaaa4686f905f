// A tenant's life in legal events, made by hand: what a contract test writes into a store, and what
// the store must then know of it. No rule but `evolve` is asked, so that a store is tested and
// nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <utility>

#include <lockbox/evolve.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/testing/contract/sample.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// One tenant's log as it grows. Each step is one command with an id of its own, at the instant
/// `now`. Steps gather until `commit` is told that they were written.
template <class V>
class story {
  public:
    using instant = typename V::time_point;
    using request_id = typename V::request_id;

    explicit story(std::uint32_t number) : number_(number) {
        state_.id = sample<typename V::tenant_id>::of("tenant", number);
    }

    // --- Who and when ----------------------------------------------------------------------------

    [[nodiscard]] static actor<V> person(capacity acting, std::uint32_t n) {
        return {sample<typename V::person_id>::of("person", n), acting};
    }
    [[nodiscard]] static actor<V> engineer(std::uint32_t n = 0) {
        return person(capacity::engineer, n);
    }
    [[nodiscard]] static actor<V> manager() { return person(capacity::manager, 10); }
    [[nodiscard]] static actor<V> approver() { return person(capacity::member, 11); }
    [[nodiscard]] static actor<V> system() { return person(capacity::system, 12); }
    [[nodiscard]] static typename V::case_id case_of(std::uint32_t n) {
        return sample<typename V::case_id>::of("case", n);
    }
    /// Hours since the story's beginning.
    [[nodiscard]] static instant hour(int hours) {
        return instant{std::chrono::hours{24 * 365 * 50} + std::chrono::hours{hours}};
    }

    void at(instant now) { now_ = now; }
    [[nodiscard]] instant now() const { return now_; }

    // --- What happens ----------------------------------------------------------------------------

    story& opens() {
        tenant_opened<V> opened{approver().person, {}, {}};
        for (const auto& role : V::standard_roles())
            opened.roles.push_back({role.role, role.permits});
        begin(person(capacity::operator_, 13));
        return add(std::move(opened));
    }
    story& turns_on() {
        begin(approver());
        return add(turned_on<V>{});
    }
    /// From now on, a gate that opens is to be reminded of so long before its deadline (N4).
    story& reminds(vector<duration_of<V>> before) {
        begin(approver());
        auto settings = state_.settled.settings;
        settings.reminders = std::move(before);
        return add(settings_changed<V>{std::move(settings)});
    }
    /// From now on consents may stand, and one does (G8).
    story& agrees() {
        begin(approver());
        auto settings = state_.settled.settings;
        settings.consents = true;
        add(settings_changed<V>{std::move(settings)});
        consent_rule<V> rule;
        rule.longest = std::chrono::hours{4};
        rule.until = now_ + std::chrono::hours{24};
        return add(consent_given<V>{
            state_.settled.consents_given + 1, std::move(rule), {approver().person}});
    }
    /// The manager approves, and a consent the customer's gate: four events of one command.
    story& passes_by(std::uint64_t consent, std::uint64_t request) {
        begin(manager(), request);
        const auto scope = find(request).asked->scope;
        return add(approved<V>{0, {}, {}})
            .add(gate_opened<V>{1, now_ + window})
            .add(consent_used<V>{1, consent})
            .add(granted<V>{scope, now_, now_ + std::chrono::hours{4}});
    }
    /// A consent is withdrawn, and the access that it opened revoked.
    story& takes_back(std::uint64_t consent, std::uint64_t request) {
        begin(approver());
        add(consent_withdrawn<V>{consent});
        const auto& one = find(request);
        about(one.id, one.asked->case_number);
        return add(revoked<V>{cause::consent_withdrawn, {}});
    }
    /// A change is proposed; it waits for 12 hours (S9).
    story& proposes() {
        begin(approver());
        return add(change_proposed<V>{state_.settled.proposed + 1, turn_off<V>{}, now_ + window});
    }
    story& declines(std::uint64_t proposal) {
        begin(approver());
        return add(change_declined<V>{proposal, approver().person, decline_cause::person});
    }
    story& freezes() {
        begin(approver());
        add(frozen<V>{});
        const auto open = state_.open;
        for (const auto& one : open) {
            about(one.id, one.asked->case_number);
            if (one.stage.template is<pending<V>>()) {
                add(denied<V>{0, cause::freeze, {}});
            } else {
                add(revoked<V>{cause::freeze, {}});
            }
        }
        return *this;
    }
    /// An engineer submits; both gates have a window of 12 hours.
    story& submits(std::uint32_t engineer_number, std::uint32_t case_number, bool drill = false) {
        begin(engineer(engineer_number));
        submission<V> asked;
        asked.requester = engineer(engineer_number).person;
        asked.case_number = case_of(case_number);
        asked.duration = std::chrono::hours{4};
        asked.at = now_;
        asked.drill = drill;
        submitted<V> e;
        e.number = state_.submissions + 1;
        e.asked = std::move(asked);
        e.reporter = person(capacity::member, 14).person;
        lockbox::terms<V> terms;
        terms.gates = {{side::provider, 1, window, {}},
                       {side::tenant, 1, window, {V::standard_roles().front().role}}};
        e.terms = std::move(terms);
        e.decide_by = now_ + window;
        about(V::request_id_of(e.number), e.asked->case_number);
        return add(std::move(e));
    }
    /// The manager approves: two events of one command.
    story& passes(std::uint64_t request) {
        begin(manager(), request);
        return add(approved<V>{0, {}, {}}).add(gate_opened<V>{1, now_ + window});
    }
    /// The customer approves: two events of one command, and a grant of four hours.
    story& grants(std::uint64_t request) {
        begin(approver(), request);
        const auto scope = find(request).asked->scope;
        return add(approved<V>{1, {}, {}})
            .add(granted<V>{scope, now_, now_ + std::chrono::hours{4}});
    }
    story& denies(std::uint64_t request) {
        begin(approver(), request);
        return add(denied<V>{0, cause::person, {}});
    }
    story& asks(std::uint64_t request) {
        begin(approver(), request);
        return add(asked<V>{});
    }
    story& withdraws(std::uint64_t request) {
        begin(engineer(), request);
        return add(withdrawn<V>{cause::person});
    }
    story& accesses(std::uint64_t request) {
        begin({find(request).asked->requester, capacity::engineer}, request);
        return add(accessed<V>{});
    }
    story& finishes(std::uint64_t request) {
        begin({find(request).asked->requester, capacity::engineer}, request);
        return add(finished<V>{cause::person});
    }
    story& revokes(std::uint64_t request) {
        begin(manager(), request);
        return add(revoked<V>{cause::person, {}});
    }
    /// Somebody without authority tries something.
    story& refuses(std::uint32_t who) {
        begin(engineer(who));
        return add(refused<V>{"turn_off", {ground::not_allowed}});
    }
    /// Records what is due, without a command id, as the system does.
    story& ticks() {
        const auto proposals = state_.settled.proposals;
        for (const auto& one : proposals) {
            if (one.decide_by > now_) continue;
            begin(system());
            command_.reset();
            add(change_lapsed<V>{one.number, one.proposer, one.decide_by});
        }
        const auto open = state_.open;
        for (const auto& one : open) {
            if (one.due_at() > now_) continue;
            by_ = system();
            command_.reset();
            about(one.id, one.asked->case_number);
            const auto* waits = one.stage.template get_if<pending<V>>();
            if (waits == nullptr) {
                add(ended<V>{one.over_at()});
            } else if (waits->decide_by <= now_) {
                add(expired<V>{one.over_at()});
            } else {
                add(reminded<V>{waits->gate, now_, waits->decide_by, false});
            }
        }
        return *this;
    }
    /// The next command bears this id, which another may have borne before.
    story& under(typename V::command_id id) {
        next_command_ = std::move(id);
        return *this;
    }

    // --- What the store is given, and must tell
    // ----------------------------------------------------

    [[nodiscard]] const tenant<V>& state() const { return state_; }
    [[nodiscard]] const typename V::tenant_id& id() const { return state_.id; }
    [[nodiscard]] const vector<audit_event<V>>& log() const { return log_; }
    [[nodiscard]] const audit_event<V>& last() const { return log_.back(); }
    [[nodiscard]] const vector<request_summary<V>>& requests() const { return requests_; }

    /// All steps since the last `written`, as a change.
    [[nodiscard]] change<V> unwritten() const {
        return {written_, std::span{log_}.subspan(static_cast<std::size_t>(written_)), &state_,
                commit_result::conflict};
    }
    void written() { written_ = log_.size(); }

    /// The events that one actor recorded under one command id.
    [[nodiscard]] vector<audit_event<V>> recorded(const audit_event<V>& like) const {
        vector<audit_event<V>> events;
        for (const auto& event : log_)
            if (event.command == like.command && event.actor == like.actor) events.push_back(event);
        return events;
    }

  private:
    static constexpr auto window = std::chrono::hours{12};

    const request<V>& find(std::uint64_t number) const {
        for (const auto& one : state_.open)
            if (one.number == number) return one;
        std::abort();  // a story that does not hang together
    }

    void begin(actor<V> by) {
        by_ = std::move(by);
        command_ = next_command_
                       ? std::move(next_command_)
                       : sample<typename V::command_id>::of("command", 1000 + ++commands_);
        next_command_.reset();
        request_.reset();
        case_number_.reset();
    }
    void begin(actor<V> by, std::uint64_t request) {
        begin(std::move(by));
        const auto& one = find(request);
        about(one.id, one.asked->case_number);
    }
    void about(request_id request, typename V::case_id case_number) {
        request_ = std::move(request);
        case_number_ = std::move(case_number);
    }

    story& add(event_body<V> body) {
        audit_event<V> event;
        event.tenant = state_.id;
        event.sequence = state_.sequence + 1;
        event.at = now_;
        event.actor = by_;
        event.command = command_;
        event.content = {event.sequence};
        event.request = request_;
        event.case_number = case_number_;
        event.body = std::move(body);
        if (evolve(state_, event)) std::abort();  // a story that does not hang together
        note(event);
        log_.push_back(std::move(event));
        return *this;
    }
    void note(const audit_event<V>& event) {
        if (!event.request) return;
        if (event.body.template is<submitted<V>>())
            return summarise(requests_.emplace_back(), event);
        for (auto& one : requests_)
            if (one.id == *event.request) summarise(one, event);
    }

    std::uint32_t number_;
    instant now_ = hour(0);
    tenant<V> state_;
    vector<audit_event<V>> log_;
    vector<request_summary<V>> requests_;
    std::uint64_t written_ = 0;
    std::uint32_t commands_ = 0;
    optional<typename V::command_id> next_command_{};
    actor<V> by_{};
    optional<typename V::command_id> command_{};
    optional<request_id> request_{};
    optional<typename V::case_id> case_number_{};
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
