// The share of the work that a relay or a sweeper does: parts of the tenants, and for how long it
// keeps what it takes.
#pragma once

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/id.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/store/postgres/parameters.hpp>
#include <lockbox/store/postgres/part.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// All parts p with p % of == which. `of` is a power of two, 64 at the most: another number is
/// taken as the next such below, and `which` as its remainder.
class share {
  public:
    share() : share(0, 1) {}
    share(std::uint64_t which, std::uint64_t of)
        : of_(std::bit_floor(std::clamp(of, std::uint64_t{1}, parts))), which_(which % of_) {
        for (auto part = which_; part < parts; part += of_) parts_.add(part);
    }

    [[nodiscard]] const array& of_parts() const { return parts_; }

    /// For how long others are not told what this one is told is due, in milliseconds.
    [[nodiscard]] const optional<std::int64_t>& claim() const { return claim_; }
    [[nodiscard]] share claiming(std::chrono::milliseconds time) const {
        auto other = *this;
        other.claim_ = time.count();
        return other;
    }

    /// The names of a cursor, the share's own first. The others are those of shares that hold all
    /// of this one's parts: where they stand, this one may begin, for positions are the same in
    /// all.
    [[nodiscard]] vector<std::string> cursors(std::string_view name) const {
        vector<std::string> names;
        for (auto of = of_; of > 0; of /= 2) {
            auto& one = names.emplace_back(std::string{name});
            if (of == 1) break;
            one.append(" (").append(id_traits<std::uint64_t>::text(which_ % of));
            one.append(" of ").append(id_traits<std::uint64_t>::text(of)).append(")");
        }
        return names;
    }

  private:
    std::uint64_t of_;
    std::uint64_t which_;
    array parts_{type::integer};
    optional<std::int64_t> claim_{};
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
