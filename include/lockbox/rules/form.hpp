// First of all: may these ids, texts and instants stand in a command at all? (L1, R9, V5)
// None of it depends on the tenant, so that an unknown one answers alike.
#pragma once

#include <chrono>
#include <string_view>

#include <lockbox/optional.hpp>
#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// The instants that a log can hold: the years 1 to 9998 in UTC, so that no window,
/// start or grant that the rules add to one can leave the calendar (R2).
template <class V>
[[nodiscard]] constexpr bool is_instant(typename V::time_point at) {
    using days = std::chrono::duration<std::int64_t, std::ratio<86400>>;
    constexpr days first{-719'162};  // the year 1 begins
    constexpr days end{2'932'532};   // the year 9999 begins
    return at.time_since_epoch() >= first && at.time_since_epoch() < end;
}

/// Looks at the fields of a command in their order, and keeps the first fault.
template <class V>
class form {
  public:
    explicit form(std::size_t text_bytes) : text_bytes_(text_bytes) {}

    [[nodiscard]] maybe fault() const {
        if (!fault_) return {};  // to copy it as a whole waits for what was stored of it last
        return fault_;
    }

    form& identity(const typename V::person_id& person, field about) {
        return require(is_identity<V>(person), about);
    }
    template <class Id>
    form& name(const Id& id, field about) {
        return require(id_traits<Id>::well_formed(id), about);
    }
    form& text(const typename V::text& text, field about) {
        const std::string_view bytes = text;
        if (bytes.empty()) return *this;
        if (bytes.size() <= text_bytes_) return require(is_utf8(bytes), about);
        if (!fault_) fault_ = no(ground::too_long, about, static_cast<std::int64_t>(text_bytes_));
        return *this;
    }
    template <class At>
    form& instant(const optional<At>& at, field about) {
        return require(!at || is_instant<V>(*at), about);
    }
    form& scope(const typename V::scope& scope) {
        return require(scope.well_formed(), field::scope);
    }

    form& require(bool holds, field about) {
        if (!fault_ && !holds) fault_ = no(ground::malformed, about);
        return *this;
    }

    void operator()(const open_tenant<V>& c) {
        identity(c.first_administrator, field::first_administrator);
    }
    void operator()(const define_role<V>& c) { name(c.role, field::role); }
    void operator()(const assign_role<V>& c) {
        identity(c.member, field::member).name(c.role, field::role).instant(c.until, field::until);
    }
    void operator()(const end_role<V>& c) {
        identity(c.member, field::member).name(c.role, field::role);
    }
    void operator()(const freeze<V>& c) { text(c.comment, field::comment); }
    void operator()(const consent<V>& c) {
        scope(c.rule.scope);
        for (const auto& reason : c.rule.reasons) name(reason, field::reason);
        require(is_instant<V>(c.rule.until), field::until);
    }
    void operator()(const submit<V>& c) {
        name(c.support_case.number, field::case_number);
        identity(c.support_case.reporter, field::reporter);
        text(c.support_case.tried, field::tried).scope(c.scope).name(c.reason, field::reason);
        text(c.justification, field::justification).instant(c.start, field::start);
    }
    void operator()(const drill<V>& c) { (*this)(c.trial); }
    void operator()(const approve<V>& c) {
        name(c.request, field::request).text(c.comment, field::comment);
        if (c.narrowed.scope) scope(*c.narrowed.scope);
    }
    void operator()(const deny<V>& c) {
        name(c.request, field::request).text(c.comment, field::comment);
    }
    void operator()(const ask<V>& c) {
        name(c.request, field::request).text(c.question, field::question);
    }
    void operator()(const answer<V>& c) {
        name(c.request, field::request).text(c.text, field::answer);
    }
    void operator()(const withdraw<V>& c) { name(c.request, field::request); }
    void operator()(const access<V>& c) { require(c.to.well_formed(), field::access); }
    void operator()(const finish<V>& c) { name(c.request, field::request); }
    void operator()(const revoke<V>& c) {
        name(c.request, field::request).text(c.comment, field::comment);
    }
    void operator()(const close_case<V>& c) { name(c.case_number, field::case_number); }
    void operator()(const record_undeliverable<V>& c) {
        require(is_utf8(c.address) && c.address.size() <= longest_id, field::address);
    }
    /// The commands without ids and texts. Settings are judged with their bounds, later.
    template <class Rest>
    void operator()(const Rest& /*c*/) {
        static_assert(Rest::name == turn_on<V>::name || Rest::name == turn_off<V>::name ||
                      Rest::name == record_entitlement<V>::name || Rest::name == tick<V>::name ||
                      Rest::name == change_settings<V>::name ||
                      Rest::name == lift_freeze<V>::name || Rest::name == agree<V>::name ||
                      Rest::name == decline<V>::name || Rest::name == withdraw_consent<V>::name ||
                      Rest::name == set_audit_visibility<V>::name);
    }

  private:
    std::size_t text_bytes_;
    maybe fault_;
};

/// The longest origin, in bytes: an address, not a text.
inline constexpr std::size_t longest_origin = 256;

/// What is wrong with the form of a command; nothing when it can be judged.
template <class V>
[[nodiscard]] maybe fault_in_form(const command<V>& c, typename V::time_point now) {
    const bool by_machine = c.actor.acting == capacity::system;
    const std::string_view origin = c.origin;
    form<V> look{text_bounds.most};
    look.name(c.tenant, field::tenant);
    look.identity(c.actor.person, field::actor);
    look.require(c.actor.acting <= capacity::system, field::actor);
    look.require(origin.size() <= longest_origin && !has_control(origin), field::origin);
    look.require(c.id ? id_traits<typename V::command_id>::well_formed(*c.id) : by_machine,
                 field::command);
    look.require(is_instant<V>(now), field::instant);
    c.body.match(look);
    return look.fault();
}

/// Whether the texts keep to the tenant's own limit, where that is the lower one. Asked
/// after who may, so that a stranger does not learn a tenant's settings by it (V6, T22).
template <class V>
[[nodiscard]] maybe texts_fit(const moment<V>& m) {
    const auto limit = m.settings().limits.text_bytes;
    if (limit >= text_bounds.most) return {};
    form<V> look{limit};
    m.command.body.match(look);
    return look.fault();
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
