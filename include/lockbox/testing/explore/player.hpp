// Tries every move of a model in one state, at every instant that could matter there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/model.hpp>
#include <lockbox/testing/explore/packer.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// One move that was tried.
template <class V>
struct tried {
    const lockbox::testing::step<V>& step;
    std::uint32_t number = 0;  ///< which it was, of all that are tried in that state
    std::size_t move = 0;
    bool changed = false;      ///< whether `after` is more than `before` with a refusal in it
    optional<misfit> fault{};  ///< an event that could not be folded
    unpacked<V>& after;
};

/// A model and its rules, ready to be tried in any state.
template <class V, class Rules>
class player {
  public:
    player(const model<V>& of, const Rules& rules)
        : model_{of}, rules_{rules}, packer_{of}, judge_{judge_of(rules)}, fold_{fold_of(rules)} {
        const auto id = id_traits<typename V::command_id>::parse("1");
        for (const auto& one : of.moves) {
            known_move known{{of.start.id, one.who, {}, id, one.what}, {}, {}, {}, false};
            known.people = packer_.people().among(known.command);
            known.submits = one.what.template is<submit<V>>() || one.what.template is<drill<V>>();
            known.place = place_in(one.what);
            each_part<typename V::time_point>(
                known.command.body, [&](std::string_view, auto&) { known.has_instants = true; });
            moves_.push_back(std::move(known));
        }
    }

    [[nodiscard]] lockbox::testing::packer<V>& packer() { return packer_; }
    [[nodiscard]] const model<V>& of() const { return model_; }
    [[nodiscard]] const Rules& rules() const { return rules_; }
    /// The place of the open request that a move names; 0 when it names none.
    [[nodiscard]] std::size_t place_of(std::size_t move) const { return moves_[move].place; }
    [[nodiscard]] bool submits(std::size_t move) const { return moves_[move].submits; }

    /// The state in which `visit` tries its moves.
    [[nodiscard]] const tenant<V>& state() const { return before_.state; }
    /// The place of its settled part.
    [[nodiscard]] std::uint32_t settled() const { return before_.settled; }
    void enter(bytes_view state) {
        packer_.unpack(state, before_);
        packer_.unpack(state, after_);
        ++visit_;
        gather_instants();
    }

    /// Tries all moves that `takes(move)` in the state that was entered, and tells each to `see`
    /// until that returns false.
    template <class Takes, class See>
    void visit(Takes takes, See see) {
        candidates_.clear();
        const auto& t = before_.state;
        const auto spare = packer_.people().spare_in(t, packer_.holdings(before_.settled));
        for (std::size_t at = 0; at < moves_.size(); ++at) {
            const auto& one = moves_[at];
            if (one.place > t.open.size() || (one.submits && t.open.size() >= model_.most_open))
                continue;
            if ((spare & one.people) == 0 && takes(at)) candidates_.push_back(at);
        }
        const auto phase = packer_.phase_of(t);
        // A command at all instants, then the next: what judges it stays in the processor's caches.
        for (const auto move : candidates_) {
            const auto& c = shifted(moves_[move], phase);
            for (std::size_t when = 0; when < instants_.size(); ++when) {
                const auto number = static_cast<std::uint32_t>(when * moves_.size() + move);
                if (!attempt(c, instants_[when], move, number, see)) return;
            }
        }
    }

  private:
    using instant = typename V::time_point;
    struct known_move {
        lockbox::command<V> command{};
        std::uint32_t people = 0;  ///< of those who are alike
        std::size_t place = 0;     ///< of the open request that it names; 0: none, or none that is
        bool submits = false;
        bool has_instants = false;
    };

    static auto judge_of(const Rules& rules) {
        return [&rules](const tenant<V>& t, const command<V>& c, instant now) {
            return rules.decide(t, c, now);
        };
    }
    static auto fold_of(const Rules& rules) {
        return [&rules](tenant<V>& t, const audit_event<V>& e) { return rules.evolve(t, e); };
    }

    [[nodiscard]] std::size_t place_in(const command_body<V>& body) const {
        std::size_t place = 0;
        body.match([&](const auto& c) {
            if constexpr (requires { c.request; }) {
                for (std::size_t at = 1; at <= model_.most_open; ++at)
                    if (c.request == V::request_id_of(at)) place = at;
            }
        });
        return place;
    }

    /// Now; around every deadline to come; and what a clock that fell behind would say.
    void gather_instants() {
        const auto& t = before_.state;
        instants_.assign(1, t.last);
        const auto add = [&](instant deadline) {
            for (const auto by : model_.around)
                if (deadline > t.last && deadline + by > t.last) instants_.push_back(deadline + by);
        };
        each_part<instant>(t, [&](std::string_view, const instant& at) { add(at); });
        for (const auto& r : t.open) {
            const auto* waits = r.stage.template get_if<pending<V>>();
            if (waits == nullptr) continue;
            for (const auto before : waits->reminders) add(waits->decide_by - before);
            add(waits->decide_by - waits->escalation);
        }
        for (const auto& one : t.denials) {
            add(one.last + t.settled.settings.limits.wait_after_denials);
            for (const auto pause : pauses_in(t.settled.settings.policy)) add(one.last + pause);
        }
        for (const auto by : model_.back) instants_.push_back(t.last - by);
        std::sort(instants_.begin() + 1, instants_.end());
        instants_.erase(std::unique(instants_.begin() + 1, instants_.end()), instants_.end());
    }

    /// A refusal that is only recorded changes no more than time does, and every later command may
    /// be tried at every later instant anyway: nothing is lost by not following it.
    static bool only_refuses(const decision<V>& d) {
        if (d.happened.size() != 1) return d.happened.empty();
        const auto& body = d.happened.front().body;
        return body.template is<refused<V>>() || body.template is<throttled<V>>() ||
               body.template is<access_refused<V>>();
    }

    [[nodiscard]] bool proposes_too_many(const decision<V>& d) const {
        return before_.state.settled.proposals.size() >= model_.most_proposed &&
               !d.happened.empty() && d.happened.front().body.template is<change_proposed<V>>();
    }

    /// A move's command, with its instants as far on as the state is within its period.
    const command<V>& shifted(const known_move& move, duration_of<V> phase) {
        if (!move.has_instants || phase == duration_of<V>::zero()) return move.command;
        shifted_ = move.command;
        each_part<instant>(shifted_.body, [&](std::string_view, auto& at) { at += phase; });
        return shifted_;
    }

    template <class See>
    bool attempt(const command<V>& c, instant now, std::size_t move, std::uint32_t number,
                 See& see) {
        const auto decided = rules_.decide(before_.state, c, now);
        if (proposes_too_many(decided)) return true;
        const bool changed = !only_refuses(decided);
        optional<misfit> fault;
        if (changed) {
            for (const auto& event : decided.happened)
                if (!fault) fault = rules_.evolve(after_.state, event);
        }
        const step<V> step{
            before_.state, c,      now,  (std::max)(now, before_.state.last), decided, after_.state,
            visit_,        judge_, fold_};
        const bool go_on = see(tried<V>{step, number, move, changed, fault, after_});
        if (changed && go_on) packer_.restore(before_, after_);
        return go_on;
    }

    const model<V>& model_;
    const Rules& rules_;
    lockbox::testing::packer<V> packer_;
    std::function<decision<V>(const tenant<V>&, const command<V>&, instant)> judge_;
    std::function<optional<misfit>(tenant<V>&, const audit_event<V>&)> fold_;
    std::vector<known_move> moves_;
    unpacked<V> before_;
    unpacked<V> after_;
    std::uint64_t visit_ = 0;
    std::vector<instant> instants_;
    std::vector<std::size_t> candidates_;
    command<V> shifted_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
