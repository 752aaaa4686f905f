// A host writes its vocabulary anew and forgets one name.
// must say: lockbox: the vocabulary names no type `role`
#include <lockbox/tenant.hpp>

using ready = lockbox::default_vocabulary;

struct words {
    using tenant_id = ready::tenant_id;
    using person_id = ready::person_id;
    using request_id = ready::request_id;
    using case_id = ready::case_id;
    using command_id = ready::command_id;
#ifndef LOCKBOX_FAULT
    using role = ready::role;
#endif
    using reason = ready::reason;
    using service = ready::service;
    using operation = ready::operation;
    using access = ready::access;
    using scope = ready::scope;
    using text = ready::text;
    using time_point = ready::time_point;
    static constexpr std::string_view operator_alias = "The Provider";
    static constexpr std::string_view service_alias = "The Service";
    static bool same_person(const person_id& a, const person_id& b) { return a == b; }
    static person_id system_id() { return "system"; }
    static request_id request_id_of(std::uint64_t n) { return ready::request_id_of(n); }
    static auto standard_roles() { return ready::standard_roles(); }
};

lockbox::tenant<words> opened;
