#include "run_file.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "line.hpp"
#include "print.hpp"
#include "progress.hpp"

namespace desk {
namespace {

/// The longest line that is looked at, in bytes.
constexpr std::size_t longest_line = 1U << 20U;

/// A running hash of the lines so far: tells whether a file begins as the one before did.
class prefix {
  public:
    void add(std::string_view line) {
        for (const char c : line) step(static_cast<unsigned char>(c));
        step('\n');
    }
    [[nodiscard]] std::uint64_t hash() const { return state_; }

  private:
    void step(std::uint64_t byte) { state_ = (state_ ^ byte) * 0x00000100000001B3ULL; }
    std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

/// How far a file has come, kept in the database: the line, and 32 bits over all lines up to it.
std::uint64_t place_of(std::uint64_t line, const prefix& so_far) {
    return (line << 32U) | (so_far.hash() & 0xFFFFFFFFU);
}

problem unreadable(const std::string& file) {
    return {ending::misused,
            "the file " + inert(file) + " cannot be read; see its name and try again"};
}

class runner {
  public:
    runner(desk_engine& on, const run_options& options, tally& count)
        : on_(on), options_(options), count_(count) {}

    ending run() {
        std::error_code fault;
        const auto bytes = std::filesystem::file_size(options_.file, fault);
        file_.open(options_.file, std::ios::binary);
        if (!file_ || fault) return end_with(unreadable(options_.file));
        if (auto found = find_place(); !found) return end_with(found.error());
        const auto newest = on_.newest();
        if (!newest) return end_with(problem_of(newest.error()));
        start_ = *newest;
        progress bar{bytes};
        std::string text;
        while (std::getline(file_, text)) {
            read_ += text.size() + 1;
            bar.show(std::min<std::uint64_t>(read_, bytes));
            ++number_;
            const auto behind = so_far_;
            so_far_.add(text);
            const auto done = carry_out(text);
            if (!done) {
                bar.clear();
                tell(done.error());
                if (done.error().end == ending::failed || !options_.keep_going) {
                    return stop(done.error().end, behind);
                }
            }
            if (known_by_id_) continue;
            if (auto kept = keep_place(); !kept) return end_with(kept.error());
        }
        if (file_.bad()) return end_with(unreadable(options_.file));
        if (number_ != 0) {
            if (auto kept = keep_place(); !kept) return end_with(kept.error());
        }
        if (auto sent = deliver(); !sent) return end_with(sent.error());
        return count_.bad + count_.unexpected == 0 ? ending::done : ending::misused;
    }

  private:
    /// Goes behind the lines that an earlier run carried out, if the file still begins with them.
    expected<void> find_place() {
        std::string text;
        if (!std::getline(file_, text)) return {};
        prefix first;
        first.add(text);
        name_ = fmt::format("run:{:016x}", first.hash());
        const auto kept = on_.bookmark(name_);
        if (!kept) return tl::unexpected{problem_of(kept.error())};
        const auto lines = *kept >> 32U;
        prefix known = first;
        std::uint64_t bytes = text.size() + 1;
        for (std::uint64_t line = 1; line < lines && std::getline(file_, text); ++line) {
            known.add(text);
            bytes += text.size() + 1;
        }
        if (lines != 0 && place_of(lines, known) == *kept) {
            number_ = count_.before = lines;
            so_far_ = known;
            read_ = bytes;
            // What is left to deliver is delivered at the instant of the last line.
            if (const auto last = read_line(text)) on_.set_clock(last->at);
            return {};
        }
        file_.clear();
        file_.seekg(0);
        return {};
    }

    expected<void> keep_place() {
        const auto kept = on_.keep_bookmark(name_, place_of(number_, so_far_));
        if (!kept) return tl::unexpected{problem_of(kept.error())};
        return {};
    }

    /// One line, wholly or not at all.
    expected<void> carry_out(const std::string& text) {
        known_by_id_ = false;
        if (text.find_first_not_of(" \t\r") == std::string::npos) return {};
        auto understood = text.size() > longest_line
                              ? expected<line>{misused("it is longer than a mebibyte")}
                              : read_line(text);
        if (understood && understood->what == line::task::deliver && !options_.delivers) {
            understood = misused("it delivers mail, and no folder is named with --mail");
        }
        if (!understood) {
            ++count_.bad;
            return tl::unexpected{understood.error()};
        }
        on_.set_clock(understood->at);
        if (options_.tick || understood->what == line::task::tick) {
            if (auto ticked = tick(); !ticked) return ticked;
        }
        auto done = understood->what == line::task::deliver ? deliver() : expected<void>{};
        if (done && understood->what == line::task::command) done = command(*understood);
        if (done) ++count_.lines;
        return done;
    }

    expected<void> command(const line& one) {
        const auto reply = on_.handle(one.command, one.from);
        if (!reply) return tl::unexpected{problem_of(reply.error())};
        known_by_id_ = !reply->happened.empty();
        count_.count(one.command, *reply);
        return as_expected(one, *reply);
    }

    /// A line that says what it expects is a test of itself.
    expected<void> as_expected(const line& one, const lockbox::decision<lb::vocabulary>& reply) {
        if (!one.expects) return {};
        const auto& why = reply.refused;
        const auto& wanted = *one.expects;
        const bool same_ground = !wanted.why || (why && why->why == *wanted.why);
        if (wanted.refused == why.has_value() && same_ground) return {};
        if (!wanted.refused && why->why == lockbox::ground::already_used) {
            const auto before = carried_out_before();
            if (!before) return tl::unexpected{before.error()};
            if (*before) return {};
        }
        ++count_.unexpected;
        ++count_.lines;
        const auto expects = !wanted.refused ? std::string{"done"}
                             : wanted.why ? fmt::format("refused:{}", lockbox::name_of(*wanted.why))
                                          : std::string{"refused"};
        return misused(fmt::format("expected {}, and the answer is {}", expects,
                                   why ? problem_of(*why).what : "done"));
    }

    /// Whether nothing new was recorded by this run yet: then it still repeats what an earlier one,
    /// which was cut short, had carried out; its accesses are answered `already_used`.
    expected<bool> carried_out_before() {
        const auto newest = on_.newest();
        if (!newest) return tl::unexpected{problem_of(newest.error())};
        return *newest == start_;
    }

    expected<void> tick() {
        const auto recorded = on_.tick();
        if (!recorded) return tl::unexpected{problem_of(recorded.error())};
        ++count_.ticks;
        return {};
    }

    expected<void> deliver() {
        if (!options_.delivers) return {};
        const auto sent = on_.deliver();
        if (!sent) return tl::unexpected{problem_of(sent.error())};
        count_.undeliverable += sent->undeliverable;
        if (!sent->waiting) return {};
        return failed(
            "a mail cannot be written; no decision is affected; make room in the folder "
            "for mails and run the file again");
    }

    void tell(const problem& why) const {
        fmt::print(stderr, "{}:{}: {}\n", inert(options_.file), number_, why.what);
    }
    static ending end_with(const problem& why) {
        fmt::print(stderr, "desk: {}\n", why.what);
        return why.end;
    }
    /// Keeps the place before the line that could not be carried out.
    ending stop(ending end, const prefix& behind) {
        fmt::print(stderr,
                   "desk: stopped at line {}; every line before it is carried out, none after it; "
                   "mend it and run the file again: it goes on from there\n",
                   number_);
        const auto kept = on_.keep_bookmark(name_, place_of(number_ - 1, behind));
        return kept ? end : ending::failed;
    }

    desk_engine& on_;
    const run_options& options_;
    tally& count_;
    std::ifstream file_;
    std::string name_;
    prefix so_far_;
    std::uint64_t number_ = 0;
    std::uint64_t read_ = 0;
    std::uint64_t start_ = 0;
    bool known_by_id_ = false;  // whether the line, when it comes again, is answered from the log
};

}  // namespace

expected<void> can_run(const std::string& file) {
    std::error_code fault;
    const bool regular = std::filesystem::is_regular_file(file, fault);
    if (!regular || !std::ifstream{file}) return tl::unexpected{unreadable(file)};
    return {};
}

ending run_file(desk_engine& on, const run_options& options, tally& count) {
    return runner{on, options, count}.run();
}

}  // namespace desk
