// Answers what is asked of the database, on a connection of its own that waits for no writer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/store/sql/values.hpp>
#include <lockbox/store/sqlite/connection.hpp>
#include <lockbox/store/sqlite/intersection.hpp>
#include <lockbox/store/sqlite/loading.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// The reading connection's statements. Its owner sees to it that one thread at a time is in it.
/// Every answer comes from one snapshot.
template <class V>
class reader {
  public:
    [[nodiscard]] static outcome<reader> over(connection on) {
        auto all = reading_statements::on(on, reading_texts);
        if (!all) return failed(std::move(all).error());
        return reader{std::move(on), *std::move(all)};
    }

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) {
        const transaction guard{on_};
        auto at = enter(id);
        if (!at) return failed(std::move(at).error());
        if (at->key == 0) return optional<loaded<V>>{};
        loaded<V> all;
        all.state.id = id;
        if (auto done = loading<V>{statements_, *at, all.state}.run(); !done) {
            return failed(std::move(done).error());
        }
        if (command) {
            auto recorded = recorded_under(*at, who, *command);
            if (!recorded) return failed(std::move(recorded).error());
            all.recorded = *std::move(recorded);
        }
        return optional{std::move(all)};
    }

    [[nodiscard]] outcome<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                             std::uint32_t limit) {
        const transaction guard{on_};
        vector<typename V::tenant_id> tenants;
        std::unordered_set<std::int64_t> seen;
        rows over{of(reading::due), sql::column_of(now)};
        while (tenants.size() < limit && over.next()) {
            if (!seen.insert(over.integer(0)).second) continue;
            rows named{of(reading::id_of), over.integer(0)};
            if (!named.next())
                return failed(named.failed() ? named.fault()
                                             : corrupt("what is due belongs to no tenant"));
            auto id = id_traits<typename V::tenant_id>::parse(named.text(0));
            if (!id) {
                return failed(corrupt("the id of tenant `" + std::string{named.text(0)} +
                                      "` cannot be read"));
            }
            tenants.push_back(*std::move(id));
        }
        if (over.failed()) return failed(over.fault());
        return tenants;
    }

    [[nodiscard]] outcome<vector<positioned<V>>> read(std::uint64_t position, std::uint32_t limit) {
        vector<positioned<V>> events;
        rows after{of(reading::read), position, std::uint64_t{limit}};
        while (after.next()) {
            auto event = sql::event_in<V>(after.text(3), after.text(1), after.number(2));
            if (!event) return failed(std::move(event).error());
            events.push_back({after.number(0), *std::move(event)});
        }
        if (after.failed()) return failed(after.fault());
        return events;
    }

    [[nodiscard]] outcome<page<audit_event<V>>> search(const log_query<V>& query) {
        const transaction guard{on_};
        auto at = enter(query.tenant);
        if (!at) return failed(std::move(at).error());
        auto range = between(reading::event_at, *at, at->version, query);
        if (!range) return failed(std::move(range).error());
        add(*range, reading::by_activity, query.activity);
        add(*range, reading::by_actor, query.person);
        add(*range, reading::by_request, query.item);
        add(*range, reading::by_case, query.case_number);
        return page_of<audit_event<V>>(*range, query, &audit_event<V>::sequence,
                                       [&](std::uint64_t number) { return event(*at, number); });
    }

    [[nodiscard]] outcome<page<request_summary<V>>> requests(const request_query<V>& query) {
        const transaction guard{on_};
        auto at = enter(query.tenant);
        if (!at) return failed(std::move(at).error());
        auto range = between(reading::request_at, *at, at->submissions, query);
        if (!range) return failed(std::move(range).error());
        add(*range, reading::by_item, query.item);
        add(*range, reading::by_engineer, query.engineer);
        add(*range, reading::by_request_case, query.case_number);
        if (query.gate) range->add({&of(reading::by_status), sql::kept_as(status::pending)});
        if (query.status) range->add({&of(reading::by_status), sql::kept_as(*query.status)});
        return page_of<request_summary<V>>(
            *range, query, &request_summary<V>::number,
            [&](std::uint64_t number) { return summary(*at, number, query.at); });
    }

    [[nodiscard]] outcome<std::uint64_t> cursor(std::string_view name) {
        rows kept{of(reading::cursor), name};
        const std::uint64_t position = kept.next() ? kept.number(0) : 0;
        if (kept.failed()) return failed(kept.fault());
        return position;
    }

  private:
    reader(connection on, reading_statements all)
        : on_(std::move(on)), statements_(std::move(all)) {}

    const statement& of(reading which) const { return statements_[which]; }

    outcome<place> enter(const typename V::tenant_id& id) {
        if (const int code = run(of(reading::begin)); code != SQLITE_OK)
            return failed(on_.fault(code));
        place at{{std::string{sql::text_of(id)}}};
        rows found{of(reading::tenant), std::string_view{at.id}};
        if (found.next()) {
            at.key = found.integer(0);
            at.version = found.number(1);
            at.last = found.integer(2);
            at.submissions = found.number(3);
        }
        if (found.failed()) return failed(found.fault());
        return at;
    }

    outcome<vector<audit_event<V>>> recorded_under(const place& at, const actor<V>& who,
                                                   const typename V::command_id& command) {
        vector<audit_event<V>> events;
        const auto& id = sql::text_of(command);
        const auto& person = sql::text_of(who.person);
        rows first{of(reading::command), at.key, std::string_view{id}, std::string_view{person},
                   name_of(who.acting)};
        if (!first.next()) {
            if (first.failed()) return failed(first.fault());
            return events;
        }
        rows row{of(reading::recorded), at.key, first.number(0)};
        while (row.next()) {
            auto event = sql::event_in<V>(row.text(1), at.id, row.number(0));
            if (!event) return event.map([&](auto&&) { return std::move(events); });
            if (event->command != command || !(event->actor == who)) break;
            events.push_back(*std::move(event));
        }
        if (row.failed()) return failed(row.fault());
        return events;
    }

    outcome<audit_event<V>> event(const place& at, std::uint64_t sequence) {
        rows row{of(reading::event), at.key, sequence};
        if (!row.next()) {
            return failed(row.failed()
                              ? row.fault()
                              : corrupt(at.of("event " + id_traits<std::uint64_t>::text(sequence)) +
                                        " is missing"));
        }
        return sql::event_in<V>(row.text(0), at.id, sequence);
    }

    outcome<request_summary<V>> summary(const place& at, std::uint64_t number,
                                        typename V::time_point when) {
        rows row{of(reading::request), at.key, number};
        if (!row.next()) {
            return failed(row.failed() ? row.fault()
                                       : corrupt(at.of("request number " +
                                                       id_traits<std::uint64_t>::text(number)) +
                                                 " is missing"));
        }
        auto kept = sql::summary_in<V>(row);
        if (!kept) return kept;
        return as_of(*std::move(kept), when);
    }

    /// The numbers that lie before the page's end and between the query's instants.
    template <class Query>
    outcome<intersection> between(reading instant, const place& at, std::uint64_t count,
                                  const Query& query) {
        std::uint64_t least = 1;
        std::uint64_t end = count + 1;
        if (query.from) {
            const auto first = first_since(of(instant), at.key, count, sql::column_of(*query.from));
            if (!first) return failed(first.error());
            least = *first;
        }
        if (query.until) {
            const auto first =
                first_since(of(instant), at.key, count, sql::column_of(*query.until));
            if (!first) return failed(first.error());
            end = *first;
        }
        if (query.before) end = (std::min)(end, *query.before);
        return intersection{at.key, least, end == 0 ? 0 : end - 1};
    }

    template <class T>
    void add(intersection& to, reading below, const optional<T>& wanted) {
        if (!wanted) return;
        if constexpr (std::same_as<T, std::string>) {
            to.add({&of(below), {*wanted}});
        } else {
            to.add({&of(below), {std::string{sql::text_of(*wanted)}}});
        }
    }

    template <class T, class Query, class Fetch>
    outcome<page<T>> page_of(intersection& numbers, const Query& query, std::uint64_t T::*number,
                             Fetch fetch) {
        page<T> all;
        while (true) {
            const auto next = numbers.next();
            if (!next) return failed(next.error());
            if (*next == 0) return all;
            auto one = fetch(*next);
            if (!one) return failed(std::move(one).error());
            if (!matches(query, *one)) continue;
            if (all.entries.size() == page_size(query.limit)) {
                all.next = all.entries.back().*number;
                return all;
            }
            all.entries.push_back(*std::move(one));
        }
    }

    connection on_;
    reading_statements statements_;
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
