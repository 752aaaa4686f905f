#include "desk_engine.hpp"

#include <lockbox/clock.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/notify/notifier.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/policy.hpp>
#include <lockbox/why.hpp>

#include "mail_folder.hpp"
#include "print.hpp"

namespace desk {
namespace {

using V = lb::vocabulary;

/// The machine's clock until we say what time it is.
class settable_clock {
  public:
    void set(lockbox::optional<lb::time_point> at) { at_ = at; }
    [[nodiscard]] lb::time_point now() const {
        return at_ ? *at_ : lockbox::machine_clock<V>{}.now();
    }

  private:
    lockbox::optional<lb::time_point> at_;
};

using mails = lockbox::notifier<desk_store, mail_folder>;
using whole_engine =
    lockbox::engine<settable_clock, desk_store, mails, lockbox::standard_policy, lb::catalogue>;

lockbox::wording words_of(const engine_settings& with) {
    lockbox::wording words;
    words.manager_desk_address = with.manager_desk;
    return words;
}

/// FNV-1a over the canonical text of every event.
class fingerprint {
  public:
    void add(std::string_view text) {
        for (const char c : text) {
            state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x00000100000001B3ULL;
        }
    }
    [[nodiscard]] std::uint64_t result() const { return state_; }

  private:
    std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

}  // namespace

struct desk_engine::parts {
    parts(const engine_settings& with, std::unique_ptr<desk_store> opened)
        : kept(std::move(opened)),
          folder(with.mail, with.mail_from),
          sink(*kept, folder, words_of(with)),
          catalogue(with.catalogue),
          engine(clock, *kept, sink, {}, with.catalogue, lockbox::engine_options{}) {}

    /// Completes a narrowed scope from what the request asked, which never changes. Of a request
    /// that is unknown here nothing is filled in: the rules will say that it is not open.
    lockbox::outcome<void> fill_in(lb::approve& vote, const lb::tenant_id& tenant,
                                   const draft& from) const {
        lb::log_query query;
        query.tenant = tenant;
        query.item = vote.request;
        query.activity = std::string{lb::submitted::name};
        query.limit = 1;
        const auto found = kept->search(query);
        if (!found) return tl::unexpected{found.error()};
        if (found->entries.empty()) {
            vote.narrowed.scope.reset();
            return {};
        }
        const auto& asked = found->entries.front().body.get_if<lb::submitted>()->asked->scope;
        vote.narrowed.scope->service = asked.service;
        if (from.same_operations) vote.narrowed.scope->operations = asked.operations;
        if (from.same_resources) vote.narrowed.scope->resources = asked.resources;
        return {};
    }

    /// Gives `see` every event after a place, in order.
    lockbox::outcome<void> walk(std::uint64_t place, auto&& see) {
        constexpr std::uint32_t at_once = 1000;
        while (true) {
            const auto events = kept->read(place, at_once);
            if (!events) return tl::unexpected{events.error()};
            if (events->empty()) return {};
            for (const auto& one : *events) see(one.event);
            place = events->back().position;
        }
    }

    settable_clock clock{};
    std::unique_ptr<desk_store> kept;
    mail_folder folder;
    mails sink;
    lb::catalogue catalogue;
    whole_engine engine;
};

desk_engine::desk_engine(std::unique_ptr<parts> all) noexcept : all_(std::move(all)) {}
desk_engine::desk_engine(desk_engine&&) noexcept = default;
desk_engine& desk_engine::operator=(desk_engine&&) noexcept = default;
desk_engine::~desk_engine() = default;

expected<desk_engine> desk_engine::open(const engine_settings& with) {
    auto opened = desk_store::open(with.store);
    if (!opened) return tl::unexpected{opened.error()};
    desk_engine made{std::make_unique<parts>(with, *std::move(opened))};
    if (!with.mail.empty()) {
        if (auto ready = made.all_->folder.prepare(); !ready) return tl::unexpected{ready.error()};
    }
    return made;
}

void desk_engine::set_clock(lockbox::optional<lb::time_point> at) { all_->clock.set(at); }
lb::time_point desk_engine::now() const { return all_->clock.now(); }

lockbox::outcome<lockbox::decision<V>> desk_engine::handle(lb::command what, const draft& from) {
    auto* vote = what.body.get_if<lb::approve>();
    if (vote != nullptr && vote->narrowed.scope) {
        if (auto filled = all_->fill_in(*vote, what.tenant, from); !filled) {
            return tl::unexpected{filled.error()};
        }
    }
    return all_->engine.handle(what);
}

lockbox::outcome<std::uint64_t> desk_engine::tick() { return all_->engine.tick(); }

lockbox::outcome<lockbox::deliveries> desk_engine::deliver() {
    lockbox::deliveries all;
    while (true) {
        auto round = all_->engine.deliver();
        if (!round) return round;
        all.events += round->events;
        all.undeliverable += round->undeliverable;
        all.waiting = round->waiting;
        if (round->waiting || round->events + round->undeliverable == 0) return all;
    }
}

lockbox::outcome<lb::proposal> desk_engine::preview(const lb::command& what) {
    return all_->engine.preview(what);
}

lockbox::reading<lockbox::vector<lockbox::finding>> desk_engine::inspect(const lb::tenant_id& of,
                                                                         const lb::actor& who) {
    return all_->engine.inspect(of, who);
}

lockbox::reading<lb::tenant> desk_engine::state(const lb::tenant_id& of, const lb::actor& who) {
    auto kept = all_->kept->load(of, who, std::nullopt);
    if (!kept) return tl::unexpected{lockbox::denied_reading{{}, kept.error()}};
    auto state = *kept ? std::move((*kept)->state) : lb::tenant{};
    const auto at = std::max(now(), state.last);
    if (auto why = lockbox::may_inspect(state, who, at)) {
        return tl::unexpected{lockbox::denied_reading{why, {}}};
    }
    return state;
}

lockbox::reading<lb::settings> desk_engine::settings(const lb::tenant_id& of,
                                                     const lb::actor& who) {
    return state(of, who).map([](const lb::tenant& t) { return t.settled.settings; });
}

lockbox::reading<lockbox::vector<lb::given_consent>> desk_engine::consents(const lb::tenant_id& of,
                                                                           const lb::actor& who) {
    return all_->engine.consents(of, who);
}

lockbox::reading<policy_trial> desk_engine::try_policy(const lb::command& submission,
                                                       const lb::actor& who,
                                                       const lb::tenant_policy& policy) {
    auto tenant = state(submission.tenant, who);
    if (!tenant) return tl::unexpected{tenant.error()};
    const auto answer = [&]() -> lb::proposal {
        const auto decided = lockbox::decide(*tenant, submission, now(), lockbox::standard_policy{},
                                             all_->catalogue);
        if (decided.refused) return tl::unexpected{*decided.refused};
        return *decided.happened.front().body.get_if<lb::submitted>()->terms;
    };
    policy_trial tried;
    tried.fault = lockbox::rules::fault_in(policy, tenant->settled, std::max(now(), tenant->last));
    if (tried.fault) return tried;
    tried.now = answer();
    tenant->settled.settings.policy = in_order(policy);
    tried.then = answer();
    return tried;
}

lockbox::reading<lockbox::page<lb::audit_event>> desk_engine::search(const lb::log_query& query,
                                                                     const lb::actor& who) {
    return all_->engine.search(query, who);
}
lockbox::reading<lockbox::page<lb::request_summary>> desk_engine::requests(
    const lb::request_query& query, const lb::actor& who) {
    return all_->engine.requests(query, who);
}
lockbox::reading<lockbox::page<lb::audit_event>> desk_engine::history(const lb::tenant_id& of,
                                                                      const lb::request_id& item,
                                                                      const lb::actor& who) {
    return all_->engine.history(of, item, who);
}

lockbox::reading<lb::explanation> desk_engine::why(const lb::tenant_id& of,
                                                   const lb::request_id& item,
                                                   const lb::actor& who) {
    return all_->engine.why(of, item, who);
}
lockbox::outcome<lb::explanation> desk_engine::why(const lb::command& what,
                                                   const lockbox::refusal& refused) {
    return all_->engine.why(what, refused);
}

lockbox::reading<lockbox::vector<lb::proposed_change>> desk_engine::proposals(
    const lb::tenant_id& of, const lb::actor& who) {
    return all_->engine.proposals(of, who);
}
lockbox::reading<lb::explanation> desk_engine::why_proposal(const lb::tenant_id& of,
                                                            std::uint64_t number,
                                                            const lb::actor& who) {
    return all_->engine.why_proposal(of, number, who);
}

lockbox::outcome<log_digest> desk_engine::digest() {
    log_digest all;
    fingerprint of;
    std::string text;
    auto walked = all_->walk(0, [&](const lb::audit_event& event) {
        text.clear();
        lockbox::log::write(text, event);
        of.add(text);
        ++all.events;
    });
    if (!walked) return tl::unexpected{walked.error()};
    all.fingerprint = of.result();
    return all;
}

lockbox::outcome<std::map<std::string, std::uint64_t>> desk_engine::events_after(
    std::uint64_t place) {
    std::map<std::string, std::uint64_t> by_name;
    auto walked = all_->walk(place, [&](const lb::audit_event& event) {
        ++by_name[std::string{lockbox::name_of<V>(event.body)}];
    });
    if (!walked) return tl::unexpected{walked.error()};
    return by_name;
}

/// Halves the distance: whether anything stands behind a place is one look at the log.
lockbox::outcome<std::uint64_t> desk_engine::newest() {
    std::uint64_t known = 0;
    for (std::uint64_t step = std::uint64_t{1} << 48U; step > 0; step /= 2) {
        const auto there = all_->kept->read(known + step - 1, 1);
        if (!there) return tl::unexpected{there.error()};
        if (!there->empty()) known += step;
    }
    return known;
}

std::uint64_t desk_engine::mails_written() const { return all_->folder.written(); }

lockbox::outcome<std::uint64_t> desk_engine::bookmark(const std::string& name) {
    return all_->kept->cursor(name);
}
lockbox::outcome<void> desk_engine::keep_bookmark(const std::string& name, std::uint64_t position) {
    return all_->kept->keep_cursor(name, position);
}

}  // namespace desk
