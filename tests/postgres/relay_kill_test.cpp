// Relays that are killed at any moment: whatever they had in hand is delivered again, and nothing
// is left out (V19).
#include <lockbox/store/postgres.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "postgres/child.hpp"
#include "postgres/support.hpp"
#include "sqlite/files.hpp"

namespace relays {

using namespace postgres_server;
using namespace std::chrono_literals;
using lockbox::testing::story;
using lockbox::testing::trial;

namespace {

/// Writes down what it was given, a line for each; several processes write to one file. It takes
/// its time, for it is there that the kills are to land.
class notebook {
  public:
    explicit notebook(const std::string& path)
        : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {}
    notebook(const notebook&) = delete;
    notebook& operator=(const notebook&) = delete;
    ~notebook() { close(file_); }

    lockbox::delivered publish(const lockbox::audit_event<V>& event) {
        std::this_thread::sleep_for(1ms);
        const auto line =
            std::string{event.tenant.text()} + " " + std::to_string(event.sequence) + "\n";
        const bool written =
            write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        return {written ? lockbox::delivery::ok : lockbox::delivery::retry, {}};
    }

  private:
    int file_;
};

constexpr std::uint64_t shares = 2;

/// Delivers for ever: each share that nobody else has the lease of.
bool deliver(const std::string& database, const std::string& path, const std::string& me) {
    auto kept = store::open(database, any_time());
    if (!kept) return false;
    notebook into{path};
    while (true) {
        for (std::uint64_t share = 0; share < shares; ++share) {
            const auto mine = kept->lease("mail " + std::to_string(share), me, 30ms);
            if (!mine || !*mine) continue;
            if (!pump(kept->part(share, shares), into, 5)) return false;
        }
    }
}

/// The last event of each tenant that was delivered, if every one before it was, and in order.
std::map<std::string, std::uint64_t> delivered_in(const std::string& path, std::size_t& lines) {
    std::map<std::string, std::uint64_t> last;
    std::ifstream in{path};
    std::string tenant;
    lines = 0;
    for (std::uint64_t sequence = 0; in >> tenant >> sequence; ++lines) {
        CHECK(sequence <= last[tenant] + 1);  // again, perhaps; never one left out
        last[tenant] = (std::max)(last[tenant], sequence);
    }
    return last;
}

}  // namespace

TEST_CASE("relays that are killed deliver again what they had in hand, and leave nothing out",
          "[slow][store][postgres][V17][V19]") {
    if (!ready()) return;
    constexpr int kills = 40;
    const auto database = shared().fresh();
    const files::folder in;
    auto kept = opened(database);
    std::vector<story<V>> stories;
    trial t{kept};
    for (std::uint32_t n = 0; n < 6; ++n) t.write(stories.emplace_back(n).opens());
    std::mt19937 dice{19};
    std::uint32_t names = 0;
    const auto another = [&] {
        return child{[&, me = "relay " + std::to_string(++names)] {
            return deliver(database, in.file(), me);
        }};
    };
    std::array<std::optional<child>, 2> running;
    for (int round = 0; round < kills; ++round) {
        auto& one = running[static_cast<std::size_t>(round) % running.size()];
        one.reset();  // kills it, whatever it does
        one.emplace(another());
        for (std::uint32_t i = 0; i < 5 + dice() % 20; ++i)
            t.write(stories[dice() % stories.size()].refuses(i));
        std::this_thread::sleep_for(std::chrono::milliseconds{dice() % 60});
    }
    for (auto& one : running) one.reset();
    CHECK(t.fault() == "");
    notebook rest{in.file()};
    std::size_t lines = 0;
    (void)delivered_in(in.file(), lines);
    CHECK(lines > 100);  // they did deliver
    for (std::uint64_t share = 0; share < shares; ++share)
        REQUIRE(pump(kept.part(share, shares), rest, 10'000));
    const auto last = delivered_in(in.file(), lines);
    for (const auto& one : stories)
        CHECK(last.at(std::string{one.id().text()}) == one.log().size());
}

}  // namespace relays
