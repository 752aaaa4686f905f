#include <lockbox/log/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>
#include <lockbox/optional.hpp>

#include "support/catch.hpp"
#include "support/naughty_strings.hpp"

using namespace lockbox;
using words = default_vocabulary;

namespace {

struct one_number {
    std::int64_t a = 0;
    static constexpr void fields(auto& self, auto&& f) { f("a", self.a); }
};
struct nothing {
    static constexpr void fields(auto& /*self*/, auto&& /*f*/) {}
};

/// Whether our reader is_taken it as a `T`; what it is_taken must be written as the same bytes.
template <class T>
bool is_taken(std::string_view text) {
    const auto value = log::read<T>(text);
    if (!value) return false;
    std::string again;
    log::write(again, *value);
    CHECK(again == text);
    return true;
}

template <class... Ts>
int takers(std::string_view text) {
    return (0 + ... + (is_taken<Ts>(text) ? 1 : 0));
}

int any_takers(std::string_view text) {
    return takers<bool, std::int64_t, std::uint8_t, std::string, words::person_id, capacity,
                  words::time_point, std::chrono::milliseconds, digest, permission_set,
                  lockbox::optional<bool>, std::vector<std::string>, std::vector<std::int64_t>,
                  std::vector<std::vector<std::int64_t>>, std::vector<one_number>, one_number,
                  nothing, audit_event<words>, event_body<words>, command<words>, tenant<words>>(
        text);
}

struct vector_file {
    std::string name{};
    std::string text{};
};

/// The texts of others, whose names begin so; none where the vectors are not.
std::vector<vector_file> vectors(std::string_view prefix) {
    std::vector<vector_file> all;
    const std::filesystem::path folder{LOCKBOX_VECTORS "/json/test_parsing"};
    if (!std::filesystem::exists(folder)) return all;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        all.push_back({name, {std::istreambuf_iterator<char>{file}, {}}});
    }
    return all;
}

}  // namespace

TEST_CASE("what is no JSON is refused, whatever was expected", "[json][T24]") {
    const auto all = vectors("n_");
    if (all.empty()) {
        WARN("skipped: no vectors");
        return;
    }
    CHECK(all.size() == 188);
    for (const auto& [name, text] : all) {
        INFO(name);
        CHECK(any_takers(text) == 0);
    }
}

TEST_CASE("JSON in its canonical form comes back as the same bytes", "[json][V14]") {
    const auto all = vectors("y_");
    if (all.empty()) {
        WARN("skipped: no vectors");
        return;
    }
    CHECK(all.size() == 95);
    int taken = 0;
    for (const auto& [name, text] : all) {
        INFO(name);
        taken += any_takers(text) > 0 ? 1 : 0;
    }
    CHECK(taken >= 15);
}

TEST_CASE("JSON whose meaning is disputed is refused or comes back as the same bytes", "[json]") {
    for (const auto& [name, text] : vectors("i_")) {
        INFO(name);
        CHECK(any_takers(text) >= 0);
    }
}

TEST_CASE("awkward text survives in every free text, byte for byte", "[json][V15]") {
    for (const auto& awkward : support::naughty_strings()) {
        audit_event<words> one;
        one.tenant = words::tenant_id{awkward};
        one.origin = awkward;
        one.body = denied<words>{1, cause::person, awkward};
        one.told = {{audience::recipient, std::nullopt, awkward}};
        std::string text;
        log::write(text, one);
        INFO(text);
        CHECK(text.find_first_of("\r\n") == std::string::npos);
        const auto back = log::read<audit_event<words>>(text);
        REQUIRE(back.has_value() == is_utf8(awkward));
        if (!back) continue;
        CHECK(*back == one);
        CHECK(back->body.get_if<denied<words>>()->comment == awkward);
    }
}
