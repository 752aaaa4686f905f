// A string in 24 bytes, which keeps up to 23 of them in itself: most identifiers are that short,
// and then comparing and copying one touches nothing else.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace lockbox {
inline namespace v0 {

/// Bytes that are set as a whole and then read. A value; 2^32 bytes and more are memory that runs
/// out. Cost: at most one allocation, and none for `inside` bytes or fewer.
class compact_string {
  public:
    static constexpr std::size_t inside = 23;

    compact_string() noexcept = default;
    explicit compact_string(std::string_view text) {
        char* to = bytes_;
        if (text.size() > inside) {
            to = static_cast<char*>(
                ::operator new(text.size() > UINT32_MAX ? SIZE_MAX : text.size()));
            const auto size = static_cast<std::uint32_t>(text.size());
            std::memcpy(bytes_, &to, sizeof to);
            std::memcpy(bytes_ + sizeof to, &size, sizeof size);
            length_ = outside;
        } else {
            length_ = static_cast<std::uint8_t>(text.size());
        }
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
    }
    compact_string(compact_string&& other) noexcept { take(other); }
    compact_string(const compact_string& other) {
        if (other.length_ != outside) {
            std::memcpy(static_cast<void*>(this), other.raw(), sizeof other);
        } else {
            compact_string copy{other.view()};
            take(copy);
        }
    }
    compact_string& operator=(compact_string&& other) noexcept {
        if (this == &other) return *this;
        if (length_ == outside) ::operator delete(heap());
        take(other);
        return *this;
    }
    compact_string& operator=(const compact_string& other) {
        return *this = compact_string{other};  // when it throws, this is as before
    }
    ~compact_string() {
        if (length_ == outside) ::operator delete(heap());
    }

    [[nodiscard]] std::string_view view() const noexcept {
        if (length_ != outside) return {bytes_, length_};
        std::uint32_t size = 0;
        std::memcpy(&size, bytes_ + sizeof(char*), sizeof size);
        return {heap(), size};
    }

    [[nodiscard]] friend bool operator==(const compact_string& a,
                                         const compact_string& b) noexcept {
        if (a.length_ == outside || b.length_ == outside) return a.view() == b.view();
        return a.part(2) == b.part(2) && a.part(0) == b.part(0) && a.part(1) == b.part(1);
    }
    /// Bytewise, bytes as unsigned numbers.
    [[nodiscard]] friend std::strong_ordering operator<=>(const compact_string& a,
                                                          const compact_string& b) noexcept {
        if (a.length_ == outside || b.length_ == outside) return a.view().compare(b.view()) <=> 0;
        // What is not used is zero, and the length comes last: the shorter is the first.
        return std::memcmp(a.raw(), b.raw(), sizeof a) <=> 0;
    }

  private:
    static constexpr std::uint8_t outside = 0xFF;

    [[nodiscard]] char* heap() const noexcept {
        char* at = nullptr;
        std::memcpy(&at, bytes_, sizeof at);
        return at;
    }
    [[nodiscard]] const char* raw() const noexcept { return reinterpret_cast<const char*>(this); }
    /// A third of it: the last has the length in it. Bytes that are not used are zero.
    [[nodiscard]] std::uint64_t part(std::size_t number) const noexcept {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, raw() + number * sizeof bytes, sizeof bytes);
        return bytes;
    }
    /// The bytes of `other`, which is empty then.
    void take(compact_string& other) noexcept {
        std::memcpy(static_cast<void*>(this), other.raw(), sizeof other);
        std::memset(static_cast<void*>(&other), 0, sizeof other);
    }

    alignas(char*) char bytes_[inside] = {};
    std::uint8_t length_ = 0;  ///< or `outside`
};

}  // namespace v0
}  // namespace lockbox
