// A statement's parameters in PostgreSQL's binary form: texts as they are, numbers as eight bytes,
// columns of them as arrays.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// The types of PostgreSQL that the store sends, by their numbers, which never change.
enum class type : std::uint32_t { boolean = 16, integer = 20, text = 25 };

namespace detail {

template <class T>
void append(std::string& to, T value) {
    for (auto shift = 8 * sizeof value; shift > 0; shift -= 8)
        to.push_back(static_cast<char>(value >> (shift - 8)));
}

/// A value's bytes, after their count where an array asks for it.
inline void append(std::string& to, std::string_view text) { to.append(text); }
inline void append(std::string& to, std::same_as<bool> auto value) {
    to.push_back(value ? '\1' : '\0');
}
inline void append(std::string& to, std::int64_t value) {
    append(to, static_cast<std::uint64_t>(value));
}

inline void append(std::string& to, double value) {
    append(to, std::bit_cast<std::uint64_t>(value));
}

/// Numbers are never negative here, and no database counts further.
[[nodiscard]] inline std::int64_t column(std::uint64_t value) {
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    return value > static_cast<std::uint64_t>(most) ? most : static_cast<std::int64_t>(value);
}

}  // namespace detail

/// One parameter that holds a column of values. It is filled anew for each run, and keeps its room.
class array {
  public:
    explicit array(type of) : of_(of) { clear(); }

    void clear() {
        bytes_.clear();
        detail::append(bytes_, std::uint32_t{1});  // one dimension
        detail::append(bytes_, std::uint32_t{1});  // there may be NULLs
        detail::append(bytes_, static_cast<std::uint32_t>(of_));
        detail::append(bytes_, std::uint32_t{0});  // how many there are
        detail::append(bytes_, std::uint32_t{1});  // counted from
    }
    void add(std::string_view text) { put(text.size(), text); }
    void add(std::int64_t value) { put(sizeof value, value); }
    void add(std::uint64_t value) { add(detail::column(value)); }
    void add(std::same_as<bool> auto value) { put(1, value); }
    template <class T>
    void add(const optional<T>& maybe) {
        if (maybe) return add(*maybe);
        count();
        detail::append(bytes_, std::uint32_t{0xFFFFFFFF});
    }

    /// Its binary form.
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// That of its first value; without data where that is NULL.
    [[nodiscard]] std::string_view first() const {
        const auto value = std::string_view{bytes_}.substr(header + 4);
        return bytes_[header] == '\xFF' ? std::string_view{} : value;
    }

  private:
    static constexpr std::size_t counter = 12;
    static constexpr std::size_t header = 20;

    template <class T>
    void put(std::size_t size, const T& value) {
        count();
        detail::append(bytes_, static_cast<std::uint32_t>(size));
        detail::append(bytes_, value);
    }
    /// One more: a carry goes from byte to byte.
    void count() {
        for (auto at = counter + 3; ++bytes_[at] == 0 && at > counter; --at) {
        }
    }

    type of_;
    std::string bytes_;
};

/// The parameters of one run. Arrays are taken by reference: they must outlive it.
class parameters {
  public:
    template <class... Values>
    explicit parameters(const Values&... values) {
        (add(values), ...);
    }

    void add(std::string_view text) { put(text); }
    void add(std::int64_t value) { put(value); }
    void add(std::uint64_t value) { put(detail::column(value)); }
    void add(std::same_as<double> auto value) { put(value); }
    void add(std::same_as<bool> auto value) { put(value); }
    template <class T>
    void add(const optional<T>& maybe) {
        if (maybe) return add(*maybe);
        parts_.push_back({});
    }
    void add(const array& column) { parts_.push_back({column.bytes(), 0, true}); }
    /// The value of an array that has one.
    void add_first(const array& column) {
        const auto value = column.first();
        parts_.push_back({value, 0, value.data() != nullptr});
    }

    [[nodiscard]] std::size_t size() const { return parts_.size(); }
    /// What libpq wants to know of each.
    void tell(std::vector<const char*>& values, std::vector<int>& lengths) const {
        for (const auto& one : parts_) {
            const auto own = std::string_view{bytes_}.substr(one.at);
            const auto* bytes = one.borrowed.data() ? one.borrowed.data() : own.data();
            values.push_back(one.present ? bytes : nullptr);
            lengths.push_back(
                static_cast<int>(one.borrowed.data() ? one.borrowed.size() : one.size));
        }
    }

  private:
    struct part {
        std::string_view borrowed{};
        std::size_t at = 0;
        bool present = false;
        std::size_t size = 0;
    };

    template <class T>
    void put(const T& value) {
        const auto at = bytes_.size();
        detail::append(bytes_, value);
        parts_.push_back({{}, at, true, bytes_.size() - at});
    }

    std::string bytes_;
    std::vector<part> parts_;
};

/// Rows to be sent, column by column.
template <std::size_t Count>
class columns {
  public:
    explicit columns(const std::array<type, Count>& types) {
        all_.reserve(Count);
        for (const auto of : types) all_.emplace_back(of);
    }

    void clear() {
        for (auto& one : all_) one.clear();
    }
    /// One row.
    template <class... Values>
    void add(const Values&... values) {
        static_assert(sizeof...(Values) == Count);
        std::size_t at = 0;
        (all_[at++].add(values), ...);
    }
    /// As arrays, or the one row that there is by its values.
    void tell(parameters& to, bool as_arrays) const {
        for (const auto& column : all_) as_arrays ? to.add(column) : to.add_first(column);
    }

  private:
    std::vector<array> all_;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
