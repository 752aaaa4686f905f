// Reads the canonical text of a value; json.hpp is the way in, and says what the text is.
#pragma once

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lockbox/log/instant.hpp>
#include <lockbox/log/scanner.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>
#include <lockbox/stable_vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace log::detail {

/// Walks a text once, from front to back; stops at the first byte that the writer would not write.
/// It recurses only as deep as the type does. Each `value` reads one value; false at a fault.
class reader : public scanner {
  public:
    using scanner::scanner;

    template <class T>
    [[nodiscard]] bool value(T& into) {
        if constexpr (std::same_as<T, bool>) {
            into = literal("true");
            return into || literal("false") || fail("true or false");
        } else if constexpr (std::integral<T>) {
            return number(into);
        } else if constexpr (named_by_traits<T>) {
            return identifier(into);
        } else if constexpr (has_names<T>) {
            return enumerator(into);
        } else if constexpr (has_fields<T>) {
            return object(into);
        } else if constexpr (free_text<T>) {
            return free(into);
        } else {
            static_assert(never<T>,
                          "lockbox: a type in the vocabulary has neither fields nor id_traits");
        }
    }
    template <class Rep, class Period>
    [[nodiscard]] bool value(std::chrono::duration<Rep, Period>& into) {
        constexpr auto unit = std::ratio_divide<Period, std::milli>::num;
        const char* const start = at_;
        std::int64_t count = 0;
        if (!number(count)) return false;
        if (count % unit != 0 || !std::in_range<Rep>(count / unit)) {
            return fail_at(start, "milliseconds that its unit divides");
        }
        into = std::chrono::duration<Rep, Period>{static_cast<Rep>(count / unit)};
        return true;
    }
    template <class Clock, class Duration>
    [[nodiscard]] bool value(std::chrono::time_point<Clock, Duration>& into) {
        constexpr std::string_view expected = "an instant such as \"2026-11-02T09:00:00.000Z\"";
        if (left() < instant_size + 2 || at_[0] != '"' || at_[instant_size + 1] != '"') {
            return fail(expected);
        }
        const auto since = instant_of({at_ + 1, instant_size});
        if (!since || *since % Duration{1} != std::chrono::milliseconds{0}) return fail(expected);
        into = std::chrono::time_point<Clock, Duration>{std::chrono::floor<Duration>(*since)};
        at_ += instant_size + 2;
        return true;
    }
    template <class T>
    [[nodiscard]] bool value(optional<T>& into) {
        if (literal("null")) {
            into.reset();
            return true;
        }
        return value(into.emplace());
    }
    template <value_list List>
    [[nodiscard]] bool value(List& into) {
        into = {};
        if (!take('[')) return fail("a list");
        if (take(']')) return true;
        do {
            typename List::value_type one{};
            if (!value(one)) return false;
            into.emplace_back(std::move(one));
        } while (take(','));
        return take(']') || fail("`,` or `]`");
    }
    template <class T>
    [[nodiscard]] bool value(shared_list<T>& into) {
        vector<T> all;
        const bool good = value(all);
        into = all;
        return good;
    }
    template <class T>
    [[nodiscard]] bool value(shared<T>& into) {
        T one{};
        const bool good = value(one);
        into = std::move(one);
        return good;
    }
    template <class... Ts>
    [[nodiscard]] bool value(one_of<Ts...>& into) {
        const char* const start = at_;
        if (!literal("{\"")) return fail("an object that is named");
        const char* const from = at_;
        at_ = skip_plain<beyond_ascii::stop>(at_, end_);
        const std::string_view name{from, static_cast<std::size_t>(at_ - from)};
        if (!literal("\":")) return fail("an object that is named");
        bool good = false;
        const bool known = ((same(name, Ts::name) && ((good = held<Ts>(into)), true)) || ...);
        if (!known) return fail_at(start, "a name that is known");
        return good && (take('}') || fail("`}`"));
    }
    [[nodiscard]] bool value(permission_set& into) {
        into = {};
        std::size_t next = 0;
        if (!take('[')) return fail("a list of permissions");
        if (take(']')) return true;
        do {
            const char* const start = at_;
            permission one{};
            if (!enumerator(one)) return false;
            const auto place = static_cast<std::size_t>(one);
            if (place < next) return fail_at(start, "permissions in their order");
            next = place + 1;
            into |= {one};
        } while (take(','));
        return take(']') || fail("`,` or `]`");
    }
    [[nodiscard]] bool value(digest& into) {
        constexpr std::string_view expected = "16 hexadecimal digits";
        if (left() < 18 || at_[0] != '"' || at_[17] != '"') return fail(expected);
        std::uint64_t all = 0;
        for (std::size_t at = 1; at <= 16; ++at) {
            const unsigned digit = hex_value(at_[at]);
            if (digit > 15) return fail(expected);
            all = all << 4U | digit;
        }
        into.value = all;
        at_ += 18;
        return true;
    }
    template <class Tag>
    [[nodiscard]] bool value(id<Tag>& into) {
        std::string room;
        const auto found = text(room);
        if (found) into = id<Tag>{*found};
        return found.has_value();
    }

  private:
    template <class T>
    bool held(auto& into) {
        into = T{};
        return value(*into.template get_if<T>());
    }

    template <class T>
    bool object(T& into) {
        char before = '{';
        bool good = true;
        T::fields(into, [&](std::string_view name, auto& member) {
            good = good && key(before, name) && this->value(member);
            before = ',';
        });
        if (!good) return false;
        if (before == '{') return literal("{}") || fail("`{}`");
        return take('}') || fail("`}`");
    }

    template <class T>
    bool number(T& into) {
        const char* const digits = at_ != end_ && *at_ == '-' ? at_ + 1 : at_;
        const auto [stop, fault] = std::from_chars(at_, end_, into);
        if (fault == std::errc::result_out_of_range) return fail("a number within its bounds");
        const bool zero_first = digits != end_ && *digits == '0';
        if (fault != std::errc{} || (zero_first && (digits != at_ || stop != digits + 1))) {
            return fail("a whole number");
        }
        at_ = stop;
        return true;
    }

    template <class T>
    bool identifier(T& into) {
        const char* const start = at_;
        std::string room;
        const auto found = text(room);
        if (!found) return false;
        auto parsed = id_traits<T>::parse(*found);
        if (!parsed || std::string_view{id_traits<T>::text(*parsed)} != *found) {
            return fail_at(start, "an identifier of its kind");
        }
        into = *std::move(parsed);
        return true;
    }
    template <class E>
    bool enumerator(E& into) {
        const char* const start = at_;
        std::string room;
        const auto found = text(room);
        if (!found) return false;
        const auto value = named<E>(*found);
        if (!value) return fail_at(start, "a name that is known");
        into = *value;
        return true;
    }
    template <class T>
    bool free(T& into) {
        std::string room;
        const auto found = text(room);
        if (found) into = T(std::string{*found});
        return found.has_value();
    }
};

}  // namespace log::detail
}  // namespace v0
}  // namespace lockbox
