#include <lockbox/id.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <unordered_set>

#include <lockbox/actor.hpp>
#include <lockbox/vocabulary.hpp>

#include "support/catch.hpp"

using namespace lockbox;
using words = default_vocabulary;
using person = words::person_id;

namespace {

bool well_formed(const std::string& text) { return id_traits<person>::well_formed(person{text}); }

enum class ward : std::uint8_t { north, south };

}  // namespace
template <>
inline constexpr auto lockbox::names_of<ward> = std::array<std::string_view, 2>{"north", "south"};

TEST_CASE("an identifier has 1 to 256 bytes of visible UTF-8", "[id][R9]") {
    CHECK(well_formed("ada@contoso.example"));
    CHECK(well_formed("x"));
    CHECK(well_formed(std::string(256, 'x')));
    CHECK(well_formed("zo\xC3\xAB"));
    CHECK(well_formed(" inner space "));
    CHECK_FALSE(well_formed(""));
    CHECK_FALSE(well_formed(std::string(257, 'x')));
    CHECK_FALSE(well_formed(" \t"));
    CHECK_FALSE(well_formed("\xE2\x80\x8B"));
    CHECK_FALSE(well_formed("ada\n"));
    CHECK_FALSE(well_formed("ada\xE2\x80\xAE"));
    CHECK_FALSE(well_formed("ada\xFF"));
    CHECK_FALSE(well_formed(std::string("ada\0", 4)));
}

TEST_CASE("identifiers are bytes: nothing folds, trims or normalises", "[id][V5][T16]") {
    CHECK(person{"Ada"} != person{"ada"});
    CHECK(person{"ada"} != person{"ada "});
    CHECK(person{"\xC3\xA9"} != person{"e\xCC\x81"});  // é in its two forms
    CHECK(person{"ada"} != person{"\xD0\xB0"
                                  "da"});  // a Cyrillic а
    CHECK(person{"stra\xC3\x9F"
                 "e"} != person{"strasse"});
    CHECK(person{"a"} < person{"b"});
    CHECK(person{"a"} < person{"aa"});
    CHECK(person{"z"} < person{"\xC3\xA4"});  // as bytes, not as a dictionary
    CHECK_FALSE(words::same_person("Ada", "ada"));
    CHECK(words::same_person("ada", "ada"));
    CHECK(std::unordered_set<person>{"ada", "ada", "Ada"}.size() == 2);
}

TEST_CASE("ids of two kinds do not mix, and text becomes an id only where it says so", "[id][T4]") {
    CHECK_FALSE(std::is_convertible_v<words::tenant_id, person>);
    CHECK_FALSE(std::is_constructible_v<person, words::tenant_id>);
    CHECK_FALSE(std::is_convertible_v<std::string, person>);
    CHECK(std::is_constructible_v<person, std::string>);
    CHECK(std::is_convertible_v<const char(&)[4], person>);
}

TEST_CASE("an integer is an identifier whose text is canonical", "[id][T14]") {
    using number = id_traits<std::int64_t>;
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{42},
          (std::numeric_limits<std::int64_t>::min)(), (std::numeric_limits<std::int64_t>::max)()}) {
        CHECK(number::parse(number::text(value)) == value);
    }
    for (const char* text :
         {"", "-", "01", "-0", "+1", " 1", "1 ", "1x", "0x1", "9223372036854775808"})
        CHECK_FALSE(number::parse(text).has_value());
    CHECK(identifier<std::int64_t>);
    CHECK(identifier<std::uint32_t>);
    CHECK_FALSE(identifier<bool>);
    CHECK_FALSE(identifier<std::string>);
    CHECK_FALSE(identifier<double>);
}

TEST_CASE("a named enum is an identifier by its names", "[id]") {
    CHECK(identifier<ward>);
    CHECK(id_traits<ward>::text(ward::south) == "south");
    CHECK(id_traits<ward>::parse("north") == ward::north);
    CHECK_FALSE(id_traits<ward>::parse("North").has_value());
    CHECK_FALSE(id_traits<ward>::parse("?").has_value());
    CHECK_FALSE(id_traits<ward>::well_formed(static_cast<ward>(2)));
    CHECK(name_of(static_cast<ward>(2)) == "?");
}

TEST_CASE("a word that stands for nobody is no person", "[id][V5][T2]") {
    for (const char* nobody :
         {"unknown", "UNKNOWN", "Anonymous", "null", "Nil", "none", "undefined", "N/A",
          "Microsoft Operator", "microsoft operator", "customer lockbox service"}) {
        INFO(nobody);
        CHECK_FALSE(is_identity<words>(person{std::string{nobody}}));
    }
    for (const std::string& nobody : {std::string{}, std::string{" "}, std::string{"\xE2\x80\x8B"},
                                      std::string{"\n"}, std::string{"ada\t"}}) {
        CHECK_FALSE(is_identity<words>(person{nobody}));
    }
    for (const char* somebody :
         {"ada@contoso.example", "unknown@contoso.example", "nonesuch", "nul"})
        CHECK(is_identity<words>(person{std::string{somebody}}));
    CHECK(is_identity<words>(words::system_id()));
}

TEST_CASE("no two submissions have one request id", "[id][R6]") {
    CHECK(words::request_id_of(1) == words::request_id{"R-000001"});
    CHECK(words::request_id_of(999999) == words::request_id{"R-999999"});
    CHECK(words::request_id_of(1000000) == words::request_id{"R-1000000"});
    std::unordered_set<words::request_id> all;
    for (std::uint64_t n = 1; n <= 20000; ++n) all.insert(words::request_id_of(n * 997));
    CHECK(all.size() == 20000);
}
