#include "report.hpp"

#include <cstdio>
#include <fstream>

namespace bench {

bool figure::met() const {
    const auto judged = ratio().value_or(ours);
    return bar == bar::none || (bar == bar::at_most ? judged <= limit : judged >= limit);
}

namespace {

std::string json(std::optional<double> number) {
    if (!number) return "null";
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", *number);
    return text;
}

}  // namespace

void print(const figures& all) {
    std::printf("%-24s %12s %12s %7s  %-9s %-8s %s\n", "name", "ours", "reference", "ratio", "bar",
                "unit", "what");
    for (const auto& one : all) {
        std::printf("%-24s %12.4g ", one.name.c_str(), one.ours);
        if (one.reference)
            std::printf("%12.4g %7.2f", *one.reference, *one.ratio());
        else
            std::printf("%12s %7s", "", "");
        char wanted[32] = "";
        if (one.bar != bar::none) {
            std::snprintf(wanted, sizeof wanted, "%s %.4g%s",
                          one.bar == bar::at_most ? "<=" : ">=", one.limit, one.met() ? "" : " !");
        }
        std::printf("  %-9s %-8s %s\n", wanted, one.unit.c_str(), one.note.c_str());
    }
}

bool write_json(const figures& all, const std::string& path) {
    std::ofstream out{path};
    out << "[\n";
    for (const auto& one : all) {
        out << (&one == all.data() ? "  " : ",\n  ") << R"({"name": ")" << one.name
            << R"(", "unit": ")" << one.unit << R"(", "ours": )" << json(one.ours)
            << R"(, "reference": )" << json(one.reference) << R"(, "ratio": )" << json(one.ratio())
            << "}";
    }
    out << "\n]\n";
    out.close();
    return !out.fail();
}

}  // namespace bench
