// What happened to a request, in the order of its life. Which request: the envelope tells.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/request.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What brought something about that nobody asked for by its name.
enum class cause : std::uint8_t {
    person,
    freeze,
    turned_on,
    case_closed,
    drill,
    consent_withdrawn
};
template <>
inline constexpr auto names_of<cause> = std::array<std::string_view, 6>{
    "person", "freeze", "turned_on", "case_closed", "drill", "consent_withdrawn"};

/// What was asked, the terms that it got, and until when its first gate waits.
template <class V>
struct submitted {
    std::uint64_t number = 0;  ///< the tenant's submissions so far, with this one
    shared<submission<V>> asked{};
    typename V::person_id reporter{};
    typename V::text tried{};
    typename V::text justification{};
    shared<lockbox::terms<V>> terms{};
    typename V::time_point decide_by{};
    vector<typename V::request_id> denied_before{};  ///< on the same case (R6)

    static constexpr std::string_view name = "submitted";
    static constexpr void fields(auto& self, auto&& f) {
        f("number", self.number);
        f("asked", self.asked);
        f("reporter", self.reporter);
        f("tried", self.tried);
        f("justification", self.justification);
        f("terms", self.terms);
        f("decide_by", self.decide_by);
        f("denied_before", self.denied_before);
    }
    friend bool operator==(const submitted&, const submitted&) = default;
};

/// A pending request was judged again under stricter settings (S5).
template <class V>
struct terms_tightened {
    shared<lockbox::terms<V>> terms{};
    typename V::time_point decide_by{};

    static constexpr std::string_view name = "terms_tightened";
    static constexpr void fields(auto& self, auto&& f) {
        f("terms", self.terms);
        f("decide_by", self.decide_by);
    }
    friend bool operator==(const terms_tightened&, const terms_tightened&) = default;
};

/// One person agreed at one gate, as it was asked or to less.
template <class V>
struct approved {
    std::uint32_t gate = 0;
    typename V::text comment{};
    narrowing<V> narrowed{};

    static constexpr std::string_view name = "approved";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("comment", self.comment);
        f("narrowed", self.narrowed);
    }
    friend bool operator==(const approved&, const approved&) = default;
};

/// The gate before it was passed, and this one waits. A request's first gate opens as
/// it is submitted.
template <class V>
struct gate_opened {
    std::uint32_t gate = 0;
    typename V::time_point decide_by{};

    static constexpr std::string_view name = "gate_opened";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("decide_by", self.decide_by);
    }
    friend bool operator==(const gate_opened&, const gate_opened&) = default;
};

/// The gate passed by itself as it opened: this consent covers the request (G8). The envelope names
/// whose command opened the gate, who did not decide at it.
template <class V>
struct consent_used {
    std::uint32_t gate = 0;
    std::uint64_t number = 0;  ///< of the consent

    static constexpr std::string_view name = "consent_used";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("number", self.number);
    }
    friend bool operator==(const consent_used&, const consent_used&) = default;
};

/// The last gate was passed: this engineer may do this, in [from, until).
template <class V>
struct granted {
    typename V::scope scope{};
    typename V::time_point from{};
    typename V::time_point until{};

    static constexpr std::string_view name = "granted";
    static constexpr void fields(auto& self, auto&& f) {
        f("scope", self.scope);
        f("from", self.from);
        f("until", self.until);
    }
    friend bool operator==(const granted&, const granted&) = default;
};

template <class V>
struct denied {
    std::uint32_t gate = 0;
    lockbox::cause cause{};
    typename V::text comment{};

    static constexpr std::string_view name = "denied";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("cause", self.cause);
        f("comment", self.comment);
    }
    friend bool operator==(const denied&, const denied&) = default;
};

template <class V>
struct asked {
    typename V::text question{};

    static constexpr std::string_view name = "asked";
    static constexpr void fields(auto& self, auto&& f) { f("question", self.question); }
    friend bool operator==(const asked&, const asked&) = default;
};

template <class V>
struct answered {
    typename V::text text{};

    static constexpr std::string_view name = "answered";
    static constexpr void fields(auto& self, auto&& f) { f("text", self.text); }
    friend bool operator==(const answered&, const answered&) = default;
};

/// The gate still waited at `since`, and whoever may decide there was told again (N4). It stands
/// for every reminder that was due by then.
template <class V>
struct reminded {
    std::uint32_t gate = 0;
    typename V::time_point since{};
    typename V::time_point decide_by{};
    bool escalated = false;  ///< the second list was told, too

    static constexpr std::string_view name = "reminded";
    static constexpr void fields(auto& self, auto&& f) {
        f("gate", self.gate);
        f("since", self.since);
        f("decide_by", self.decide_by);
        f("escalated", self.escalated);
    }
    friend bool operator==(const reminded&, const reminded&) = default;
};

template <class V>
struct withdrawn {
    lockbox::cause cause{};

    static constexpr std::string_view name = "withdrawn";
    static constexpr void fields(auto& self, auto&& f) { f("cause", self.cause); }
    friend bool operator==(const withdrawn&, const withdrawn&) = default;
};

/// One allowed access, tied to its approval by the envelope's request.
template <class V>
struct accessed {
    typename V::access to{};

    static constexpr std::string_view name = "accessed";
    static constexpr void fields(auto& self, auto&& f) { f("to", self.to); }
    friend bool operator==(const accessed&, const accessed&) = default;
};

/// One refused attempt at content (A4).
template <class V>
struct access_refused {
    typename V::access to{};
    lockbox::refusal refusal{};

    static constexpr std::string_view name = "access_refused";
    static constexpr void fields(auto& self, auto&& f) {
        f("to", self.to);
        f("refusal", self.refusal);
    }
    friend bool operator==(const access_refused&, const access_refused&) = default;
};

/// Handed back early, or a drill that went through.
template <class V>
struct finished {
    lockbox::cause cause{};

    static constexpr std::string_view name = "finished";
    static constexpr void fields(auto& self, auto&& f) { f("cause", self.cause); }
    friend bool operator==(const finished&, const finished&) = default;
};

template <class V>
struct revoked {
    lockbox::cause cause{};
    typename V::text comment{};

    static constexpr std::string_view name = "revoked";
    static constexpr void fields(auto& self, auto&& f) {
        f("cause", self.cause);
        f("comment", self.comment);
    }
    friend bool operator==(const revoked&, const revoked&) = default;
};

/// Nobody decided before `since` (G5).
template <class V>
struct expired {
    typename V::time_point since{};

    static constexpr std::string_view name = "expired";
    static constexpr void fields(auto& self, auto&& f) { f("since", self.since); }
    friend bool operator==(const expired&, const expired&) = default;
};

/// The time of access was over at `since` (A2).
template <class V>
struct ended {
    typename V::time_point since{};

    static constexpr std::string_view name = "ended";
    static constexpr void fields(auto& self, auto&& f) { f("since", self.since); }
    friend bool operator==(const ended&, const ended&) = default;
};

/// The case of the envelope was closed, with every request that was open on it (R8).
template <class V>
struct case_closed {
    static constexpr std::string_view name = "case_closed";
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
    friend bool operator==(const case_closed&, const case_closed&) = default;
};

}  // namespace v0
}  // namespace lockbox
