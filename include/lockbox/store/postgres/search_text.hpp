// The statements of pages: one for each set of filters, so that the planner knows which there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// A filter of a page: the column, and how it is compared with a parameter.
struct filter {
    std::string_view column{};
    bool any = false;  ///< the parameter is an array of texts, one of which must be there
};

inline constexpr std::array log_filters{filter{"activity"}, filter{"actor"}, filter{"request"},
                                        filter{"case_number"}};
inline constexpr std::array request_filters{filter{"id"}, filter{"engineer"}, filter{"case_number"},
                                            filter{"status", true}};

/// A composed statement.
struct page_text {
    std::string name{};
    std::string text{};
};

/// The statement with those filters whose bits are set. Parameters: tenant, the least number, the
/// first beyond the last, how many rows, and then one for each filter.
template <std::size_t Count>
[[nodiscard]] page_text page_text_of(std::string_view name, std::string_view select,
                                     std::string_view number,
                                     const std::array<filter, Count>& filters, unsigned bits) {
    page_text made{std::string{name}, std::string{select}};
    made.text.append(" WHERE tenant = $1 AND ").append(number).append(" >= $2 AND ");
    made.text.append(number).append(" < $3");
    char next = '5';
    for (std::size_t at = 0; at < Count; ++at) {
        if ((bits >> at & 1U) == 0) continue;
        made.name.append("_by_").append(filters[at].column);
        made.text.append(" AND ").append(filters[at].column);
        made.text.append(filters[at].any ? " = ANY($" : " = $").append(1, next++);
        made.text.append(filters[at].any ? "::text[])" : "");
    }
    made.text.append(" ORDER BY ").append(number).append(" DESC LIMIT $4");
    return made;
}

[[nodiscard]] inline page_text log_page(unsigned bits) {
    return page_text_of("log", "SELECT version, body FROM event", "version", log_filters, bits);
}
[[nodiscard]] inline page_text request_page(unsigned bits) {
    return page_text_of("requests",
                        "SELECT id, number, engineer, case_number, drill, status, gate, submitted, "
                        "over FROM request",
                        "number", request_filters, bits);
}

/// All of them.
[[nodiscard]] inline vector<page_text> all_pages() {
    vector<page_text> all;
    for (unsigned bits = 0; bits < 1U << log_filters.size(); ++bits) all.push_back(log_page(bits));
    for (unsigned bits = 0; bits < 1U << request_filters.size(); ++bits)
        all.push_back(request_page(bits));
    return all;
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
