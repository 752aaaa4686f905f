// A store in one SQLite file: what it acknowledges is on the disk, and several threads and
// processes may share it. The schema, the sizing and each failure: docs/sqlite.md.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/store/sql/fault.hpp>
#include <lockbox/store/sqlite/connection.hpp>
#include <lockbox/store/sqlite/reader.hpp>
#include <lockbox/store/sqlite/schema.hpp>
#include <lockbox/store/sqlite/writer.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Keeps logs and states in SQLite's WAL mode with synchronous=FULL (V17). Two connections, each
/// behind a mutex: readers do not wait for a commit. It can be moved as long as no call is under
/// way. A commit costs one flush of the disk, however many changes it has.
template <class V>
class sqlite_store {
  public:
    using vocabulary = V;

    /// Opens the file; makes it, or brings it to the newest schema, when need be. A file that is no
    /// database of lockbox, or one of a newer lockbox, is left as it is: wrong_schema.
    [[nodiscard]] static outcome<sqlite_store> open(const std::string& path,
                                                    const sqlite_options& options = {}) {
        auto writing = connection::open(path, options);
        if (!writing) return failed(std::move(writing).error());
        if (auto known = sqlite::recognise(*writing, sqlite::migrations); !known) {
            return failed(std::move(known).error());
        }
        if (auto durable = writing->make_durable(options); !durable) return failed(durable.error());
        if (auto newest = sqlite::migrate(*writing, sqlite::migrations); !newest) {
            return failed(newest.error());
        }
        auto reading = connection::open(path, options);
        if (!reading) return failed(std::move(reading).error());
        if (auto only = reading->make_reading(options); !only) return failed(only.error());

        auto writer = sqlite::writer<V>::over(*std::move(writing));
        if (!writer) return failed(std::move(writer).error());
        auto reader = sqlite::reader<V>::over(*std::move(reading));
        if (!reader) return failed(std::move(reader).error());
        return sqlite_store{*std::move(writer), *std::move(reader)};
    }

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) {
        if (auto settled = settle(); !settled) return failed(settled.error());
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.load(id, who, command);
    }

    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        if (!std::ranges::all_of(changes, [](const auto& c) { return hangs_together(c); })) {
            return failed(sql::incoherent());
        }
        const std::lock_guard held{rooms_->writing};
        auto done = rooms_->writer.commit(changes);
        rooms_->unsettled = !rooms_->writer.certain();
        return done;
    }

    [[nodiscard]] outcome<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                             std::uint32_t limit) {
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.due(now, limit);
    }

    [[nodiscard]] outcome<vector<positioned<V>>> read(std::uint64_t position, std::uint32_t limit) {
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.read(position, limit);
    }

    [[nodiscard]] outcome<page<audit_event<V>>> search(const log_query<V>& query) {
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.search(query);
    }

    [[nodiscard]] outcome<page<request_summary<V>>> requests(const request_query<V>& query) {
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.requests(query);
    }

    [[nodiscard]] outcome<std::uint64_t> cursor(std::string_view name) {
        const std::lock_guard held{rooms_->reading};
        return rooms_->reader.cursor(name);
    }

    [[nodiscard]] outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        const std::lock_guard held{rooms_->writing};
        return rooms_->writer.keep_cursor(name, position);
    }

  private:
    using connection = sqlite::connection;

    struct rooms {
        rooms(sqlite::writer<V> to, sqlite::reader<V> from)
            : writer(std::move(to)), reader(std::move(from)) {}

        sqlite::writer<V> writer;
        sqlite::reader<V> reader;
        std::mutex writing{};
        std::mutex reading{};
        std::atomic<bool> unsettled{false};  // whether a commit's outcome is unknown
    };

    sqlite_store(sqlite::writer<V> writer, sqlite::reader<V> reader)
        : rooms_(std::make_unique<rooms>(std::move(writer), std::move(reader))) {}

    static tl::unexpected<failure> failed(failure why) {
        return tl::unexpected<failure>{std::move(why)};
    }

    /// After a commit of unknown outcome the next to look must not be told what a crash could undo.
    outcome<void> settle() {
        if (!rooms_->unsettled) return {};
        const std::lock_guard held{rooms_->writing};
        if (!rooms_->unsettled) return {};
        auto settled = rooms_->writer.settle();
        rooms_->unsettled = !settled;
        return settled;
    }

    std::unique_ptr<rooms> rooms_;
};

}  // namespace v0
}  // namespace lockbox
