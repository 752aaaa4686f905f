#include "property/course.hpp"

#include <lockbox/testing/replay_under.hpp>

#include <map>
#include <random>
#include <span>

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace course;

namespace rc {
template <>
struct Arbitrary<step> {
    static Gen<step> arbitrary() {
        const auto any = gen::resize(kNominalSize, gen::arbitrary<std::uint8_t>());
        return gen::build<step>(gen::set(&step::who, any), gen::set(&step::what, any),
                                gen::set(&step::which, any), gen::set(&step::wait, any));
    }
};
}  // namespace rc

namespace {

using steps = std::vector<step>;

[[nodiscard]] rc::Gen<steps> courses() { return rc::gen::scale(4.0, rc::gen::arbitrary<steps>()); }

/// What a command was answered, without the events.
[[nodiscard]] bool same_verdict(const lockbox::decision<V>& a, const lockbox::decision<V>& b) {
    return a.refused == b.refused && a.allowed == b.allowed;
}

}  // namespace

TEST_CASE("every course of events keeps the invariants of its log",
          "[property][V1][V2][V3][V4][V5][V7][V11][V14][T1][T5][T6][T29][T30]") {
    CHECK(rc::check("invariants", [] {
        run r;
        for (const auto& s : *courses()) r.take(s);
        RC_ASSERT(r.fits);
        const auto broken = broken_in(r.log);
        if (broken) RC_FAIL(*broken);
        RC_ASSERT(*lockbox::replay<V>(r.log) == r.state);
    }));
}

TEST_CASE("the courses reach every event that the invariants speak of", "[property]") {
    std::map<std::string, int> seen;
    std::mt19937 numbers{20261102};
    const auto any = [&] { return static_cast<std::uint8_t>(numbers()); };
    for (int course = 0; course < 600; ++course) {
        run r;
        for (int i = 0; i < 100; ++i) r.take({any(), any(), any(), any()});
        for (const auto& e : r.log) ++seen[std::string{name_of(e.body)}];
        const auto broken = broken_in(r.log);
        INFO(broken.value_or(""));
        CHECK_FALSE(broken);
    }
    for (const char* event :
         {"granted", "accessed", "denied", "revoked", "expired", "ended", "finished", "withdrawn",
          "terms_tightened", "frozen", "asked", "reminded", "change_proposed", "change_agreed",
          "change_declined", "change_lapsed"}) {
        INFO(event);
        CHECK(seen[event] >= 5);
    }
}

TEST_CASE("under the policy that it was decided by, no course goes otherwise, however it is cut",
          "[property][R4]") {
    std::mt19937 numbers{20261103};
    const auto any = [&] { return static_cast<std::uint8_t>(numbers()); };
    std::size_t granted = 0;
    for (int course = 0; course < 100; ++course) {
        run r;
        for (int i = 0; i < 100; ++i) r.take({any(), any(), any(), any()});
        const std::span<const lb::audit_event> log{r.log};
        auto cut = numbers() % log.size();  // behind a command, which is whole or not there (V17)
        while (cut != 0 && cut < log.size() && log[cut].command == log[cut - 1].command) ++cut;
        for (const auto& part : {log, log.first(cut)}) {
            const auto found = lockbox::testing::replay_under<V>(part, lockbox::standard_policy{});
            REQUIRE(found);
            INFO(text_of(*found));
            CHECK(found->otherwise.empty());
        }
        for (const auto& e : log) granted += e.body.is<lb::granted>() ? 1U : 0U;

        // A log from somewhere else: an answer, whichever.
        auto strange = r.log;
        for (int i = 0; i < 3; ++i)
            std::swap(strange[numbers() % strange.size()].body,
                      strange[numbers() % strange.size()].body);
        for (std::size_t at = 0; at < strange.size(); ++at) strange[at].sequence = at + 1;
        (void)lockbox::testing::replay_under<V>(std::span<const lb::audit_event>{strange},
                                                lockbox::standard_policy{});
    }
    CHECK(granted > 50);
}

TEST_CASE("the meet of settings knows no order and no grouping, and is never looser",
          "[property][S9]") {
    using lockbox::stricter;
    using lockbox::rules::loosens;
    // A small world, so that values meet.
    std::mt19937 numbers{20261104};
    const auto any = [&](std::uint32_t sides) {
        return static_cast<std::uint32_t>(numbers()) % sides;
    };
    const auto some = [&](auto&& make) {
        std::vector<decltype(make(0U))> all;
        for (auto count = any(4); count > 0; --count) all.push_back(make(any(4)));
        return all;
    };
    const auto address = [](std::uint32_t n) {
        return "a" + std::to_string(n) + "@contoso.example";
    };
    const auto settings = [&] {
        lb::settings s;
        s.manager_window = std::chrono::hours{1 + any(3)};
        s.customer_window = std::chrono::hours{1 + any(3)};
        s.longest_access = std::chrono::hours{1 + any(3)};
        s.managers_needed = 1 + any(3);
        s.approvers_needed = 1 + any(3);
        s.comment_required = any(2) == 0;
        s.audit_visible = any(2) == 0;
        s.exempted = some([](auto n) { return lb::service{"s" + std::to_string(n)}; });
        s.recipients = some(address);
        s.reminders = some([](auto n) { return lb::duration{std::chrono::hours{1 + n}}; });
        s.escalation = {std::chrono::hours{1 + any(3)}, some(address)};
        s.limits.text_bytes = 64 + any(3);
        s.limits.rounds = 1 + any(3);
        s.limits.refusals_per_hour = 1 + any(3);
        s.limits.wait_after_denials = std::chrono::hours{any(3)};
        s.limits.clock_tolerance = std::chrono::seconds{any(3)};
        for (auto count = any(3); count > 0; --count)
            s.policy.rules.push_back(
                {{}, {}, {{lockbox::policy_key::approvals, 1 + any(3), {}, {}, {}}}});
        s.consents = any(2) == 0;
        s.two_person_changes = any(2) == 0;
        return s;
    };
    int loosened = 0;
    for (int round = 0; round < 3000; ++round) {
        const auto a = settings();
        const auto b = settings();
        const auto c = settings();
        const auto both = stricter(a, b);
        REQUIRE(both == stricter(b, a));
        REQUIRE(stricter(both, c) == stricter(a, stricter(b, c)));
        REQUIRE(stricter(both, both) == both);
        REQUIRE(stricter(both, a) == both);
        // What a change may do at once and back at once is no change.
        if (!loosens(a, b) && !loosens(b, a)) REQUIRE(stricter(a, a) == stricter(b, b));
        // Two steps that each tighten tighten together.
        if (!loosens(a, b) && !loosens(b, c)) REQUIRE_FALSE(loosens(a, c));
        loosened += loosens(a, b) ? 1 : 0;
    }
    CHECK(loosened > 1000);
}

TEST_CASE("deciding is pure: asked twice, it answers the same", "[property][V14]") {
    CHECK(rc::check("pure", [](const step& s) {
        run r;
        for (const auto& one : *courses()) r.take(one);
        const auto before = r.state;
        lb::command c{.tenant = "contoso", .actor = person_of(s), .id = "x"};
        c.body = body_of(s);
        const auto once = decide(r.state, c, r.now, lockbox::standard_policy{});
        const auto twice = decide(r.state, c, r.now, lockbox::standard_policy{});
        RC_ASSERT(once.happened == twice.happened);
        RC_ASSERT(same_verdict(once, twice));
        RC_ASSERT(r.state == before);
    }));
}

TEST_CASE("the provider alone never reaches protected content", "[property][V10][T26][T28]") {
    CHECK(rc::check("provider alone", [] {
        run r;
        for (const auto& s : *courses()) {
            r.now += wait_of(s);
            const auto who = person_of(s);
            (void)r.send(who.acting == capacity::member ? people[s.who % 4U] : who, body_of(s));
        }
        for (const auto& e : r.log) {
            const auto* a = e.body.get_if<lb::accessed>();
            const bool guarded = a != nullptr && a->to.service != lb::service{"files"};
            RC_ASSERT(!guarded);
        }
    }));
}

TEST_CASE("verdicts are the same with and without a sweeper", "[property][V12][K2][G5][A2]") {
    CHECK(rc::check("sweeper", [] {
        run swept;
        run unswept;
        for (const auto& s : *courses()) {
            swept.take(s);
            unswept.take(s);
            (void)swept.send({"lockbox", capacity::system}, lb::tick{});
            swept.replies.pop_back();
            RC_ASSERT(same_verdict(swept.replies.back(), unswept.replies.back()));
        }
    }));
}

TEST_CASE("free text changes no verdict", "[property][V15]") {
    CHECK(rc::check("text", [] {
        run plain;
        run wild;
        for (const auto& s : *courses()) {
            plain.take(s, "because");
            wild.take(s, "<b>approve</b>\r\nall of it, \xE2\x80\xAE now; DROP TABLE event");
            RC_ASSERT(same_verdict(plain.replies.back(), wild.replies.back()));
        }
    }));
}

TEST_CASE("one more denial or revocation allows nothing that was not allowed",
          "[property][V16][T23]") {
    CHECK(rc::check("monotone", [](std::uint8_t at, std::uint8_t which, bool deny) {
        run as_it_was;
        run with_more;
        const auto all = *courses();
        for (std::size_t i = 0; i < all.size(); ++i) {
            as_it_was.take(all[i]);
            if (i == at % (all.size() + 1)) {
                const auto id = V::request_id_of(1U + which % 3U);
                if (deny) {
                    (void)with_more.send({"cyn", capacity::member}, lb::deny{id, "no"});
                } else {
                    (void)with_more.send({"cyn", capacity::member}, lb::revoke{id, "no"});
                }
                with_more.replies.pop_back();
            }
            with_more.take(all[i]);
            const auto& more = with_more.replies.back();
            if (!more.allowed) continue;
            RC_ASSERT(as_it_was.replies.back().allowed.has_value());
        }
    }));
}
