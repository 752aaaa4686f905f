// The one place where lockbox's engine is instantiated: a plain class before it, so
// that the rest of the desk compiles fast.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <lockbox/engine.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/why/explanation.hpp>

#include "desk_store.hpp"
#include "orders.hpp"

namespace desk {

struct engine_settings {
    store_settings store{};
    lb::catalogue catalogue{};
    std::string mail{};  ///< the folder of the mails; empty: none is written
    std::string mail_from = "lockbox@provider.example";
    std::string manager_desk = "manager-desk@provider.example";
};

/// A whole log in a few words: how many events, and a fingerprint of their canonical text. Two
/// equal logs have equal fingerprints; it is no proof against somebody who wants them to be.
struct log_digest {
    std::uint64_t events = 0;
    std::uint64_t fingerprint = 0;
};

/// A policy before it is set.
struct policy_trial {
    lockbox::optional<lockbox::refusal> fault{};  ///< why it could not be set
    lb::proposal now{};
    lb::proposal then{};
};

/// An engine on one database, with the clock in our hands.
class desk_engine {
  public:
    [[nodiscard]] static expected<desk_engine> open(const engine_settings& with);
    desk_engine(const desk_engine&) = delete;
    desk_engine& operator=(const desk_engine&) = delete;
    desk_engine(desk_engine&&) noexcept;
    desk_engine& operator=(desk_engine&&) noexcept;
    ~desk_engine();

    /// The instant from now on; without one, the machine's clock.
    void set_clock(lockbox::optional<lb::time_point> at);
    [[nodiscard]] lb::time_point now() const;

    // Doing. A narrowing's missing parts are filled in from what the request asked.
    [[nodiscard]] lockbox::outcome<lockbox::decision<lb::vocabulary>> handle(lb::command what,
                                                                             const draft& from);
    [[nodiscard]] lockbox::outcome<std::uint64_t> tick();
    /// Until nothing is left to deliver, or a mail cannot be written.
    [[nodiscard]] lockbox::outcome<lockbox::deliveries> deliver();

    // Looking
    template <class T>
    using reading = lockbox::reading<T>;
    [[nodiscard]] lockbox::outcome<lb::proposal> preview(const lb::command& what);
    /// What a submission would be answered now, and with another policy of the tenant's own; for
    /// whoever may see the settings.
    [[nodiscard]] reading<policy_trial> try_policy(const lb::command& submission,
                                                   const lb::actor& who,
                                                   const lb::tenant_policy& policy);
    [[nodiscard]] reading<lockbox::vector<lockbox::finding>> inspect(const lb::tenant_id& of,
                                                                     const lb::actor& who);
    [[nodiscard]] reading<lb::settings> settings(const lb::tenant_id& of, const lb::actor& who);
    [[nodiscard]] reading<lockbox::vector<lb::given_consent>> consents(const lb::tenant_id& of,
                                                                       const lb::actor& who);
    [[nodiscard]] reading<lockbox::page<lb::audit_event>> search(const lb::log_query& query,
                                                                 const lb::actor& who);
    [[nodiscard]] reading<lockbox::page<lb::request_summary>> requests(
        const lb::request_query& query, const lb::actor& who);
    [[nodiscard]] reading<lockbox::page<lb::audit_event>> history(const lb::tenant_id& of,
                                                                  const lb::request_id& item,
                                                                  const lb::actor& who);
    /// Why a request is where it is, and why a command was refused.
    [[nodiscard]] reading<lb::explanation> why(const lb::tenant_id& of, const lb::request_id& item,
                                               const lb::actor& who);
    [[nodiscard]] lockbox::outcome<lb::explanation> why(const lb::command& what,
                                                        const lockbox::refusal& refused);

    /// The changes that wait for a second member, and what one of them waits for.
    [[nodiscard]] reading<lockbox::vector<lb::proposed_change>> proposals(const lb::tenant_id& of,
                                                                          const lb::actor& who);
    [[nodiscard]] reading<lb::explanation> why_proposal(const lb::tenant_id& of,
                                                        std::uint64_t number, const lb::actor& who);

    // The database as a whole
    [[nodiscard]] lockbox::outcome<log_digest> digest();
    /// The place of the newest event among all tenants'.
    [[nodiscard]] lockbox::outcome<std::uint64_t> newest();
    /// The events after a place, counted by their names.
    [[nodiscard]] lockbox::outcome<std::map<std::string, std::uint64_t>> events_after(
        std::uint64_t place);
    [[nodiscard]] std::uint64_t mails_written() const;
    [[nodiscard]] lockbox::outcome<std::uint64_t> bookmark(const std::string& name);
    [[nodiscard]] lockbox::outcome<void> keep_bookmark(const std::string& name,
                                                       std::uint64_t position);

  private:
    struct parts;
    /// The tenant as it is, for whoever may see its settings.
    [[nodiscard]] reading<lb::tenant> state(const lb::tenant_id& of, const lb::actor& who);

    explicit desk_engine(std::unique_ptr<parts> all) noexcept;
    std::unique_ptr<parts> all_;
};

}  // namespace desk
