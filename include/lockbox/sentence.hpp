// A refusal as a sentence for people: one table, a line for each ground.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/describe.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/tenant_policy.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// What a refusal says. `@` is the field that it is about; `limit` follows when there
/// is one, `#` in it being the limit and its unit.
struct wording {
    ground why{};
    std::string_view text{};
    std::string_view limit{};
};

inline constexpr auto wordings = std::array<wording, names_of<ground>.size()>{{
    {ground::malformed, "@ is not well formed"},
    {ground::id_reused, "this command id was used for something else"},
    {ground::already_used, "this command id was used for an access that was allowed"},
    {ground::not_allowed, "not allowed"},
    {ground::already_open, "the tenant was opened before"},
    {ground::clock_behind, "the clock stands behind the tenant's log", ", by more than #"},
    {ground::frozen, "the tenant has frozen all access"},
    {ground::not_open, "no such request is open at this stage"},
    {ground::same_person, "requester, manager and approver must be different people"},
    {ground::already_voted, "this person has decided at this gate before"},
    {ground::missing, "@ is missing"},
    {ground::out_of_range, "@ is out of range", ", its limit is #"},
    {ground::too_long, "@ is too long", ", at most #"},
    {ground::not_escalated, "the case was not escalated"},
    {ground::no_request_needed, "@ needs no request, for it does not touch content"},
    {ground::comment_required, "the terms ask for a comment"},
    {ground::question_open, "a question waits for its answer"},
    {ground::no_question, "no question is open"},
    {ground::widens, "@ would be wider than what was asked", ", at most #"},
    {ground::narrows_to_nothing, "@ would leave nothing to allow"},
    {ground::unchanged, "it is so already"},
    {ground::not_entitled, "the provider has not recorded @ for this tenant"},
    {ground::beyond_own, "@ goes beyond what the assigner holds"},
    {ground::last_administrator, "nobody would be left to assign roles without end"},
    {ground::unknown_role, "@ is not defined here"},
    {ground::policy, "the policy refuses"},
    {ground::bad_terms, "the policy's terms cannot be met, see @"},
    {ground::no_terms, "the policy's terms and the tenant's leave nobody to ask"},
    {ground::no_approver, "nobody could open a gate"},
    {ground::too_soon, "this case was denied before", ", wait for # after the last denial"},
    {ground::too_many_pending, "too many requests of this engineer are pending", ", at most #"},
    {ground::too_many_open, "too many requests are open", ", at most #"},
    {ground::no_grant, "no live grant"},
    {ground::not_yet, "the grant begins later"},
    {ground::not_covered, "no single live grant covers this access"},
    {ground::outside_hours, "the terms allow it at other hours only"},
    {ground::no_consents, "the settings let no consent stand"},
}};

/// What these say where they are about a proposed change (S9).
inline constexpr auto wordings_of_proposals = std::array<wording, 3>{{
    {ground::not_open, "no such proposal waits"},
    {ground::same_person, "whoever proposed a change cannot agree to it"},
    {ground::too_many_open, "too many proposals wait", ", at most #"},
}};

[[nodiscard]] constexpr const wording& wording_of(const refusal& r) {
    if (r.about == field::proposal)
        for (const auto& one : wordings_of_proposals)
            if (one.why == r.why) return one;
    return wordings[static_cast<std::size_t>(r.why)];
}

/// Every ground at its own place.
consteval bool in_order() {
    for (std::size_t at = 0; at < wordings.size(); ++at)
        if (wordings[at].why != static_cast<ground>(at) || wordings[at].text.empty()) return false;
    return true;
}
static_assert(in_order());

/// What a limit counts.
[[nodiscard]] constexpr std::string_view unit_of(const refusal& r) {
    constexpr auto durations =
        std::array{field::duration,       field::start,          field::instant,
                   field::case_number,    field::manager_window, field::customer_window,
                   field::longest_access, field::reminders,      field::escalation,
                   field::until};
    constexpr auto lists = std::array{field::operations, field::resources, field::exempted,
                                      field::recipients, field::reminders, field::escalation,
                                      field::role,       field::reason,    field::consent};
    const auto among = [&](const auto& these) {
        return std::find(these.begin(), these.end(), r.about) != these.end();
    };
    const bool of_entries = among(lists) || !r.where.empty();
    if (r.why == ground::too_long) return of_entries ? " entries" : " bytes";
    return among(durations) ? " ms" : "";
}

}  // namespace detail

/// A place in a policy as people write one: "rules[2].ask.each_of[0].any_of[1].roles[0]". Of how
/// many and of which roles is one key there, `approvals`. Empty for no place.
[[nodiscard]] inline std::string path_of(const policy_place& place) {
    std::string out;
    auto before = policy_key::none;
    for (const auto& step : place.steps) {
        if (step.key == policy_key::none) break;
        if (!out.empty()) out += '.';
        const bool demand = before == policy_key::ask;
        if (demand && step.key == policy_key::roles) out += "approvals.";
        out += name_of(step.key);
        if (demand && step.key == policy_key::approvals) out += ".needed";
        if (step.entry != 0) out.append("[").append(std::to_string(step.entry - 1)).append("]");
        before = step.key;
    }
    return out;
}

/// A refusal as one line: "refused: `duration` is out of range, its limit is 14400000 ms". What is
/// about a tenant's own policy begins with its place there, and speaks of that.
[[nodiscard]] inline std::string sentence(const refusal& r) {
    std::string out = "refused: ";
    const auto path = path_of(r.where);
    if (!path.empty()) out.append(path).append(": ");
    if (static_cast<std::size_t>(r.why) >= detail::wordings.size())
        return out += "for a reason unknown here";
    const auto& [why, text, limit] = detail::wording_of(r);
    if (why == ground::not_open && r.about == field::consent)
        return out += "no such consent stands";

    const auto fill = [&](std::string_view pattern, char mark, const std::string& value) {
        const auto place = pattern.find(mark);
        out.append(pattern.substr(0, place));
        if (place != std::string_view::npos) out.append(value).append(pattern.substr(place + 1));
    };
    std::string about = path.substr(path.rfind('.') + 1);
    about.resize((std::min)(about.size(), about.find('[')));
    if (about.empty()) about = name_of(r.about);
    fill(text, '@', r.about != field::none ? "`" + about + "`" : "a field");
    if (r.limit != 0) {
        fill(limit, '#', std::to_string(r.limit).append(detail::unit_of(r)));
    }
    if (!r.note.empty()) out.append(": ").append(describe_inert(r.note));
    return out;
}

/// The name at a place of a policy; empty where none stands.
template <class V>
[[nodiscard]] std::string name_at(const tenant_policy<V>& policy, const policy_place& place) {
    const auto entry = [&](std::size_t step, const auto& of) {
        const std::size_t number = place.steps[step].entry;
        return number != 0 && number <= of.size() ? &of[number - 1] : nullptr;
    };
    const auto* rule = entry(0, policy.rules);
    if (rule == nullptr) return {};
    const auto part = place.steps[1].key;
    const auto& all = part == policy_key::when     ? rule->when
                      : part == policy_key::unless ? rule->unless
                                                   : rule->ask;
    const auto* said = find_by(all, place.steps[2].key, &statement<V>::key);
    if (said == nullptr) return {};
    if (const auto* name = entry(2, said->names)) return *name;
    const auto* clause = entry(2, said->clauses);
    const auto* quorum = clause != nullptr ? entry(3, clause->any_of) : nullptr;
    const auto* role = quorum != nullptr ? entry(4, quorum->roles) : nullptr;
    return role != nullptr ? std::string{id_traits<typename V::role>::text(*role)} : std::string{};
}

/// A refusal for whoever wrote the policy: "refused: rules[2].ask.approvals.roles[0]: the tenant
/// defines no role `legal`".
template <class V>
[[nodiscard]] std::string sentence(const refusal& r, const tenant_policy<V>& written) {
    const auto name = name_at(written, r.where);
    if (name.empty()) return sentence(r);
    const auto shown = "`" + describe_inert(name) + "`";
    const auto start = "refused: " + path_of(r.where) + ": ";
    if (r.why == ground::unknown_role) return start + "the tenant defines no role " + shown;
    return start + shown + " is not well formed";
}

}  // namespace v0
}  // namespace lockbox
