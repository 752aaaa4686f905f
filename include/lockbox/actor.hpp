// Who acts, and on which side: what the host's identity system vouches for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <lockbox/fields.hpp>
#include <lockbox/fwd.hpp>
#include <lockbox/id.hpp>

namespace lockbox {
inline namespace v0 {

/// In which capacity somebody acts. `system` is the host's own sweeper and relay.
enum class capacity : std::uint8_t { engineer, manager, operator_, member, system };
template <>
inline constexpr auto names_of<capacity> =
    std::array<std::string_view, 5>{"engineer", "manager", "operator", "member", "system"};

/// The two parties, and the machine between them.
enum class side : std::uint8_t { provider, tenant, system };
template <>
inline constexpr auto names_of<side> =
    std::array<std::string_view, 3>{"provider", "tenant", "system"};

[[nodiscard]] constexpr side side_of(capacity acting) {
    if (acting == capacity::member) return side::tenant;
    return acting == capacity::system ? side::system : side::provider;
}

/// A person in a capacity. It comes from the host's authentication, never from a
/// request's body (T18).
template <class V>
struct actor {
    typename V::person_id person{};
    capacity acting{};

    static constexpr void fields(auto& self, auto&& f) {
        f("person", self.person);
        f("acting", self.acting);
    }
    friend bool operator==(const actor&, const actor&) = default;
};

namespace detail {

/// The words that stand for nobody, and the names of a presentation.
template <class V>
inline constexpr auto no_names = std::array<std::string_view, 9>{
    "unknown", "anonymous",       "null",          "nil", "none", "undefined",
    "n/a",     V::operator_alias, V::service_alias};

/// A bit for each length, the last for all that are longer.
[[nodiscard]] constexpr std::uint32_t length_bit(std::string_view text) {
    return 1U << (text.size() < 31 ? text.size() : 31);
}
/// How long those of them are that begin with a byte, in either case: most names are like none.
template <class V>
inline constexpr auto no_name_lengths = [] {
    std::array<std::uint32_t, 256> out{};
    for (const auto word : no_names<V>)
        for (const auto other_case : {0x00U, 0x20U})
            if (!word.empty())
                out[static_cast<unsigned char>(word[0]) ^ other_case] |= length_bit(word);
    return out;
}();

}  // namespace detail

/// Whether a name can be a person's (V5, T2): well formed, no word that stands for nobody,
/// and none of the names under which a presentation of the log shows somebody else (L4).
template <class V>
[[nodiscard]] bool is_identity(const typename V::person_id& person) {
    if (!id_traits<typename V::person_id>::well_formed(person)) return false;
    const auto& name = id_traits<typename V::person_id>::text(person);
    const std::string_view text = name;
    if (!text.empty()) {
        const auto lengths = detail::no_name_lengths<V>[static_cast<unsigned char>(text[0])];
        if (lengths == 0 || (lengths & detail::length_bit(text)) == 0) return true;
    }
    for (const auto& word : detail::no_names<V>)
        if (equal_ascii_caseless(text, word)) return false;
    return true;
}

}  // namespace v0
}  // namespace lockbox
