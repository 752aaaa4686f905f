// courses COUNT SEED: random courses of commands, mostly at one tenant, and what an engine answered
// to each, as JSON Lines for compare.py. The same for a seed on every compiler.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <lockbox/clock.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/sentence.hpp>
#include <lockbox/store/memory.hpp>

#include "dice.hpp"
#include "progress.hpp"
#include "random_command.hpp"

namespace {

using namespace std::chrono_literals;
using courses::dice;
using courses::lb;
using courses::V;

constexpr lb::time_point monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + 9h;

/// One random course: who says what, when.
class course {
  public:
    explicit course(std::uint64_t seed) : roll_{seed} {}

    /// Carries the whole course out, and prints it.
    void run() {
        const bool two_tenants = roll_.once_in(12);
        const auto steps = 8 + roll_(24) + command_.more_steps();
        for (std::uint32_t at = 0; at < steps; ++at) {
            pass_time();
            const bool before = !said_.empty() && roll_.once_in(14);
            auto c = before ? command_.again(said_[said_.size() - 1 - roll_(recent())])
                            : command_(at, now_);
            take(c);
            if (two_tenants && c.tenant == lb::tenant_id{"contoso"}) {
                c.tenant = "fabrikam";
                take(c);
            }
        }
    }

  private:
    void pass_time() {
        now_ += roll_.one_of<lb::duration>({0ms, 0ms, 0ms, 1ms, 1min, 1min, 10min, 1h, 2h});
        if (roll_.once_in(12))
            now_ += roll_.one_of<lb::duration>({4h, 12h, 31 * 24h, -1s, -5s, -6s});
        if (!progress_.has_reminders() || !roll_.once_in(4)) return;
        const auto due = progress_.reminder(roll_);
        if (now_ < due) now_ = due;
    }
    std::uint32_t recent() const {
        return static_cast<std::uint32_t>(said_.size() < 8 ? said_.size() : 8);
    }

    void take(const lb::command& c) {
        clock_.set(now_);
        const auto reply = engine_.handle(c);
        if (!reply) fail("the engine failed");
        line_ = R"({"clock":)";
        lockbox::log::write(line_, now_);
        line_ += R"(,"command":)";
        lockbox::log::write(line_, c);
        line_ += R"(,"allowed":)";
        lockbox::log::write(line_, reply->allowed.has_value());
        line_ += R"(,"refused":)";
        lockbox::log::write(line_, reply->refused);
        line_ += R"(,"where":")";
        if (reply->refused) line_ += path_of(reply->refused->where);
        line_ += R"(","events":)";
        lockbox::log::write(line_, reply->happened);
        line_ += "}\n";
        std::fwrite(line_.data(), 1, line_.size(), stdout);
        for (const auto& event : reply->happened) progress_.watch(event);
        said_.push_back(c);
    }

    [[noreturn]] static void fail(const char* what) {
        std::fprintf(stderr, "courses: %s\n", what);
        std::exit(1);
    }

    dice roll_;
    courses::progress progress_{};
    courses::random_command command_{roll_, progress_};
    lb::time_point now_ = monday;
    std::vector<lb::command> said_{};
    std::string line_{};
    lockbox::manual_clock<V> clock_{monday};
    lockbox::memory_store<V> store_{};
    lockbox::no_sink sink_{};
    lockbox::engine<lockbox::manual_clock<V>, lockbox::memory_store<V>, lockbox::no_sink,
                    lockbox::standard_policy>
        engine_{clock_, store_, sink_, lockbox::standard_policy{}};
};

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fputs("usage: courses COUNT SEED\n", stderr);
        return 2;
    }
    const auto courses = std::strtoull(words[1], nullptr, 10);
    const auto seed = std::strtoull(words[2], nullptr, 10);
    for (std::uint64_t at = 0; at < courses; ++at) {
        std::printf("{\"course\":%llu}\n", static_cast<unsigned long long>(at));
        course{seed * 1'000'003U + at}.run();
    }
    return 0;
}
