// Numbers as few bytes, and a set of many short byte strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

using bytes_view = std::span<const std::uint8_t>;

/// Writes numbers as seven bits a byte, the lowest first, into room that is somebody else's. What
/// does not fit is left out. A value, so that a compiler can keep it in registers.
class byte_writer {
  public:
    explicit byte_writer(std::span<std::uint8_t> room)
        : begin_{room.data()}, at_{begin_}, end_{begin_ + room.size()} {}

    void number(std::uint64_t value) {
        for (; value > 0x7F; value >>= 7U) byte(value | 0x80U);
        byte(value);
    }
    /// Small numbers of either sign take few bytes.
    void signed_number(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    [[nodiscard]] bytes_view written() const { return {begin_, at_}; }

  private:
    void byte(std::uint64_t low) {
        if (at_ != end_) *at_++ = static_cast<std::uint8_t>(low);
    }

    std::uint8_t* begin_;
    std::uint8_t* at_;
    std::uint8_t* end_;
};

/// Reads what `byte_writer` wrote.
class byte_reader {
  public:
    explicit byte_reader(bytes_view from) : at_{from.data()} {}

    std::uint64_t number() {
        std::uint64_t value = *at_ & 0x7FU;
        for (unsigned shift = 7; (*at_++ & 0x80U) != 0; shift += 7)
            value |= static_cast<std::uint64_t>(*at_ & 0x7FU) << shift;
        return value;
    }
    std::int64_t signed_number() {
        const auto bits = number();
        return static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0));
    }

  private:
    const std::uint8_t* at_;
};

/// A hash of bytes, eight at a time.
[[nodiscard]] inline std::uint64_t hash_of(bytes_view bytes) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::uint64_t state = bytes.size() * odd;
    const auto mix = [&](std::uint64_t word) {
        state = (state ^ word) * odd;
        state ^= state >> 29U;
    };
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + 8 <= bytes.size(); at += 8) {
        std::memcpy(&word, bytes.data() + at, 8);
        mix(word);
    }
    std::uint64_t rest = 0;
    for (std::size_t shift = 0; at < bytes.size(); ++at, shift += 8)
        rest |= static_cast<std::uint64_t>(bytes[at]) << shift;
    mix(rest);
    return state ^ (state >> 32U);
}

/// The states found so far, each once, numbered in the order in which they were found, with the
/// state and the step that led there first. No bytes move once they are in.
class state_set {
  public:
    struct origin {
        std::uint32_t parent = 0;
        std::uint32_t step = 0;  ///< what was tried there
    };

    /// Of a state.
    static constexpr std::size_t most_bytes = 0xFFFF;

    state_set() : table_(1U << 12U) {}

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] bytes_view operator[](std::size_t which) const {
        const auto& at = nodes_[which];
        const auto* from = chunks_[at.chunk].get() + at.offset;
        return {from + 2, static_cast<std::size_t>(from[0] | (from[1] << 8U))};
    }
    [[nodiscard]] origin origin_of(std::size_t which) const { return nodes_[which].from; }

    /// The number of a state that is in.
    [[nodiscard]] optional<std::uint32_t> find(bytes_view state) const {
        const auto& slot = table_[place_of(state, tag_of(state))];
        if (slot.state == 0) return std::nullopt;
        return slot.state - 1;
    }

    /// Puts a state in; false when it is in already, or the set is full.
    bool insert(bytes_view state, origin from) { return insert(state, tag_of(state), from); }

    /// Puts a state in with the next `settle`. Each has its place all about in memory, which takes
    /// longer to look at than a state to make: so many are looked at together.
    void insert_later(bytes_view state, origin from) {
        const auto tag = tag_of(state);
        __builtin_prefetch(&slot_of(tag));
        late_.push_back({late_bytes_.size(), state.size(), from, tag});
        late_bytes_.insert(late_bytes_.end(), state.begin(), state.end());
    }
    /// Puts in what was to be put in later, in that order.
    void settle() {
        for (const auto& one : late_)
            if (const auto& slot = slot_of(one.tag); slot.state != 0)
                __builtin_prefetch(&nodes_[slot.state - 1]);
        for (const auto& one : late_)
            if (const auto& slot = slot_of(one.tag); slot.state != 0)
                __builtin_prefetch((*this)[slot.state - 1].data());
        for (const auto& one : late_)
            (void)insert({late_bytes_.data() + one.offset, one.size}, one.tag, one.from);
        late_.clear();
        late_bytes_.clear();
    }

    /// All memory that the states take.
    [[nodiscard]] std::size_t bytes() const {
        return chunks_.size() * chunk_bytes + nodes_.capacity() * sizeof(node) +
               table_.size() * sizeof(entry);
    }

  private:
    /// A large page, but for what an allocator writes down beside it.
    static constexpr std::size_t chunk_bytes = (1U << 21U) - 64U;
    struct node {
        origin from{};
        std::uint32_t chunk = 0;
        std::uint32_t offset = 0;
    };
    struct entry {
        std::uint32_t state = 0;  ///< its number and one; 0: free
        std::uint32_t tag = 0;    ///< its hash, so that few others are looked at
    };

    struct latecomer {
        std::size_t offset = 0;
        std::size_t size = 0;
        origin from{};
        std::uint32_t tag = 0;
    };

    /// Where the search for a state begins.
    [[nodiscard]] const entry& slot_of(std::uint32_t tag) const {
        return table_[tag & (table_.size() - 1)];
    }
    static std::uint32_t tag_of(bytes_view state) {
        return static_cast<std::uint32_t>(hash_of(state));
    }
    [[nodiscard]] bool full(bytes_view state) const {
        return nodes_.size() + 1 >= UINT32_MAX || state.size() > most_bytes;
    }

    [[nodiscard]] std::size_t place_of(bytes_view state, std::uint32_t tag) const {
        const auto mask = table_.size() - 1;
        auto at = tag & mask;
        for (; table_[at].state != 0; at = (at + 1) & mask) {
            if (table_[at].tag != tag) continue;
            const auto other = (*this)[table_[at].state - 1];
            if (other.size() == state.size() &&
                std::memcmp(other.data(), state.data(), state.size()) == 0)
                break;
        }
        return at;
    }

    bool insert(bytes_view state, std::uint32_t tag, origin from) {
        auto& slot = table_[place_of(state, tag)];
        if (slot.state != 0 || full(state)) return false;
        keep(state, from);
        slot = {static_cast<std::uint32_t>(nodes_.size()), tag};
        if (nodes_.size() * 4 > table_.size() * 3) grow();
        return true;
    }

    void keep(bytes_view state, origin from) {
        if (chunks_.empty() || used_ + state.size() + 2 > chunk_bytes) {
            chunks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(chunk_bytes));
            used_ = 0;
        }
        auto* to = chunks_.back().get() + used_;
        to[0] = static_cast<std::uint8_t>(state.size());
        to[1] = static_cast<std::uint8_t>(state.size() >> 8U);
        std::memcpy(to + 2, state.data(), state.size());
        nodes_.push_back({from, static_cast<std::uint32_t>(chunks_.size() - 1),
                          static_cast<std::uint32_t>(used_)});
        used_ += state.size() + 2;
    }

    void grow() {
        const auto before = std::exchange(table_, std::vector<entry>(table_.size() * 2));
        const auto mask = table_.size() - 1;
        for (const auto& one : before) {
            if (one.state == 0) continue;
            auto at = one.tag & mask;
            while (table_[at].state != 0) at = (at + 1) & mask;
            table_[at] = one;
        }
    }

    std::vector<std::unique_ptr<std::uint8_t[]>> chunks_;
    std::size_t used_ = 0;
    std::vector<node> nodes_;
    std::vector<entry> table_;
    std::vector<latecomer> late_;
    std::vector<std::uint8_t> late_bytes_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
