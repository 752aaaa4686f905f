// What the reader of the canonical text knows of bytes: literals, strings and their
// escapes. What it knows of types stands in reader.hpp.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include <lockbox/id.hpp>
#include <lockbox/log/shape.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/text.hpp>

namespace lockbox {
inline namespace v0 {
namespace log {

/// Why a text was not taken: what should have stood at that byte. Both views are of literals.
struct [[nodiscard]] read_fault {
    std::string_view expected{};  ///< such as "a string"
    std::string_view name{};      ///< of the field, where one was expected
    std::size_t at = 0;           ///< the byte, counted from 0

    friend bool operator==(const read_fault&, const read_fault&) = default;
};

/// The fault as a sentence: "expected the field `case` at byte 17".
[[nodiscard]] inline std::string message(const read_fault& fault) {
    std::string text = "expected ";
    text += fault.expected;
    if (!fault.name.empty()) text.append(" `").append(fault.name).append("`");
    return text.append(" at byte ").append(id_traits<std::size_t>::text(fault.at));
}

namespace detail {

/// Equality that folds into a few instructions where one side is a literal.
[[gnu::always_inline]] inline bool same(std::string_view a, std::string_view literal) {
    return a.size() == literal.size() && std::memcmp(a.data(), literal.data(), literal.size()) == 0;
}

/// A place in a text that only goes forward, and the first fault that stopped it.
class scanner {
  public:
    explicit scanner(std::string_view text)
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    [[nodiscard]] const read_fault& fault() const { return fault_; }

    /// Whether nothing is left.
    [[nodiscard]] bool at_end() { return at_ == end_ || fail("the end"); }

  protected:
    /// A string's text: a view of the input or, when something in it was escaped, of `room`.
    optional<std::string_view> text(std::string& room) {
        if (!take('"')) return refuse("a string");
        const char* from = at_;
        bool copied = false;
        while (true) {
            at_ = skip_plain<beyond_ascii::stop>(at_, end_);
            if (at_ == end_) return refuse("the end of the string");
            const auto c = static_cast<unsigned char>(*at_);
            if (c < 0x20) return refuse("an escaped control character");
            if (c >= 0x80) {
                const auto bytes = lockbox::detail::decode({at_, left()}).bytes;
                if (bytes == 0) return refuse("UTF-8");
                at_ += bytes;
                continue;
            }
            if (copied || c == '\\') room.append(from, at_);
            if (c == '"') break;
            copied = true;
            if (!escape(room)) return std::nullopt;
            from = at_;
        }
        const std::string_view whole{from, static_cast<std::size_t>(at_ - from)};
        ++at_;
        return copied ? std::string_view{room} : whole;
    }

    /// The bytes `before`, `"name":`.
    [[gnu::always_inline]] bool key(char before, std::string_view name) {
        const std::size_t size = name.size();
        const bool stands = left() >= size + 4 && at_[0] == before && at_[1] == '"' &&
                            same({at_ + 2, size}, name) && at_[size + 2] == '"' &&
                            at_[size + 3] == ':';
        if (!stands) return fail("the field", name);
        at_ += size + 4;
        return true;
    }

    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    bool take(char c) {
        const bool here = at_ != end_ && *at_ == c;
        at_ += here ? 1 : 0;
        return here;
    }
    [[gnu::always_inline]] bool literal(std::string_view bytes) {
        const bool here = left() >= bytes.size() && same({at_, bytes.size()}, bytes);
        at_ += here ? bytes.size() : 0;
        return here;
    }
    bool fail(std::string_view expected, std::string_view name = {}) {
        return fail_at(at_, expected, name);
    }
    bool fail_at(const char* at, std::string_view expected, std::string_view name = {}) {
        fault_ = {expected, name, static_cast<std::size_t>(at - begin_)};
        return false;
    }

    const char* begin_;
    const char* at_;
    const char* end_;

  private:
    std::nullopt_t refuse(std::string_view expected) {
        fail_at(at_, expected);
        return std::nullopt;
    }

    /// The escapes that the writer writes, each in its one form.
    bool escape(std::string& room) {
        constexpr std::string_view expected = "an escape in its one form";
        constexpr std::string_view letters = "\"\\btnfr";
        constexpr std::string_view meant = "\"\\\b\t\n\f\r";
        if (left() < 2) return fail(expected);
        if (const auto which = letters.find(at_[1]); which != std::string_view::npos) {
            room += meant[which];
            at_ += 2;
            return true;
        }
        if (left() < 6 || at_[1] != 'u' || at_[2] != '0' || at_[3] != '0') return fail(expected);
        const unsigned high = hex_value(at_[4]);
        const unsigned low = hex_value(at_[5]);
        const auto c = static_cast<unsigned char>(high * 16 + low);
        if (high > 1 || low > 15 || short_escape(c) != 0) return fail(expected);
        room += static_cast<char>(c);
        at_ += 6;
        return true;
    }

    read_fault fault_{};
};

}  // namespace detail
}  // namespace log
}  // namespace v0
}  // namespace lockbox
