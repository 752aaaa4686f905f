// A command as it was filled in, on the command line or on a line of JSON: names and texts, not yet
// judged. Both end here, so that each field is understood in one place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/optional.hpp>

#include "fields.hpp"

namespace desk {

/// What a field holds, and so what it looks like in both places.
enum class kind {
    text,      ///< JSON: a text; command line: one value
    list,      ///< JSON: a list of texts; command line: the option again and again
    duration,  ///< a text as `1h30m`
    instant,   ///< a text of RFC 3339
    number,    ///< a whole number
    truth,     ///< JSON: true or false; command line: the option is there or it is not
};

/// A field of a command. Its `name` is the key in JSON.
struct field {
    std::string_view name{};
    kind holds{};
    bool required = false;
    std::string_view help{};
};

/// The option of a field: `narrow_resources` is `--narrow-resource`, once for each.
[[nodiscard]] std::string option_of(const field& f);

/// Filled-in fields, by their JSON names. A truth is "true" or "false"; a list may be empty.
class form {
  public:
    using values = std::vector<std::string>;

    void fill(std::string_view name, values all) { fields_[std::string{name}] = std::move(all); }
    [[nodiscard]] bool has(std::string_view name) const { return fields_.contains(name); }
    [[nodiscard]] bool empty() const { return fields_.empty(); }

    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] bool truth(std::string_view name) const { return text(name) == "true"; }
    [[nodiscard]] values list(std::string_view name) const;

    /// Absent when the field was not filled in; a problem that names the field when
    /// it is not what it should be.
    [[nodiscard]] expected<lockbox::optional<lb::duration>> duration(std::string_view name) const;
    [[nodiscard]] expected<lockbox::optional<lb::time_point>> instant(std::string_view name) const;
    [[nodiscard]] expected<lockbox::optional<std::uint32_t>> number(std::string_view name) const;

  private:
    template <class T>
    [[nodiscard]] expected<lockbox::optional<T>> parsed(
        std::string_view name, expected<T> (*parse)(std::string_view)) const;

    std::map<std::string, values, std::less<>> fields_;
};

/// A list's entries as ids of one type.
template <class Id>
[[nodiscard]] std::vector<Id> ids(const form::values& texts) {
    std::vector<Id> all;
    all.reserve(texts.size());
    for (const auto& text : texts) all.push_back(Id{text});
    return all;
}

}  // namespace desk
