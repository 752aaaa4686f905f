#include "fields.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

#include <lockbox/describe.hpp>
#include <lockbox/log/instant.hpp>

namespace desk {
namespace {

/// What stood there, in backquotes and harmless; cut when it is long.
std::string quoted(std::string_view text) {
    constexpr std::size_t most = 60;
    const bool longer = text.size() > most;
    return "`" + lockbox::describe_inert(text.substr(0, most)) + (longer ? "…`" : "`");
}

template <class T>
std::optional<T> whole_number(std::string_view digits) {
    T value{};
    const auto* end = digits.data() + digits.size();
    const auto [at, fault] = std::from_chars(digits.data(), end, value);
    if (digits.empty() || at != end || fault != std::errc{}) return std::nullopt;
    return value;
}

/// "+01:00" in milliseconds; nothing when it is no offset.
std::optional<std::chrono::milliseconds> offset_of(std::string_view text) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return std::nullopt;
    }
    const auto hours = whole_number<std::uint32_t>(text.substr(1, 2));
    const auto minutes = whole_number<std::uint32_t>(text.substr(4, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::milliseconds length =
        std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return text[0] == '+' ? length : -length;
}

/// `a * b + c`, or nothing when that leaves the type.
std::optional<std::int64_t> times_plus(std::int64_t a, std::int64_t b, std::int64_t c) {
    std::int64_t product = 0;
    std::int64_t sum = 0;
    if (__builtin_mul_overflow(a, b, &product) || __builtin_add_overflow(product, c, &sum)) {
        return std::nullopt;
    }
    return sum;
}

struct unit {
    std::string_view name{};
    std::int64_t milliseconds = 0;
};
constexpr std::array<unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

std::optional<std::int64_t> unit_named(std::string_view name) {
    for (const auto& one : units)
        if (one.name == name) return one.milliseconds;
    return std::nullopt;
}

}  // namespace

expected<lb::time_point> parse_instant(std::string_view text) {
    constexpr std::string_view seconds_end = "2026-11-02T09:00:00";
    const auto bad = [&] {
        return misused(quoted(text) +
                       " is no instant; write it as 2026-11-02T09:00:00Z, or with an offset as "
                       "2026-11-02T10:00:00+01:00, to the millisecond at most");
    };
    if (text.size() <= seconds_end.size()) return bad();
    auto rest = text.substr(seconds_end.size());
    std::string exact{text.substr(0, seconds_end.size())};
    std::string fraction;
    if (rest.front() == '.') {
        const auto end = rest.find_first_not_of("0123456789", 1);
        if (end == std::string_view::npos || end < 2 || end > 4) return bad();
        fraction = rest.substr(1, end - 1);
        rest.remove_prefix(end);
    }
    fraction.resize(3, '0');
    const auto local = lockbox::log::instant_of(exact + "." + fraction + "Z");
    const auto offset = rest == "Z" ? std::chrono::milliseconds{} : offset_of(rest);
    if (!local || !offset) return bad();
    return lb::time_point{*local - *offset};
}

expected<lb::duration> parse_duration(std::string_view text) {
    const auto bad = [&] {
        return misused(
            quoted(text) +
            " is no duration; write whole numbers with d, h, m, s or ms, as 90m or 1h30m");
    };
    auto rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative) rest.remove_prefix(1);
    if (rest.empty()) return bad();
    std::int64_t total = 0;
    while (!rest.empty()) {
        const auto digits = rest.find_first_not_of("0123456789");
        if (digits == std::string_view::npos || digits == 0) return bad();
        const auto next = std::min(rest.find_first_of("0123456789", digits), rest.size());
        const auto scale = unit_named(rest.substr(digits, next - digits));
        const auto count = whole_number<std::int64_t>(rest.substr(0, digits));
        if (!scale) return bad();
        const auto sum = count ? times_plus(*count, *scale, total) : std::nullopt;
        if (!sum) return misused(quoted(text) + " is longer than any duration that can be kept");
        total = *sum;
        rest.remove_prefix(next);
    }
    return lb::duration{negative ? -total : total};
}

expected<std::uint32_t> parse_number(std::string_view text) {
    const auto value = whole_number<std::uint32_t>(text);
    if (value) return *value;
    return misused(quoted(text) + " is no whole number from 0 to " +
                   std::to_string(std::numeric_limits<std::uint32_t>::max()));
}

expected<lb::actor> parse_actor(std::string_view text) {
    const auto colon = text.find(':');
    const auto acting = lockbox::named<lockbox::capacity>(text.substr(0, colon));
    if (colon == std::string_view::npos || !acting) {
        return misused(quoted(text) +
                       " is no actor; write CAPACITY:PERSON, the capacity being engineer, manager, "
                       "operator, member or system");
    }
    return lb::actor{lb::person_id{text.substr(colon + 1)}, *acting};
}

}  // namespace desk
