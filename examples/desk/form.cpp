#include "form.hpp"

#include <algorithm>

namespace desk {

std::string option_of(const field& f) {
    std::string name{f.name};
    std::ranges::replace(name, '_', '-');
    if (f.holds == kind::list && name.ends_with('s')) name.pop_back();
    return "--" + name;
}

form::values form::list(std::string_view name) const {
    const auto at = fields_.find(name);
    return at == fields_.end() ? values{} : at->second;
}

std::string form::text(std::string_view name) const {
    const auto at = fields_.find(name);
    return at == fields_.end() || at->second.empty() ? std::string{} : at->second.front();
}

template <class T>
expected<lockbox::optional<T>> form::parsed(std::string_view name,
                                            expected<T> (*parse)(std::string_view)) const {
    if (!has(name)) return lockbox::optional<T>{};
    auto value = parse(text(name));
    if (!value) return misused("`" + std::string{name} + "`: " + value.error().what);
    return lockbox::optional<T>{*std::move(value)};
}

expected<lockbox::optional<lb::duration>> form::duration(std::string_view name) const {
    return parsed(name, parse_duration);
}
expected<lockbox::optional<lb::time_point>> form::instant(std::string_view name) const {
    return parsed(name, parse_instant);
}
expected<lockbox::optional<std::uint32_t>> form::number(std::string_view name) const {
    return parsed(name, parse_number);
}

}  // namespace desk
