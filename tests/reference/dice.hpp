// Random choices that are the same for a seed on every compiler.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace courses {

/// SplitMix64: small, and no library's own choice.
class dice {
  public:
    explicit dice(std::uint64_t seed) : state_{seed} {}

    /// A number below `sides`.
    std::uint32_t operator()(std::uint32_t sides) {
        state_ += 0x9E3779B97F4A7C15U;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<std::uint32_t>(((z ^ (z >> 31U)) >> 32U) % sides);
    }
    bool once_in(std::uint32_t times) { return (*this)(times) == 0; }
    template <class T>
    T one_of(std::initializer_list<T> all) {
        return *(all.begin() + (*this)(static_cast<std::uint32_t>(all.size())));
    }
    /// One of these words, as the identifier or the text that it is here.
    template <class T = std::string>
    T word(std::initializer_list<const char*> all) {
        return T{std::string{one_of(all)}};
    }
    /// An id that may be none (R9).
    std::string odd_id() {
        switch ((*this)(4)) {
            case 0:
                return std::string(one_of({256U, 257U}), 'n');
            case 1:  // blank
                return word({"", " ", "\u00a0", "\u3000", "\u200b", "\u2060\ufeff", " \u200d"});
            case 2:  // no UTF-8
                return word({"\xff", "eve\xc3", "\xed\xa0\x80", "\xc0\xae", "\xf4\x90\x80\x80"});
            default:  // looks like another, and is good
                return word(
                    {"Eve", "eve ", " eve", "ev\u200be", "\u0435ve", "\u1680x", "\U0001F512"});
        }
    }
    /// The same of a person, whom more is asked of (V5).
    std::string odd_name() {
        using namespace std::string_literals;
        switch ((*this)(6)) {
            case 0:  // placeholders
                return word({"unknown", "Anonymous", "NULL", "nil", "None", "undefined", "N/A"});
            case 1:  // aliases
                return word({"Microsoft Operator", "microsoft operator", "Customer Lockbox Service",
                             "customer lockbox SERVICE"});
            case 2:  // controls
                return one_of({"e\x01ve"s, "eve\x7f"s, "eve\0"s, "\u0085eve"s, "eve\n"s, "\t"s});
            case 3:
                return word({"unknown.", "n / a", "boss@b.example", "Microsoft  Operator"});
            default:
                return odd_id();
        }
    }

  private:
    std::uint64_t state_;
};

}  // namespace courses
