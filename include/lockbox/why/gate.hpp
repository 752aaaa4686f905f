// How the votes at the customer's gate stand: which count, which clauses they leave unfilled, and
// whose approvals could open it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

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
        rules::for_each_approver(s, gate_, r.asked.requester, at, [&](const auto& person) {
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
    [[nodiscard]] bool opens_with(const vector<alike>& more) const {
        rules::dealing dealt;
        for (const auto* some : {&cast_, &more})
            for (const auto& one : *some) dealt.add(one.could_fill, one.count);
        return counted() + count_of(more) >= gate_.needed && dealt.fills(gate_.clauses);
    }
    /// What is left of all candidates when as many as possible are left out, those at `last` last.
    [[nodiscard]] vector<alike> without_needless(vector<alike> all, std::size_t last) const {
        const auto thin_out = [&](alike& some) {
            while (some.count != 0) {
                --some.count;
                if (opens_with(all)) continue;
                ++some.count;
                return;
            }
        };
        for (std::size_t at = 0; at < all.size(); ++at)
            if (at != last) thin_out(all[at]);
        thin_out(all[last]);
        return all;
    }
    void find_fewest() {
        vector<alike> all;
        for (const auto& one : people_) add_to(all, one.could_fill);
        if (!opens_with(all)) return;
        if (opens_with({})) {  // a role came back: the votes are enough, and counted with the next
            fewest_ = all.empty() ? 0 : 1;
            useful_ = std::move(all);
            return;
        }
        for (std::size_t last = 0; last < all.size(); ++last) {
            const auto left = without_needless(all, last);
            if (left[last].count == 0) continue;
            const auto count = count_of(left);
            if (fewest_ == 0 || count < fewest_) fewest_ = count;
            for (const auto& one : left)
                if (one.count != 0 && !find_by(useful_, one.could_fill, &alike::could_fill))
                    useful_.push_back(one);
        }
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
