// Why an access is refused: the grants that nearly covered it.
#include "unit/why/explaining.hpp"

using namespace support;
using lockbox::ended_grant;
using lockbox::shortcoming;
using lockbox::status;

TEST_CASE("an access without any grant", "[why][A1]") {
    scenario s;
    CHECK(why(s, eve, lb::access{mail()}) == "refused: no live grant; needs `submit` (A1)");
    CHECK(
        why(s, mia, lb::access{mail()}) ==
        "refused: not allowed: `access` takes an engineer at an open tenant; needs another try by "
        "an engineer (S10)");
    (void)s.pending_at_manager();
    CHECK(
        why(s, eve, lb::access{mail()}) ==
        "refused: no live grant: R-000001 waits at the manager's gate; needs 1 more manager (A1)");
    s.given(mia, lb::approve{r(1), {}, {}});
    CHECK(why(s, eve, lb::access{mail()}) ==
          "refused: no live grant: R-000001 waits at the customer's gate; needs approval by the "
          "customer (A1)");
    CHECK(why(s, eve, lb::access{mail("/mailboxes/ben")}) ==
          "refused: no live grant; needs `submit` (A1)");
    CHECK(why(s, emil, lb::access{mail()}) == "refused: no live grant; needs `submit` (A1)");
}

TEST_CASE("the first thing that a live grant lacks", "[why][A1][T6]") {
    scenario s;
    (void)s.active();
    const auto lacks = [&](lb::attempt to) {
        const auto e = refusal_of(s, eve, lb::access{std::move(to)});
        CHECK(e.rule == lockbox::rule::a1);
        CHECK(e.next.front().what == lockbox::deed::submit);
        return e.get_if<lockbox::facts::near_grant<V>>()->lacks;
    };
    CHECK(lacks({"files", "Read-Mail", "/mailboxes/ada"}) == shortcoming::service);
    CHECK(lacks({"exchange", "Export", "/mailboxes/ada"}) == shortcoming::operation);
    CHECK(lacks(mail("/mailboxes/ben")) == shortcoming::resource);
    CHECK(why(s, eve, lb::access{mail("/mailboxes/ben")}) ==
          "refused: no single live grant covers this access: the grant of R-000001 lacks the "
          "resource; needs `submit` (A1)");
}

TEST_CASE("a grant that opens later says when", "[why][G9][G3]") {
    scenario s;
    auto later = wish();
    later.start = day_one + 6h;
    SECTION("because it begins later") {
        (void)s.active(later);
        CHECK(why(s, eve, lb::access{mail()}) ==
              "refused: the grant begins later: the grant of R-000001 begins later; needs another "
              "try, from 2026-03-02T15:00:00Z (G9)");
    }
    SECTION("because its hours do") {
        s.policy = [](const lb::tenant& t, const lb::submission& asked) {
            auto terms = *lockbox::standard_policy{}(t, asked);
            terms.access_hours = {{{lockbox::weekday::monday}, 10h, 12h, 0h}};
            return lb::proposal{terms};
        };
        (void)s.active();
        CHECK(why(s, eve, lb::access{mail()}) ==
              "refused: the terms allow it at other hours only: the grant of R-000001 is open at "
              "other hours; needs another try, from 2026-03-02T10:00:00Z (G3)");
        CHECK(status_of(s, r(1), eve).next.front().from == day_one + 1h);
    }
    s.at(*refusal_of(s, eve, lb::access{mail()}).next.front().from);
    CHECK(s.would(eve, lb::access{mail()}) == "accessed");
}

TEST_CASE("a grant that has ended is named, and one that did not cover it is not",
          "[why][A2][A3]") {
    const scenario s;
    const auto says = [&](status how) {
        const lockbox::vector<ended_grant<V>> over{
            {r(3), {"exchange", {"Read-Mail"}, {"/mailboxes/ben"}}, status::ended, day_one},
            {r(2), {"exchange", {"Read-Mail"}, {"/mailboxes"}}, how, day_one}};
        return sentence(
            lockbox::why_verdict(s.state, eve.person, mail(), s.now, eve, over).facts.front());
    };
    CHECK(says(status::ended) == "the grant of R-000002 ended at 2026-03-02T09:00:00Z");
    CHECK(says(status::revoked) == "the grant of R-000002 was revoked at 2026-03-02T09:00:00Z");
    CHECK(says(status::finished) ==
          "the grant of R-000002 was handed back at 2026-03-02T09:00:00Z");
}

TEST_CASE("an allowed access is explained by its grant", "[why][A1]") {
    scenario s;
    (void)s.active();
    const auto e = lockbox::why_verdict(s.state, eve.person, mail(), s.now, eve);
    CHECK(sentence(e) ==
          "active: access by R-000001 from 2026-03-02T09:00:00Z until 2026-03-02T11:00:00Z (A1)");
    CHECK_FALSE(e.refused);
}
