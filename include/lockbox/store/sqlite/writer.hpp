// Writes the changes of one commit in one transaction: all of each or none of it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/store/sql/touched.hpp>
#include <lockbox/store/sql/values.hpp>
#include <lockbox/store/sqlite/connection.hpp>
#include <lockbox/store/sqlite/queries.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// The writing connection's statements. Its owner sees to it that one thread at a time is in it.
template <class V>
class writer {
  public:
    [[nodiscard]] static outcome<writer> over(connection on) {
        auto all = statements::on(on, writing_texts);
        if (!all) return failed(std::move(all).error());
        return writer{std::move(on), *std::move(all)};
    }

    /// All changes that stand, in one durable transaction (V13, V17). First each as it comes: a
    /// used command id is rare. When one shows, all is taken back and done again with each change
    /// apart.
    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        if (std::ranges::all_of(changes, [](const auto& c) { return c.events.empty(); })) {
            return confirm(changes);
        }
        auto done = attempt(changes, false);
        if (done && *done == verdict::conflict) done = attempt(changes, true);
        if (!done) return failed(std::move(done).error());
        return {};
    }

    [[nodiscard]] outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        const int code = run(of(writing::keep_cursor), name, position);
        if (code != SQLITE_OK) return failed(on_.fault(code));
        return {};
    }

    /// Whether what a failed commit may have left in the WAL, where a crash would find it, was
    /// written over since. Until then, nobody must be told that the commit did not happen.
    [[nodiscard]] bool certain() const { return certain_; }

    /// Writes it over: from then on that commit did not happen.
    [[nodiscard]] outcome<void> settle() {
        const int code = run(of(writing::fence));
        if (code != SQLITE_OK) return failed(on_.fault(code));
        certain_ = true;
        return {};
    }

  private:
    using statements = prepared<writing, writing_texts.size()>;
    enum class verdict : std::uint8_t { stands, conflict };

    writer(connection on, statements all) : on_(std::move(on)), statements_(std::move(all)) {}

    const statement& of(writing which) const { return statements_[which]; }
    outcome<verdict> outcome_of(int code) const {
        if (code != SQLITE_OK) return failed(on_.fault(code));
        return verdict::stands;
    }

    /// `verdict::conflict` means: nothing is written, try again with each change apart.
    outcome<verdict> attempt(std::span<change<V>> changes, bool apart) {
        transaction guard{on_};
        opens_ = false;
        const int begun = run(of(writing::begin));
        if (begun != SQLITE_OK) return failed(on_.fault(begun));
        for (auto& one : changes) {
            auto went = apart ? write_apart(one) : write(one);
            if (!went) {
                guard.roll_back();
                return went;
            }
            const bool stands = *went == verdict::stands;
            one.result = stands ? commit_result::committed : commit_result::conflict;
            if (!stands && !apart && half_written_) {
                guard.roll_back();
                return verdict::conflict;
            }
        }
        return finish(guard);
    }

    /// COMMIT. When it fails, a crash could still find all of it in the WAL, unless it is written
    /// over at once. That the disk is full, SQLite knows before the commit is whole.
    outcome<verdict> finish(transaction& guard) {
        const int code = run(of(writing::commit));
        if (code == SQLITE_OK) return verdict::stands;
        auto why = on_.fault(code);
        guard.roll_back();
        certain_ = false;
        if (settle() || why.kind == failure_kind::full || why.kind == failure_kind::busy) {
            return failed(std::move(why));
        }
        return failed(
            {failure_kind::unknown_outcome,
             "the disk failed while a commit was written, which may have happened or not; "
             "look for the command by its id before you repeat it (SQLite: code " +
                 id_traits<int>::text(code) + ")"});
    }

    outcome<verdict> write_apart(const change<V>& one) {
        int code = run(of(writing::save));
        if (code != SQLITE_OK) return failed(on_.fault(code));
        auto went = write(one);
        if (!went) return went;
        if (*went == verdict::conflict) code = run(of(writing::restore));
        if (code == SQLITE_OK) code = run(of(writing::release));
        if (code != SQLITE_OK) return failed(on_.fault(code));
        return went;
    }

    outcome<void> confirm(std::span<change<V>> changes) {
        for (auto& one : changes) {
            const auto stands = confirmed(one);
            if (!stands) return failed(stands.error());
            one.result =
                *stands == verdict::stands ? commit_result::committed : commit_result::conflict;
        }
        return {};
    }

    /// A change without events only asks whether its version is still the tenant's last.
    outcome<verdict> confirmed(const change<V>& one) const {
        const auto& id = sql::text_of(one.after->id);
        rows found{of(writing::version_of), std::string_view{id}};
        const std::uint64_t version = found.next() ? found.number(0) : 0;
        if (found.failed()) return failed(found.fault());
        return version == one.version ? verdict::stands : verdict::conflict;
    }

    outcome<verdict> write(const change<V>& one) {
        half_written_ = false;
        if (one.events.empty()) return confirmed(one);
        const auto key = advance(one);
        if (!key) return failed(key.error());
        if (*key == 0) return verdict::conflict;
        half_written_ = true;
        if (auto went = add_events(one, *key); !went || *went == verdict::conflict) return went;
        if (auto went = keep_settled(one, *key); !went) return went;
        return keep_requests(one, *key);
    }

    /// The whole check of the version. The tenant's key, or 0 when it has another version.
    outcome<std::int64_t> advance(const change<V>& one) {
        const auto& id = sql::text_of(one.after->id);
        const auto& after = *one.after;
        if (one.version == 0) {
            opens_ = true;
            const int code = run(of(writing::open_tenant), std::string_view{id}, after.sequence,
                                 sql::column_of(after.last), after.submissions);
            if (code != SQLITE_OK) return failed(on_.fault(code));
            return sqlite3_changes(on_.raw()) == 0 ? 0 : sqlite3_last_insert_rowid(on_.raw());
        }
        auto key = key_of(std::string{id});
        if (!key || *key == 0) return key;
        const int code = run(of(writing::advance), *key, one.version, after.sequence,
                             sql::column_of(after.last), after.submissions);
        if (code != SQLITE_OK) return failed(on_.fault(code));
        return sqlite3_changes(on_.raw()) == 0 ? 0 : *key;
    }

    /// The key of a tenant, 0 of an unknown one. A key never changes once it is committed, and only
    /// such are remembered; how many is bounded.
    outcome<std::int64_t> key_of(std::string id) {
        constexpr std::size_t most_keys = 100'000;
        if (const auto known = keys_.find(id); known != keys_.end()) return known->second;
        rows found{of(writing::key_of), std::string_view{id}};
        const std::int64_t key = found.next() ? found.integer(0) : 0;
        if (found.failed()) return failed(found.fault());
        if (key == 0 || opens_) return key;
        if (keys_.size() >= most_keys) keys_.clear();
        keys_.emplace(std::move(id), key);
        return key;
    }

    outcome<verdict> add_events(const change<V>& one, std::int64_t key) {
        const audit_event<V>* before = nullptr;
        for (const auto& event : one.events) {
            const bool begins = begins_command(event, before);
            before = &event;
            const int code = add_event(event, key, begins);
            if ((code & 0xFF) == SQLITE_CONSTRAINT) {
                if (begins && used(event, key)) return verdict::conflict;
                return failed(corrupt("event " + id_traits<std::uint64_t>::text(event.sequence) +
                                      " of tenant `" + std::string{sql::text_of(event.tenant)} +
                                      "` is there already, and the tenant's version denies it"));
            }
            if (code != SQLITE_OK) return failed(on_.fault(code));
        }
        return verdict::stands;
    }

    int add_event(const audit_event<V>& event, std::int64_t key, bool begins) {
        body_.clear();
        log::write(body_, event);
        const auto& actor = sql::text_of(event.actor.person);
        const sql::optional_text request{event.request};
        const sql::optional_text case_number{event.case_number};
        const sql::optional_text command{begins ? event.command : std::nullopt};
        return run(of(writing::add_event), key, event.sequence, sql::column_of(event.at),
                   name_of<V>(event.body), std::string_view{actor}, name_of(event.actor.acting),
                   request.column(), case_number.column(), command.column(),
                   std::string_view{body_});
    }

    bool used(const audit_event<V>& event, std::int64_t key) const {
        const auto& command = sql::text_of(*event.command);
        const auto& actor = sql::text_of(event.actor.person);
        rows found{of(writing::find_command), key, std::string_view{command},
                   std::string_view{actor}, name_of(event.actor.acting)};
        return found.next();
    }

    /// The seldom part of the state: only when it changed.
    outcome<verdict> keep_settled(const change<V>& one, std::int64_t key) {
        optional<std::int64_t> due;
        if (const auto first = first_lapse(one.after->settled)) due = sql::column_of(*first);
        if (one.version == 0) {
            std::string refusals;
            body_.clear();
            log::write(body_, one.after->settled);
            log::write(refusals, one.after->refusals);
            return outcome_of(run(of(writing::settle), key, std::string_view{body_}, due,
                                  std::string_view{refusals}));
        }
        if (one.after->settled.changed_by > one.version) {
            body_.clear();
            log::write(body_, one.after->settled);
            const int code = run(of(writing::keep_settled), key, std::string_view{body_}, due);
            if (code != SQLITE_OK) return failed(on_.fault(code));
        }
        const bool counted = std::ranges::any_of(one.events, [](const auto& event) {
            return event.body.template is<refused<V>>() || event.body.template is<throttled<V>>();
        });
        if (!counted) return verdict::stands;
        body_.clear();
        log::write(body_, one.after->refusals);
        return outcome_of(run(of(writing::keep_refusals), key, std::string_view{body_}));
    }

    /// Each request that the change touched, once, as it stands after all of its events.
    outcome<verdict> keep_requests(const change<V>& one, std::int64_t key) {
        for (const auto& request : sql::touched_by(one)) {
            const int code = keep_request(one, key, request);
            if (code != SQLITE_OK) return failed(on_.fault(code));
            if (sqlite3_changes(on_.raw()) != 1) {
                return failed(corrupt(
                    "request `" + std::string{sql::text_of(*request.last->request)} +
                    "` of tenant `" + std::string{sql::text_of(one.after->id)} + "` has no row"));
            }
        }
        return verdict::stands;
    }

    int keep_request(const change<V>& one, std::int64_t key, const sql::touched<V>& request) {
        const auto& summary = request.summary;
        optional<std::int64_t> due;
        optional<std::uint64_t> closed;
        optional<std::string_view> state;
        if (request.open) {
            body_.clear();
            log::write(body_, sql::open_request<V>{*request.open,
                                                   sql::grant_of(*one.after, *request.open)});
            state = body_;
            due = sql::column_of(request.open->due_at());
        } else {
            closed = request.last->sequence;
        }
        optional<std::string_view> gate;
        if (summary.gate) gate = name_of(*summary.gate);
        const auto& id = sql::text_of(*request.last->request);
        if (!request.fresh) {
            return run(of(writing::keep_request), key, std::string_view{id},
                       name_of(summary.status), gate, sql::column_of(summary.over), due, closed,
                       state);
        }
        const auto& engineer = sql::text_of(summary.engineer);
        const auto& case_number = sql::text_of(summary.case_number);
        return run(of(writing::add_request), key, std::string_view{id}, name_of(summary.status),
                   gate, sql::column_of(summary.over), due, closed, state, summary.number,
                   std::string_view{engineer}, std::string_view{case_number}, summary.drill,
                   sql::column_of(summary.submitted));
    }

    connection on_;
    statements statements_;
    std::unordered_map<std::string, std::int64_t> keys_;
    std::string body_;
    bool certain_ = true;
    bool opens_ = false;         // whether this transaction opened a tenant
    bool half_written_ = false;  // whether the change before left rows that must be taken back
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
