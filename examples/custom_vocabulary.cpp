// A host with words of its own: numbers for people, enums for roles and tables, sets of tables for
// scopes, a catalogue of statements, and a policy that is stricter than the standard one.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/clock.hpp>
#include <lockbox/fmt.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/require_vocabulary.hpp>
#include <lockbox/store/memory.hpp>
#include <lockbox/why.hpp>

namespace shop {

// Enums are identifiers as soon as their values have names.
enum class duty { protection_officer, data_owner, auditor };
enum class cause { customer_asked, incident };
enum class database { orders, billing };
enum class statement { select, update, explain, vacuum };
enum class table { customers, invoices, messages, payments };

/// A ticket of the shop's tracker: a type of its own brings its own `id_traits`, below.
struct ticket {
    std::uint32_t number = 0;
    friend bool operator==(const ticket&, const ticket&) = default;
    friend auto operator<=>(const ticket& a, const ticket& b) { return a.number <=> b.number; }
};

/// One statement on one table.
struct query {
    database service{};
    statement operation{};
    table on{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operation", self.operation);
        f("on", self.on);
    }
    bool well_formed() const;
    friend bool operator==(const query&, const query&) = default;
};

/// Some statements on a set of tables; both lists are sorted.
struct tables {
    database service{};
    std::vector<statement> operations{};
    std::vector<table> resources{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operations", self.operations);
        f("resources", self.resources);
    }
    bool covers(const query& q) const {
        return service == q.service && std::ranges::binary_search(operations, q.operation) &&
               std::ranges::binary_search(resources, q.on);
    }
    bool within(const tables& outer) const {
        return service == outer.service && std::ranges::includes(outer.operations, operations) &&
               std::ranges::includes(outer.resources, resources);
    }
    tables meet(const tables& other) const {
        tables both{service, {}, {}};
        if (service != other.service) return both;
        std::ranges::set_intersection(operations, other.operations,
                                      std::back_inserter(both.operations));
        std::ranges::set_intersection(resources, other.resources,
                                      std::back_inserter(both.resources));
        return both;
    }
    bool empty() const { return operations.empty() || resources.empty(); }
    bool well_formed() const;
    friend bool operator==(const tables&, const tables&) = default;
};

}  // namespace shop

template <>
inline constexpr auto lockbox::names_of<shop::duty> =
    std::array<std::string_view, 3>{"protection_officer", "data_owner", "auditor"};
template <>
inline constexpr auto lockbox::names_of<shop::cause> =
    std::array<std::string_view, 2>{"customer_asked", "incident"};
template <>
inline constexpr auto lockbox::names_of<shop::database> =
    std::array<std::string_view, 2>{"orders", "billing"};
template <>
inline constexpr auto lockbox::names_of<shop::statement> =
    std::array<std::string_view, 4>{"select", "update", "explain", "vacuum"};
template <>
inline constexpr auto lockbox::names_of<shop::table> =
    std::array<std::string_view, 4>{"customers", "invoices", "messages", "payments"};

template <>
struct lockbox::id_traits<shop::ticket> {
    static std::string text(shop::ticket t) { return "T" + std::to_string(t.number); }
    static lockbox::optional<shop::ticket> parse(std::string_view text) {
        if (!text.starts_with('T')) return {};
        const auto number = id_traits<std::uint32_t>::parse(text.substr(1));
        return number ? lockbox::optional{shop::ticket{*number}} : std::nullopt;
    }
    static bool well_formed(shop::ticket t) { return t.number != 0; }
};

namespace shop {

template <class E>
bool known(E value) {
    return lockbox::id_traits<E>::well_formed(value);
}
template <class E>
bool known(const std::vector<E>& all) {  // each value once, in order
    return std::ranges::all_of(all, [](E one) { return known(one); }) &&
           std::ranges::adjacent_find(all, std::ranges::greater_equal{}) == all.end();
}
bool query::well_formed() const { return known(service) && known(operation) && known(on); }
bool tables::well_formed() const { return known(service) && known(operations) && known(resources); }

/// The shop's words. What it does not replace stays as the library brings it.
struct vocabulary : lockbox::default_vocabulary {
    using tenant_id = std::uint32_t;
    using person_id = std::uint64_t;
    using request_id = std::uint64_t;
    using case_id = ticket;
    using command_id = std::uint64_t;
    using role = duty;
    using reason = cause;
    using service = database;
    using operation = statement;
    using access = query;
    using scope = tables;
    using time_point = std::chrono::sys_seconds;

    static bool same_person(person_id a, person_id b) { return a == b; }
    static person_id system_id() { return 0; }  // the personnel office begins at 1
    static request_id request_id_of(std::uint64_t submission) { return submission; }
    static std::vector<lockbox::standard_role<role>> standard_roles() {
        using enum lockbox::permission;
        return {{duty::protection_officer, {turn, configure, decide, view, audit, assign_roles}},
                {duty::data_owner, {decide, view}},
                {duty::auditor, {audit, view}}};
    }
};
static_assert(lockbox::require_vocabulary<vocabulary>());

using lb = lockbox::bind<vocabulary>;

/// Changes are never made by hand, and payments need two of the customer's people and half an hour.
struct policy {
    lb::proposal operator()(const lb::tenant& tenant, const lb::submission& asked) const {
        using namespace std::chrono_literals;
        if (std::ranges::binary_search(asked.scope.operations, statement::update)) {
            return lockbox::refused_by_policy("changes go through a migration");
        }
        auto terms = lockbox::standard_terms(tenant.settled, asked);
        if (std::ranges::binary_search(asked.scope.resources, table::payments)) {
            terms.longest_access = 30min;
            for (auto& gate : terms.gates)
                if (gate.side == lockbox::side::tenant) gate.needed = 2;
        }
        return terms;
    }
};

}  // namespace shop

int main() {
    using namespace shop;
    using namespace std::chrono_literals;

    lockbox::manual_clock<vocabulary> clock{std::chrono::sys_days{2027y / 3 / 1} + 9h};
    lockbox::memory_store<vocabulary> store;
    lockbox::no_sink sink;
    const lb::catalogue statements{
        {database::orders, statement::explain, lockbox::data_class::metadata},
        {database::orders, statement::vacuum, lockbox::data_class::service_operation}};
    lockbox::engine engine{clock, store, sink, policy{}, statements};

    const std::uint32_t customer = 7;
    std::uint64_t commands = 0;
    const auto command = [&](const lb::actor& who, const lb::command_body& what) {
        return lb::command{customer, who, "", ++commands, what};
    };
    const auto tell = [&](const lb::actor& who, const lb::command_body& what) {
        fmt::print("{:<10}{:<5}{:<20}{}\n", who.acting, who.person, name_of(what),
                   engine.handle(command(who, what)));
    };

    const auto officer = lb::member(501);
    const auto owner = lb::member(502);
    tell(lb::operator_(1), lb::open_tenant{officer.person});
    tell(lb::operator_(1), lb::record_entitlement{{.plan = true, .support = true}});
    tell(officer, lb::turn_on{});
    tell(officer, lb::assign_role{owner.person, duty::data_owner});

    const auto engineer = lb::engineer(42);
    auto wish =
        lb::submit{.support_case = {ticket{311}, owner.person, true, "compared both totals"},
                   .scope = {database::orders,
                             {statement::select, statement::update},
                             {table::invoices, table::payments}},
                   .reason = cause::customer_asked,
                   .justification = "an invoice was paid twice",
                   .duration = 30min};
    tell(engineer, wish);
    wish.scope.operations = {statement::select};
    if (const auto terms = engine.preview(command(engineer, wish)); terms && *terms)
        for (const auto& gate : (*terms)->gates)
            fmt::print("{:15}would need {} at the gate of the {}\n", "", gate.needed, gate.side);
    tell(engineer, wish);
    tell(lb::manager(43), lb::approve{.request = 1});
    tell(officer, lb::approve{.request = 1});
    if (const auto why = engine.why(customer, 1, officer)) fmt::print("{:15}{}\n", "", *why);
    tell(owner, lb::approve{.request = 1});
    tell(engineer, lb::access{{database::orders, statement::select, table::payments}});
    tell(engineer, lb::access{{database::orders, statement::select, table::messages}});
    tell(engineer, lb::access{{database::orders, statement::explain, table::messages}});
}
