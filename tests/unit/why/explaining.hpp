// What the tests of explanations share: a scenario's refusals, requests and histories, in words.
#pragma once

#include <lockbox/why.hpp>

#include <string>

#include "support/catch.hpp"
#include "support/scenario.hpp"

namespace support {

using V = lb::vocabulary;

/// The explanation of a command that must be refused, and must say so with the rules' own refusal.
inline lb::explanation refusal_of(const scenario& s, const lb::command& c) {
    const auto decided = s.decision_on(c);
    REQUIRE(decided.refused);
    auto e = lockbox::why_refused(s.state, c, s.now, *decided.refused);
    CHECK(e.refused == decided.refused);
    CHECK_FALSE(e.status);
    return e;
}
inline lb::explanation refusal_of(const scenario& s, const lb::actor& who, lb::command_body body) {
    return refusal_of(s, s.command(who, std::move(body)));
}
/// The same as a sentence.
inline std::string why(const scenario& s, const lb::actor& who, lb::command_body body) {
    return sentence(refusal_of(s, who, std::move(body)));
}

/// Why a request is where it is, as the engine finds it: open in the state, else by its history.
inline lb::explanation status_of(const scenario& s, const lb::request_id& id,
                                 const lb::actor& reader) {
    if (const auto* r = lockbox::find_open(s.state, id, s.now))
        return lockbox::why_open(s.state, *r, s.now, reader);
    lockbox::request_history<V> told;
    for (const auto& event : s.log)
        if (event.request == id) told.take(event);
    auto e = lockbox::why_closed(s.state, id, told, s.now, reader);
    REQUIRE(e);
    return *std::move(e);
}
inline std::string why(const scenario& s, const lb::request_id& id, const lb::actor& reader) {
    return sentence(status_of(s, id, reader));
}

}  // namespace support
