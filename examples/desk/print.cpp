#include "print.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <lockbox/describe.hpp>
#include <lockbox/fmt.hpp>
#include <lockbox/notify/wording.hpp>
#include <lockbox/why/sentence.hpp>

namespace desk {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// How many columns inert text takes: a column for each character.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

/// Where the character after the first `columns` ones begins.
std::size_t after(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (begins_character(text[at]) && columns-- == 0) break;
    return at;
}

/// A sentence whose limit is told as "1 h" and not in milliseconds.
std::string in_hours(std::string text, const lockbox::refusal& why) {
    const auto exact = std::to_string(why.limit) + " ms";
    const auto at = text.find(exact);
    if (at != std::string::npos) text.replace(at, exact.size(), length(lb::duration{why.limit}));
    return text;
}

}  // namespace

std::string inert(std::string_view text) { return lockbox::describe_inert(text); }

std::string inert(std::string_view text, std::size_t columns) { return cut(inert(text), columns); }

std::string cut(std::string text, std::size_t columns) {
    if (width(text) <= columns) return text;
    text.resize(after(text, columns - 1));
    return text + "…";
}

std::string harmless(std::string_view json) {
    std::string out;
    while (!json.empty()) {
        const auto c = lockbox::detail::decode(json);
        const auto bytes = json.substr(0, c.bytes == 0 ? 1 : c.bytes);
        const bool shown = lockbox::describe_inert(bytes) == bytes || c.value < 0x80;
        const auto unit = [&](std::uint32_t value) { out += fmt::format("\\u{:04x}", value); };
        if (shown && c.value != 0x7F) {
            out += bytes;
        } else if (c.value > 0xFFFF) {
            unit(0xD800U + ((c.value - 0x10000U) >> 10U));
            unit(0xDC00U + ((c.value - 0x10000U) & 0x3FFU));
        } else {
            unit(c.value);
        }
        json.remove_prefix(bytes.size());
    }
    return out;
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
    std::string out;
    while (width(text) > columns) {
        const auto most = after(text, columns);
        const auto space = text.rfind(' ', most);
        const bool at_space = space != std::string_view::npos && space != 0;
        out.append(text.substr(0, at_space ? space : most)).append("\n").append(indent, ' ');
        text.remove_prefix(at_space ? space + 1 : most);
    }
    return out.append(text);
}

std::string when(lb::time_point at) {
    if (!lockbox::log::representable(at)) return "?";
    const auto exact = lockbox::log::instant_text(at.time_since_epoch());
    std::string text{exact.data(), exact.size()};
    text[10] = ' ';
    text.resize(text.compare(19, 4, ".000") == 0 ? 19 : 23);
    return text;
}

std::string length(lb::duration of) { return lockbox::notify::readable(of); }

std::string listed(const std::vector<std::string>& names) {
    if (names.empty()) return "none";
    std::string out = names.front();
    for (std::size_t at = 1; at < names.size(); ++at) {
        out.append(at + 1 == names.size() ? " and " : ", ").append(names[at]);
    }
    return out;
}

std::vector<std::size_t> table::widths() const {
    std::vector<std::size_t> all(rows_.front().size());
    for (const auto& row : rows_)
        for (std::size_t at = 0; at < row.size(); ++at) all[at] = std::max(all[at], width(row[at]));
    return all;
}

void table::cut(std::size_t columns) {
    constexpr std::size_t least = 12;
    std::size_t before = 0;
    const auto all = widths();
    for (std::size_t at = 0; at + 1 < all.size(); ++at) before += all[at] + 2;
    const auto left = columns > before + least ? columns - before : least;
    for (auto& row : rows_) row.back() = desk::cut(std::move(row.back()), left);
}

std::string table::text() const {
    const auto columns = widths();
    std::string out;
    for (const auto& row : rows_) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            out += row[at];
            if (at + 1 < row.size()) out.append(columns[at] - width(row[at]) + 2, ' ');
        }
        out.erase(out.find_last_not_of(' ') + 1);
        out += '\n';
    }
    return out;
}

problem problem_of(const lockbox::failure& why) { return {ending::failed, sentence(why)}; }

std::string sentence_of(const lockbox::refusal& why) { return in_hours(sentence(why), why); }

std::string sentence_of(const lb::explanation& why) {
    return why.refused ? in_hours(sentence(why), *why.refused) : sentence(why);
}

problem problem_of(const lockbox::refusal& why) { return {ending::refused, sentence_of(why)}; }

}  // namespace desk
