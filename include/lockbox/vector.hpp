// The growing array that all of lockbox's values are made of: what `std::vector` is, in 16 bytes.
// A compiler works through five functions for each type that it holds where `std::vector` has
// thirty, and a host's build compiles some forty of them (docs/performance.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <new>
#include <type_traits>
#include <vector>

namespace lockbox {
inline namespace v0 {

/// Whether a value is the same in another place, when its bytes are put there and it is forgotten
/// where it was: then a vector that grows need not ask each value to move. Say so for a type of
/// your own that is made of such types, and holds no address of itself.
template <class T>
inline constexpr bool moves_by_bytes = __is_trivially_copyable(T);

namespace detail {

/// What a vector of any type is made of: one piece of the heap, and how much of it is in use.
class row {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return room_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    row(const row&) = delete;
    row& operator=(const row&) = delete;
    row& operator=(row&&) = delete;

  protected:
    row() noexcept = default;
    row(row&& other) noexcept : first_{other.first_}, size_{other.size_}, room_{other.room_} {
        other.first_ = nullptr;
        other.size_ = other.room_ = 0;
    }
    ~row() = default;

    void swap_with(row& other) noexcept {
        row held{static_cast<row&&>(other)};
        ::new (static_cast<void*>(&other)) row{static_cast<row&&>(*this)};
        ::new (static_cast<void*>(this)) row{static_cast<row&&>(held)};
    }
    /// A piece of the heap for so many values of so many bytes each; 2^32 of them are too many.
    [[nodiscard]] static void* piece(std::size_t room, std::size_t bytes) {
        constexpr std::size_t most = UINT32_MAX;
        return ::operator new(room > most ? SIZE_MAX : room * bytes);
    }
    /// Lives on in another piece, where its values' bytes are already.
    void settle(void* piece, std::size_t room) noexcept {
        ::operator delete(first_);
        first_ = piece;
        room_ = static_cast<std::uint32_t>(room);
    }
    void move_bytes(std::size_t room, std::size_t bytes) {
        void* const more = piece(room, bytes);
        if (size_ != 0) std::memcpy(more, first_, size_ * bytes);
        settle(more, room);
    }
    /// What comes after a value that is no more moves up to its place.
    void close_gap(void* at, std::size_t bytes) noexcept {
        auto* const gap = static_cast<std::byte*>(at);
        const auto* const end = static_cast<std::byte*>(first_) + size_ * bytes;
        std::memmove(gap, gap + bytes, static_cast<std::size_t>(end - gap) - bytes);
        --size_;
    }
    /// How much room to have when one more is to come and there is none.
    [[nodiscard]] std::size_t next_room() const noexcept {
        return size_ < 2 ? size() + 1 : 2 * size();
    }

    void* first_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t room_ = 0;
};

}  // namespace detail

/// Values in a row, in one piece of the heap. Its functions mean what those of `std::vector` mean,
/// its iterators are pointers. `T` moves without throwing; nothing has changed when an
/// `emplace_back` or `reserve` throws. It holds fewer than 2^32 values: more is memory that runs
/// out.
template <class T>
// Assigned by value: NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class vector : public detail::row {
  public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    vector() noexcept = default;
    vector(std::initializer_list<T> values) : vector{values.begin(), values.end()} {}
    template <class Iterator>
        requires requires(Iterator at) { T(*at); }
    vector(Iterator from, Iterator to) : vector{} {
        if constexpr (requires { to - from; }) reserve(static_cast<std::size_t>(to - from));
        for (; from != to; ++from) emplace_back(*from);
    }
    /// What a host keeps in the standard's is copied.
    template <class Allocator>
    vector(const std::vector<T, Allocator>& values)  // NOLINT(google-explicit-constructor)
        : vector{values.begin(), values.end()} {}
    vector(vector&& other) noexcept = default;
    /// With the same room: a copy of a state is made to be changed.
    vector(const vector& other) : vector{} {
        reserve(other.room_);
        for (; size_ != other.size_; ++size_)
            ::new (static_cast<void*>(begin() + size_)) T(other.begin()[size_]);
    }
    vector& operator=(vector other) noexcept {
        swap_with(other);
        return *this;
    }
    ~vector() {
        if (first_ == nullptr) return;
        while (size_ != 0) begin()[--size_].~T();
        ::operator delete(first_);
    }

    [[nodiscard]] T* begin() noexcept { return static_cast<T*>(first_); }
    [[nodiscard]] T* end() noexcept { return begin() + size_; }
    [[nodiscard]] const T* begin() const noexcept { return static_cast<const T*>(first_); }
    [[nodiscard]] const T* end() const noexcept { return begin() + size_; }
    [[nodiscard]] auto rbegin() const noexcept { return std::reverse_iterator{end()}; }
    [[nodiscard]] auto rend() const noexcept { return std::reverse_iterator{begin()}; }
    [[nodiscard]] T* data() noexcept { return begin(); }
    [[nodiscard]] const T* data() const noexcept { return begin(); }
    [[nodiscard]] T& operator[](std::size_t at) noexcept { return begin()[at]; }
    [[nodiscard]] const T& operator[](std::size_t at) const noexcept { return begin()[at]; }
    [[nodiscard]] T& front() noexcept { return *begin(); }
    [[nodiscard]] const T& front() const noexcept { return *begin(); }
    [[nodiscard]] T& back() noexcept { return begin()[size_ - 1]; }
    [[nodiscard]] const T& back() const noexcept { return begin()[size_ - 1]; }

    void push_back(T value) {
        if (size_ == room_) {
            if constexpr (moves_by_bytes<T>)
                move_bytes(next_room(), sizeof(T));  // NOLINT(bugprone-sizeof-expression)
            else
                reserve(next_room());
        }
        ::new (static_cast<void*>(begin() + size_)) T(static_cast<T&&>(value));
        ++size_;
    }
    /// A value made of these parts, which may stand in this vector itself.
    template <class... Parts>
    T& emplace_back(Parts&&... parts) {
        if (size_ == room_) {
            push_back(T{static_cast<Parts&&>(parts)...});
        } else {
            ::new (static_cast<void*>(begin() + size_)) T{static_cast<Parts&&>(parts)...};
            ++size_;
        }
        return back();
    }
    void resize(std::size_t size) {
        while (size_ > size) pop_back();
        while (size_ < size) emplace_back();
    }
    void assign(std::size_t size, const T& value) {
        vector copies;
        copies.reserve(size);
        while (copies.size_ < size) copies.push_back(value);
        swap(copies);
    }
    /// Takes out the value at `at`, and returns where the next one is.
    T* erase(T* at) {
        if constexpr (moves_by_bytes<T>) {
            at->~T();
            close_gap(at, sizeof(*at));
        } else {
            for (T* next = at + 1; next != end(); ++next) next[-1] = static_cast<T&&>(*next);
            pop_back();
        }
        return at;
    }
    void pop_back() noexcept { begin()[--size_].~T(); }
    void clear() noexcept {
        while (size_ != 0) pop_back();
    }

    /// Makes room for so many values in all.
    void reserve(std::size_t room) {
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
        if (room <= room_) return;
        constexpr std::size_t bytes =
            sizeof(T);  // NOLINT(bugprone-sizeof-expression): T of any kind
        if constexpr (moves_by_bytes<T>) {
            move_bytes(room, bytes);
        } else {
            T* const more = static_cast<T*>(piece(room, bytes));
            for (std::uint32_t at = 0; at != size_; ++at) {
                ::new (static_cast<void*>(more + at)) T(static_cast<T&&>(begin()[at]));
                begin()[at].~T();
            }
            settle(more, room);
        }
    }
    void swap(vector& other) noexcept { swap_with(other); }

    [[nodiscard]] friend bool operator==(const vector& a, const vector& b) {
        if (a.size_ != b.size_) return false;
        for (std::uint32_t at = 0; at != a.size_; ++at)
            if (!(a.begin()[at] == b.begin()[at])) return false;
        return true;
    }
    /// Orders as words are ordered, value by value.
    [[nodiscard]] friend bool operator<(const vector& a, const vector& b) {
        std::uint32_t at = 0;
        while (at != a.size_ && at != b.size_ && a.begin()[at] == b.begin()[at]) ++at;
        if (at == a.size_ || at == b.size_) return a.size_ < b.size_;
        return a.begin()[at] < b.begin()[at];
    }
};

template <class T>
inline constexpr bool moves_by_bytes<vector<T>> = true;

}  // namespace v0
}  // namespace lockbox
