// What can be asked about a request, in the order of its life, and the access itself.
// In which stage each may act: decide.hpp.
#pragma once

#include <string_view>

#include <lockbox/optional.hpp>
#include <lockbox/request.hpp>

namespace lockbox {
inline namespace v0 {

/// Asks for access to content. Engineer (R1, R2).
template <class V>
struct submit {
    lockbox::support_case<V> support_case{};
    typename V::scope scope{};
    typename V::reason reason{};
    typename V::text justification{};
    duration_of<V> duration{};
    optional<typename V::time_point> start{};

    static constexpr std::string_view name = "submit";
    static constexpr void fields(auto& self, auto&& f) {
        f("support_case", self.support_case);
        f("scope", self.scope);
        f("reason", self.reason);
        f("justification", self.justification);
        f("duration", self.duration);
        f("start", self.start);
    }
    friend bool operator==(const submit&, const submit&) = default;
};

/// Sends a marked request through both gates and all notifications; it grants
/// nothing. `settings` (S11).
template <class V>
struct drill {
    submit<V> trial{};

    static constexpr std::string_view name = "drill";
    static constexpr void fields(auto& self, auto&& f) { f("trial", self.trial); }
    friend bool operator==(const drill&, const drill&) = default;
};

/// Agrees, as it was asked or to less. The gate's side and roles (G2, G7).
template <class V>
struct approve {
    typename V::request_id request{};
    typename V::text comment{};
    narrowing<V> narrowed{};

    static constexpr std::string_view name = "approve";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("comment", self.comment);
        f("narrowed", self.narrowed);
    }
    friend bool operator==(const approve&, const approve&) = default;
};

/// Closes a pending request for good. The gate's side and roles (G3).
template <class V>
struct deny {
    typename V::request_id request{};
    typename V::text comment{};

    static constexpr std::string_view name = "deny";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("comment", self.comment);
    }
    friend bool operator==(const deny&, const deny&) = default;
};

/// Asks the engineer for more information; stops no window. The customer gate's roles (G4).
template <class V>
struct ask {
    typename V::request_id request{};
    typename V::text question{};

    static constexpr std::string_view name = "ask";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("question", self.question);
    }
    friend bool operator==(const ask&, const ask&) = default;
};

/// Answers the open question. The request's own engineer (G4).
template <class V>
struct answer {
    typename V::request_id request{};
    typename V::text text{};

    static constexpr std::string_view name = "answer";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("text", self.text);
    }
    friend bool operator==(const answer&, const answer&) = default;
};

/// Takes a pending request back. The request's own engineer (R7).
template <class V>
struct withdraw {
    typename V::request_id request{};

    static constexpr std::string_view name = "withdraw";
    static constexpr void fields(auto& self, auto&& f) { f("request", self.request); }
    friend bool operator==(const withdraw&, const withdraw&) = default;
};

/// One operation on one resource: the only way to content. Engineer (A1).
template <class V>
struct access {
    typename V::access to{};

    static constexpr std::string_view name = "access";
    static constexpr void fields(auto& self, auto&& f) { f("to", self.to); }
    friend bool operator==(const access&, const access&) = default;
};

/// Hands an active grant back early. The request's own engineer (R7).
template <class V>
struct finish {
    typename V::request_id request{};

    static constexpr std::string_view name = "finish";
    static constexpr void fields(auto& self, auto&& f) { f("request", self.request); }
    friend bool operator==(const finish&, const finish&) = default;
};

/// Cuts an active grant off. Manager, or `decide` (A3).
template <class V>
struct revoke {
    typename V::request_id request{};
    typename V::text comment{};

    static constexpr std::string_view name = "revoke";
    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("comment", self.comment);
    }
    friend bool operator==(const revoke&, const revoke&) = default;
};

/// Withdraws the case's pending requests, revokes its grants. Engineer, manager or `decide` (R8).
template <class V>
struct close_case {
    typename V::case_id case_number{};

    static constexpr std::string_view name = "close_case";
    static constexpr void fields(auto& self, auto&& f) { f("case", self.case_number); }
    friend bool operator==(const close_case&, const close_case&) = default;
};

}  // namespace v0
}  // namespace lockbox
