#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

std::string asks(const scenario& s, edit<lb::submit> otherwise) {
    auto asked = wish();
    otherwise(asked);
    return s.would(eve, asked);
}

const char* const blanks[] = {"",
                              " ",
                              "\t\r\n",
                              "\xC2\xA0",
                              "\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D",
                              "\xE2\x81\xA0",
                              "\xEF\xBB\xBF",
                              " \xE2\x80\x8B\xE3\x80\x80"};

}  // namespace

TEST_CASE("an engineer submits, and the manager's gate opens", "[R1][G1]") {
    scenario s;
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
    const auto& e = s.just<lb::submitted>();
    CHECK(e.number == 1);
    CHECK(e.asked->requester == eve.person);
    CHECK(e.asked->scope == wish().scope);
    CHECK(e.asked->duration == 2h);
    CHECK(e.asked->at == s.now);
    CHECK(e.reporter == lb::person_id{"rita@contoso.example"});
    CHECK(e.tried == "restarted the client");
    CHECK(e.justification == "her rules lose mail");
    CHECK(e.decide_by == s.now + 12h);
    CHECK(s.log.back().request == r(1));
    CHECK(s.log.back().case_number == lb::case_id{"CASE-7"});
}

TEST_CASE("only with an escalated case, saying what was tried", "[R1]") {
    const scenario s;
    CHECK(asks(s, [](auto& c) { c.support_case.escalated = false; }) ==
          refused(ground::not_escalated, field::case_number));
    for (const auto* blank : blanks)
        CHECK(asks(s, [&](auto& c) { c.support_case.tried = blank; }) ==
              refused(ground::missing, field::tried));
}

TEST_CASE("metadata and service operations need no request, and are told so", "[R1][A5]") {
    const scenario s;
    const auto needless = refused(ground::no_request_needed, field::operations);
    CHECK(asks(s, [](auto& c) { c.scope.operations = {"Get-Size"}; }) == needless);
    CHECK(asks(s, [](auto& c) { c.scope.operations = {"Restart"}; }) == needless);
    CHECK(asks(s, [](auto& c) { c.scope.operations = {"Read-Mail", "Get-Size"}; }) == needless);
    CHECK(asks(s, [](auto& c) { c.scope.operations = {"Never-Heard-Of"}; }) ==
          emitted({"submitted"}));
    CHECK(asks(s, [](auto& c) { c.scope.service = "other", c.scope.operations = {"Get-Size"}; }) ==
          emitted({"submitted"}));
}

TEST_CASE("what is missing or blank is refused by its name", "[R2]") {
    const scenario s;
    for (const auto* blank : blanks) {
        CHECK(asks(s, [&](auto& c) { c.support_case.number = lb::case_id{std::string{blank}}; }) ==
              refused(ground::malformed, field::case_number));
        CHECK(asks(s, [&](auto& c) { c.reason = lb::reason{std::string{blank}}; }) ==
              refused(ground::malformed, field::reason));
        CHECK(asks(s, [&](auto& c) { c.justification = blank; }) ==
              refused(ground::missing, field::justification));
    }
    CHECK(asks(s, [](auto& c) { c.justification = "\xE2\x80\x8B."; }) == emitted({"submitted"}));
    CHECK(asks(s, [](auto& c) { c.scope = {}; }) == refused(ground::malformed, field::scope));
    CHECK(asks(s, [](auto& c) { c.scope.operations = {}; }) ==
          refused(ground::missing, field::scope));
    CHECK(asks(s, [](auto& c) { c.scope.resources = {}; }) ==
          refused(ground::missing, field::scope));
}

TEST_CASE("a duration is positive, at most the cap, and never clamped", "[R2][V4]") {
    const scenario s;
    const auto lasting = [&](lb::duration d) { return asks(s, [&](auto& c) { c.duration = d; }); };
    const auto bad = refused(ground::out_of_range, field::duration, 4 * hour);
    CHECK(lasting(1ms) == emitted({"submitted"}));
    CHECK(lasting(4h) == emitted({"submitted"}));
    CHECK(lasting(4h + 1ms) == bad);
    CHECK(lasting(0ms) == bad);
    CHECK(lasting(-1ms) == bad);
    CHECK(lasting(lb::duration::max()) == bad);
    CHECK(lasting(lb::duration::min()) == bad);
}

TEST_CASE("a later start lies at most seven days ahead, and within the calendar", "[G9][R2]") {
    const scenario s;
    const auto from = [&](lb::time_point start) {
        return asks(s, [&](auto& c) { c.start = start; });
    };
    CHECK(from(s.now + 24h * 7) == emitted({"submitted"}));
    CHECK(from(s.now + 24h * 7 + 1ms) ==
          refused(ground::out_of_range, field::start, 7 * 24 * hour));
    CHECK(from(lb::time_point::max()) == refused(ground::malformed, field::start));
    CHECK(from(lb::time_point::min()) == refused(ground::malformed, field::start));
}

TEST_CASE("a reason is a label: any name, which neither grants nor protects", "[R3]") {
    scenario s;
    using namespace lockbox::reasons;
    for (const auto* reason :
         {customer_initiated_support, provider_initiated_service, production_alert,
          third_party_data_request, provider_review, "a_reason_of_our_own"}) {
        auto asked = wish();
        asked.reason = lb::reason{std::string{reason}};
        const auto id = s.pending_at_manager(asked);
        CHECK(s.open(id).asked->reason.text() == reason);
        CHECK(s.open(id).terms == s.state.open.front().terms);
    }
}

TEST_CASE("paths name resources by whole segments", "[A1][R2]") {
    const scenario s;
    const auto of = [&](std::string path) {
        return asks(s, [&](auto& c) { c.scope.resources = {std::move(path)}; });
    };
    for (const auto* path : {"/", "/a", "/a/b", "/...", "/a b", "/*"})
        CHECK(of(path) == emitted({"submitted"}));
    for (const auto* path :
         {"", "a", "//", "/a/", "/a//b", "/.", "/..", "/a/../b", "/a\n", "/\xFF"})
        CHECK(of(path) == refused(ground::malformed, field::scope));
    CHECK(of("/" + std::string(4095, 'a')) == emitted({"submitted"}));
    CHECK(of("/" + std::string(4096, 'a')) == refused(ground::malformed, field::scope));
}

TEST_CASE("text has at most so many bytes of UTF-8", "[R9][T24]") {
    const scenario s;
    const std::string most(4096, 'x');
    const auto over = most + "x";
    CHECK(asks(s, [&](auto& c) { c.justification = most; }) == emitted({"submitted"}));
    CHECK(asks(s, [&](auto& c) { c.justification = over; }) ==
          refused(ground::too_long, field::justification, 4096));
    CHECK(asks(s, [&](auto& c) { c.support_case.tried = over; }) ==
          refused(ground::too_long, field::tried, 4096));
    for (const auto* bytes :
         {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "ab\xE2\x82"}) {
        CHECK(asks(s, [&](auto& c) { c.justification = bytes; }) ==
              refused(ground::malformed, field::justification));
        CHECK(asks(s, [&](auto& c) { c.support_case.tried = bytes; }) ==
              refused(ground::malformed, field::tried));
    }
    scenario less;
    less.limits([](auto& l) { l.text_bytes = 64; });
    CHECK(asks(less, [](auto& c) { c.justification = std::string(65, 'x'); }) ==
          refused(ground::too_long, field::justification, 64));
}

TEST_CASE("a scope has at most so many operations and resources", "[R9][T24]") {
    const scenario s;
    const auto operations = [&](std::size_t n) {
        return asks(
            s, [&](auto& c) { c.scope.operations = std::vector<lb::operation>(n, "Read-Mail"); });
    };
    const auto resources = [&](std::size_t n) {
        return asks(s, [&](auto& c) { c.scope.resources = std::vector<std::string>(n, "/a"); });
    };
    CHECK(operations(100) == emitted({"submitted"}));
    CHECK(operations(101) == refused(ground::too_long, field::operations, 100));
    CHECK(resources(100) == emitted({"submitted"}));
    CHECK(resources(101) == refused(ground::too_long, field::resources, 100));
}

TEST_CASE("ids have 1 to 256 bytes, show something and control nothing", "[R9][V5]") {
    const scenario s;
    const auto on_case = [&](std::string id) {
        return asks(s, [&](auto& c) { c.support_case.number = lb::case_id{std::move(id)}; });
    };
    const auto bad = refused(ground::malformed, field::case_number);
    CHECK(on_case("1") == emitted({"submitted"}));
    CHECK(on_case(std::string(256, 'x')) == emitted({"submitted"}));
    CHECK(on_case(std::string(257, 'x')) == bad);
    CHECK(on_case("a\x01") == bad);
    CHECK(on_case("a\x7F") == bad);
    CHECK(on_case("a\xC2\x85") == bad);
    CHECK(on_case("a\xE2\x80\xAE") == bad);
    CHECK(on_case("\xFE") == bad);
    CHECK(on_case(std::string("a\0b", 3)) == bad);
    for (const auto* nobody : {"", "Anonymous", "N/A", "none", "undefined", "nil"})
        CHECK(asks(s, [&](auto& c) {
                  c.support_case.reporter = lb::person_id{std::string{nobody}};
              }) == refused(ground::malformed, field::reporter));
}
