// Any value as one line for people and program logs, from its fields. Nobody reads it
// back: the text that is kept is log/json.hpp's.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/digest.hpp>
#include <lockbox/fwd.hpp>
#include <lockbox/id.hpp>
#include <lockbox/log/instant.hpp>
#include <lockbox/log/shape.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>
#include <lockbox/stable_vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Appends text so that it stays one line and does nothing there (T21, V15): quotes
/// and backslashes, controls, what shows nothing or turns the direction, and what is
/// not UTF-8 become escapes.
inline void append_inert(std::string& out, std::string_view text) {
    const auto hex = [&](std::uint32_t value, unsigned digits) {
        while (digits > 0) out += log::detail::hex_digits[(value >> (4 * --digits)) & 0xFU];
    };
    while (!text.empty()) {
        const auto c = detail::decode(text);
        const auto bytes = text.substr(0, c.bytes == 0 ? 1 : c.bytes);
        const char letter =
            c.bytes == 1 ? log::detail::short_escape(static_cast<unsigned char>(c.value)) : char{};
        const bool mark = c.value == 0x61C || c.value == 0x200E || c.value == 0x200F;
        const bool tag = c.value == 0xAD || (c.value >= 0xE0000 && c.value <= 0xE0FFF);
        const bool unseen = c.value != ' ' && detail::shows_nothing(c.value);
        if (c.bytes == 0) {
            out += "\\x";
            hex(static_cast<unsigned char>(text.front()), 2);
        } else if (c.value == '"' || c.value == '\\') {
            out.append("\\").append(bytes);
        } else if (letter != 0) {
            out.append("\\").append(1, letter);
        } else if (mark || tag || unseen || has_control(bytes)) {
            out += "\\u{";
            hex(c.value, c.value > 0xFFFF ? 6 : 4);
            out += '}';
        } else {
            out += bytes;
        }
        text.remove_prefix(bytes.size());
    }
}

/// The same as a value.
[[nodiscard]] inline std::string describe_inert(std::string_view text) {
    std::string out;
    append_inert(out, text);
    return out;
}

/// What stood there, in backquotes and harmless; cut when it is long.
[[nodiscard]] inline std::string quoted_inert(std::string_view text, std::size_t most = 40) {
    const bool longer = text.size() > most;
    return "`" + describe_inert(text.substr(0, most)) + (longer ? "…`" : "`");
}

/// What a value is called where its description begins; members and unnamed values have none.
template <class T>
inline constexpr std::string_view title_of{};
template <class T>
    requires requires {
        { T::name } -> std::convertible_to<std::string_view>;
    }
inline constexpr std::string_view title_of<T> = T::name;
template <class V>
inline constexpr std::string_view title_of<audit_event<V>> = "event";
template <class V>
inline constexpr std::string_view title_of<command<V>> = "command";
template <class V>
inline constexpr std::string_view title_of<request<V>> = "request";
template <class V>
inline constexpr std::string_view title_of<tenant<V>> = "tenant";

namespace detail {

/// Walks a value as the log's writer does, and writes what people read.
class describer {
  public:
    explicit describer(std::string& out) : out_(out) {}

    template <class T>
    void value(const T& v) {
        if constexpr (std::same_as<T, bool>) {
            out_ += v ? "true" : "false";
        } else if constexpr (std::integral<T>) {
            out_ += id_traits<T>::text(v);
        } else if constexpr (log::detail::named_by_traits<T>) {
            name(id_traits<T>::text(v));
        } else if constexpr (has_names<T>) {
            out_ += name_of(v);
        } else if constexpr (has_fields<T>) {
            object(v);
        } else if constexpr (log::detail::free_text<T>) {
            quoted(v);
        } else {
            static_assert(log::detail::never<T>,
                          "lockbox: a type in the vocabulary has neither fields nor id_traits");
        }
    }
    template <class Rep, class Period>
    void value(const std::chrono::duration<Rep, Period>& d) {
        const auto count = log::detail::in_milliseconds(d);
        count ? void(out_.append(id_traits<std::int64_t>::text(*count)).append(" ms"))
              : void(out_ += log::no_text);
    }
    template <class Clock, class Duration>
    void value(const std::chrono::time_point<Clock, Duration>& at) {
        if (!log::representable(at)) return void(out_ += log::no_text);
        const auto text = log::instant_text(at.time_since_epoch());
        out_.append(text.data(), text.size());
    }
    template <class T>
    void value(const optional<T>& maybe) {
        maybe ? value(*maybe) : void(out_ += "none");
    }
    void value(const value_list auto& all) {
        out_ += '[';
        std::string_view before;
        for (const auto& one : all) {
            out_ += before;
            before = ", ";
            value(one);
        }
        out_ += ']';
    }
    template <class T>
    void value(const shared<T>& one) {
        value(*one);
    }
    template <class... Ts>
    void value(const one_of<Ts...>& sum) {
        sum.match([this](const auto& held) {
            out_ += held.name;
            value(held);
        });
    }
    void value(permission_set set) {
        out_ += '[';
        std::string_view before;
        for (std::size_t at = 0; at < names_of<permission>.size(); ++at) {
            if (!set.has(static_cast<permission>(at))) continue;
            out_.append(before).append(names_of<permission>[at]);
            before = ", ";
        }
        out_ += ']';
    }
    void value(digest of) {
        for (unsigned shift = 64; shift > 0;)
            out_ += log::detail::hex_digits[(of.value >> (shift -= 4)) & 0xFU];
    }

  private:
    template <class T>
    void object(const T& v) {
        std::string_view before = "{";
        T::fields(v, [&](std::string_view name, const auto& member) {
            out_.append(before).append(name).append(": ");
            before = ", ";
            this->value(member);
        });
        out_ += before == "{" ? "{}" : "}";
    }

    /// An identifier as it is, or in quotes where it could be taken for something else.
    void name(std::string_view text) {
        const bool bare = !text.empty() && !has_control(text) &&
                          text.find_first_of(" \"\\`,{}[]") == std::string_view::npos &&
                          all_of_text(text, [](std::uint32_t c) { return !shows_nothing(c); });
        bare ? append_inert(out_, text) : quoted(text);
    }
    void quoted(std::string_view text) {
        out_ += '"';
        append_inert(out_, text);
        out_ += '"';
    }

    std::string& out_;
};

}  // namespace detail

/// A value on one line: `approved{gate: 1, comment: "…", narrowed: {…}}`. Identifiers
/// and names stand bare, text from people in quotes, instants as RFC 3339, durations
/// in ms, what is absent as `none`.
template <class T>
[[nodiscard]] std::string describe(const T& value) {
    std::string out{title_of<T>};
    detail::describer{out}.value(value);
    return out;
}

}  // namespace v0
}  // namespace lockbox
