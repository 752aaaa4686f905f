// Why an event does not fit the state that it should follow.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/fields.hpp>

namespace lockbox {
inline namespace v0 {

/// Why an event cannot follow a state: a log that says so was not written by these rules.
enum class misfit : std::uint8_t {
    other_tenant,      ///< the event belongs to another tenant's log
    gap,               ///< its sequence does not follow
    time_went_back,    ///< its instant lies before the log's last
    not_opened,        ///< the tenant is not open yet, or is opened twice
    wrong_number,      ///< a submission, consent or proposal that is not the next one (R6)
    unknown_request,   ///< no such request is open
    wrong_stage,       ///< the request is open, at another stage
    wrong_gate,        ///< the request waits at another gate, or the terms have no such gate
    no_reminder,       ///< none was due then
    unknown_consent,   ///< no such consent was given, or it was withdrawn (G8)
    unknown_proposal,  ///< no such change waits
};
template <>
inline constexpr auto names_of<misfit> = std::array<std::string_view, 11>{
    "other_tenant",    "gap",         "time_went_back", "not_opened",  "wrong_number",
    "unknown_request", "wrong_stage", "wrong_gate",     "no_reminder", "unknown_consent",
    "unknown_proposal"};

}  // namespace v0
}  // namespace lockbox
