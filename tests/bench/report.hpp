// What a benchmark found: one line of the table, one object of the JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

/// How a ratio is judged; or without a reference, our own figure.
enum class bar { none, at_most, at_least };

/// One figure. Without a reference it has no ratio.
struct figure {
    std::string name{};
    std::string unit{};
    double ours = 0;
    std::optional<double> reference{};
    bench::bar bar = bench::bar::none;
    double limit = 0;
    std::string note{};  ///< what was measured against what

    [[nodiscard]] std::optional<double> ratio() const {
        return reference ? std::optional{ours / *reference} : std::nullopt;
    }
    [[nodiscard]] bool met() const;
};

using figures = std::vector<figure>;

void print(const figures& all);

/// Writes a list of `{"name","unit","ours","reference","ratio"}`; false when the file cannot be.
[[nodiscard]] bool write_json(const figures& all, const std::string& path);

}  // namespace bench
