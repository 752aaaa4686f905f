#include <lockbox/digest.hpp>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include <lockbox/command.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/optional.hpp>

#include "support/arbitrary.hpp"
#include "support/catch.hpp"

using namespace lockbox;
using words = default_vocabulary;
using any_command = command_body<words>;

namespace {

/// Remembers what has which digest; false when something else had it before.
class known_digests {
  public:
    bool add(const any_command& value) {
        std::string text;
        log::write(text, value);
        const auto [at, fresh] = known_.try_emplace(digest_of(value).value, text);
        return fresh || at->second == text;
    }
    [[nodiscard]] std::size_t size() const { return known_.size(); }

  private:
    std::unordered_map<std::uint64_t, std::string> known_;
};

submit<words> sample() {
    submit<words> one;
    one.support_case = {"CASE-1", "ada@contoso.example", true, "restarted"};
    one.scope = {"exchange", {"read", "export"}, {"/a", "/b"}};
    one.reason = "production_alert";
    one.justification = "because";
    one.duration = std::chrono::hours{2};
    return one;
}

}  // namespace

TEST_CASE("a digest is the same for equal bodies, always and everywhere", "[digest][V8][V14]") {
    CHECK(digest_of(any_command{sample()}) == digest_of(any_command{sample()}));
    CHECK(digest_of(any_command{sample()}).value == 0x86589f501c9bd0a2U);
    CHECK(digest_of(any_command{turn_on<words>{}}).value == 0x84ff0dc145f91b5bU);
    CHECK(digest_of(any_command{turn_off<words>{}}).value == 0xa5154dc165e218fcU);
}

TEST_CASE("moving bytes between neighbouring fields gives another digest", "[digest][T14]") {
    known_digests known;
    bool distinct = true;
    const std::string text = "ab\"c\\d e f/g" + std::string(1, '\0') + "hijklmnopqrstuvwx";
    for (std::size_t first = 0; first <= text.size(); ++first) {
        for (std::size_t second = first; second <= text.size(); ++second) {
            auto one = sample();
            one.support_case.number = words::case_id{text.substr(0, first)};
            one.support_case.reporter = words::person_id{text.substr(first, second - first)};
            one.support_case.tried = text.substr(second);
            distinct = known.add(one) && distinct;
            auto other = sample();
            other.scope.operations = {words::operation{text.substr(0, first)},
                                      words::operation{text.substr(first, second - first)}};
            other.scope.resources = {text.substr(second)};
            distinct = known.add(other) && distinct;
            other.scope.resources = {text.substr(second), ""};
            distinct = known.add(other) && distinct;
            other.scope.operations = {other.scope.operations[0], other.scope.operations[1], {}};
            other.scope.resources = {other.scope.resources[0]};
            distinct = known.add(other) && distinct;
        }
    }
    CHECK(distinct);
    CHECK(known.size() > 1500);
}

TEST_CASE("what is absent, empty, zero or padded gives different digests", "[digest][T14]") {
    known_digests known;
    std::vector<any_command> all;
    for (std::size_t zeros = 0; zeros < 40; ++zeros) {
        all.emplace_back(close_case<words>{words::case_id{std::string(zeros, '\0')}});
        all.emplace_back(withdraw<words>{words::request_id{std::string(zeros, '\0')}});
        all.emplace_back(finish<words>{words::request_id{std::string(zeros, '\0')}});
        auto one = sample();
        one.scope.resources = std::vector<std::string>(zeros);
        all.emplace_back(one);
        all.emplace_back(drill<words>{one});
    }
    for (const auto until :
         {lockbox::optional<words::time_point>{}, lockbox::optional{words::time_point{}}}) {
        all.emplace_back(assign_role<words>{"", "", until});
        all.emplace_back(assign_role<words>{"", words::role{std::string(1, '\0')}, until});
    }
    for (std::int64_t change = 0; change < 500; ++change) {
        change_settings<words> set;
        set.change.manager_window = std::chrono::milliseconds{change};
        all.emplace_back(set);
        set.change.customer_window = std::chrono::milliseconds{change};
        all.emplace_back(set);
        set.change.manager_window.reset();
        all.emplace_back(set);
    }
    for (unsigned bits = 0; bits < 64; ++bits) {
        define_role<words> define{"role", {}};
        for (unsigned at = 0; at < 6; ++at)
            if ((bits >> at & 1U) != 0) define.permits |= {static_cast<permission>(at)};
        all.emplace_back(define);
    }
    bool distinct = true;
    for (const auto& one : all) distinct = known.add(one) && distinct;
    CHECK(distinct);
    CHECK(known.size() == all.size());
}

TEST_CASE("a change of any one bit of a body changes its digest", "[digest][T14]") {
    known_digests known;
    bool distinct = true;
    for (std::size_t size = 0; size < 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                std::string text(size, 'a');
                text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << bit));
                distinct = known.add(freeze<words>{text}) && distinct;
            }
        }
    }
    CHECK(distinct);
    support::arbitrary any{7};
    for (int round = 0; round < 20'000; ++round)
        distinct = known.add(any.make<any_command>()) && distinct;
    CHECK(distinct);
}

TEST_CASE("durations and instants at the edges of their types differ", "[digest][T14]") {
    known_digests known;
    bool distinct = true;
    support::arbitrary any{8};
    for (int round = 0; round < 10'000; ++round) {
        auto one = sample();
        any.fill(one.duration);
        any.fill(one.start);
        distinct = known.add(one) && distinct;
    }
    CHECK(distinct);
}
