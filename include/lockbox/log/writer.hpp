// Writes the canonical text of a value; json.hpp is the way in, and says what the text is.
#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/log/instant.hpp>
#include <lockbox/log/shape.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>
#include <lockbox/stable_vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace log::detail {

/// Appends to a string, through room that it makes in advance. What is not finished is taken back.
class writer {
  public:
    explicit writer(std::string& out) : out_(out), kept_(out.size()), at_(end_of(out)), end_(at_) {}
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;
    ~writer() { out_.resize(kept_); }

    /// Keeps what was written.
    void finish() { kept_ = used(); }

    template <class T>
    void value(const T& v) {
        if constexpr (std::same_as<T, bool>) {
            raw(v ? "true" : "false");
        } else if constexpr (std::integral<T>) {
            number(v);
        } else if constexpr (named_by_traits<T>) {
            text(id_traits<T>::text(v));
        } else if constexpr (has_names<T>) {
            text(name_of(v));
        } else if constexpr (has_fields<T>) {
            object(v);
        } else if constexpr (free_text<T>) {
            text(v);
        } else {
            static_assert(never<T>,
                          "lockbox: a type in the vocabulary has neither fields nor id_traits");
        }
    }

    template <class Rep, class Period>
    void value(const std::chrono::duration<Rep, Period>& d) {
        const auto count = in_milliseconds(d);
        count ? number(*count) : text(no_text);
    }
    template <class Clock, class Duration>
    void value(const std::chrono::time_point<Clock, Duration>& at) {
        if (!representable(at)) return text(no_text);
        const auto written = instant_text(at.time_since_epoch());
        char* to = room(instant_size + 2);
        to[0] = to[instant_size + 1] = '"';
        std::memcpy(to + 1, written.data(), instant_size);
        at_ += instant_size + 2;
    }
    template <class T>
    void value(const optional<T>& maybe) {
        maybe ? value(*maybe) : raw("null");
    }
    void value(const value_list auto& all) {
        raw("[");
        bool first = true;
        for (const auto& one : all) {
            if (!first) raw(",");
            first = false;
            value(one);
        }
        raw("]");
    }
    template <class T>
    void value(const shared<T>& one) {
        value(*one);
    }
    template <class... Ts>
    void value(const one_of<Ts...>& sum) {
        sum.match([this](const auto& held) {
            key('{', held.name);
            value(held);
            raw("}");
        });
    }
    void value(permission_set set) {
        char before = '[';
        for (std::size_t at = 0; at < names_of<permission>.size(); ++at) {
            if (!set.has(static_cast<permission>(at))) continue;
            raw({&before, 1});
            text(names_of<permission>[at]);
            before = ',';
        }
        raw(before == '[' ? "[]" : "]");
    }
    void value(digest of) {
        char* to = room(18);
        to[0] = to[17] = '"';
        for (std::size_t at = 16; at > 0; --at, of.value >>= 4U)
            to[at] = hex_digits[of.value & 0xFU];
        at_ += 18;
    }

  private:
    template <class T>
    void object(const T& v) {
        char before = '{';
        T::fields(v, [&](std::string_view name, const auto& member) {
            key(before, name);
            before = ',';
            this->value(member);
        });
        raw(before == '{' ? "{}" : "}");
    }

    [[gnu::always_inline]] void key(char before, std::string_view name) {
        char* to = room(name.size() + 4);
        to[0] = before;
        to[1] = '"';
        std::memcpy(to + 2, name.data(), name.size());
        to[name.size() + 2] = '"';
        to[name.size() + 3] = ':';
        at_ += name.size() + 4;
    }

    template <class T>
    void number(T v) {
        using wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
        static_assert(sizeof(T) <= sizeof(wide), "lockbox: an integer has at most 64 bits");
        constexpr std::size_t longest = 20;
        char* to = room(longest);
        at_ = std::to_chars(to, to + longest, static_cast<wide>(v)).ptr;
    }

    void text(std::string_view all) {
        const char* at = all.data();
        const char* const end = at + all.size();
        char* to = room(all.size() + 2);
        *to++ = '"';
        while (true) {
            const char* const stop = skip_plain<beyond_ascii::pass>(at, end);
            to = std::copy(at, stop, to);
            if (stop == end) break;
            at_ = to;
            escaped(static_cast<unsigned char>(*stop));
            at = stop + 1;
            to = room(static_cast<std::size_t>(end - at) + 1);
        }
        *to++ = '"';
        at_ = to;
    }
    void escaped(unsigned char c) {
        const char letter = short_escape(c);
        if (c == '"' || c == '\\' || letter != 0) {
            const char both[] = {'\\', letter != 0 ? letter : static_cast<char>(c)};
            return raw({both, 2});
        }
        const char all[] = {'\\', 'u', '0', '0', hex_digits[c >> 4U], hex_digits[c & 0xFU]};
        raw({all, 6});
    }

    [[gnu::always_inline]] void raw(std::string_view bytes) {
        std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
        at_ += bytes.size();
    }

    /// Where the next `bytes` bytes go.
    [[gnu::always_inline]] char* room(std::size_t bytes) {
        if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
        return at_;
    }
    void grow(std::size_t bytes) {
        const std::size_t before = used();
        out_.resize((std::max)(out_.size() * 2, before + bytes + 512));
        at_ = out_.data() + before;
        end_ = end_of(out_);
    }

    [[nodiscard]] std::size_t used() const { return static_cast<std::size_t>(at_ - out_.data()); }
    static char* end_of(std::string& out) { return out.data() + out.size(); }

    std::string& out_;
    std::size_t kept_;  ///< how much of `out_` stays
    char* at_;          ///< where the next byte goes
    char* end_;         ///< of the room
};

}  // namespace log::detail
}  // namespace v0
}  // namespace lockbox
