// A host brings its own scope, which cannot say what it allows.
// must say: lockbox: a scope needs `bool covers(const access&) const`
#include <lockbox/tenant.hpp>

struct whole_service {
    using ready = lockbox::default_vocabulary;

    ready::service service{};
    std::vector<ready::operation> operations{};
    std::vector<int> resources{};

    static constexpr void fields(auto& self, auto&& f) { f("service", self.service); }
#ifndef LOCKBOX_FAULT
    bool covers(const ready::access& wanted) const { return service == wanted.service; }
#endif
    bool within(const whole_service& outer) const { return service == outer.service; }
    whole_service meet(const whole_service& other) const {
        return within(other) ? *this : whole_service{};
    }
    bool empty() const { return service.text().empty(); }
    bool well_formed() const { return true; }
    friend bool operator==(const whole_service&, const whole_service&) = default;
};

struct words : lockbox::default_vocabulary {
    using scope = whole_service;
};

lockbox::tenant<words> opened;
