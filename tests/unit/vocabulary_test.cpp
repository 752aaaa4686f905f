#include <lockbox/optional.hpp>
#include <lockbox/vocabulary.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/decide.hpp>
#include <lockbox/describe.hpp>
#include <lockbox/evolve.hpp>
#include <lockbox/log/json.hpp>

#include "support/catch.hpp"

using namespace lockbox;
using namespace std::chrono_literals;

namespace clinic {

enum class duty : std::uint8_t { head, physician };
enum class purpose : std::uint8_t { repair, inquiry };
enum class deed : std::uint8_t { read, repair };

/// A request's id of a host: a number within a year.
struct ticket {
    std::uint32_t year = 0;
    std::uint32_t number = 0;
    friend auto operator<=>(const ticket&, const ticket&) = default;
};

}  // namespace clinic

template <>
inline constexpr auto lockbox::names_of<clinic::duty> =
    std::array<std::string_view, 2>{"head", "physician"};
template <>
inline constexpr auto lockbox::names_of<clinic::purpose> =
    std::array<std::string_view, 2>{"repair", "inquiry"};
template <>
inline constexpr auto lockbox::names_of<clinic::deed> =
    std::array<std::string_view, 2>{"read", "repair"};

template <>
struct lockbox::id_traits<clinic::ticket> {
    static std::string text(const clinic::ticket& t) {
        return id_traits<std::uint32_t>::text(t.year) + "/" +
               id_traits<std::uint32_t>::text(t.number);
    }
    static lockbox::optional<clinic::ticket> parse(std::string_view text) {
        const auto slash = text.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        const auto year = id_traits<std::uint32_t>::parse(text.substr(0, slash));
        const auto number = id_traits<std::uint32_t>::parse(text.substr(slash + 1));
        return year && number ? lockbox::optional{clinic::ticket{*year, *number}} : std::nullopt;
    }
    static bool well_formed(const clinic::ticket& t) { return t.number > 0; }
};

namespace clinic {

/// One deed on one patient's record.
struct visit {
    std::uint16_t service = 0;
    deed operation{};
    std::uint32_t record = 0;

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operation", self.operation);
        f("record", self.record);
    }
    [[nodiscard]] bool well_formed() const { return record > 0; }
    friend bool operator==(const visit&, const visit&) = default;
};

/// A run of records, all of them.
struct records {
    struct run {
        std::uint32_t first = 1;
        std::uint32_t last = 0;
        static constexpr void fields(auto& self, auto&& f) {
            f("first", self.first);
            f("last", self.last);
        }
        [[nodiscard]] std::size_t size() const { return first <= last ? 1 : 0; }
        friend bool operator==(const run&, const run&) = default;
    };

    std::uint16_t service = 0;
    std::vector<deed> operations{};
    run resources{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operations", self.operations);
        f("resources", self.resources);
    }
    [[nodiscard]] bool covers(const visit& wanted) const {
        return service == wanted.service && may(wanted.operation) &&
               resources.first <= wanted.record && wanted.record <= resources.last;
    }
    [[nodiscard]] bool within(const records& outer) const {
        return service == outer.service && outer.resources.first <= resources.first &&
               resources.last <= outer.resources.last &&
               std::ranges::all_of(operations, [&](deed one) { return outer.may(one); });
    }
    [[nodiscard]] records meet(const records& other) const {
        records both{service, {}, {}};
        if (service != other.service) return both;
        both.resources = {(std::max)(resources.first, other.resources.first),
                          (std::min)(resources.last, other.resources.last)};
        std::ranges::copy_if(operations, std::back_inserter(both.operations),
                             [&](deed one) { return other.may(one); });
        return both;
    }
    [[nodiscard]] bool empty() const { return operations.empty() || resources.size() == 0; }
    [[nodiscard]] bool well_formed() const { return resources.first > 0; }
    friend bool operator==(const records&, const records&) = default;

  private:
    [[nodiscard]] bool may(deed one) const {
        return std::ranges::find(operations, one) != operations.end();
    }
};

/// A hospital's words: numbers for people and places, enums for roles, seconds for time.
struct hospital {
    using tenant_id = std::uint32_t;
    using person_id = std::int64_t;
    using request_id = ticket;
    using case_id = std::uint64_t;
    using command_id = std::uint64_t;
    using role = duty;
    using reason = purpose;
    using service = std::uint16_t;
    using operation = deed;
    using access = visit;
    using scope = records;
    using text = std::string;
    using time_point = std::chrono::sys_seconds;
    static constexpr std::string_view operator_alias = "The Vendor";
    static constexpr std::string_view service_alias = "The Box";
    static bool same_person(person_id a, person_id b) { return a == b; }
    static person_id system_id() { return -1; }
    static request_id request_id_of(std::uint64_t n) {
        return {2026, static_cast<std::uint32_t>(n)};
    }
    static std::vector<standard_role<role>> standard_roles() {
        using enum permission;
        return {{duty::head, {turn, configure, decide, view, audit, assign_roles}},
                {duty::physician, {decide, view}}};
    }
};
static_assert(vocabulary<hospital>);
static_assert(vocabulary<default_vocabulary>);
static_assert(require_vocabulary<hospital>());

}  // namespace clinic

using namespace clinic;

namespace {

/// Decides and folds, one command after another, and keeps the log as its text.
struct ward {
    tenant<hospital> state{};
    std::vector<std::string> log{};
    std::uint64_t commands = 0;

    lockbox::optional<refusal> run(std::int64_t person, capacity acting,
                                   command_body<hospital> body, std::chrono::seconds at) {
        const std::chrono::sys_seconds now{1793610000s + at};
        const command<hospital> asked{7, {person, acting}, "10.0.0.1", ++commands, std::move(body)};
        state.id = 7;
        auto decision = lockbox::decide(state, asked, now, standard_policy{});
        for (const auto& event : decision.happened) {
            REQUIRE_FALSE(evolve(state, event).has_value());
            lockbox::log::write(log.emplace_back(), event);
        }
        return decision.refused;
    }
};

}  // namespace

TEST_CASE("a host with numbers, enums and a scope of its own runs through both gates",
          "[vocabulary]") {
    ward w;
    using enum capacity;
    const records some{3, {deed::read, deed::repair}, {100, 200}};
    submit<hospital> wish{{9000, 11, true, "tried"}, some, purpose::repair, "why", 3600s, {}};
    CHECK_FALSE(w.run(1, operator_, open_tenant<hospital>{10}, 0s));
    CHECK_FALSE(w.run(1, operator_, record_entitlement<hospital>{{true, true}}, 1s));
    CHECK_FALSE(w.run(10, member, turn_on<hospital>{}, 2s));
    CHECK_FALSE(w.run(10, member, assign_role<hospital>{11, duty::physician, {}}, 3s));
    CHECK_FALSE(w.run(500, engineer, wish, 4s));
    CHECK_FALSE(w.run(600, manager, approve<hospital>{{2026, 1}, "", {}}, 5s));
    CHECK_FALSE(w.run(11, member,
                      approve<hospital>{{2026, 1}, "", {records{3, {deed::read}, {100, 150}}, {}}},
                      6s));
    CHECK_FALSE(w.run(500, engineer, lockbox::access<hospital>{{3, deed::read, 150}}, 7s));
    CHECK(w.run(500, engineer, lockbox::access<hospital>{{3, deed::repair, 150}}, 8s)->why ==
          ground::not_covered);
    CHECK(w.run(500, engineer, lockbox::access<hospital>{{3, deed::read, 151}}, 9s)->why ==
          ground::not_covered);
    CHECK(w.run(501, engineer, lockbox::access<hospital>{{3, deed::read, 150}}, 10s)->why ==
          ground::no_grant);
}

TEST_CASE("a host's own log comes back from its text, and folds to the same state",
          "[vocabulary][V14]") {
    ward w;
    CHECK_FALSE(w.run(1, capacity::operator_, open_tenant<hospital>{10}, 0s));
    CHECK_FALSE(w.run(10, capacity::member, freeze<hospital>{"stop"}, 1s));
    CHECK(w.log[1] ==
          R"({"tenant":7,"sequence":2,"at":"2026-11-02T09:00:01.000Z","actor":{"person":10,)"
          R"("acting":"member"},"origin":"10.0.0.1","command":2,"content":")" +
              w.log[1].substr(140, 16) +
              R"(","request":null,"case":null,"body":{"frozen":{"comment":"stop"}},"told":[]})");
    tenant<hospital> again;
    for (const auto& line : w.log) {
        const auto event = lockbox::log::read<audit_event<hospital>>(line);
        REQUIRE(event.has_value());
        if (event->sequence == 1) again.id = event->tenant;
        CHECK_FALSE(evolve(again, *event).has_value());
    }
    CHECK(again == w.state);
}

TEST_CASE("a host's own identifier is read only in the text that it writes", "[vocabulary][T14]") {
    CHECK(lockbox::log::read<ticket>(R"("2026/1")") == ticket{2026, 1});
    for (const char* text :
         {R"("2026/01")", R"("2026")", R"("2026/1/")", R"(2026)", R"("2026\/1")"})
        CHECK_FALSE(lockbox::log::read<ticket>(text).has_value());
    CHECK(describe(approve<hospital>{{2026, 1}, "", {}}) ==
          R"(approve{request: 2026/1, comment: "", narrowed: {scope: none, duration: none}})");
}
