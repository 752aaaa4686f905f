// Whether the people who approved can be dealt out to a gate's clauses, nobody
// filling two places (G3).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <lockbox/rules/audience.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Counts people by what they could fill: for every quorum of every clause one bit. People of the
/// same bits are alike, so that it matters how many there are and not who.
class dealing {
  public:
    static constexpr std::size_t bits_a_clause = most_quorums;

    /// One more person, or several, who could fill these quorums.
    void add(std::uint32_t could_fill, std::uint32_t people = 1) {
        if (could_fill == 0) return;
        for (auto& one : people_) {
            if (one.could_fill != could_fill) continue;
            one.count += people;
            return;
        }
        people_.push_back({could_fill, people});
    }

    /// Whether one quorum of each clause can be filled. By Hall's theorem it can when, for every
    /// set of clauses, as many people as they need together could fill at least one of them.
    template <class V>
    [[nodiscard]] bool fills(const vector<clause<V>>& clauses) const {
        return are_few(clauses) && fills_from(clauses, 0, sets{});
    }

  private:
    struct alike {
        std::uint32_t could_fill = 0;
        std::uint32_t count = 0;
    };
    /// A set of clauses, each with the quorum chosen for it.
    struct set {
        std::uint32_t quorums = 0;
        std::uint32_t needed = 0;
    };
    /// Whether there is a bit for each: terms are checked when they are made, and a log
    /// that somebody else wrote may say anything. What has no bit is filled by nobody.
    template <class V>
    [[nodiscard]] static bool are_few(const vector<clause<V>>& clauses) {
        return clauses.size() <= most_clauses && all_of(clauses, [](const clause<V>& one) {
                   return one.any_of.size() <= most_quorums;
               });
    }

    /// Every set of the clauses chosen so far; the first `2^chosen` stand.
    using sets = std::array<set, std::size_t{1} << most_clauses>;

    template <class V>
    [[nodiscard]] bool fills_from(const vector<clause<V>>& clauses, std::size_t at,
                                  sets chosen) const {
        if (at == clauses.size()) return true;
        if (at == most_clauses) return false;  // never, by `are_few`: what GCC cannot see
        const auto stand = std::size_t{1} << at;
        for (std::size_t which = 0; which < clauses[at].any_of.size(); ++which) {
            const auto needed = clauses[at].any_of[which].needed;
            const auto bit = std::uint32_t{1} << (at * bits_a_clause + which);
            bool enough = true;
            for (std::size_t old = 0; enough && old < stand; ++old) {
                auto& with = chosen[stand + old];
                with = {chosen[old].quorums | bit, chosen[old].needed + needed};
                enough = with.needed <= who_could_fill(with.quorums);
            }
            if (enough && fills_from(clauses, at + 1, chosen)) return true;
        }
        return false;
    }
    [[nodiscard]] std::uint32_t who_could_fill(std::uint32_t quorums) const {
        std::uint32_t count = 0;
        for (const auto& one : people_)
            if ((one.could_fill & quorums) != 0) count += one.count;
        return count;
    }

    vector<alike> people_{};
};
static_assert(most_clauses * dealing::bits_a_clause <= 32);

/// Which quorums of a gate a person could fill at an instant: holds then a role that
/// the quorum asks for and that permits `decide`.
template <class V>
[[nodiscard]] std::uint32_t could_fill(const settled<V>& s, const gate<V>& at_gate,
                                       const typename V::person_id& person,
                                       typename V::time_point at) {
    std::uint32_t bits = 0;
    for_each_role(s, person, at, [&](const holding<V>& held) {
        if (!permits(s, held.role).has(permission::decide)) return;
        const auto clauses = (std::min)(at_gate.clauses.size(), most_clauses);
        for (std::size_t clause = 0; clause < clauses; ++clause) {
            const auto& any_of = at_gate.clauses[clause].any_of;
            const auto quorums = (std::min)(any_of.size(), most_quorums);
            for (std::size_t which = 0; which < quorums; ++which)
                if (contains(any_of[which].roles, held.role))
                    bits |= std::uint32_t{1} << (clause * dealing::bits_a_clause + which);
        }
    });
    return bits;
}

/// The people whose approvals count at a gate, as they are counted.
template <class V>
class count_at {
  public:
    count_at(const settled<V>& s, const gate<V>& at_gate, typename V::time_point at)
        : settled_(s), gate_(at_gate), at_(at) {}

    void add(const typename V::person_id& person) {
        ++count_;
        if (!gate_.clauses.empty()) dealt_.add(could_fill(settled_, gate_, person, at_));
    }
    /// Whether these are enough to open the gate.
    [[nodiscard]] bool opens() const {
        return count_ >= gate_.needed && (gate_.clauses.empty() || dealt_.fills(gate_.clauses));
    }

  private:
    const settled<V>& settled_;
    const gate<V>& gate_;
    typename V::time_point at_;
    std::uint32_t count_ = 0;
    dealing dealt_{};
};

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
