// An enum is an identifier once its values have names.
// must say: lockbox: `role` is no identifier: see id_traits
#include <lockbox/tenant.hpp>

enum class duty { administrator, approver };
#ifndef LOCKBOX_FAULT
template <>
inline constexpr auto lockbox::names_of<duty> =
    std::array<std::string_view, 2>{"administrator", "approver"};
#endif

struct words : lockbox::default_vocabulary {
    using role = duty;
    static std::vector<lockbox::standard_role<role>> standard_roles() {
        return {{duty::administrator, {lockbox::permission::assign_roles}}};
    }
};

lockbox::tenant<words> opened;
