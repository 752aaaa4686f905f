#include "fields.hpp"

#include <limits>

#include <lockbox/describe.hpp>
#include <lockbox/log/instant.hpp>
#include <lockbox/written.hpp>

namespace desk {
namespace {

/// What stood there, in backquotes and harmless; cut when it is long.
std::string quoted(std::string_view text) { return lockbox::quoted_inert(text, 60); }

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
    const auto offset = lockbox::offset_of_text(rest == "Z" ? "+00:00" : rest);
    if (!local || !offset) return bad();
    return lb::time_point{*local - *offset};
}

expected<lb::duration> parse_duration(std::string_view text) {
    const auto length = lockbox::duration_of_text(text);
    if (!length) return misused(quoted(text) + " " + std::string{length.error()});
    return *length;
}

expected<std::uint32_t> parse_number(std::string_view text) {
    const auto value = lockbox::number_of_text<std::uint32_t>(text);
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
