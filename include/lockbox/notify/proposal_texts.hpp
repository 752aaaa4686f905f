// The texts about changes that wait for a second member: to those who could agree, and to whoever
// proposed it (S9).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <lockbox/change_lines.hpp>
#include <lockbox/notify/occasion.hpp>

namespace lockbox {
inline namespace v0 {
namespace notify {

template <class V>
[[nodiscard]] letter told_of(const occasion<V>& o, const change_proposed<V>& e) {
    const auto by = readable(std::chrono::floor<std::chrono::seconds>(e.decide_by));
    auto l = o.begin("Agreement needed by " + by, importance::high);
    l.paragraph("A member of " + o.tenant() +
                " proposes a change that loosens something. It takes effect only if a second "
                "member agrees; you are one of those who may agree or decline.");
    o.identify(l);
    l.fact("Proposal", id_traits<std::uint64_t>::text(e.number));
    o.tell_actor(l, "Proposed by");
    l.fact("Change", std::string{name_in(*e.change)});
    l.fact("Lapses", readable(e.decide_by));
    std::string all;
    for (const auto& line : lines_of<V>(*e.change)) (all += line) += '\n';
    if (!all.empty()) l.quotation("What it asks for", all);
    return l;
}

/// How a proposal ended, for its proposer.
template <class V>
[[nodiscard]] letter proposal_ended(const occasion<V>& o, const std::string& title,
                                    std::uint64_t number, std::string text) {
    auto l = o.note(title, std::move(text));
    l.fact("Proposal", id_traits<std::uint64_t>::text(number));
    return l;
}
template <class V>
[[nodiscard]] letter told_of(const occasion<V>& o, const change_agreed<V>& e) {
    return proposal_ended(
        o, "Change agreed", e.number,
        "A second member agreed to what you proposed. The change has taken effect.");
}
template <class V>
[[nodiscard]] letter told_of(const occasion<V>& o, const change_declined<V>& e) {
    return proposal_ended(o, "Change declined", e.number,
                          e.cause == decline_cause::person
                              ? "A member declined what you proposed. Nothing has changed."
                              : "The settings have changed since you proposed it, so it is void. "
                                "To have it still, propose it anew.");
}
template <class V>
[[nodiscard]] letter told_of(const occasion<V>& o, const change_lapsed<V>& e) {
    return proposal_ended(o, "Change lapsed", e.number,
                          "Nobody agreed to what you proposed before " + readable(e.since) +
                              ". Nothing has changed. To have it still, propose it anew.");
}

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
