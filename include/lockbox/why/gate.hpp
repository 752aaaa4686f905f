// How the votes at the customer's gate stand: which count, which clauses they leave unfilled, and
// whose approvals could open it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <lockbox/rules/clauses.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// So many people who could fill the same quorums: which of them it is makes no difference.
struct alike {
    std::uint32_t could_fill = 0;
    std::uint32_t count = 0;
};

inline void add_to(vector<alike>& all, std::uint32_t could_fill) {
    if (auto* same = find_by(all, could_fill, &alike::could_fill))
        ++same->count;
    else
        all.push_back({could_fill, 1});
}
[[nodiscard]] inline std::uint32_t count_of(const vector<alike>& all) {
    std::uint32_t sum = 0;
    for (const auto& one : all) sum += one.count;
    return sum;
}

/// One quorum of each clause of a gate.
class quorum_choice {
  public:
    void add(std::uint32_t bit, std::uint32_t needed) {
        for (std::size_t old = std::size_t{1} << clauses_++, at = 0; at < old; ++at)
            sets_[old + at] = {sets_[at].bits | bit, sets_[at].needed + needed};
    }
    /// How many places people leave empty who are dealt out as well as can be: by the theorem of
    /// König and Ore, the most that any set of quorums needs beyond those who could fill it.
    [[nodiscard]] std::uint32_t empty_places(
        std::initializer_list<const vector<alike>*> people) const {
        std::uint32_t most = 0;
        for (std::size_t at = 0; at < std::size_t{1} << clauses_; ++at) {
            std::uint32_t there = 0;
            for (const auto* some : people)
                for (const auto& one : *some)
                    if ((one.could_fill & sets_[at].bits) != 0) there += one.count;
            if (sets_[at].needed > there) most = (std::max)(most, sets_[at].needed - there);
        }
        return most;
    }

  private:
    struct set {
        std::uint32_t bits = 0;
        std::uint32_t needed = 0;
    };
    std::array<set, std::size_t{1} << most_clauses> sets_{};
    std::size_t clauses_ = 0;
};

/// Every way to choose a quorum of each clause, given to `f`; none where the clauses are more than
/// terms may have, for such are filled by nobody.
template <class V>
void for_each_choice(const vector<clause<V>>& clauses, auto&& f) {
    std::size_t choices = clauses.size() <= most_clauses ? 1 : 0;
    for (const auto& one : clauses) {
        const auto quorums = one.any_of.size();
        choices *= quorums <= most_quorums ? quorums : 0;
    }
    for (std::size_t number = 0; number < choices; ++number) {
        quorum_choice choice;
        auto left = number;
        for (std::size_t at = 0; at < clauses.size(); ++at) {
            const auto which = left % clauses[at].any_of.size();
            left /= clauses[at].any_of.size();
            choice.add(std::uint32_t{1} << (at * rules::dealing::bits_a_clause + which),
                       clauses[at].any_of[which].needed);
        }
        f(choice);
    }
}

/// The votes at a request's gate of the customer's, as they would be counted at an instant (G3).
template <class V>
class gate_votes {
  public:
    gate_votes(const settled<V>& s, const request<V>& r, const pending<V>& p,
               typename V::time_point at)
        : gate_(r.terms->gates[p.gate]) {
        for (const auto& vote : r.votes) {
            if (vote.gate != p.gate) continue;
            if (rules::is_approver(s, gate_, vote.person, at))
                add_to(cast_, rules::could_fill(s, gate_, vote.person, at));
            else
                lapsed_.push_back(vote.person);
        }
        rules::for_each_approver(s, gate_, r.asked->requester, at, [&](const auto& person) {
            for (const auto& vote : r.votes)
                if (V::same_person(vote.person, person)) return;
            people_.push_back({person, rules::could_fill(s, gate_, person, at)});
        });
        find_fewest();
    }

    [[nodiscard]] std::uint32_t counted() const { return count_of(cast_); }
    [[nodiscard]] const vector<typename V::person_id>& lapsed() const { return lapsed_; }

    /// The places of the clauses that the votes do not fill beside those before them, from 0.
    [[nodiscard]] vector<std::size_t> unfilled() const {
        rules::dealing dealt;
        for (const auto& one : cast_) dealt.add(one.could_fill, one.count);
        vector<clause<V>> filled;
        vector<std::size_t> out;
        for (std::size_t at = 0; at < gate_.clauses.size(); ++at) {
            // Each keeps its place, for which the people's bits stand: the rest asks for nobody.
            auto tried = gate_.clauses;
            for (std::size_t other = 0; other < tried.size(); ++other)
                if (other > at || contains(out, other)) tried[other] = for_nobody(tried[other]);
            if (!dealt.fills(tried)) out.push_back(at);
        }
        return out;
    }
    /// How many more approvals it takes at the least; 0 when all who could give one are too few.
    [[nodiscard]] std::uint32_t fewest() const { return fewest_; }
    /// Those who have no vote yet and belong to some smallest group whose approvals open the gate.
    [[nodiscard]] vector<typename V::person_id> useful() const {
        vector<typename V::person_id> out;
        for (const auto& one : people_)
            if (find_by(useful_, one.could_fill, &alike::could_fill)) out.push_back(one.person);
        return out;
    }

  private:
    struct candidate {
        typename V::person_id person{};
        std::uint32_t could_fill = 0;
    };

    [[nodiscard]] static clause<V> for_nobody(clause<V> one) {
        for (auto& quorum : one.any_of) quorum.needed = 0;
        return one;
    }
    /// Looks at every way to choose a quorum of each clause. People who fill different places of a
    /// choice form a matroid, so that as many more are needed as places are empty, and whoever
    /// fills one of these belongs to a smallest group; beyond that, and for the number, anybody
    /// does.
    void find_fewest() {
        vector<alike> all;
        for (const auto& one : people_) add_to(all, one.could_fill);
        const auto short_of = (std::max)(gate_.needed, counted()) - counted();
        if (all.empty() || count_of(all) < short_of) return;
        for_each_choice<V>(gate_.clauses, [&](const quorum_choice& choice) {
            if (choice.empty_places({&cast_, &all}) != 0) return;
            const auto empty = choice.empty_places({&cast_});
            // Votes may be enough already, where a role came back: they are counted with the next.
            const auto more = (std::max)({empty, short_of, 1U});
            if (fewest_ != 0 && fewest_ < more) return;
            if (more != fewest_) useful_.clear();
            fewest_ = more;
            for (const auto& one : all) {
                const vector<alike> alone{{one.could_fill, 1}};
                if (more > empty || choice.empty_places({&cast_, &alone}) < empty)
                    add_to(useful_, one.could_fill);
            }
        });
    }

    const gate<V>& gate_;
    vector<alike> cast_{};
    vector<typename V::person_id> lapsed_{};
    vector<candidate> people_{};
    vector<alike> useful_{};
    std::uint32_t fewest_ = 0;
};

}  // namespace explaining
}  // namespace v0
}  // namespace lockbox
