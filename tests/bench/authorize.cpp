// The verdict on one access from string ids, against a plain loop over
// std::unordered_map: 64 hot pairs of (tenant, engineer), and a million grants on
// 250,000 pairs (four engineers a tenant) in random order.
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

constexpr std::size_t grants_each = 4;
constexpr std::size_t engineers_each = 4;

/// What somebody would write who has nothing but the standard library.
struct plain_grant {
    std::string service{};
    std::vector<std::string> operations{};
    std::vector<std::string> resources{};
    std::int64_t from = 0;
    std::int64_t until = 0;
};
using plain_key = std::pair<std::string, std::string>;
struct plain_hash {
    std::size_t operator()(const plain_key& key) const {
        const std::hash<std::string> one;
        return one(key.first) * 31 + one(key.second);
    }
};
using plain_grants = std::unordered_map<plain_key, std::vector<plain_grant>, plain_hash>;

bool allows(const plain_grant& grant, const lb::attempt& to, std::int64_t at) {
    if (at < grant.from || at >= grant.until || grant.service != to.service.text()) return false;
    bool named = false;
    for (const auto& operation : grant.operations)
        named = named || operation == to.operation.text();
    if (!named) return false;
    const std::string_view wanted = to.resource;
    for (const std::string_view path : grant.resources) {
        if (path == "/") return true;
        if (wanted.size() < path.size() || wanted.substr(0, path.size()) != path) continue;
        if (wanted.size() == path.size() || wanted[path.size()] == '/') return true;
    }
    return false;
}

using tenants = std::unordered_map<lb::tenant_id, lb::tenant>;

lb::scope scope_of(std::size_t number) {
    return {"exchange", {"read_mailbox"}, {"/mailboxes/" + std::to_string(number)}};
}

/// One question, in the form of each side.
struct question {
    lb::tenant_id tenant{};
    lb::person_id engineer{};
    plain_key key{};
    lb::attempt covered{};
    lb::attempt uncovered{};
};

class world {
  public:
    explicit world(std::size_t pairs, std::size_t engineers = engineers_each)
        : pairs_(pairs), engineers_(engineers) {
        std::thread beside{[&] {
            plain_.reserve(pairs);
            for (std::size_t pair = 0; pair < pairs; ++pair) add_plain(pair);
        }};
        tenants_.reserve(pairs / engineers);
        for (std::size_t pair = 0; pair < pairs; ++pair) add(pair);
        beside.join();
    }

    /// Questions about pairs in random order, each about one of its grants.
    [[nodiscard]] std::vector<question> ask(std::size_t count) const {
        std::mt19937 random{20261102};
        std::vector<question> all;
        for (std::size_t at = 0; at < count; ++at) {
            const auto pair = random() % pairs_;
            const auto resource = "/mailboxes/" + std::to_string(random() % grants_each);
            const auto tenant = tenant_of(pair);
            const auto engineer = engineer_of(pair);
            all.push_back({lb::tenant_id{tenant},
                           lb::person_id{engineer},
                           {tenant, engineer},
                           {"exchange", "read_mailbox", resource + "/inbox/2026"},
                           {"exchange", "read_mailbox", "/mailboxes/9/inbox/2026"}});
        }
        return all;
    }

    [[nodiscard]] lb::time_point now() const { return start + std::chrono::hours{1}; }

    [[nodiscard]] lockbox::verdict<words> ours(const question& q, const lb::attempt& to) const {
        const auto at = tenants_.find(q.tenant);
        if (at == tenants_.end()) return {};
        return lockbox::authorize(at->second, q.engineer, to, now());
    }
    [[nodiscard]] const plain_grant* reference(const question& q, const lb::attempt& to) const {
        const auto at = plain_.find(q.key);
        if (at == plain_.end()) return nullptr;
        const auto instant = now().time_since_epoch().count();
        for (const auto& grant : at->second)
            if (allows(grant, to, instant)) return &grant;
        return nullptr;
    }

  private:
    [[nodiscard]] std::string tenant_of(std::size_t pair) const {
        return numbered("customer-", pair / engineers_, ".example");
    }
    [[nodiscard]] static std::string engineer_of(std::size_t pair) {
        return numbered("engineer-", pair, "@provider.example");
    }

    void add(std::size_t pair) {
        const lb::tenant_id id{tenant_of(pair)};
        auto& t = tenants_[id];
        t.id = id;
        auto& of = t.grants.emplace_back();
        of.engineer = lb::person_id{engineer_of(pair)};
        for (std::size_t number = 0; number < grants_each; ++number)
            of.grants.push_back({number + 1, scope_of(number), start, until});
    }
    void add_plain(std::size_t pair) {
        auto& plain = plain_[{tenant_of(pair), engineer_of(pair)}];
        for (std::size_t number = 0; number < grants_each; ++number) {
            plain.push_back({"exchange",
                             {"read_mailbox"},
                             {"/mailboxes/" + std::to_string(number)},
                             start.time_since_epoch().count(),
                             until.time_since_epoch().count()});
        }
    }

    static constexpr auto until = start + std::chrono::hours{4};
    std::size_t pairs_;
    std::size_t engineers_;
    tenants tenants_;
    plain_grants plain_;
};

/// Nanoseconds a question, when each of `questions` is put `times` times.
template <class Ask>
double each(const std::vector<question>& questions, std::size_t times, Ask ask) {
    const double all = timed([&] {
        for (std::size_t time = 0; time < times; ++time)
            for (const auto& q : questions) benchmark::DoNotOptimize(ask(q));
    });
    return all / static_cast<double>(questions.size() * times);
}

pair_of_medians compare(const world& in, std::size_t questions, std::size_t times,
                        std::size_t rounds) {
    const auto asked = in.ask(questions);
    for (const auto& q : asked) {
        require(in.ours(q, q.covered).allowed() && in.reference(q, q.covered) != nullptr,
                "a covered access was refused");
        require(!in.ours(q, q.uncovered).allowed() && in.reference(q, q.uncovered) == nullptr,
                "an uncovered access was allowed");
    }
    return in_turns(
        rounds,
        [&] { return each(asked, times, [&](const auto& q) { return in.ours(q, q.covered); }); },
        [&] {
            return each(asked, times, [&](const auto& q) { return in.reference(q, q.covered); });
        });
}

}  // namespace

void authorize(figures& into, effort how) {
    const world hot{64};
    const auto near = compare(hot, 512, 100, how.rounds(15, 41));
    into.push_back({"authorize_hot", "ns", near.ours, near.reference, bar::at_most, 1.3,
                    "one verdict, 64 hot pairs of 4 grants / unordered_map and a loop"});

    const auto asked = hot.ask(512);
    const auto denied = in_turns(
        how.rounds(15, 41),
        [&] { return each(asked, 100, [&](const auto& q) { return hot.ours(q, q.uncovered); }); },
        [&] { return each(asked, 100, [&](const auto& q) { return hot.ours(q, q.covered); }); });
    into.push_back({"authorize_deny", "ns", denied.ours, denied.reference, bar::at_most, 1.2,
                    "a refusal that 4 grants do not cover / an allowance"});
    {
        const world crowd{1000, 1000};
        const auto one = compare(crowd, 1000, 50, how.rounds(15, 41));
        into.push_back({"authorize_big_tenant", "ns", one.ours, one.reference, bar::none, 0,
                        "the same in one tenant with 1000 engineers"});
    }
    const world million{250'000};
    const auto far = compare(million, 100'000, 1, how.rounds(5, 41));
    into.push_back({"authorize_1m", "ns", far.ours, far.reference, bar::at_most, 1.4,
                    "one verdict, random among 1M grants on 250k pairs"});
}

}  // namespace bench
