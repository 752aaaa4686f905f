// Explanations agree with the rules in all random courses: what they name as refused was, what they
// say is needed helps, and the provider's side reads no member's name.
#include "property/course.hpp"

#include <array>
#include <random>
#include <string_view>

#include <lockbox/fmt.hpp>
#include <lockbox/why.hpp>

#include "support/catch.hpp"

using namespace course;

namespace {

using lockbox::deed;
using lockbox::doer;
using lockbox::facts::closed_hours;

/// A customer's gate of clauses, so that whose approval helps is no matter of numbers alone.
struct with_clauses {
    lb::proposal operator()(const lb::tenant& t, const lb::submission& asked) const {
        auto terms = lockbox::standard_terms(t.settled, asked);
        if (terms.gates.size() < 2) return terms;
        terms.gates.back().needed = 2;
        terms.gates.back().clauses = {{{{1, {"global_admin"}}, {2, {"access_approver"}}}},
                                      {{{1, {"access_approver"}}}}};
        return terms;
    }
};

/// A tenant on a course, whose every refusal and every request is explained on the way.
template <class Policy>
struct explained_run {
    run r{};
    Policy policy{};
    std::vector<lb::explanation> to_provider{};
    int opened = 0;
    int accessed = 0;
    int repeated = 0;

    explained_run() {
        lb::change_settings sooner;  // one denial is enough to wait for
        sooner.change.limits.emplace().denials_before_wait = 1;
        (void)r.send({"ada", capacity::member}, sooner);
    }

    void take(const step& s) {
        r.now += s.who % 16 == 15 ? -10min : wait_of(s);
        lb::command c{.tenant = "contoso", .actor = person_of(s)};
        c.id = lb::command_id{std::to_string(++commands_)};
        c.body = body_of(s);
        if (s.wait % 16 == 15) {
            c.actor = {"ada", capacity::member};
            c.body = lb::drill{wish(s, "a drill")};
        }
        const auto decided = decide(r.state, c, r.now, policy);
        if (decided.refused) look_at(c, *decided.refused);
        for (const auto& event : decided.happened) {
            REQUIRE_FALSE(evolve(r.state, event));
            r.log.push_back(event);
        }
        const auto at = std::max(r.now, r.state.last);
        for (std::uint64_t n = 1; n <= r.state.submissions; ++n) look_at(V::request_id_of(n), at);
    }

  private:
    [[nodiscard]] bool accepted(const lb::tenant& t, const lb::actor& who, lb::command_body body,
                                lb::time_point at, lb::tenant* after = nullptr) const {
        lb::command c{.tenant = "contoso", .actor = who, .id = "asked-anew"};
        c.body = std::move(body);
        const auto decided = decide(t, c, at, policy);
        if (after != nullptr)
            for (const auto& event : decided.happened) (void)evolve(*after, event);
        return !decided.refused;
    }

    void look_at(const lb::command& c, const lockbox::refusal& no) {
        const auto e = lockbox::why_refused(r.state, c, r.now, no);
        CHECK(e.refused == no);
        if (c.actor.acting != capacity::member) to_provider.push_back(e);
        if (e.next.size() != 1 || e.next[0].what != deed::repeat || !e.next[0].from) return;
        if (e.next[0].who != doer::actor) return;
        const auto from =
            *e.next[0].from;  // then it is refused for this ground no more, and not before
        CHECK(decide(r.state, c, from, policy).refused != no);
        if (from > r.now) CHECK(decide(r.state, c, from - 1ms, policy).refused == no);
        ++repeated;
    }

    void look_at(const lb::request_id& id, lb::time_point at) {
        const auto* open = lockbox::find_open(r.state, id, at);
        if (open == nullptr) return look_at_closed(id, at);
        const lb::actor auditor{"ada", capacity::member};
        const auto e = lockbox::why_open(r.state, *open, at, auditor);
        for (const auto& reader : {people[0], people[2]})
            to_provider.push_back(lockbox::why_open(r.state, *open, at, reader));
        CHECK((e.status == lockbox::status::pending) ==
              open->stage.template is<lockbox::pending<V>>());
        for (const auto& one : e.next) {
            if (one.what == deed::approve) try_approvals(id, *open, one, at);
            if (one.what == deed::access) try_access(*open, one, at);
        }
    }
    void look_at_closed(const lb::request_id& id, lb::time_point at) {
        lockbox::request_history<V> told;
        for (const auto& event : r.log)
            if (event.request == id) told.take(event);
        const auto e = lockbox::why_closed(r.state, id, told, at, people[0]);
        REQUIRE(e);
        to_provider.push_back(*e);
        lockbox::request_summary<V> kept;
        for (const auto& event : r.log)
            if (event.request == id) lockbox::summarise(kept, event);
        CHECK(e->status == lockbox::as_of(kept, at).status);
    }

    /// Those named approve one after another: no sooner than was said the gate opens, and with all
    /// of them it does; nobody else's approval is accepted and opens it.
    void try_approvals(const lb::request_id& id, const lb::request& open,
                       const lockbox::need<V>& named, lb::time_point at) {
        const auto gate = open.stage.template get_if<lockbox::pending<V>>()->gate;
        lockbox::vector<lb::actor> who;
        for (const auto& one : named.people) who.push_back({one, capacity::member});
        for (std::uint32_t n = 0; named.who == doer::manager && n < named.count; ++n)
            who.push_back({lb::person_id{"manager-" + std::to_string(n)}, capacity::manager});
        auto state = r.state;
        std::uint32_t given = 0;
        for (const auto& one : who) {
            REQUIRE(accepted(r.state, one, lb::approve{id, "yes", {}}, at));
            if (moved_on(state, id, gate)) break;
            REQUIRE(accepted(state, one, lb::approve{id, "yes", {}}, at, &state));
            ++given;
            if (moved_on(state, id, gate)) CHECK(given >= named.count);
        }
        CHECK(moved_on(state, id, gate));
        ++opened;
        if (named.who != doer::member) return;
        for (const auto& member : r.state.settled.members) {
            if (lockbox::contains(named.people, member.person)) continue;
            auto other = r.state;
            (void)accepted(r.state, {member.person, capacity::member}, lb::approve{id, "yes", {}},
                           at, &other);
            CHECK_FALSE(moved_on(other, id, gate));
        }
    }
    [[nodiscard]] static bool moved_on(const lb::tenant& t, const lb::request_id& id,
                                       std::uint32_t gate) {
        for (const auto& one : t.open) {
            if (one.id != id) continue;
            const auto* p = one.stage.template get_if<lockbox::pending<V>>();
            return p == nullptr || p->gate != gate;
        }
        return true;
    }

    /// The access that the request asked for is allowed when it was said, up to when it was said.
    void try_access(const lb::request& open, const lockbox::need<V>& named, lb::time_point at) {
        const auto* granted = lockbox::find_ordered(r.state.grants, open.asked->requester,
                                                    &lockbox::engineer_grants<V>::engineer);
        REQUIRE(granted != nullptr);
        const auto* own =
            lockbox::find_ordered(granted->grants, open.number, &lockbox::grant<V>::number);
        REQUIRE(own != nullptr);
        const lb::attempt to{own->scope.service, own->scope.operations[0], own->scope.resources[0]};
        const auto from = named.from.value_or(at);
        const auto by = [&](lb::time_point when) {
            return lockbox::why_verdict(r.state, open.asked->requester, to, when, people[0]);
        };
        CHECK(by(from).status == lockbox::status::active);
        CHECK(by(*named.until - 1ms).status == lockbox::status::active);
        ++accessed;
    }

    int commands_ = 0;
};

/// Runs courses, each explained at every step.
template <class Policy>
explained_run<Policy> explained(unsigned seed, int courses, int most_steps) {
    std::mt19937 numbers{seed};
    const auto any = [&] { return static_cast<std::uint8_t>(numbers()); };
    explained_run<Policy> all;
    for (int course = 0; course < courses; ++course) {
        explained_run<Policy> one;
        for (int i = 0; i < most_steps; ++i) one.take({any(), any(), any(), any()});
        all.opened += one.opened;
        all.accessed += one.accessed;
        all.repeated += one.repeated;
        for (const auto& e : one.to_provider) all.to_provider.push_back(e);
    }
    return all;
}

/// Whether a word stands in a text, between characters that are none of a name.
bool has_word(std::string_view text, std::string_view word) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || letters.find(text[at - 1]) == std::string_view::npos;
        const auto end = at + word.size();
        const bool ends = end == text.size() || letters.find(text[end]) == std::string_view::npos;
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace

TEMPLATE_TEST_CASE("what is said to be needed opens the gate, and nothing less",
                   "[property][why][G2][G3][A1][K1][R6]", lockbox::standard_policy, with_clauses) {
    const auto all = explained<TestType>(2026, 60, 40);
    CHECK(all.opened > 200);
    CHECK(all.accessed > 20);
    CHECK(all.repeated > 0);
}

TEMPLATE_TEST_CASE("no explanation tells the provider's side a member's name or role",
                   "[property][why][S7][V6][T22]", lockbox::standard_policy, with_clauses) {
    const auto all = explained<TestType>(1102, 60, 40);
    REQUIRE(all.to_provider.size() > 1000);
    for (const auto& e : all.to_provider) {
        const auto text = sentence(e) + describe(e);
        for (const std::string_view name : {"ada", "bob", "cyn", "global_admin", "compliance_admin",
                                            "access_approver", "audit_reader"})
            if (has_word(text, name)) FAIL(text);
    }
}
