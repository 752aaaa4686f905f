// The rules that explanations name, and which of them stands behind what.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/refusal.hpp>
#include <lockbox/request_events.hpp>

namespace lockbox {
inline namespace v0 {

/// The rules that explanations name. What each says stands in docs/why.md.
enum class rule : std::uint8_t {
    s1,
    s2,
    s3,
    s4,
    s5,
    s8,
    s9,
    s10,
    s11,
    r1,
    r2,
    r4,
    r5,
    r6,
    r7,
    r8,
    r9,
    g2,
    g3,
    g4,
    g5,
    g7,
    g8,
    g9,
    a1,
    a2,
    a3,
    k1,
    k2,
    l1,
    l3,
    v5,
    v8
};
template <>
inline constexpr auto names_of<rule> = std::array<std::string_view, 33>{
    "S1", "S2", "S3", "S4", "S5", "S8", "S9", "S10", "S11", "R1", "R2",
    "R4", "R5", "R6", "R7", "R8", "R9", "G2", "G3",  "G4",  "G5", "G7",
    "G8", "G9", "A1", "A2", "A3", "K1", "K2", "L1",  "L3",  "V5", "V8"};

namespace explaining {

/// The rule by which something ended.
[[nodiscard]] constexpr rule rule_of(status how, cause why) {
    switch (why) {
        case cause::freeze:
            return rule::s8;
        case cause::turned_on:
            return rule::s5;
        case cause::case_closed:
            return rule::r8;
        case cause::drill:
            return rule::s11;
        case cause::consent_withdrawn:
            return rule::g8;
        case cause::person:
            break;
    }
    switch (how) {
        case status::denied:
            return rule::g3;
        case status::revoked:
            return rule::a3;
        case status::withdrawn:
        case status::finished:
            return rule::r7;
        case status::expired:
            return rule::g5;
        case status::ended:
            return rule::a2;
        case status::pending:
        case status::active:
            break;
    }
    return rule::k2;
}

/// Whether a refusal is about one of the tenant's settings, its own policy among them (S4).
[[nodiscard]] constexpr bool is_setting(const refusal& r) {
    return !r.where.empty() || r.about == field::policy || r.about == field::two_person_changes ||
           (r.about >= field::manager_window && r.about <= field::limits);
}
/// The rule that a field which is not well formed breaks.
[[nodiscard]] constexpr rule rule_of_form(const refusal& r) {
    if (is_setting(r)) return rule::s4;
    const bool person = r.about == field::actor || r.about == field::member ||
                        r.about == field::reporter || r.about == field::first_administrator;
    return person ? rule::v5 : rule::r9;
}
/// The rule that asks for a field which is missing.
[[nodiscard]] constexpr rule rule_of_text(const refusal& r) {
    if (is_setting(r)) return rule::s4;
    if (r.about == field::tried) return rule::r1;
    return r.about == field::question || r.about == field::answer ? rule::g4 : rule::r2;
}
/// The rule that bounds a field.
[[nodiscard]] constexpr rule rule_of_bound(const refusal& r) {
    if (is_setting(r)) return rule::s4;
    if (r.about == field::until) return rule::s3;
    if (r.about == field::question) return rule::g4;
    return r.about == field::start ? rule::g9 : rule::r2;
}

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
