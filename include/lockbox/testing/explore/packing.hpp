// A tenant as few bytes, and back: what the future depends on, and nothing else.
//
// Two tenants with the same bytes answer every course of commands alike, but for the order in which
// a sweeper records several things that were overdue before: each ends by itself.
// What is left out, and why:
//   id, sequence, changed_by, submissions   no rule but the dense counting looks at them; what they
//                                           number is numbered anew in the same order
//   request and grant numbers, request ids  only their order counts, and is kept
//   numbers of proposals, and their count   the same
//   last                                    the rules add and compare instants: only differences
//                                           count (or, with a period, what is left within one)
//   instants that have passed               `until`, `decide_by`, `from` and `start` are only
//                                           compared with the command's, which is not before `last`
//   asked.at                                the rules put the instant of judgement in its place
//   refusals                                they count only towards recording a refusal, no verdict
//   denials of a case                       their number up to the limit, and their last instant as
//                                           long as it can make somebody wait
// Everything else is kept as it is, and so is whatever fields a state comes to have.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lockbox/digest.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/testing/explore/bytes.hpp>
#include <lockbox/testing/explore/model.hpp>
#include <lockbox/testing/explore/people.hpp>
#include <lockbox/testing/explore/walk.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Values that come again and again, each kept once and told by its place.
template <class T>
class table {
  public:
    std::uint32_t place_of(const T& value) {
        const auto before = std::exchange(last_, seen_of(value));
        if (before != last_ && before < after_.size()) after_[before] = last_;
        return last_;
    }
    [[nodiscard]] const T& operator[](std::size_t place) const { return values_[place]; }
    [[nodiscard]] std::size_t size() const { return values_.size(); }

  private:
    /// What is tried comes in the same order in every state, and so do the values: probably the
    /// last one is meant, or the one that followed it before.
    std::uint32_t seen_of(const T& value) {
        if (last_ < values_.size() && values_[last_] == value) return last_;
        if (last_ < values_.size() && values_[after_[last_]] == value) return after_[last_];
        const auto key = digest_of(value).value;
        for (auto [at, end] = places_.equal_range(key); at != end; ++at)
            if (values_[at->second] == value) return at->second;
        values_.push_back(value);
        const auto place = static_cast<std::uint32_t>(values_.size() - 1);
        after_.push_back(place);
        places_.emplace(key, place);
        return place;
    }

    std::vector<T> values_;
    std::vector<std::uint32_t> after_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> places_;
    std::uint32_t last_ = 0;
};

/// How long a case rests after a denial by a tenant's own policy, whatever the circumstances.
template <class V>
[[nodiscard]] vector<duration_of<V>> pauses_in(const tenant_policy<V>& policy) {
    vector<duration_of<V>> all;
    for (const auto& rule : policy.rules)
        for (const auto& demand : rule.ask)
            if (demand.key == policy_key::pause_after_denial)
                all.push_back(
                    std::chrono::ceil<duration_of<V>>(std::chrono::milliseconds{demand.number}));
    return all;
}

/// What a model and its moves can make of the denials of a case (R6).
template <class V>
struct denial_limits {
    std::uint32_t least = UINT32_MAX;
    std::uint32_t most = 0;
    duration_of<V> longest_wait{};

    explicit denial_limits(const model<V>& of) {
        take(of.start.settled.settings.limits);
        take(of.start.settled.settings.policy);
        for (const auto& one : of.moves) {
            const auto* c = one.what.template get_if<change_settings<V>>();
            if (c == nullptr) continue;
            if (c->change.limits) take(*c->change.limits);
            if (c->change.policy) take(*c->change.policy);
        }
    }

  private:
    void take(const limits<V>& l) {
        least = (std::min)(least, l.denials_before_wait);
        most = (std::max)(most, l.denials_before_wait);
        longest_wait = (std::max)(longest_wait, l.wait_after_denials);
    }
    void take(const tenant_policy<V>& policy) {
        for (const auto pause : pauses_in(policy)) {
            least = (std::min)(least, 1U);
            most = (std::max)(most, 1U);
            longest_wait = (std::max)(longest_wait, pause);
        }
    }
};

/// Whether two members are one: told by their places, which the compiler knows.
[[nodiscard]] inline bool is_at(const void* part, const void* member) { return part == member; }

/// Fields that are not kept, or kept in another way.
template <class T>
[[nodiscard]] bool is_left_out(const T& /*of*/, const void* /*part*/) {
    return false;
}
template <class V>
[[nodiscard]] bool is_left_out(const tenant<V>& of, const void* part) {
    return is_at(part, &of.id) || is_at(part, &of.sequence) || is_at(part, &of.last) ||
           is_at(part, &of.submissions) || is_at(part, &of.settled) || is_at(part, &of.denials) ||
           is_at(part, &of.refusals);
}
template <class V>
[[nodiscard]] bool is_left_out(const request<V>& of, const void* part) {
    return is_at(part, &of.id) || is_at(part, &of.number);
}
template <class V>
[[nodiscard]] bool is_left_out(const submission<V>& of, const void* part) {
    return is_at(part, &of.at);
}
template <class V>
[[nodiscard]] bool is_left_out(const grant<V>& of, const void* part) {
    return is_at(part, &of.number);
}

/// Instants that have passed are alike in these fields.
[[nodiscard]] constexpr bool passes(std::string_view name) {
    return name == "until" || name == "decide_by" || name == "from" || name == "start";
}

/// What all states share: the tables, where courses begin, and the people who are alike.
template <class V>
struct shelf {
    explicit shelf(const model<V>& of)
        : begin{of.start.last},
          tenant_id{of.start.id},
          period{of.period},
          denials{of},
          people{of.alike} {}

    typename V::time_point begin{};
    typename V::tenant_id tenant_id{};
    duration_of<V> period{};
    denial_limits<V> denials;
    lockbox::testing::people<V> people;
    table<lockbox::settled<V>> settled{};
    table<shared<lockbox::terms<V>>> terms{};
    table<typename V::scope> scopes{};
    std::deque<std::string> texts{};
    std::unordered_map<std::string, std::uint32_t> text_places{};

    std::uint32_t place_of_text(std::string_view text) {
        const auto [at, fresh] =
            text_places.try_emplace(std::string{text}, static_cast<std::uint32_t>(texts.size()));
        if (fresh) texts.emplace_back(text);
        return at->second;
    }
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
