#include <lockbox/fmt.hpp>

#include <string>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>

#include "support/arbitrary.hpp"
#include "support/catch.hpp"
#include "support/naughty_strings.hpp"
#include "support/samples.hpp"

using namespace lockbox;
using words = default_vocabulary;

namespace {

template <class T>
std::string shown(const T& value) {
    return fmt::format("{}", value);
}

/// What a terminal, a log or an editor could take for more than letters.
bool is_inert(const std::string& line) {
    bool inert = is_utf8(line) && !has_control(line);
    for (const char* mark :
         {"\xE2\x80\x8B", "\xE2\x80\x8F", "\xE2\x80\x8E", "\xEF\xBB\xBF", "\xC2\xAD"})
        inert = inert && line.find(mark) == std::string::npos;
    return inert;
}

}  // namespace

TEST_CASE("an identifier is shown as its text, an enum as its name", "[fmt]") {
    CHECK(shown(words::person_id{"ada@contoso.example"}) == "ada@contoso.example");
    CHECK(shown(capacity::operator_) == "operator");
    CHECK(shown(permission::turn) == "switch");
    CHECK(shown(ground::not_open) == "not_open");
    CHECK(fmt::format("[{:>8}|{:<8}|{:.3}]", words::role{"admin"}, side::tenant,
                      words::role{"admin"}) == "[   admin|tenant  |adm]");
}

TEST_CASE("an identifier that could be taken for something else is quoted", "[fmt][T21]") {
    CHECK(shown(words::person_id{""}) == R"("")");
    CHECK(shown(words::person_id{"ada, acting: operator"}) == R"("ada, acting: operator")");
    CHECK(shown(words::person_id{"a\"b"}) == R"("a\"b")");
    CHECK(shown(words::person_id{"a\nb"}) == R"("a\nb")");
    CHECK(shown(words::person_id{"zo\xC3\xAB"}) == "zo\xC3\xAB");
}

TEST_CASE("a value is shown by its fields, in their order", "[fmt]") {
    CHECK(shown(approved<words>{1, "fine", {std::nullopt, std::chrono::hours{1}}}) ==
          R"(approved{gate: 1, comment: "fine", narrowed: {scope: none, duration: 3600000 ms}})");
    CHECK(shown(turned_on<words>{}) == "turned_on{}");
    CHECK(shown(event_body<words>{expired<words>{support::minute(0)}}) ==
          "expired{since: 2026-11-02T09:00:00.000Z}");
    CHECK(shown(entitlement{true, false}) == "{plan: true, support: false}");
    CHECK(shown(define_role<words>{"night", {permission::view, permission::turn}}) ==
          "define_role{role: night, permits: [switch, view]}");
    CHECK(shown(words::scope{"exchange", {"read"}, {"/a", "/b"}}) ==
          R"({service: exchange, operations: [read], resources: ["/a", "/b"]})");
    CHECK(shown(digest{0xABC}) == "0000000000000abc");
    CHECK(shown(permission_set{}) == "[]");
    CHECK(describe(support::minute(1)) == "2026-11-02T09:01:00.000Z");
    CHECK(describe((words::time_point::max)()) == "?");
    CHECK(shown(support::sample_events()[2])
              .starts_with("event{tenant: contoso, sequence: 3, at: 2026-"));
    CHECK(shown(command<words>{}).starts_with("command{tenant: "));
}

TEST_CASE("a refusal is one sentence", "[fmt]") {
    CHECK(shown(refusal{ground::out_of_range, field::duration, 14400000, {}}) ==
          "refused: `duration` is out of range, its limit is 14400000 ms");
    CHECK(shown(refusal{ground::too_long, field::justification, 4096, {}}) ==
          "refused: `justification` is too long, at most 4096 bytes");
    CHECK(shown(refusal{ground::too_long, field::resources, 100, {}}) ==
          "refused: `resources` is too long, at most 100 entries");
    CHECK(shown(refusal{ground::out_of_range, field::approvers_needed, 20, {}}) ==
          "refused: `approvers_needed` is out of range, its limit is 20");
    CHECK(shown(refusal{ground::missing, field::case_number, 0, {}}) ==
          "refused: `case` is missing");
    CHECK(shown(refusal{ground::policy, field::none, 0, "not on \"Sundays\"\n"}) ==
          R"(refused: the policy refuses: not on \"Sundays\"\n)");
    CHECK(shown(refusal{ground::too_many_open, field::none, 100, {}}) ==
          "refused: too many requests are open, at most 100");
}

TEST_CASE("every refusal has its own sentence: lower case, no full stop, no braces", "[fmt]") {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < names_of<ground>.size(); ++at) {
        for (const auto about : {field::none, field::duration}) {
            for (const std::int64_t limit : {0, 5}) {
                const auto line = shown(refusal{static_cast<ground>(at), about, limit, {}});
                INFO(line);
                CHECK(line.starts_with("refused: "));
                CHECK(line.find_first_of("@#{}\n") == std::string::npos);
                CHECK(line.back() != '.');
                CHECK(line == fmt::format("{}", line));
                if (about == field::duration && limit == 5) all.push_back(line);
            }
        }
    }
    std::sort(all.begin(), all.end());
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
    CHECK(shown(refusal{static_cast<ground>(200)}) == "refused: for a reason unknown here");
}

TEST_CASE("failures and faults are one sentence each", "[fmt]") {
    CHECK(shown(failure{failure_kind::busy, "others write\n"}) ==
          R"(failed: busy: others write\n)");
    CHECK(shown(failure{failure_kind::full, ""}) == "failed: full");
    CHECK(shown(log::read_fault{"the field", "case", 17}) ==
          "expected the field `case` at byte 17");
}

TEST_CASE("text from people stays one inert line", "[fmt][T21][V15]") {
    CHECK(describe_inert("\x1B[31mred\x07") == "\\u{001b}[31mred\\u{0007}");
    CHECK(describe_inert("a\xE2\x80\xAE"
                         "b\xFF") == "a\\u{202e}b\\xff");
    CHECK(describe_inert("a\\n") == "a\\\\n");
    CHECK(describe_inert("\xF3\xA0\x81\x81") == "\\u{0e0041}");
    auto texts = support::naughty_strings();
    for (auto& text : support::awkward_texts()) texts.push_back(std::move(text));
    for (const auto& text : texts) {
        INFO(text);
        CHECK(is_inert(shown(denied<words>{0, cause::person, text})));
        CHECK(is_inert(shown(words::person_id{text})));
        CHECK(is_inert(shown(failure{failure_kind::internal, text})));
    }
}

TEST_CASE("every event and command can be shown, whatever is in it", "[fmt][T21]") {
    support::arbitrary any{12};
    for (int round = 0; round < 3000; ++round) {
        if (!is_inert(shown(any.make<audit_event<words>>()))) FAIL("round " << round);
        if (!is_inert(shown(any.make<command<words>>()))) FAIL("round " << round);
    }
}
