#include <lockbox/log/json.hpp>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>
#include <lockbox/optional.hpp>

#include "support/arbitrary.hpp"
#include "support/catch.hpp"

using namespace lockbox;
using namespace std::chrono_literals;
using words = default_vocabulary;
using event = audit_event<words>;
using support::arbitrary;

namespace {

template <class T>
std::string written(const T& value) {
    std::string text;
    log::write(text, value);
    return text;
}

template <class T>
void check_round_trip(const T& value) {
    const auto text = written(value);
    const auto back = log::read<T>(text);
    if (!back || *back != value || written(*back) != text) FAIL_CHECK(text);
}

template <class T>
bool takes(std::string_view text) {
    const auto value = log::read<T>(text);
    if (value) CHECK(written(*value) == text);
    return value.has_value();
}

template <class T>
std::string fault(std::string_view text) {
    const auto value = log::read<T>(text);
    return value ? "taken" : message(value.error());
}

words::time_point at_ms(std::int64_t since) {
    return words::time_point{std::chrono::milliseconds{since}};
}

struct pair_of_numbers {
    std::uint8_t small = 0;
    std::int64_t large = 0;

    static constexpr void fields(auto& self, auto&& f) {
        f("small", self.small);
        f("large", self.large);
    }
    friend bool operator==(const pair_of_numbers&, const pair_of_numbers&) = default;
};

}  // namespace

TEST_CASE("every event comes back as it was written, whatever is in it", "[json][V14][V15]") {
    arbitrary any{1};
    support::for_each_alternative(event_body<words>{}, [&](auto body) {
        INFO(body.name);
        for (int round = 0; round < 60; ++round) {
            auto whole = any.make<event>();
            any.fill(body);
            whole.body = body;
            check_round_trip(whole);
        }
    });
}

TEST_CASE("every command comes back as it was written, whatever is in it", "[json][V14][V15]") {
    arbitrary any{2};
    support::for_each_alternative(command_body<words>{}, [&](auto body) {
        INFO(body.name);
        for (int round = 0; round < 60; ++round) {
            auto whole = any.make<command<words>>();
            any.fill(body);
            whole.body = body;
            check_round_trip(whole);
        }
    });
}

TEST_CASE("a tenant's state comes back as it was written", "[json][V14]") {
    arbitrary any{3};
    for (int round = 0; round < 300; ++round) check_round_trip(any.make<tenant<words>>());
}

TEST_CASE("the text of each kind of value is fixed", "[json][V14]") {
    CHECK(written(true) == "true");
    CHECK(written(false) == "false");
    CHECK(written(std::uint64_t{18446744073709551615U}) == "18446744073709551615");
    CHECK(written((std::numeric_limits<std::int64_t>::min)()) == "-9223372036854775808");
    CHECK(written(words::person_id{"ada"}) == R"("ada")");
    CHECK(written(capacity::operator_) == R"("operator")");
    CHECK(written(std::chrono::milliseconds{4h}) == "14400000");
    CHECK(written(std::chrono::milliseconds{-1}) == "-1");
    CHECK(written(lockbox::optional<std::uint32_t>{}) == "null");
    CHECK(written(lockbox::optional<std::uint32_t>{7}) == "7");
    CHECK(written(std::vector<words::role>{}) == "[]");
    CHECK(written(std::vector<words::role>{"a", "b"}) == R"(["a","b"])");
    CHECK(written(permission_set{}) == "[]");
    CHECK(written(permission_set{permission::audit, permission::turn}) == R"(["switch","audit"])");
    CHECK(written(digest{0x0123456789ABCDEF}) == R"("0123456789abcdef")");
    CHECK(written(digest{}) == R"("0000000000000000")");
    CHECK(written(event_body<words>{turned_on<words>{}}) == R"({"turned_on":{}})");
    CHECK(written(pair_of_numbers{1, -2}) == R"({"small":1,"large":-2})");
}

TEST_CASE("a string escapes quotes, backslashes and C0 controls, each in one form", "[json][V15]") {
    for (unsigned c = 0; c < 0x80; ++c) {
        const std::string one(1, static_cast<char>(c));
        const auto text = written(one);
        INFO(text);
        const bool escaped = c < 0x20 || c == '"' || c == '\\';
        CHECK((text == '"' + one + '"') == !escaped);
        CHECK(takes<std::string>(text));
        // The same character in another form is refused.
        std::string coded = "\"\\u00";
        coded += "0123456789abcdef"[c / 16];
        coded += "0123456789abcdef"[c % 16];
        CHECK(takes<std::string>(coded + '"') == (text == coded + '"'));
    }
    CHECK(written(std::string{"\b\t\n\f\r"}) == R"("\b\t\n\f\r")");
    CHECK(written(std::string{"\x1F"}) == R"("\u001f")");
    CHECK_FALSE(takes<std::string>(R"("\u001F")"));
    CHECK_FALSE(takes<std::string>(R"("\/")"));
    CHECK_FALSE(takes<std::string>(R"("\u00e9")"));
    CHECK_FALSE(takes<std::string>(R"("\ud83d\ude00")"));
    CHECK(takes<std::string>("\"\x7F/\xC3\xA9\xF0\x9F\x98\x80\""));
}

TEST_CASE("text that is not UTF-8 stays in its string, and is refused when read",
          "[json][V15][T21]") {
    for (const std::string_view bytes :
         {"\x80", "\xC3", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xFF",
          "ok\xC3\"", "\xF0\x9F\x98\n", "\xE2\\"}) {
        const auto text = written(pair_of_numbers{}) + written(std::string{bytes});
        INFO(text);
        CHECK(text.find('\n') == std::string::npos);
        CHECK_FALSE(takes<std::string>(written(std::string{bytes})));
        // Whatever it ends with, the string is closed by a quote of ours: what follows is outside.
        auto whole = event{};
        whole.origin = std::string{bytes};
        CHECK_FALSE(takes<event>(written(whole)));
    }
}

TEST_CASE("instants are RFC 3339 in UTC, from year 0000 to 9999", "[json][V14]") {
    CHECK(written(at_ms(0)) == R"("1970-01-01T00:00:00.000Z")");
    CHECK(written(at_ms(-1)) == R"("1969-12-31T23:59:59.999Z")");
    CHECK(written(at_ms(1793610000000)) == R"("2026-11-02T09:00:00.000Z")");
    CHECK(written(at_ms(951782399999)) == R"("2000-02-28T23:59:59.999Z")");
    CHECK(written(at_ms(951782400000)) == R"("2000-02-29T00:00:00.000Z")");
    CHECK(written(at_ms(log::first_instant.count())) == R"("0000-01-01T00:00:00.000Z")");
    CHECK(written(at_ms(log::last_instant.count())) == R"("9999-12-31T23:59:59.999Z")");
    arbitrary any{4};
    for (int round = 0; round < 5000; ++round) check_round_trip(any.make<words::time_point>());
    for (std::int64_t day = -719528; day < 2932897; day += 97)
        check_round_trip(at_ms(day * 86400000));
}

TEST_CASE("an instant outside the calendar has no text", "[json]") {
    const auto first = at_ms(log::first_instant.count());
    const auto last = at_ms(log::last_instant.count());
    CHECK(log::representable(first));
    CHECK(log::representable(last));
    for (const auto at :
         {first - 1ms, last + 1ms, (words::time_point::min)(), (words::time_point::max)()}) {
        CHECK_FALSE(log::representable(at));
        CHECK(written(at) == R"("?")");
        CHECK_FALSE(takes<words::time_point>(written(at)));
        CHECK_FALSE(takes<lockbox::optional<words::time_point>>(written(lockbox::optional{at})));
    }
    using days = std::chrono::sys_time<std::chrono::duration<std::int64_t, std::ratio<86400>>>;
    CHECK_FALSE(log::representable((days::max)()));
    CHECK_FALSE(log::representable((days::min)()));
    CHECK(log::representable(days{}));
    check_round_trip(days{std::chrono::days{20000}});
}

TEST_CASE("a date that does not exist is refused", "[json]") {
    for (const char* text : {"2026-02-29T00:00:00.000Z",
                             "2026-13-01T00:00:00.000Z",
                             "2026-00-01T00:00:00.000Z",
                             "2026-01-00T00:00:00.000Z",
                             "2026-04-31T00:00:00.000Z",
                             "2026-01-01T24:00:00.000Z",
                             "2026-01-01T23:60:00.000Z",
                             "2016-12-31T23:59:60.000Z",
                             "2026-01-01 00:00:00.000Z",
                             "2026-01-01T00:00:00.000z",
                             "2026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00.00Z",
                             "2026-01-01T00:00:00.0000Z",
                             "2026-01-01T00:00:00.000+00:00",
                             "-001-01-01T00:00:00.000Z",
                             "+026-01-01T00:00:00.000Z",
                             "2026-01-01T00:00:00.000",
                             "2026-1-01T00:00:00.0000Z",
                             "10000-01-01T00:00:00.000Z",
                             "",
                             "?"}) {
        INFO(text);
        CHECK_FALSE(takes<words::time_point>('"' + std::string{text} + '"'));
    }
}

TEST_CASE("durations are whole milliseconds, in a vocabulary's own unit", "[json]") {
    check_round_trip((std::chrono::milliseconds::max)());
    check_round_trip((std::chrono::milliseconds::min)());
    CHECK(written(std::chrono::seconds{90}) == "90000");
    check_round_trip(std::chrono::seconds{-90});
    CHECK_FALSE(takes<std::chrono::seconds>("90001"));
    CHECK(written((std::chrono::seconds::max)()) == R"("?")");
    CHECK_FALSE(takes<std::chrono::seconds>(R"("?")"));
    check_round_trip(std::chrono::seconds{(std::chrono::milliseconds::max)().count() / 1000});
    check_round_trip(std::chrono::sys_seconds{1793610000s});
    CHECK_FALSE(takes<std::chrono::sys_seconds>(R"("2026-11-02T09:00:00.001Z")"));
}

TEST_CASE("numbers are whole, plain and within their type", "[json]") {
    CHECK(takes<std::uint8_t>("255"));
    CHECK(takes<std::int8_t>("-128"));
    for (const char* text : {"256", "-1", "01", "00", "-0", "+1", "1.0", "1e2", " 1", "1 ", "", "-",
                             "0x1", "99999999999999999999999", "NaN", "\"1\"", "null", "true"}) {
        INFO(text);
        CHECK_FALSE(takes<std::uint8_t>(text));
    }
    for (const char* text : {"-0", "-01", "--1", "-", "128", "-129"})
        CHECK_FALSE(takes<std::int8_t>(text));
    CHECK_FALSE(takes<std::uint64_t>("18446744073709551616"));
    CHECK_FALSE(takes<bool>("1"));
    CHECK_FALSE(takes<bool>("True"));
}

TEST_CASE("fields stand in their order, all of them, and no others", "[json]") {
    CHECK(takes<pair_of_numbers>(R"({"small":1,"large":2})"));
    check_round_trip(pair_of_numbers{1, -2});
    for (const char* text :
         {R"({"large":2,"small":1})", R"({"small":1})", R"({})",
          R"({"small":1,"large":2,"more":3})", R"({"small":1,"small":1,"large":2})",
          R"({"small":1,"large":2,})", R"({"small":1 ,"large":2})", R"({ "small":1,"large":2})",
          R"({"small": 1,"large":2})", R"({"small":1,"large":2}x)",
          R"({"small":1,"large":2})"
          "\n",
          R"({"small":1,"large":2)", R"({"small":1,"large":null})", R"({"sma\u006cl":1,"large":2})",
          R"([1,2])",
          "\xEF\xBB\xBF"
          R"({"small":1,"large":2})",
          ""}) {
        INFO(text);
        CHECK_FALSE(takes<pair_of_numbers>(text));
    }
}

TEST_CASE("lists, sets and choices have one text each", "[json]") {
    using list = std::vector<std::uint32_t>;
    CHECK(takes<list>("[1,2]"));
    for (const char* text : {"[1,]", "[,1]", "[1 2]", "[1,2", "1,2]", "[", "]", "[[1]]", "null"}) {
        CHECK_FALSE(takes<list>(text));
    }
    CHECK(takes<permission_set>(R"(["switch","settings","decide","view","audit","assign_roles"])"));
    CHECK_FALSE(takes<permission_set>(R"(["decide","switch"])"));
    CHECK_FALSE(takes<permission_set>(R"(["decide","decide"])"));
    CHECK_FALSE(takes<permission_set>(R"(["fly"])"));
    CHECK_FALSE(takes<digest>(R"("0123456789ABCDEF")"));
    CHECK_FALSE(takes<digest>(R"("123456789abcdef")"));
    CHECK_FALSE(takes<capacity>(R"("?")"));
    CHECK_FALSE(takes<capacity>(R"("Manager")"));
    CHECK_FALSE(takes<event_body<words>>(R"({"turned_on":{},"turned_off":{}})"));
    CHECK_FALSE(takes<event_body<words>>(R"({"turned_up":{}})"));
    CHECK_FALSE(takes<event_body<words>>(R"({})"));
    CHECK_FALSE(takes<event_body<words>>(R"({"turned_on":null})"));
}

TEST_CASE("a fault says what was expected, and where", "[json]") {
    CHECK(fault<pair_of_numbers>(R"({"small":1,"larg":2})") ==
          "expected the field `large` at byte 10");
    CHECK(fault<pair_of_numbers>(R"({"small":x)") == "expected a whole number at byte 9");
    CHECK(fault<pair_of_numbers>(R"({"small":300,"large":2})") ==
          "expected a number within its bounds at byte 9");
    CHECK(fault<std::string>("\"ab\x80\"") == "expected UTF-8 at byte 3");
    CHECK(fault<std::string>("\"ab") == "expected the end of the string at byte 3");
    CHECK(fault<event_body<words>>(R"({"turned_up":{}})") ==
          "expected a name that is known at byte 0");
    CHECK(fault<bool>("true ") == "expected the end at byte 4");
}

TEST_CASE("what is written is appended, and what was there stays", "[json]") {
    std::string text = "before ";
    log::write(text, std::uint32_t{7});
    log::write(text, std::string(5000, 'x'));
    CHECK(text.starts_with("before 7\"xxx"));
    CHECK(text.size() == 7 + 1 + 5002);
}

TEST_CASE("a text that is cut short anywhere is refused", "[json][T24]") {
    arbitrary any{5};
    for (int round = 0; round < 20; ++round) {
        const auto text = written(any.make<event>());
        for (std::size_t size = 0; size < text.size(); ++size) {
            if (log::read<event>(std::string_view{text}.substr(0, size)))
                FAIL(text.substr(0, size));
        }
    }
}

TEST_CASE("deep and long nonsense is refused at once", "[json][T24]") {
    for (const char c : {'[', '{', '"', '\\', ' ', '0', '\0', '\xFF'}) {
        const std::string text(10'000'000, c);
        CHECK_FALSE(takes<event>(text));
        CHECK_FALSE(takes<command<words>>(text));
        CHECK_FALSE(takes<std::vector<std::vector<std::uint32_t>>>(text));
    }
}

TEST_CASE("a changed byte is noticed, or is another event's own text", "[json][T24][V14]") {
    arbitrary any{6};
    std::vector<std::string> texts;
    for (int count = 0; count < 200; ++count) texts.push_back(written(any.make<event>()));
    constexpr std::string_view telling = "\"\\{}[],:0123456789-abcdefntu.TZ \n\t\x80\xC3\xFF";
    std::size_t taken = 0;
    for (int round = 0; round < 120'000; ++round) {
        auto text = texts[any.below(texts.size())];
        for (auto changes = any.below(3) + 1; changes > 0; --changes) {
            const auto at = any.below(text.size());
            const char c = any.below(2) == 0 ? telling[any.below(telling.size())]
                                             : static_cast<char>(any.below(256));
            switch (any.below(4)) {
                case 0:
                    text.erase(at, any.below(8) + 1);
                    break;
                case 1:
                    text.insert(at, 1, c);
                    break;
                case 2:
                    text.insert(at, text.substr(any.below(text.size()), any.below(30)));
                    break;
                default:
                    text[at] = c;
            }
            if (text.empty()) text = "{";
        }
        const auto value = log::read<event>(text);
        const bool good = value
                              ? written(*value) == text
                              : value.error().at <= text.size() && !value.error().expected.empty();
        if (!good) FAIL(text);
        taken += value ? 1U : 0U;
    }
    CHECK(taken > 100);  // some changes only change what is said
}
