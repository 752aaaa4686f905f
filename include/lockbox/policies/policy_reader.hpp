// From JSON to a tenant's own policy; policies/json.hpp is the way in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/describe.hpp>
#include <lockbox/policies/json_value.hpp>
#include <lockbox/tenant_policy.hpp>
#include <lockbox/written.hpp>

namespace lockbox {
inline namespace v0 {

/// The version of the format that this library writes, and the newest that it reads.
inline constexpr std::uint32_t policy_format = 1;

namespace detail {

/// Reads one policy. Each function says whether it went well; the first fault is kept, with the
/// path that led there.
template <class V>
class policy_reader {
  public:
    [[nodiscard]] tl::expected<tenant_policy<V>, json_fault> read(const json_value& root) {
        tenant_policy<V> policy;
        // The version first: what a newer one has, we cannot name.
        const bool good = is(root, type::object) && version(root) && policy_in(root, policy);
        if (!good) return tl::unexpected{std::move(fault_)};
        return policy;
    }

  private:
    using type = json_value::type;

    bool fail(std::string what) {
        fault_ = {path_, std::move(what)};
        return false;
    }
    bool is(const json_value& value, type wanted) {
        if (value.is == wanted) return true;
        return fail("it must be " + std::string{name_of(wanted)} + ", and is " +
                    std::string{name_of(value.is)});
    }
    /// Goes on to a part, and comes back.
    template <class Read>
    bool under(std::string_view step, Read read) {
        const auto size = path_.size();
        if (!path_.empty() && !step.starts_with('[')) path_ += '.';
        append_inert(path_, step.substr(0, 40));
        const bool good = read();
        path_.resize(size);
        return good;
    }
    /// Every field of an object: `read(name, value)`.
    template <class Read>
    bool fields(const json_value& object, Read read) {
        if (!is(object, type::object)) return false;
        for (const auto& [name, value] : object.members) {
            const std::string_view key = name;
            const auto& of = value;
            if (!under(key, [&] { return read(key, of); })) return false;
        }
        return true;
    }
    bool unknown() { return fail("there is no such field"); }
    template <class Read>
    bool entries(const json_value& list, Read read) {
        if (!is(list, type::list)) return false;
        for (std::size_t at = 0; at < list.items.size(); ++at)
            if (!under("[" + std::to_string(at) + "]", [&] { return read(list.items[at]); }))
                return false;
        return true;
    }

    bool version(const json_value& root) {
        for (const auto& [name, value] : root.members) {
            if (name != "version") continue;
            path_ = name;
            if (!is(value, type::number)) return false;
            if (value.text == std::to_string(policy_format)) return path_.clear(), true;
            const auto number = number_of_text<std::uint64_t>(value.text).value_or(0);
            const auto reads = "reads version " + std::to_string(policy_format);
            return fail("version " + value.text +
                        (number > policy_format ? " is newer than this program, which " + reads
                                                : " is none, this program " + reads));
        }
        return fail("it must have the field `version`");
    }
    bool policy_in(const json_value& root, tenant_policy<V>& into) {
        return fields(root, [&](std::string_view key, const json_value& value) {
            if (key == "version") return true;
            if (key != "rules") return unknown();
            return entries(value, [&](const json_value& rule) {
                into.rules.emplace_back();
                return rule_in(rule, into.rules.back());
            });
        });
    }
    bool rule_in(const json_value& rule, policy_rule<V>& into) {
        bool asks = false;
        const bool good = fields(rule, [&](std::string_view key, const json_value& value) {
            asks = asks || key == "ask";
            if (key == "when") return part_in(value, is_fact, into.when);
            if (key == "unless") return part_in(value, is_fact, into.unless);
            if (key == "ask") return part_in(value, is_demand, into.ask);
            return unknown();
        });
        return good && (asks || fail("it must have the field `ask`"));
    }
    bool part_in(const json_value& part, bool (*belongs)(policy_key), vector<statement<V>>& into) {
        const bool good = fields(part, [&](std::string_view name, const json_value& value) {
            const auto key = named<policy_key>(name);
            if (!key || !belongs(*key) || *key == policy_key::roles) return unknown();
            if (*key == policy_key::approvals) return approvals_in(value, into);
            statement<V> one;
            one.key = *key;
            if (!statement_in(value, one)) return false;
            if (kind_of(*key) != statement_kind::flag || value.truth) into.push_back(one);
            return true;
        });
        sort(into, [](const auto& a, const auto& b) { return a.key < b.key; });
        return good;
    }
    /// How many, and of which roles: two statements, which people write as one.
    bool approvals_in(const json_value& value, vector<statement<V>>& into) {
        return fields(value, [&](std::string_view key, const json_value& part) {
            statement<V> one;
            one.key = key == "needed" ? policy_key::approvals : policy_key::roles;
            if (key != "needed" && key != "roles") return unknown();
            if (!statement_in(part, one)) return false;
            into.push_back(one);
            return true;
        });
    }
    bool statement_in(const json_value& value, statement<V>& into) {
        switch (kind_of(into.key)) {
            case statement_kind::flag:
                return is(value, type::truth);
            case statement_kind::names:
                return texts_in(value, into.names);
            case statement_kind::count:
                return number_in(value, into.number);
            case statement_kind::length:
                return length_in(value, into.number);
            case statement_kind::hours:
                return entries(value, [&](const json_value& one) {
                    into.hours.emplace_back();
                    return hours_in(one, into.hours.back());
                });
            case statement_kind::clauses:
                return entries(value, [&](const json_value& one) {
                    into.clauses.emplace_back();
                    return clause_in(one, into.clauses.back());
                });
        }
        return false;
    }

    bool texts_in(const json_value& value, vector<std::string>& into) {
        return entries(value, [&](const json_value& one) {
            if (!is(one, type::text)) return false;
            into.push_back(one.text);
            return true;
        });
    }
    template <class T>
    bool number_in(const json_value& value, T& into) {
        if (!is(value, type::number)) return false;
        const auto number = number_of_text<T>(value.text);
        if (!number) return fail(quoted_inert(value.text) + " is out of range");
        into = *number;
        return true;
    }
    bool length_in(const json_value& value, std::int64_t& into) {
        if (!is(value, type::text)) return false;
        const auto length = duration_of_text(value.text);
        if (!length) return fail(quoted_inert(value.text) + " " + std::string{length.error()});
        if (*length % duration_of<V>{1} != std::chrono::milliseconds{0})
            return fail(quoted_inert(value.text) + " is finer than the unit of time here");
        into = length->count();
        return true;
    }
    bool clock_in(const json_value& value, std::chrono::minutes& into, bool offset) {
        if (!is(value, type::text)) return false;
        const auto time = offset ? offset_of_text(value.text) : clock_of_text(value.text);
        if (!time)
            return fail(quoted_inert(value.text) + (offset
                                                        ? " is no offset; write it as +01:00"
                                                        : " is no time of day; write it as 08:00"));
        into = *time;
        return true;
    }
    bool hours_in(const json_value& value, weekly_hours& into) {
        bool days = false;
        bool from = false;
        bool until = false;
        const bool good = fields(value, [&](std::string_view key, const json_value& part) {
            if (key == "utc_offset") return clock_in(part, into.utc_offset, true);
            if (key == "from") return from = true, clock_in(part, into.from, false);
            if (key == "until") return until = true, clock_in(part, into.until, false);
            if (key != "days") return unknown();
            days = true;
            return entries(part, [&](const json_value& day) { return day_in(day, into.days); });
        });
        return good && ((days && from && until) ||
                        fail("hours need the fields `days`, `from` and `until`"));
    }
    bool day_in(const json_value& value, vector<weekday>& into) {
        if (!is(value, type::text)) return false;
        const auto day = named<weekday>(value.text);
        if (!day) return fail(quoted_inert(value.text) + " is no day; write it as monday");
        if (contains(into, *day)) return fail("this day stands there twice");
        into.push_back(*day);
        sort(into, std::less{});
        return true;
    }
    bool clause_in(const json_value& value, clause<V>& into) {
        return fields(value, [&](std::string_view key, const json_value& part) {
            if (key != "any_of") return unknown();
            return entries(part, [&](const json_value& one) {
                into.any_of.emplace_back();
                return quorum_in(one, into.any_of.back());
            });
        });
    }
    bool quorum_in(const json_value& value, quorum<V>& into) {
        return fields(value, [&](std::string_view key, const json_value& part) {
            if (key == "needed") return number_in(part, into.needed);
            if (key != "roles") return unknown();
            return entries(part, [&](const json_value& role) {
                if (!is(role, type::text)) return false;
                auto parsed = id_traits<typename V::role>::parse(role.text);
                if (!parsed) return fail("there is no role " + quoted_inert(role.text));
                into.roles.push_back(*std::move(parsed));
                return true;
            });
        });
    }

    std::string path_;
    json_fault fault_;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
