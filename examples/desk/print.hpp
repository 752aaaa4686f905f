// Text for a terminal: aligned tables, instants, and words from people that do nothing there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/ports.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/why/explanation.hpp>

#include "words.hpp"

namespace desk {

/// Text from people on one line: controls, escapes and marks of direction are shown, not obeyed.
[[nodiscard]] std::string inert(std::string_view text);

/// The same, cut to so many columns with `…` at its end.
[[nodiscard]] std::string inert(std::string_view text, std::size_t columns);

/// Text that is harmless already, cut to so many columns.
[[nodiscard]] std::string cut(std::string text, std::size_t columns);

/// JSON that does nothing in a terminal either: what would is written as `\u…`, the same value.
[[nodiscard]] std::string harmless(std::string_view json);

/// Text on lines of at most so many columns, each after the first behind an indent.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

/// "2026-11-02 09:00:00", in UTC; with milliseconds only when there are any.
[[nodiscard]] std::string when(lb::time_point at);

/// "1 h 30 min".
[[nodiscard]] std::string length(lb::duration of);

/// Names in a row, as "a, b and c"; "none" for none.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

/// Rows of columns, each as wide as it must be; the last one ends the line.
class table {
  public:
    explicit table(std::vector<std::string> headings) { rows_.push_back(std::move(headings)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const { return rows_.size() <= 1; }
    /// Cuts the last column, so that no line is longer; it keeps 12 columns at least.
    void cut(std::size_t columns);
    [[nodiscard]] std::string text() const;

  private:
    [[nodiscard]] std::vector<std::size_t> widths() const;

    std::vector<std::vector<std::string>> rows_;
};

/// A failure of the machine as a problem of ours.
[[nodiscard]] problem problem_of(const lockbox::failure& why);

/// A refusal in one sentence, its limit in hours rather than milliseconds.
[[nodiscard]] std::string sentence_of(const lockbox::refusal& why);

/// The same with all that explains it.
[[nodiscard]] std::string sentence_of(const lb::explanation& why);

/// A refusal as a problem of ours.
[[nodiscard]] problem problem_of(const lockbox::refusal& why);

}  // namespace desk
