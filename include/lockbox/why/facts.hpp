// The facts about requests and grants that an explanation rests on: each a value of its own, so
// that a host can say them in its own words. One that names people or roles of the tenant is told
// to its own side alone (S7, T22).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/audit_event.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What a live grant lacks for an access.
enum class shortcoming : std::uint8_t { service, operation, resource, start, hours };
template <>
inline constexpr auto names_of<shortcoming> =
    std::array<std::string_view, 5>{"service", "operation", "resource", "start", "hours"};

namespace facts {

/// The request waits at this side's gate, up to `until` and not at it (G1).
template <class V>
struct waits {
    side gate{};
    typename V::time_point since{};
    typename V::time_point until{};

    static constexpr std::string_view name = "waits";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("since", self.since);
        f("until", self.until);
    }
    friend bool operator==(const waits&, const waits&) = default;
};

/// So many approvals count at the gate, of those that it needs (G3).
struct votes {
    std::uint32_t counted = 0;
    std::uint32_t needed = 0;

    static constexpr std::string_view name = "votes";
    static constexpr void fields(auto& self, auto&& f) {
        f("counted", self.counted);
        f("needed", self.needed);
    }
    friend bool operator==(const votes&, const votes&) = default;
};

/// This person's approval does not count: the role is lost, or lets nobody decide any more (G3).
template <class V>
struct lapsed_vote {
    typename V::person_id person{};

    static constexpr std::string_view name = "lapsed_vote";
    static constexpr void fields(auto& self, auto&& f) { f("person", self.person); }
    friend bool operator==(const lapsed_vote&, const lapsed_vote&) = default;
};

/// The votes that count do not fill this clause beside those before it (G3).
template <class V>
struct unfilled_clause {
    std::uint32_t place = 0;  ///< among the gate's clauses, from 1
    lockbox::clause<V> clause{};

    static constexpr std::string_view name = "unfilled_clause";
    static constexpr void fields(auto& self, auto&& f) {
        f("place", self.place);
        f("clause", self.clause);
    }
    friend bool operator==(const unfilled_clause&, const unfilled_clause&) = default;
};

/// A question waits for its answer, which moves no deadline (G4).
struct open_question {
    static constexpr std::string_view name = "open_question";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const open_question&, const open_question&) = default;
};

/// It is outside the hours that the terms allow; they open at `opens`, if ever in time (G3).
template <class V>
struct closed_hours {
    optional<typename V::time_point> opens{};

    static constexpr std::string_view name = "closed_hours";
    static constexpr void fields(auto& self, auto&& f) { f("opens", self.opens); }
    friend bool operator==(const closed_hours&, const closed_hours&) = default;
};

/// Who approved at a gate of the request; for a reader of the other side, nobody by name (V2).
template <class V>
struct approved_by {
    side gate{};
    vector<typename V::person_id> people{};

    static constexpr std::string_view name = "approved_by";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("people", self.people);
    }
    friend bool operator==(const approved_by&, const approved_by&) = default;
};

/// A consent opened the customer's gate by itself; told to its own side alone (G8, S7).
struct opened_by_consent {
    std::uint64_t number = 0;

    static constexpr std::string_view name = "opened_by_consent";
    static constexpr void fields(auto& self, auto&& f) { f("number", self.number); }
    friend bool operator==(const opened_by_consent&, const opened_by_consent&) = default;
};

/// The request's access, in [from, until) (A2).
template <class V>
struct access_time {
    typename V::request_id request{};
    typename V::time_point from{};
    typename V::time_point until{};

    static constexpr std::string_view name = "access_time";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("from", self.from);
        f("until", self.until);
    }
    friend bool operator==(const access_time&, const access_time&) = default;
};

/// A live grant, and the first thing that it lacks for the access (A1).
template <class V>
struct near_grant {
    typename V::request_id request{};
    shortcoming lacks{};

    static constexpr std::string_view name = "near_grant";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("lacks", self.lacks);
    }
    friend bool operator==(const near_grant&, const near_grant&) = default;
};

/// A grant that covered the access, and how and when it ended (A2, A3).
template <class V>
struct past_grant {
    typename V::request_id request{};
    status ending{};
    typename V::time_point at{};

    static constexpr std::string_view name = "past_grant";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("ending", self.ending);
        f("at", self.at);
    }
    friend bool operator==(const past_grant&, const past_grant&) = default;
};

/// A request that asks for the access still waits at this side's gate (G1).
template <class V>
struct asked_already {
    typename V::request_id request{};
    side gate{};

    static constexpr std::string_view name = "asked_already";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("gate", self.gate);
    }
    friend bool operator==(const asked_already&, const asked_already&) = default;
};

/// Who brought the ending about, when, and by what: a vote at a gate, or something that nobody
/// asked for by its name.
template <class V>
struct closed_by {
    lockbox::cause cause{};
    capacity acting{};
    optional<typename V::person_id> person{};  ///< absent where the reader may not know
    optional<side> gate{};
    typename V::time_point at{};

    static constexpr std::string_view name = "closed_by";
    static constexpr void fields(auto& self, auto&& f) {
        f("cause", self.cause);
        f("acting", self.acting);
        f("person", self.person);
        f("gate", self.gate);
        f("at", self.at);
    }
    friend bool operator==(const closed_by&, const closed_by&) = default;
};

/// The comment that came with it, byte for byte.
template <class V>
struct said {
    typename V::text comment{};

    static constexpr std::string_view name = "said";
    static constexpr void fields(auto& self, auto&& f) { f("comment", self.comment); }
    friend bool operator==(const said&, const said&) = default;
};

/// Nobody decided at this gate while it was open (G5).
template <class V>
struct undecided {
    side gate{};
    typename V::time_point since{};
    typename V::time_point until{};

    static constexpr std::string_view name = "undecided";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("since", self.since);
        f("until", self.until);
    }
    friend bool operator==(const undecided&, const undecided&) = default;
};

}  // namespace facts
}  // namespace v0
}  // namespace lockbox
