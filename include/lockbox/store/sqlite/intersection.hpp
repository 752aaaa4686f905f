// Which numbers of one tenant pass several indexes at once, the highest first. Each index is asked
// for its next number below, in turn, until all agree: a page costs no more than the rarest filter
// has entries, times the filters, whatever the size of the log.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <lockbox/store/sqlite/statement.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// One filter: a statement that takes (tenant, text, number) and returns the highest number at or
/// below it under that text. Of several texts, any will do.
struct sieve {
    const statement* below = nullptr;
    vector<std::string> texts{};
};

/// Numbers in [least, most] that pass all sieves; without sieves all of them.
class intersection {
  public:
    intersection(std::int64_t tenant, std::uint64_t least, std::uint64_t most)
        : tenant_(tenant), least_(least < 1 ? 1 : least), next_(most) {}

    void add(sieve one) { sieves_.push_back(std::move(one)); }

    /// The next number, going down; 0 when there is none.
    [[nodiscard]] outcome<std::uint64_t> next() {
        std::uint64_t candidate = next_;
        for (std::size_t agreed = 0, at = 0; agreed < sieves_.size();) {
            auto found = below(sieves_[at], candidate);
            if (!found) return found;
            agreed = *found == candidate ? agreed + 1 : 1;
            candidate = *found;
            at = (at + 1) % sieves_.size();
            if (candidate < least_) return std::uint64_t{0};
        }
        if (candidate < least_) return std::uint64_t{0};
        next_ = candidate - 1;
        return candidate;
    }

  private:
    [[nodiscard]] outcome<std::uint64_t> below(const sieve& one, std::uint64_t from) const {
        std::uint64_t highest = 0;
        for (const auto& text : one.texts) {
            rows found{*one.below, tenant_, std::string_view{text}, from};
            if (found.next()) highest = (std::max)(highest, found.number(0));
            if (found.failed()) return tl::unexpected{found.fault()};
        }
        return highest;
    }

    std::int64_t tenant_;
    std::uint64_t least_;
    std::uint64_t next_;
    vector<sieve> sieves_;
};

/// The first number in [1, count] whose instant is at or after `since`; count + 1 when none is.
/// `instant_of` takes (tenant, number); instants never decrease with numbers. Cost: O(log count).
[[nodiscard]] inline outcome<std::uint64_t> first_since(const statement& instant_of,
                                                        std::int64_t tenant, std::uint64_t count,
                                                        std::int64_t since) {
    std::uint64_t low = 1;
    for (std::uint64_t high = count + 1; low < high;) {
        const auto middle = low + (high - low) / 2;
        rows found{instant_of, tenant, middle};
        const bool before = found.next() && found.integer(0) < since;
        if (found.failed()) return tl::unexpected{found.fault()};
        if (before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
