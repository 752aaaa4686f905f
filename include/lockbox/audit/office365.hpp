// The log as Microsoft 365's audit log shows it: the records of office365_record.hpp, from our
// events. It names neither the decider nor the approval behind an access: the native log does (L4).
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/audit/office365_record.hpp>
#include <lockbox/audit_event.hpp>
#include <lockbox/log/instant.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/notify/inert.hpp>
#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {

/// What the records say of the host. What is empty is taken from the vocabulary or the event.
struct office365_options {
    std::string service_account{};  ///< else `V::service_alias`
    std::string operator_alias{};   ///< else `V::operator_alias`
    std::string organisation{};     ///< the tenant's name; else its id
    std::string workload{};         ///< else the service of the request or access
    std::string originating_server = "lockbox";
    std::string elevation_operation = "Approve-ElevationRequest";  ///< a manager's approval
    std::string elevation_role = "CustomerDataAccess";
};

/// One line of the search grid; its values are raw, and a CSV writer must make them inert (T21).
struct office365_row {
    std::string date{};  ///< UTC, "2026-11-02 09:00:00"
    std::string ip_address{};
    std::string user{};
    std::string activity{};
    std::string item{};
    std::string detail{};

    static constexpr void fields(auto& self, auto&& f) {
        f("Date", self.date);
        f("IP Address", self.ip_address);
        f("User", self.user);
        f("Activity", self.activity);
        f("Item", self.item);
        f("Detail", self.detail);
    }
    friend bool operator==(const office365_row&, const office365_row&) = default;
};

namespace office365 {

/// The presentation of one event, before it is text: what there is of it, and its line in the grid.
struct presented {
    one_of<cmdlet_record, elevation_record> record{};
    office365_row row{};
};

/// Writes what one event comes to; nothing for an event that this presentation does not show.
template <class V>
class presenter {
  public:
    using result = optional<presented>;

    presenter(const audit_event<V>& happened, const submitted<V>* asked,
              const office365_options& options)
        : event_(happened), asked_(asked), options_(options) {}

    result operator()(const approved<V>& e) const {
        if (event_.actor.acting == capacity::member) return decision("Approve", e.comment);
        if (event_.actor.acting == capacity::manager) return elevation(e.comment);
        return std::nullopt;
    }
    /// A decision that nobody made there and then: it comes from nowhere (G8).
    result operator()(const consent_used<V>&) const { return decision("Approve", "automatic", {}); }
    result operator()(const denied<V>& e) const {
        if (event_.actor.acting != capacity::member) return std::nullopt;
        return decision("Deny", comment_or_cause(e.comment, e.cause));
    }
    result operator()(const revoked<V>& e) const {
        if (event_.actor.acting != capacity::member) return std::nullopt;
        return decision("Cancel", comment_or_cause(e.comment, e.cause));
    }
    result operator()(const accessed<V>& e) const {
        cmdlet_record record{common(text_of(e.to.service))};
        const auto user = options_.operator_alias.empty() ? std::string{V::operator_alias}
                                                          : options_.operator_alias;
        record.common.user = user;
        record.common.operation = text_of(e.to.operation);
        return shown(std::move(record), what_was_touched(e.to));
    }
    template <class Other>
    result operator()(const Other&) const {
        return std::nullopt;
    }

  private:
    /// A tenant's decision, as the cmdlet by which it would have been made.
    [[nodiscard]] result decision(std::string_view word, std::string_view comment) const {
        return decision(word, comment, std::string{std::string_view{event_.origin}});
    }
    [[nodiscard]] result decision(std::string_view word, std::string_view comment,
                                  std::string origin) const {
        cmdlet_record record{common(asked_service())};
        record.common.client_ip = std::move(origin);
        record.common.object = request();
        record.common.operation = "Set-AccessToCustomerDataRequest";
        record.parameters = {{"Comment", std::string{comment}},
                             {"ApprovalDecision", std::string{word}},
                             {"RequestId", request()}};
        return shown(std::move(record), std::string{word});
    }

    /// A manager's approval: the provider's own elevation, which the customer's gate follows.
    [[nodiscard]] result elevation(std::string_view comment) const {
        elevation_record record{common(asked_service())};
        record.common.object = request();
        record.common.operation = options_.elevation_operation;
        const bool later =
            asked_ != nullptr && asked_->asked->start && *asked_->asked->start > event_.at;
        record.start_time = record.common.creation_time;
        record.effective_organisation = record.common.organisation_name;
        record.elevation_time = time_text(later ? *asked_->asked->start : event_.at);
        record.approver = text_of(event_.actor.person);
        record.approved_time = record.common.creation_time;
        record.request = request();
        record.role = options_.elevation_role;
        record.duration = asked_ == nullptr ? 0 : whole_hours(asked_->asked->duration);
        record.generic_info = comment;
        return shown(std::move(record), "Elevation approved");
    }

    [[nodiscard]] common_fields common(const std::string& service) const {
        common_fields c;
        c.client_ip = std::string_view{event_.origin};
        c.creation_time = time_text(event_.at);
        c.organisation_id = text_of(event_.tenant);
        c.id = c.organisation_id + '/' + id_traits<std::uint64_t>::text(event_.sequence);
        c.organisation_name =
            options_.organisation.empty() ? c.organisation_id : options_.organisation;
        c.originating_server = options_.originating_server;
        c.user = options_.service_account.empty() ? std::string{V::service_alias}
                                                  : options_.service_account;
        c.workload = options_.workload.empty() ? service : options_.workload;
        return c;
    }

    template <class Record>
    [[nodiscard]] result shown(Record record, std::string detail) const {
        const common_fields& c = record.common;
        office365_row row{c.creation_time, c.client_ip, c.user,
                          c.operation,     c.object,    std::move(detail)};
        std::ranges::replace(row.date, 'T', ' ');
        return presented{std::move(record), std::move(row)};
    }

    [[nodiscard]] std::string request() const {
        return event_.request ? text_of(*event_.request) : std::string{};
    }
    [[nodiscard]] std::string asked_service() const {
        return asked_ == nullptr ? std::string{"Lockbox"} : text_of(asked_->asked->scope.service);
    }
    [[nodiscard]] static std::string comment_or_cause(std::string_view comment, cause why) {
        const bool unsaid = why != cause::person && is_blank(comment);
        return std::string{unsaid ? name_of(why) : comment};
    }
    [[nodiscard]] static std::string what_was_touched(const typename V::access& to) {
        auto out = text_of(to.service);
        if constexpr (requires {
                          { to.resource } -> std::convertible_to<std::string_view>;
                      }) {
            (out += ' ') += to.resource;
        }
        return out;
    }
    /// UTC, to the second, without a `Z`.
    [[nodiscard]] static std::string time_text(typename V::time_point at) {
        const auto exact = log::instant_text(at.time_since_epoch());
        return {exact.data(), 19};
    }
    /// The schema counts an elevation in whole hours; a part of one counts as one.
    [[nodiscard]] static std::int32_t whole_hours(std::chrono::milliseconds length) {
        return static_cast<std::int32_t>(std::chrono::ceil<std::chrono::hours>(length).count());
    }
    template <class T>
    [[nodiscard]] static std::string text_of(const T& id) {
        return std::string{id_traits<T>::text(id)};
    }

    const audit_event<V>& event_;
    const submitted<V>* asked_;
    const office365_options& options_;
};

/// What one event comes to. `submission` is the `submitted` event of its request; one
/// of another tenant or request is not looked at (V6).
template <class V>
[[nodiscard]] optional<presented> present(const audit_event<V>& event,
                                          const audit_event<V>* submission,
                                          const office365_options& options) {
    if (!log::representable(event.at)) return std::nullopt;
    const bool same = submission != nullptr && submission->tenant == event.tenant &&
                      submission->request == event.request;
    const auto* asked = same ? submission->body.template get_if<submitted<V>>() : nullptr;
    return event.body.match(presenter<V>{event, asked, options});
}

/// The same JSON, doing nothing where it is shown (T21): what a terminal obeys and what nobody
/// sees become `\uxxxx`. Such characters stand in strings alone, so a parser reads the same values.
/// What is not UTF-8 (only a host's options can be that) is replaced.
[[nodiscard]] inline std::string inert(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    const auto escape = [&](std::uint32_t unit) {
        out += "\\u";
        for (unsigned shift = 16; shift > 0;)
            out += log::detail::hex_digits[(unit >> (shift -= 4)) & 0xFU];
    };
    notify::detail::for_each_character(json, [&](std::uint32_t c, std::string_view bytes) {
        const bool blank = c != ' ' && lockbox::detail::shows_nothing(c);
        if (!blank && !notify::detail::hides(c)) {
            out += bytes;
        } else if (c <= 0xFFFF) {
            escape(c);
        } else {  // JSON has UTF-16's pairs
            escape(0xD800 + ((c - 0x10000) >> 10U));
            escape(0xDC00 + (c & 0x3FFU));
        }
    });
    return out;
}

}  // namespace office365

/// The record of an event, JSON on one line with the fields in the order in which
/// readers expect them; nothing for an event that this presentation does not show.
/// Shown are: what a member decided on a request (`Approve`, `Deny`, and `Cancel` for a
/// revocation), the use of a consent (`Approve`, commented `automatic`), a manager's approval,
/// and an access. It is inert on a terminal (T21).
template <class V>
[[nodiscard]] optional<std::string> office365_record(const audit_event<V>& event,
                                                     const audit_event<V>* submission = nullptr,
                                                     const office365_options& options = {}) {
    const auto found = office365::present(event, submission, options);
    if (!found) return std::nullopt;
    std::string out;
    found->record.match([&](const auto& record) { log::write(out, record); });
    return office365::inert(out);
}

/// The same event's line in the search grid.
template <class V>
[[nodiscard]] optional<office365_row> office365_row_of(const audit_event<V>& event,
                                                       const audit_event<V>* submission = nullptr,
                                                       const office365_options& options = {}) {
    auto found = office365::present(event, submission, options);
    return found ? optional{std::move(found->row)} : std::nullopt;
}

}  // namespace v0
}  // namespace lockbox
