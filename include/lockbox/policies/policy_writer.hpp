// From a tenant's own policy to JSON; policies/json.hpp is the way in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/log/json.hpp>
#include <lockbox/policies/policy_reader.hpp>
#include <lockbox/tenant_policy.hpp>
#include <lockbox/written.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Writes one policy: a rule's parts and their statements on lines of their own.
template <class V>
class policy_writer {
  public:
    [[nodiscard]] std::string write(const tenant_policy<V>& policy) {
        out_ = "{\n  \"version\": " + std::to_string(policy_format) + ",\n  \"rules\": [";
        for (const auto& rule : policy.rules) {
            out_ += &rule == policy.rules.begin() ? "\n    {" : ",\n    {";
            first_ = true;
            part("when", rule.when);
            part("unless", rule.unless);
            part("ask", rule.ask);
            out_ += "\n    }";
        }
        out_ += policy.rules.empty() ? "]\n}\n" : "\n  ]\n}\n";
        return std::move(out_);
    }

  private:
    void text(std::string_view value) { log::write(out_, std::string{value}); }

    /// A list in brackets, or an object in braces: `write(entry)` for each entry.
    template <class List, class Write>
    void list(const List& all, Write write) {
        out_ += '[';
        for (const auto& one : all) {
            if (&one != all.begin()) out_ += ", ";
            write(one);
        }
        out_ += ']';
    }
    void part(std::string_view name, const vector<statement<V>>& all) {
        if (all.empty() && name != "ask") return;
        out_ += first_ ? "\n      " : ",\n      ";
        first_ = false;
        text(name);
        out_ += ": {";
        for (const auto& one : all) {
            if (one.key == policy_key::roles && has_number(all)) continue;  // stands with it
            out_ += &one == all.begin() ? "\n        " : ",\n        ";
            if (one.key == policy_key::approvals || one.key == policy_key::roles) {
                approvals(all);
                continue;
            }
            text(name_of(one.key));
            out_ += ": ";
            value(one);
        }
        out_ += all.empty() ? "}" : "\n      }";
    }
    [[nodiscard]] static bool has_number(const vector<statement<V>>& all) {
        return find_by(all, policy_key::approvals, &statement<V>::key) != nullptr;
    }
    /// How many, and of which roles, under one key.
    void approvals(const vector<statement<V>>& all) {
        const auto* needed = find_by(all, policy_key::approvals, &statement<V>::key);
        const auto* roles = find_by(all, policy_key::roles, &statement<V>::key);
        out_ += "\"approvals\": {";
        if (needed != nullptr) out_ += "\"needed\": " + std::to_string(needed->number);
        if (needed != nullptr && roles != nullptr) out_ += ", ";
        if (roles != nullptr) {
            out_ += "\"roles\": ";
            value(*roles);
        }
        out_ += '}';
    }
    void value(const statement<V>& one) {
        switch (kind_of(one.key)) {
            case statement_kind::flag:
                out_ += "true";
                return;
            case statement_kind::names:
                return list(one.names, [&](const auto& name) { text(name); });
            case statement_kind::count:
                out_ += std::to_string(one.number);
                return;
            case statement_kind::length:
                return text(text_of_duration(std::chrono::milliseconds{one.number}));
            case statement_kind::hours:
                return list(one.hours, [&](const auto& some) { hours_of(some); });
            case statement_kind::clauses:
                return list(one.clauses, [&](const auto& some) { clause_of(some); });
        }
    }
    void hours_of(const weekly_hours& h) {
        out_ += "{\"days\": ";
        list(h.days, [&](weekday day) { text(name_of(day)); });
        out_ += ", \"from\": ";
        text(text_of_clock(h.from));
        out_ += ", \"until\": ";
        text(text_of_clock(h.until));
        out_ += ", \"utc_offset\": ";
        text(text_of_offset(h.utc_offset));
        out_ += '}';
    }
    void clause_of(const clause<V>& c) {
        out_ += "{\"any_of\": ";
        list(c.any_of, [&](const quorum<V>& one) {
            out_ += "{\"needed\": " + std::to_string(one.needed) + ", \"roles\": ";
            list(one.roles,
                 [&](const auto& role) { text(id_traits<typename V::role>::text(role)); });
            out_ += '}';
        });
        out_ += '}';
    }

    std::string out_;
    bool first_ = true;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
