// Given, when, then on values: a tenant at work, whose every command goes through the rules and
// whose every event is folded. What came of a command is told in one line, which a failing check
// shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lockbox/bind.hpp>
#include <lockbox/rules/moment.hpp>

#include "support/edit.hpp"

namespace support {

using namespace std::chrono_literals;
using lb = lockbox::bind<lockbox::default_vocabulary>;
using decision = lockbox::decision<lb::vocabulary>;
using lockbox::audience;
using lockbox::capacity;
using lockbox::cause;
using lockbox::data_class;
using lockbox::field;
using lockbox::ground;
using lockbox::permission;
using lockbox::side;

// --- The cast ----------------------------------------------------------------------------------

inline const auto eve = lb::engineer("eve@provider.example");
inline const auto emil = lb::engineer("emil@provider.example");
inline const auto mia = lb::manager("mia@provider.example");
inline const auto milo = lb::manager("milo@provider.example");
inline const auto olga = lb::operator_("olga@provider.example");
inline const auto ada = lb::member("ada@contoso.example");    // global_admin
inline const auto carl = lb::member("carl@contoso.example");  // compliance_admin
inline const auto bea = lb::member("bea@contoso.example");    // access_approver
inline const auto ben = lb::member("ben@contoso.example");    // access_approver
inline const auto amir = lb::member("amir@contoso.example");  // audit_reader
inline const auto nora = lb::member("nora@contoso.example");  // no role at all
inline const lb::actor machine{"lockbox", capacity::system};

/// When every scenario begins.
inline constexpr lb::time_point day_one =
    std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 9h;

/// The n-th request of a tenant.
inline lb::request_id r(std::uint64_t n) { return lb::vocabulary::request_id_of(n); }

/// A submission that nothing is wrong with: two hours of one mailbox.
lb::submit wish();
/// An approval as it was asked.
inline lb::approve yes(const lb::request_id& id) { return {id, {}, {}}; }
/// The access that it is about.
lb::attempt mail(std::string_view path = "/mailboxes/ada");

// --- What came of a command --------------------------------------------------------------------

/// "turned_on, revoked": carried out, and these events happened.
std::string emitted(std::initializer_list<std::string_view> names);
/// "refused: out_of_range duration 14400000": and nothing was recorded.
std::string refused(ground why, field about = field::none, std::int64_t limit = 0);
/// What is answered of every request that is not there.
inline const std::string not_open = refused(ground::not_open, field::request);
/// One, as refusals tell a limit.
inline constexpr std::int64_t hour = 3'600'000;
/// The same, recorded as an event of that name.
std::string recorded(ground why, field about = field::none, std::int64_t limit = 0,
                     std::string_view as = "refused");
/// A refused attempt at content.
std::string no_access(ground why, field about = field::access, std::int64_t limit = 0);

class scenario {
  public:
    enum class stage { unknown, opened, off, on };

    /// A tenant, `contoso`, as far as `until`: opened; with its people, but off; or on.
    explicit scenario(stage until = stage::on);

    // The host
    std::function<lb::proposal(const lb::tenant&, const lb::submission&)> policy;
    std::function<data_class(const lb::service&, const lb::operation&)> catalogue;

    // The instant of the next command
    lb::time_point now = day_one;
    scenario& at(lb::time_point instant) { return now = instant, *this; }
    scenario& later(lb::duration by) { return now += by, *this; }

    /// Decides, folds what happened, and tells it. A command id used before is a repetition.
    std::string when(const lb::actor& who, lb::command_body body);
    std::string when(const lb::command& what);
    /// The same, without folding anything.
    [[nodiscard]] std::string would(const lb::actor& who, lb::command_body body) const;
    [[nodiscard]] decision decision_on(const lb::command& what) const;
    /// What must go well, and at once, for a test that is about something else.
    scenario& given(const lb::actor& who, lb::command_body body);
    /// The same for what loosens where that takes two: one proposes it, the other agrees (S9).
    scenario& given_by_two(const lb::actor& who, const lb::actor& second, lb::command_body body);
    /// A command of this tenant's with an id of its own.
    [[nodiscard]] lb::command command(const lb::actor& who, lb::command_body body) const;

    // The ways of a request; each returns its id
    lb::request_id pending_at_manager(const lb::submit& asked = wish());
    lb::request_id pending_at_customer(const lb::submit& asked = wish());
    lb::request_id active(const lb::submit& asked = wish());
    lb::request_id drilling();

    scenario& settings(edit<lb::settings_change> change);
    scenario& limits(edit<lb::limits> change);

    lb::tenant state;
    std::vector<lb::audit_event> log;
    decision last;  ///< what the last `when` came to

    /// The last event that happened, as what it must be.
    template <class Event>
    [[nodiscard]] const Event& just() const {
        return held<Event>(log.back());
    }
    /// The n-th event of that name in the log's end that the last command wrote.
    template <class Event>
    [[nodiscard]] const Event& said(std::size_t n = 0) const {
        return held<Event>(happened(n));
    }
    /// The n-th event that the last command wrote.
    [[nodiscard]] const lb::audit_event& happened(std::size_t n) const;
    /// Who was told by the n-th event of the last command: "approver bea@contoso.example, …".
    [[nodiscard]] std::string told(std::size_t n = 0) const;
    [[nodiscard]] const lb::request& open(const lb::request_id& id) const;
    [[nodiscard]] bool is_open(const lb::request_id& id) const;

  private:
    template <class Event>
    static const Event& held(const lb::audit_event& event) {
        const auto* found = event.body.get_if<Event>();
        if (found == nullptr) fail("another event happened: ", lockbox::name_of(event.body));
        return *found;
    }
    [[noreturn]] static void fail(std::string_view what, std::string_view about);
    std::string tell(const decision& decided) const;
    void fold(const decision& decided);

    std::uint32_t commands_ = 0;
};

}  // namespace support
