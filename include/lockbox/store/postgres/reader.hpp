// Answers what is asked of the database. Every answer comes from one snapshot.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/store/postgres/loading.hpp>
#include <lockbox/store/postgres/search_text.hpp>
#include <lockbox/text.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// Whether a text can stand in the database at all. What cannot was never written.
[[nodiscard]] inline bool is_storable(std::string_view text) {
    return is_utf8(text) && text.find('\0') == std::string_view::npos;
}

/// What is asked on one connection.
template <class V>
class reader {
  public:
    explicit reader(connection& on) : on_(on) {}

    [[nodiscard]] result<optional<loaded<V>>> load(const typename V::tenant_id& id,
                                                   const actor<V>& who,
                                                   const optional<typename V::command_id>& command,
                                                   std::int64_t& epoch) {
        const auto& tenant = sql::text_of(id);
        const auto& person = sql::text_of(who.person);
        optional<std::string> under;
        if (command) under.emplace(sql::text_of(*command));
        if (!is_storable(tenant)) return optional<loaded<V>>{};
        if (under && !(is_storable(*under) && is_storable(person))) under.reset();
        const bool asks = under.has_value();
        const auto rows =
            on_.run(postgres::load, parameters{std::string_view{tenant}, under,
                                               asks ? std::string_view{person} : std::string_view{},
                                               name_of(who.acting)});
        if (!rows) return tl::unexpected{rows.error()};
        return stated(loading<V>{*rows, id}.run(epoch));
    }

    /// From then on no commit can happen that was sent before (epochs.hpp).
    [[nodiscard]] result<void> fence(std::string_view tenant) {
        return on_.run(postgres::fence, parameters{tenant}).map([](auto&&) {});
    }

    /// With a claim, for so many milliseconds, others are not told of the same tenants.
    [[nodiscard]] result<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                            std::uint32_t limit,
                                                            const array& of_parts,
                                                            const optional<std::int64_t>& claim) {
        parameters with{sql::column_of(now), std::uint64_t{limit}};
        with.add(of_parts);
        if (claim) with.add(static_cast<double>(*claim));
        const auto rows = on_.run(claim ? claim_due : postgres::due, with);
        if (!rows) return tl::unexpected{rows.error()};
        vector<typename V::tenant_id> tenants;
        for (std::size_t at = 0; at < rows->size(); ++at) {
            auto id = id_traits<typename V::tenant_id>::parse((*rows)[at].text(0));
            if (!id) {
                return bad(corrupt("the id of tenant `" + std::string{(*rows)[at].text(0)} +
                                   "` cannot be read"));
            }
            tenants.push_back(*std::move(id));
        }
        return tenants;
    }

    /// What is committed and has no position yet is given one first: under the counter's lock,
    /// which no commit takes, so that nothing that is committed later can come before what was
    /// read.
    [[nodiscard]] result<vector<positioned<V>>> read(std::uint64_t position, std::uint32_t limit,
                                                     const array& of_parts) {
        auto events = numbered(position, limit, of_parts);
        if (!events || events->size() >= limit) return events;
        parameters with;
        with.add(of_parts);
        const auto more = on_.run(unnumbered, with);
        if (!more) return tl::unexpected{more.error()};
        if (more->empty()) return events;
        const auto done = number(limit, of_parts);
        if (!done && done.error().state == "42501") return events;  // whoever may only read
        if (!done) return tl::unexpected{done.error()};
        return numbered(position, limit, of_parts);
    }

    [[nodiscard]] result<page<audit_event<V>>> search(const log_query<V>& query) {
        wanted filters;
        filters.add(query.activity);
        filters.add(query.person);
        filters.add(query.item);
        filters.add(query.case_number);
        const auto& tenant = sql::text_of(query.tenant);
        return page_of<audit_event<V>>(
            tenant, query, filters, event_since, log_page(filters.bits), &audit_event<V>::sequence,
            [&](const row& of) { return sql::event_in<V>(of.text(1), tenant, of.number(0)); });
    }

    [[nodiscard]] result<page<request_summary<V>>> requests(const request_query<V>& query) {
        wanted filters;
        filters.add(query.item);
        filters.add(query.engineer);
        filters.add(query.case_number);
        const auto status = query.gate ? optional{status::pending} : query.status;
        array kept{type::text};
        if (status)
            for (const auto& one : sql::kept_as(*status)) kept.add(std::string_view{one});
        filters.add(status ? &kept : nullptr);
        const auto& tenant = sql::text_of(query.tenant);
        return page_of<request_summary<V>>(tenant, query, filters, request_since,
                                           request_page(filters.bits), &request_summary<V>::number,
                                           [&](const row& of) {
                                               return sql::summary_in<V>(of).map([&](auto found) {
                                                   return as_of(std::move(found), query.at);
                                               });
                                           });
    }

    /// Nothing when none was ever kept.
    [[nodiscard]] result<optional<std::uint64_t>> cursor(std::string_view name) {
        const auto rows = on_.run(postgres::cursor, parameters{name});
        if (!rows) return tl::unexpected{rows.error()};
        if (rows->empty()) return optional<std::uint64_t>{};
        return optional{(*rows)[0].number(0)};
    }

    [[nodiscard]] result<void> keep_cursor(std::string_view name, std::uint64_t position) {
        return on_.run(postgres::keep_cursor, parameters{name, position}).map([](auto&&) {});
    }

    /// Whether the lease is this holder's now.
    [[nodiscard]] result<bool> take_lease(std::string_view name, std::string_view holder,
                                          std::int64_t milliseconds) {
        return on_
            .run(postgres::take_lease, parameters{name, holder, static_cast<double>(milliseconds)})
            .map([](const answer& rows) { return !rows.empty(); });
    }
    [[nodiscard]] result<void> end_lease(std::string_view name, std::string_view holder) {
        return on_.run(postgres::end_lease, parameters{name, holder}).map([](auto&&) {});
    }

  private:
    /// The filters of a page: which there are, and their values.
    struct wanted {
        unsigned bits = 0;
        unsigned next = 1;
        bool storable = true;
        vector<std::string> texts{};
        const array* list = nullptr;

        template <class T>
        void add(const optional<T>& filter) {
            if (filter) {
                bits |= next;
                if constexpr (std::same_as<T, std::string>) {
                    texts.push_back(*filter);
                } else {
                    texts.emplace_back(std::string{sql::text_of(*filter)});
                }
                storable = storable && is_storable(texts.back());
            }
            next <<= 1U;
        }
        void add(const array* filter) {
            if (filter) bits |= next;
            list = filter;
            next <<= 1U;
        }
        void tell(parameters& to) const {
            for (const auto& one : texts) to.add(std::string_view{one});
            if (list) to.add(*list);
        }
    };

    static tl::unexpected<fault> bad(failure why) {
        return tl::unexpected{fault{std::move(why), {}, false, false}};
    }
    template <class T>
    static result<T> stated(outcome<T> is) {
        if (!is) return bad(std::move(is).error());
        return *std::move(is);
    }

    result<vector<positioned<V>>> numbered(std::uint64_t position, std::uint32_t limit,
                                           const array& of_parts) {
        parameters with{position, std::uint64_t{limit}};
        with.add(of_parts);
        const auto rows = on_.run(postgres::read, with);
        if (!rows) return tl::unexpected{rows.error()};
        vector<positioned<V>> events;
        for (std::size_t at = 0; at < rows->size(); ++at) {
            const auto row = (*rows)[at];
            auto event = sql::event_in<V>(row.text(3), row.text(1), row.number(2));
            if (!event) return bad(std::move(event).error());
            events.push_back({row.number(0), *std::move(event)});
        }
        return events;
    }

    result<void> number(std::uint32_t limit, const array& of_parts) {
        constexpr std::uint64_t least = 1000;
        const parameters none;
        parameters with;
        with.add(of_parts);
        with.add((std::max)(std::uint64_t{limit}, least));
        const std::array steps{step{hold_counter, &none}, step{number_outbox, &with}};
        return on_.transact(steps).map([](auto&&) {});
    }

    /// The first number whose instant is at or after; 0 of an unknown tenant.
    result<std::uint64_t> first_since(const query& what, std::string_view tenant,
                                      typename V::time_point since) {
        const auto rows = on_.run(what, parameters{tenant, sql::column_of(since)});
        if (!rows) return tl::unexpected{rows.error()};
        return rows->empty() ? 0 : (*rows)[0].number(0);
    }

    template <class T, class Query, class Fetch>
    result<page<T>> page_of(std::string_view tenant, const Query& asked, const wanted& filters,
                            const query& since, const page_text& text, std::uint64_t T::*number,
                            Fetch fetch) {
        page<T> all;
        std::uint64_t least = 1;
        std::uint64_t end = (std::numeric_limits<std::int64_t>::max)();
        if (!filters.storable || !is_storable(tenant)) return all;
        if (asked.from) {
            const auto first = first_since(since, tenant, *asked.from);
            if (!first) return tl::unexpected{first.error()};
            least = *first;
        }
        if (asked.until) {
            const auto first = first_since(since, tenant, *asked.until);
            if (!first) return tl::unexpected{first.error()};
            end = *first;
        }
        if (asked.before) end = (std::min)(end, *asked.before);
        while (true) {
            const auto size = page_size(asked.limit) + std::uint64_t{1};
            parameters with{tenant, least, end, size};
            filters.tell(with);
            const auto rows = on_.run(query{text.name, text.text}, with);
            if (!rows) return tl::unexpected{rows.error()};
            for (std::size_t at = 0; at < rows->size(); ++at) {
                auto one = fetch((*rows)[at]);
                if (!one) return bad(std::move(one).error());
                end = (*one).*number;
                if (!matches(asked, *one)) continue;
                if (all.entries.size() == page_size(asked.limit)) {
                    all.next = all.entries.back().*number;
                    return all;
                }
                all.entries.push_back(*std::move(one));
            }
            if (rows->size() < size) return all;
        }
    }

    connection& on_;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
