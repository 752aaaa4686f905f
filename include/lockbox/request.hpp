// An engineer's wish to touch one tenant's content, from the asking to its end.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/settings.hpp>
#include <lockbox/terms.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// The support ticket, kept by the host, which vouches for all of it (R1).
template <class V>
struct support_case {
    typename V::case_id number{};
    typename V::person_id reporter{};
    bool escalated = false;
    typename V::text tried{};  ///< what was tried before

    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("reporter", self.reporter);
        f("escalated", self.escalated);
        f("tried", self.tried);
    }
    friend bool operator==(const support_case&, const support_case&) = default;
};

/// What a request is about, as a policy sees it: facts, and no free text (DESIGN, sentence 4).
template <class V>
struct submission {
    typename V::person_id requester{};
    typename V::case_id case_number{};
    typename V::scope scope{};
    typename V::reason reason{};
    duration_of<V> duration{};
    optional<typename V::time_point> start{};  ///< the earliest instant of access (G9)
    typename V::time_point at{};               ///< when it was submitted
    bool drill = false;  ///< a trial of the set-up, which grants nothing (S11)

    static constexpr void fields(auto& self, auto&& f) {
        f("requester", self.requester);
        f("case", self.case_number);
        f("scope", self.scope);
        f("reason", self.reason);
        f("duration", self.duration);
        f("start", self.start);
        f("at", self.at);
        f("drill", self.drill);
    }
    friend bool operator==(const submission&, const submission&) = default;
};

/// Less than was asked: a smaller scope, a shorter time, or both (G7).
template <class V>
struct narrowing {
    optional<typename V::scope> scope{};
    optional<duration_of<V>> duration{};

    static constexpr void fields(auto& self, auto&& f) {
        f("scope", self.scope);
        f("duration", self.duration);
    }
    [[nodiscard]] bool empty() const { return !scope && !duration; }
    friend bool operator==(const narrowing&, const narrowing&) = default;
};

/// One approval: by whom, at which gate.
template <class V>
struct vote {
    typename V::person_id person{};
    std::uint32_t gate = 0;

    static constexpr void fields(auto& self, auto&& f) {
        f("person", self.person);
        f("gate", self.gate);
    }
    friend bool operator==(const vote&, const vote&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<vote<V>> = moves_by_bytes<typename V::person_id>;

/// At a gate, until `decide_by` and not at it (G1, G5).
template <class V>
struct pending {
    std::uint32_t gate = 0;
    typename V::time_point opened{};
    typename V::time_point decide_by{};
    std::uint32_t rounds = 0;  ///< questions asked so far (G4)
    bool awaits_answer = false;
    vector<duration_of<V>> reminders{};  ///< how long before `decide_by` each still to come is (N4)
    duration_of<V> escalation{};         ///< the same of the escalation; 0 when none is to come

    static constexpr std::string_view name = "pending";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("opened", self.opened);
        f("decide_by", self.decide_by);
        f("rounds", self.rounds);
        f("awaits_answer", self.awaits_answer);
        f("reminders", self.reminders);
        f("escalation", self.escalation);
    }
    [[nodiscard]] typename V::time_point over_at() const { return decide_by; }
    /// When the next reminder is due; without one, the end.
    [[nodiscard]] typename V::time_point due_at() const {
        auto longest = escalation;
        for (const auto before : reminders) longest = (std::max)(longest, before);
        return decide_by - longest;
    }
    /// When the newest of those was that are due at an instant, of which there is one.
    [[nodiscard]] typename V::time_point due_since(typename V::time_point at) const {
        auto shortest = decide_by - due_at();
        for (const auto before : reminders)
            if (decide_by - before <= at) shortest = (std::min)(shortest, before);
        return decide_by - (escalates(at) ? (std::min)(shortest, escalation) : shortest);
    }
    [[nodiscard]] bool escalates(typename V::time_point at) const {
        return escalation > duration_of<V>::zero() && decide_by - escalation <= at;
    }
    /// Leaves out whatever would come at an instant or before, or never.
    void skip(typename V::time_point until) {
        const auto least = decide_by - until;
        drop_if(reminders, [&](const auto& before) {
            return before >= least || before <= duration_of<V>::zero();
        });
        if (escalation >= least) escalation = {};
    }
    friend bool operator==(const pending&, const pending&) = default;
};

/// With a grant, from `from` until `until` and not at it (A2).
template <class V>
struct active {
    typename V::time_point from{};
    typename V::time_point until{};

    static constexpr std::string_view name = "active";
    static constexpr void fields(auto& self, auto&& f) {
        f("from", self.from);
        f("until", self.until);
    }
    [[nodiscard]] typename V::time_point over_at() const { return until; }
    [[nodiscard]] typename V::time_point due_at() const { return until; }
    friend bool operator==(const active&, const active&) = default;
};

/// A request as long as it is open. What was asked never changes; closed requests live in the log.
template <class V>
struct request {
    typename V::request_id id{};
    std::uint64_t number = 0;  ///< of the submission, from 1
    shared<submission<V>> asked{};
    typename V::person_id reporter{};
    shared<lockbox::terms<V>> terms{};
    optional<narrowing<V>> narrowed{};
    vector<vote<V>> votes{};
    std::uint64_t consent = 0;  ///< the one that opened the customer's gate; 0: none did (G8)
    one_of<pending<V>, active<V>> stage{};

    static constexpr void fields(auto& self, auto&& f) {
        f("id", self.id);
        f("number", self.number);
        f("asked", self.asked);
        f("reporter", self.reporter);
        f("terms", self.terms);
        f("narrowed", self.narrowed);
        f("votes", self.votes);
        f("consent", self.consent);
        f("stage", self.stage);
    }
    /// When the stage that it is in will be over (K2).
    [[nodiscard]] typename V::time_point over_at() const {
        return stage.match([](const auto& s) { return s.over_at(); });
    }
    /// When a tick will have something to record of it: a reminder before that, or its end.
    [[nodiscard]] typename V::time_point due_at() const {
        return stage.match([](const auto& s) { return s.due_at(); });
    }
    friend bool operator==(const request&, const request&) = default;
};

/// Whether every gate that a request speaks of is one of its terms: a store checks
/// what it read back.
template <class V>
[[nodiscard]] bool is_sound(const request<V>& r) {
    const auto* p = r.stage.template get_if<pending<V>>();
    const auto gates = r.terms->gates.size();
    return gates > 0 && (p == nullptr || gates > p->gate) &&
           all_of(r.votes, [&](const auto& vote) { return gates > vote.gate; });
}

/// How a request stands; every status but the first two is an ending, and there is
/// exactly one (V7).
enum class status : std::uint8_t {
    pending,
    active,
    denied,
    expired,
    withdrawn,
    ended,
    finished,
    revoked
};
template <>
inline constexpr auto names_of<status> = std::array<std::string_view, 8>{
    "pending", "active", "denied", "expired", "withdrawn", "ended", "finished", "revoked"};

}  // namespace v0
}  // namespace lockbox
