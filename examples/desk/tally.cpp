#include "tally.hpp"

#include <numeric>
#include <vector>

#include <fmt/format.h>

namespace desk {
namespace {

using counts = std::map<std::string, std::uint64_t>;

std::uint64_t sum(const counts& all) {
    return std::accumulate(all.begin(), all.end(), std::uint64_t{0},
                           [](auto so_far, const auto& one) { return so_far + one.second; });
}

/// Names and counts in three columns, read down.
void append_columns(std::string& out, const counts& all) {
    constexpr std::size_t columns = 3;
    const std::vector<counts::value_type> entries(all.begin(), all.end());
    const auto rows = (entries.size() + columns - 1) / columns;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string text = "           ";
        for (auto at = row; at < entries.size(); at += rows) {
            text += fmt::format("{:>4}  {:<23}", entries[at].second, entries[at].first);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        (out += text) += '\n';
    }
}

}  // namespace

void tally::count(const lb::command& what, const lockbox::decision<lb::vocabulary>& reply) {
    const bool attempt = what.body.is<lb::access>();
    if (reply.refused) {
        ++refused[std::string{lockbox::name_of(reply.refused->why)}];
        if (attempt) ++refused_access;
    } else {
        ++done;
        if (attempt) ++allowed;
    }
}

std::string tally::summary() const {
    std::string out = fmt::format("lines      {} carried out", lines);
    if (before != 0) out += fmt::format(", {} by an earlier run", before);
    if (bad != 0) out += fmt::format(", {} bad", bad);
    if (unexpected != 0) out += fmt::format(", {} not answered as expected", unexpected);
    out += fmt::format("\ncommands   {} done, {} refused, {} ticks\n", done, sum(refused), ticks);
    out += fmt::format("access     {} allowed, {} refused\n", allowed, refused_access);
    out += fmt::format("mail       {} written, {} undeliverable\n", mails, undeliverable);
    out += fmt::format("refusals   {}\n", sum(refused));
    append_columns(out, refused);
    out += fmt::format("events     {}\n", sum(events));
    append_columns(out, events);
    return out;
}

}  // namespace desk
