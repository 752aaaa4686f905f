// The bytes of one event of each kind, kept in tests/data: whoever changes them changes every log
// that was ever written. On purpose: LOCKBOX_WRITE_GOLDEN=1 in the environment writes them anew.
#include <lockbox/log/json.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

#include "support/catch.hpp"
#include "support/samples.hpp"

TEST_CASE("one event of each kind has the same bytes as ever, on every compiler", "[json][V14]") {
    const char* const path = LOCKBOX_SOURCE_DIR "/tests/data/events.golden.jsonl";
    const auto events = support::sample_events();
    REQUIRE(events.size() == lockbox::event_body<support::words>::size);

    if (std::getenv("LOCKBOX_WRITE_GOLDEN") != nullptr) {
        std::ofstream out{path, std::ios::binary};
        for (const auto& one : events) {
            std::string line;
            lockbox::log::write(line, one);
            out << line << '\n';
        }
    }
    std::ifstream in{path, std::ios::binary};
    for (const auto& one : events) {
        CHECK(one.body.index() == one.sequence - 1);
        std::string line;
        std::string golden;
        lockbox::log::write(line, one);
        REQUIRE(std::getline(in, golden));
        CHECK(line == golden);
        const auto back = lockbox::log::read<lockbox::audit_event<support::words>>(golden);
        REQUIRE(back.has_value());
        CHECK(*back == one);
    }
    CHECK(in.peek() == std::ifstream::traits_type::eof());
}
