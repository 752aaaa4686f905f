// A tenant's own policy as people write it: read strictly, with the path to the first fault, and
// written so that reading it gives the same value.
#include <lockbox/policies/json.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include <lockbox/bind.hpp>
#include <lockbox/own_policy.hpp>

#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::policy_key;

/// A host whose instants are whole seconds.
struct coarse : lockbox::default_vocabulary {
    using time_point = std::chrono::sys_seconds;
};

/// "read", or the fault as a line.
std::string fault_in(const std::string& text) {
    const auto policy = lockbox::read_policy<V>(text);
    return policy ? "read" : message(policy.error());
}
std::string in_rules(const std::string& rules) {
    return fault_in(R"({"version": 1, "rules": )" + rules + "}");
}
std::string in_ask(const std::string& demands) {
    return in_rules(R"([{"ask": {)" + demands + "}}]");
}

constexpr const char* every_statement = R"({"rules": [{
    "ask": {
        "most_live_grants": 3, "pause_after_denial": "1h30m", "refuse": ["hours"],
        "access_hours": [{"from": "20:00", "until": "24:00", "days": ["friday", "monday"],
                          "utc_offset": "-05:30"}],
        "approval_hours": [{"days": ["sunday"], "from": "00:00", "until": "06:59"}],
        "longest_access": "1d2h3m4s5ms", "customer_window": "12h", "manager_window": "720m",
        "comment": true, "no_consents": true, "managers": 2, "customer_gate": true,
        "each_of": [{"any_of": [{"needed": 2, "roles": ["legal", "it"]}, {"roles": ["ciso"]}]}],
        "approvals": {"roles": ["legal", "\u00e9"], "needed": 2}
    },
    "unless": {"reasons": ["production_alert"], "requesters": ["eve@provider.example"]},
    "when": {
        "services": ["mail", "files"], "operations": ["Read-Mail"], "resources": ["/a \"b\"\n"],
        "entitled_to": ["plan", "support"], "longer_than": "2h",
        "submitted_in": [{"days": ["monday"], "from": "08:00", "until": "18:00"}]
    }
}], "version": 1})";

}  // namespace

TEST_CASE("a policy that says everything is read, and written as the same value",
          "[R4][own_policy]") {
    const auto policy = lockbox::read_policy<V>(every_statement);
    REQUIRE(policy);
    const auto& rule = policy->rules[0];
    REQUIRE(policy->rules.size() == 1);
    CHECK(rule.when.size() == 6);
    CHECK(rule.unless.size() == 2);
    CHECK(rule.ask.size() == 15);
    // In the order of the keys, whatever the order in the text.
    CHECK(rule.ask[0] == lb::statement{policy_key::approvals, 2, {}, {}, {}});
    CHECK(rule.ask[1] == lb::statement{policy_key::roles, 0, {"legal", "\xC3\xA9"}, {}, {}});
    CHECK(rule.ask[2].clauses[0] == lb::clause{{{2, {"legal", "it"}}, {1, {"ciso"}}}});
    CHECK(rule.ask[9].number == 93'784'005);
    const lockbox::weekly_hours late{{lockbox::weekday::monday, lockbox::weekday::friday},
                                     std::chrono::hours{20},
                                     std::chrono::hours{24},
                                     -std::chrono::minutes{330}};
    CHECK(rule.ask[11].hours[0] == late);
    const auto text = lockbox::write_policy(*policy);
    CHECK(lockbox::read_policy<V>(text) == *policy);
    CHECK(lockbox::write_policy(*lockbox::read_policy<V>(text)) == text);
    const auto sorted = in_order(*policy);
    CHECK(lockbox::read_policy<V>(lockbox::write_policy(sorted)) == sorted);
}

TEST_CASE("each key of a policy can be read and written", "[own_policy]") {
    const auto policy = *lockbox::read_policy<V>(every_statement);
    const auto states = [](const auto& all, policy_key key) {
        return lockbox::find_by(all, key, &lb::statement::key) != nullptr;
    };
    for (std::size_t at = 0; at < lockbox::names_of<policy_key>.size(); ++at) {
        const auto key = static_cast<policy_key>(at);
        INFO(name_of(key));
        const auto& rule = policy.rules[0];
        if (is_fact(key)) CHECK((states(rule.when, key) || states(rule.unless, key)));
        if (is_demand(key)) CHECK(states(rule.ask, key));
    }
}

TEST_CASE("no policy is written, too", "[own_policy]") {
    const auto text = lockbox::write_policy(lb::tenant_policy{});
    CHECK(text == "{\n  \"version\": 1,\n  \"rules\": []\n}\n");
    CHECK(lockbox::read_policy<V>(text) == lb::tenant_policy{});
}

TEST_CASE("the version comes first", "[R4][own_policy]") {
    CHECK(fault_in(R"({"rules": []})") == "it must have the field `version`");
    CHECK(fault_in(R"({"version": 2, "rules": [{"forbid": 1}], "more": 1})") ==
          "version: version 2 is newer than this program, which reads version 1");
    CHECK(fault_in(R"({"version": 18446744073709551615})") ==
          "version: version 18446744073709551615 is newer than this program, which reads "
          "version 1");
    CHECK(fault_in(R"({"version": 0})") ==
          "version: version 0 is none, this program reads "
          "version 1");
    CHECK(fault_in(R"({"version": "1"})") == "version: it must be a whole number, and is a text");
    CHECK(fault_in(R"({"version": 1.0})") == "version: `1.0` is no whole number that can be kept");
    CHECK(fault_in(R"({"version": 1, "version": 1})") == "the key `version` stands there twice");
    CHECK(fault_in(R"({"version": 1})") == "read");
}

TEST_CASE("what is unknown, twice there or of another type is named with its path",
          "[R4][own_policy]") {
    CHECK(fault_in("[]") == "it must be an object, and is a list");
    CHECK(fault_in(R"({"version": 1, "rule": []})") == "rule: there is no such field");
    CHECK(in_rules("{}") == "rules: it must be a list, and is an object");
    CHECK(in_rules("[7]") == "rules[0]: it must be an object, and is a whole number");
    CHECK(in_rules("[{}]") == "rules[0]: it must have the field `ask`");
    CHECK(in_rules(R"([{"ask": {"comment": true}}, {"asks": {}}])") ==
          "rules[1].asks: there is no such field");
    CHECK(in_rules(R"([{"when": {"comment": true}, "ask": {}}])") ==
          "rules[0].when.comment: there is no such field");
    CHECK(in_rules(R"([{"when": null, "ask": {}}])") ==
          "rules[0].when: it must be an object, and is null");
    CHECK(in_ask(R"("services": ["mail"])") == "rules[0].ask.services: there is no such field");
    CHECK(in_ask(R"("roles": ["legal"])") == "rules[0].ask.roles: there is no such field");
    CHECK(in_ask(R"("none": 1)") == "rules[0].ask.none: there is no such field");
    CHECK(in_ask(R"("needed": 1)") == "rules[0].ask.needed: there is no such field");
    CHECK(in_ask(R"("comment": 1)") ==
          "rules[0].ask.comment: it must be true or false, and is a whole number");
    CHECK(in_ask(R"("managers": "2")") ==
          "rules[0].ask.managers: it must be a whole number, and is a text");
    CHECK(in_ask(R"("managers": 9223372036854775808)") ==
          "rules[0].ask.managers: `9223372036854775808` is out of range");
    CHECK(in_ask(R"("managers": 1, "managers": 2)") ==
          "rules[0].ask: the key `managers` stands there twice");
    CHECK(in_ask(R"("refuse": "reason")") ==
          "rules[0].ask.refuse: it must be a list, and is a text");
    CHECK(in_ask(R"("refuse": ["reason", 1])") ==
          "rules[0].ask.refuse[1]: it must be a text, and is a whole number");
    CHECK(in_ask(R"("approvals": 2)") ==
          "rules[0].ask.approvals: it must be an object, and is a whole number");
    CHECK(in_ask(R"("approvals": {"need": 2})") ==
          "rules[0].ask.approvals.need: there is no such field");
    CHECK(in_ask(R"("each_of": [{"any_of": [{"needed": -1}]}])") ==
          "rules[0].ask.each_of[0].any_of[0].needed: `-1` is out of range");
    CHECK(in_ask(R"("each_of": [{"all_of": []}])") ==
          "rules[0].ask.each_of[0].all_of: there is no such field");
    CHECK(in_ask(R"("\u202e\u0007": 1)") ==
          "rules[0].ask.\\u{202e}\\u{0007}: there is no such field");
}

TEST_CASE("lengths and hours are read as people write them", "[own_policy]") {
    CHECK(in_ask(R"("longest_access": 3600)") ==
          "rules[0].ask.longest_access: it must be a text, and is a whole number");
    CHECK(in_ask(R"("longest_access": "1 hour")") ==
          "rules[0].ask.longest_access: `1 hour` is no duration; write whole numbers with d, h, m, "
          "s or ms, as 90m or 1h30m");
    CHECK(in_ask(R"("longest_access": "999999999999999d")") ==
          "rules[0].ask.longest_access: `999999999999999d` is longer than any duration that can "
          "be kept");
    const auto hours = [](const std::string& fields) {
        return in_ask(R"("access_hours": [{)" + fields + "}]");
    };
    const std::string at = "rules[0].ask.access_hours[0]";
    CHECK(hours(R"("days": ["monday"], "from": "08:00")") ==
          at + ": hours need the fields `days`, `from` and `until`");
    CHECK(hours(R"("days": ["Monday"])") ==
          at + ".days[0]: `Monday` is no day; write it as monday");
    CHECK(hours(R"("days": ["monday", "monday"])") == at + ".days[1]: this day stands there twice");
    for (const std::string bad : {"8:00", "24:01", "08:60", "08.00", "-1:00", "08:0x", ""})
        CHECK(hours(R"("from": ")" + bad + "\"") ==
              at + ".from: `" + bad + "` is no time of day; write it as 08:00");
    for (const std::string bad : {"01:00", "+1:00", "+24:00", "Z", "UTC"})
        CHECK(hours(R"("utc_offset": ")" + bad + "\"") ==
              at + ".utc_offset: `" + bad + "` is no offset; write it as +01:00");
    CHECK(hours(R"("zone": "CET")") == at + ".zone: there is no such field");
}

TEST_CASE("a length that is finer than the host's unit of time is refused", "[own_policy]") {
    const auto read = [](const std::string& length) {
        return lockbox::read_policy<coarse>(
            R"({"version": 1, "rules": [{"ask": {"longest_access": ")" + length + "\"}}]}");
    };
    CHECK(read("90s"));
    CHECK(message(read("90500ms").error()) ==
          "rules[0].ask.longest_access: `90500ms` is finer than the unit of time here");
}

TEST_CASE("a text that is too long or too deep is refused before it is understood",
          "[R9][T24][own_policy]") {
    const std::string start = R"({"version": 1, "rules": [)";
    CHECK(fault_in(start + std::string(lockbox::longest_policy, ' ') + "]}") ==
          "it is longer than 262144 bytes");
    CHECK(fault_in(start + std::string(lockbox::longest_policy - start.size() - 2, ' ') + "]}") ==
          "read");
    CHECK(fault_in(std::string(100'000, '[')) ==
          "[0][0][0][0][0][0][0][0][0]: it is nested deeper than 9 levels");
    CHECK(in_ask(R"("each_of": [{"any_of": [{"roles": ["a"]}]}])") == "read");
    CHECK(in_ask(R"("each_of": [{"any_of": [{"roles": [["a"]]}]}])") ==
          "rules[0].ask.each_of[0].any_of[0].roles[0]: it is nested deeper than 9 levels");
    CHECK(fault_in("").find("it is not JSON at byte") == 0);
    CHECK(fault_in(R"({"version": 1} {})").find("it is not JSON at byte") == 0);
    CHECK(fault_in("{\"version\": 1, \"\xFF\": 1}").find("it is not JSON at byte") == 0);
    CHECK(fault_in(R"({"version": 1, "rules": [,]})").find("it is not JSON at byte") == 0);
}

TEST_CASE("lengths are written so that they are read again", "[own_policy]") {
    using std::chrono::milliseconds;
    for (const std::int64_t ms :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{60'000},
          std::int64_t{86'400'000}, std::int64_t{93'784'005}, INT64_MAX})
        CHECK(lockbox::duration_of_text(lockbox::text_of_duration(milliseconds{ms})) ==
              milliseconds{ms});
    CHECK(lockbox::text_of_duration(milliseconds{5'400'000}) == "1h30m");
    CHECK(lockbox::text_of_duration(milliseconds{INT64_MIN}) == "-106751991167d7h12m55s808ms");
}

TEST_CASE("docs/policies.md names every key and every text, and what it shows is read",
          "[own_policy]") {
    std::ifstream page{LOCKBOX_SOURCE_DIR "/docs/policies.md"};
    REQUIRE(page.is_open());
    std::string text{std::istreambuf_iterator<char>{page}, {}};
    std::size_t shown = 0;
    for (auto at = text.find("```json\n"); at != std::string::npos;
         at = text.find("```json\n", at + 1)) {
        const auto from = at + 8;
        CHECK(fault_in(text.substr(from, text.find("```", from) - from)) == "read");
        ++shown;
    }
    CHECK(shown > 0);
    const auto named = [&](std::string_view name) {
        return text.find("`" + std::string{name} + "`") != std::string::npos;
    };
    for (const auto name : lockbox::names_of<policy_key>)
        CHECK((name == "none" || name == "rules" || named(name)));
    for (const auto name : lockbox::names_of<lockbox::policy_text>) CHECK(named(name));
}
