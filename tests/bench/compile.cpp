// Compiling a file that runs the whole workflow on memory, unoptimised, against a
// file with the same standard headers, tl/expected and fmt/core.h. Counted in
// processor time: the machine has other work.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "suites.hpp"
#include "world.hpp"

extern char** environ;

namespace bench {
namespace {

const std::string source_dir = LOCKBOX_SOURCE_DIR;
const std::string whole = source_dir + "/tests/bench/compile/whole_workflow.cpp";

/// Every header outside of lockbox that a file includes, itself or by lockbox's headers.
void collect(const std::string& file, std::set<std::string>& seen, std::set<std::string>& others) {
    if (!seen.insert(file).second) return;
    std::ifstream in{file};
    require(in.is_open(), "a header cannot be opened");
    constexpr std::string_view directive = "#include <";
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(directive)) continue;
        const auto name = line.substr(directive.size(), line.find('>') - directive.size());
        if (name.starts_with("lockbox/"))
            collect(source_dir + "/include/" + name, seen, others);
        else
            others.insert(name);
    }
}

std::string write_reference() {
    std::set<std::string> seen;
    std::set<std::string> headers{"fmt/core.h", "tl/expected.hpp"};
    collect(whole, seen, headers);
    const std::string path = LOCKBOX_BENCH_JSON ".reference.cpp";
    std::ofstream out{path};
    for (const auto& header : headers) out << "#include <" << header << ">\n";
    out << "int main() {}\n";
    return path;
}

double seconds(const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

/// Processor time of one compilation.
double compilation(const std::string& compiler, const std::string& file) {
    std::vector<std::string> words{
        compiler, "-std=c++20", "-O0",       "-I" + source_dir + "/include",
        "-c",     "-o",         "/dev/null", file};
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    require(posix_spawnp(&child, compiler.c_str(), nullptr, nullptr, pointers.data(), environ) == 0,
            "a compiler does not start");
    int status = 0;
    rusage used{};
    require(wait4(child, &status, 0, &used) == child && status == 0, "a compilation failed");
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

/// Both compilers at the same time, each with its own two files in turns.
void compile(figures& into, effort how) {
    const auto reference = write_reference();
    const auto measure = [&](const std::string& compiler, pair_of_medians& found) {
        if (compiler.empty()) return;
        std::vector<double> ours;
        std::vector<double> theirs;
        for (std::size_t round = 0; round < how.rounds(1, 5); ++round) {
            theirs.push_back(compilation(compiler, reference));
            ours.push_back(compilation(compiler, whole));
            theirs.push_back(compilation(compiler, reference));
        }
        found = {median(std::move(ours)), median(std::move(theirs))};
    };
    pair_of_medians gcc;
    pair_of_medians clang;
    std::thread beside{[&] { measure(LOCKBOX_CLANG, clang); }};
    measure(LOCKBOX_GCC, gcc);
    beside.join();
    const char* const what = "the whole workflow on memory, -O0 / the same headers, nothing else";
    if (gcc.ours > 0) {
        into.push_back({"compile_whole_gcc", "s", gcc.ours, gcc.reference, bar::at_most, 5, what});
    }
    if (clang.ours > 0) {
        into.push_back(
            {"compile_whole_clang", "s", clang.ours, clang.reference, bar::at_most, 3.5, what});
    }
}

}  // namespace bench
