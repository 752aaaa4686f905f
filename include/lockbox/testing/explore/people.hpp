// People who are alike: states that differ only by who of them is who are folded into one.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lockbox/digest.hpp>
#include <lockbox/tenant.hpp>
#include <lockbox/testing/explore/walk.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// At most so many people are folded; groups beyond them are left as they are.
inline constexpr std::size_t most_alike = 16;

/// Who is called by whose name, among the people who are alike.
struct naming {
    std::array<std::uint8_t, most_alike> as{};
    bool changes = false;

    [[nodiscard]] std::uint64_t code() const {
        std::uint64_t all = 0;
        for (const auto one : as) all = (all << 4U) | one;
        return all;
    }
};

/// The groups of a model. Renaming the people of a group is sound however they are ordered: the
/// rules know people only by equality, by what they hold and by what they did. The order decides
/// only how many states fall together.
template <class V>
class people {
  public:
    using person = typename V::person_id;

    explicit people(const std::vector<std::vector<person>>& groups) {
        for (const auto& group : groups) {
            if (!own_type || all_.size() + group.size() > most_alike) continue;
            starts_.push_back(all_.size());
            all_.insert(all_.end(), group.begin(), group.end());
        }
        starts_.push_back(all_.size());
        for (std::size_t at = 0; at < most_alike; ++at)
            nobody_renamed_.as[at] = static_cast<std::uint8_t>(at);
    }

    [[nodiscard]] const naming& nobody_renamed() const { return nobody_renamed_; }
    [[nodiscard]] std::size_t size() const { return all_.size(); }

    /// Where a person stands among those who are alike; `size()` for anybody else.
    [[nodiscard]] std::size_t place_of(const person& who) const {
        std::size_t at = 0;
        while (at < all_.size() && !(all_[at] == who)) ++at;
        return at;
    }
    [[nodiscard]] const person& renamed(const naming& by, const person& who) const {
        const auto at = place_of(who);
        return at < all_.size() ? all_[by.as[at]] : who;
    }

    /// What each of them holds, as a number that tells different holdings apart.
    [[nodiscard]] std::vector<std::uint64_t> holdings(const settled<V>& s) const {
        std::vector<std::uint64_t> out(all_.size());
        for (std::size_t at = 0; at < all_.size(); ++at)
            if (const auto* found = find_ordered(s.members, all_[at], &member<V>::person))
                out[at] = digest_of(found->roles).value;
        // Whose consents stand, is who they are, too.
        for (std::size_t nth = 0; nth < s.consents.size(); ++nth)
            for (const auto& author : s.consents[nth].authors)
                if (const auto at = place_of(author); at < out.size()) out[at] += nth + 1;
        return out;
    }

    /// The names by which equal states look alike: within a group first those whom the open
    /// requests and proposals name, in that order, then the others by what they hold.
    [[nodiscard]] naming names_in(const tenant<V>& t,
                                  const std::vector<std::uint64_t>& holdings) const {
        const auto first = first_places(t);
        const auto before = [&](std::size_t a, std::size_t b) {
            if (first[a] != first[b]) return first[a] < first[b];
            return holdings[a] < holdings[b];
        };
        naming out = nobody_renamed_;
        for (std::size_t group = 0; group + 1 < starts_.size(); ++group) {
            const auto from = starts_[group];
            const auto end = starts_[group + 1];
            auto at = from + 1;
            while (at < end && !before(at, at - 1)) ++at;
            if (at >= end) continue;  // they stand in that order: most do
            out.changes = true;
            for (auto who = from; who < end; ++who) {
                auto place = from;
                for (auto other = from; other < end; ++other)
                    if (before(other, who) || (other < who && !before(who, other))) ++place;
                out.as[who] = static_cast<std::uint8_t>(place);
            }
        }
        return out;
    }

    /// Those of whom it makes no difference whether they or somebody before them acts, as bits:
    /// nobody has heard of either yet, and they hold the same.
    [[nodiscard]] std::uint32_t spare_in(const tenant<V>& t,
                                         const std::vector<std::uint64_t>& holdings) const {
        const auto first = first_places(t);
        std::uint32_t bits = 0;
        for (std::size_t group = 0; group + 1 < starts_.size(); ++group)
            for (auto at = starts_[group] + 1; at < starts_[group + 1]; ++at)
                if (first[at] == unseen && first[at - 1] == unseen &&
                    holdings[at] == holdings[at - 1])
                    bits |= 1U << at;
        return bits;
    }

    /// The people who are alike in a value, as bits; none where two of one group are in it, for
    /// then it matters who is who.
    template <class T>
    [[nodiscard]] std::uint32_t among(const T& value) const {
        std::uint32_t bits = 0;
        each_part<person>(value, [&](std::string_view, const person& who) {
            if (const auto at = place_of(who); at < all_.size()) bits |= 1U << at;
        });
        for (std::size_t group = 0; group + 1 < starts_.size(); ++group) {
            const auto mask = (1U << starts_[group + 1]) - (1U << starts_[group]);
            if (std::popcount(bits & mask) > 1) bits &= ~mask;
        }
        return bits;
    }

  private:
    static constexpr std::uint8_t unseen = 0xFF;
    static constexpr bool own_type = !(
        std::same_as<person, typename V::tenant_id> ||
        std::same_as<person, typename V::request_id> || std::same_as<person, typename V::case_id> ||
        std::same_as<person, typename V::command_id> || std::same_as<person, typename V::role> ||
        std::same_as<person, typename V::reason> || std::same_as<person, typename V::service> ||
        std::same_as<person, typename V::operation>);

    [[nodiscard]] std::array<std::uint8_t, most_alike> first_places(const tenant<V>& t) const {
        std::array<std::uint8_t, most_alike> first{};
        first.fill(unseen);
        std::uint8_t count = 0;
        const auto see = [&](std::string_view, const person& who) {
            const auto at = place_of(who);
            if (at < all_.size() && first[at] == unseen) first[at] = count++;
        };
        for (const auto& r : t.open) each_part<person>(r, see);
        for (const auto& p : t.settled.proposals) each_part<person>(p, see);
        return first;
    }

    std::vector<person> all_;
    std::vector<std::size_t> starts_;
    naming nobody_renamed_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
