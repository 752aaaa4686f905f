// courses COUNT SEED: random courses of commands at one tenant, and what the rules made of each, as
// JSON Lines for compare.py. The same for a seed on every compiler.
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>

#include <lockbox/lockbox.hpp>
#include <lockbox/log/json.hpp>

namespace {

using namespace std::chrono_literals;
using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::capacity;

constexpr lb::time_point monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + 9h;

/// SplitMix64: small, and no library's own choice.
class dice {
  public:
    explicit dice(std::uint64_t seed) : state_{seed} {}

    /// A number below `sides`.
    std::uint32_t operator()(std::uint32_t sides) {
        state_ += 0x9E3779B97F4A7C15U;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<std::uint32_t>(((z ^ (z >> 31U)) >> 32U) % sides);
    }
    bool once_in(std::uint32_t times) { return (*this)(times) == 0; }
    template <class T>
    T one_of(std::initializer_list<T> all) {
        return *(all.begin() + (*this)(static_cast<std::uint32_t>(all.size())));
    }
    /// One of these words, as the identifier or the text that it is here.
    template <class T = std::string>
    T word(std::initializer_list<const char*> all) {
        return T{std::string{one_of(all)}};
    }

  private:
    std::uint64_t state_;
};

/// One random course: who says what, when.
class course {
  public:
    explicit course(std::uint64_t seed) : roll_{seed} {}

    /// Carries the whole course out, and prints it.
    void run() {
        const auto steps = 8 + roll_(24);
        for (std::uint32_t at = 0; at < steps; ++at) take(at);
    }

  private:
    void take(std::uint32_t at) {
        now_ += roll_.one_of<lb::duration>({0ms, 0ms, 0ms, 1ms, 1min, 1min, 10min, 1h, 2h});
        if (roll_.once_in(12))
            now_ += roll_.one_of<lb::duration>({4h, 12h, 31 * 24h, -1s, -5s, -6s});
        lb::command c;
        c.tenant = lb::tenant_id{std::string{roll_.once_in(150) ? "fabrikam" : "contoso"}};
        c.id = lb::command_id{"c-" + std::to_string(at)};
        c.origin = "203.0.113.7";
        fill(c, at);
        if (roll_.once_in(25)) c.actor = anybody();
        const auto decided = decide(state_, c, now_, lockbox::standard_policy{});
        line_ = R"({"clock":)";
        lockbox::log::write(line_, now_);
        line_ += R"(,"command":)";
        lockbox::log::write(line_, c);
        line_ += R"(,"refused":)";
        lockbox::log::write(line_, decided.refused);
        line_ += R"(,"events":)";
        lockbox::log::write(line_, decided.happened);
        line_ += "}\n";
        std::fputs(line_.c_str(), stdout);
        for (const auto& event : decided.happened) {
            if (!lockbox::evolve(state_, event)) continue;
            std::fputs("courses: an event that was decided does not fit\n", stderr);
            std::exit(1);
        }
    }

    /// The first steps mostly set the tenant up; then anything goes.
    void fill(lb::command& c, std::uint32_t at) {
        const bool orderly = !roll_.once_in(25);
        if (at == 0 && orderly) return say(c, {"olga", capacity::operator_}, open());
        if (at == 1 && orderly) return say(c, {"olga", capacity::operator_}, paid());
        if (at == 2 && orderly) return say(c, {"ada", capacity::member}, lb::turn_on{});
        if (at == 4 && roll_.once_in(3)) return say(c, {"ada", capacity::member}, asks_two());
        if (at == 3 && orderly) {
            return say(c, {"ada", capacity::member}, lb::assign_role{"bob", "access_approver", {}});
        }
        switch (roll_(18)) {
            case 0:
            case 1:
            case 2:
                return say(c, engineer(), wish());
            case 3:
            case 4:
            case 5:
                return say(c, manager(), vote());
            case 6:
            case 13:
            case 14:
                return say(c, approver(), vote());
            case 7:
            case 8:
                return say(c, engineer(), lb::access{attempt()});
            case 9:
            case 10:
                return say(c, engineer(), lb::access{attempt()});
            case 11:
                return tell_of_tenant(c);
            case 12:
                return tell_of_role(c);
            default:
                return tell_of_request(c);
        }
    }

    void tell_of_tenant(lb::command& c) {
        const lb::actor ada{"ada", capacity::member};
        switch (roll_(10)) {
            case 0:
                return say(c, {"olga", capacity::operator_}, paid());
            case 1:
                return say(c, {"olga", capacity::operator_}, open());
            case 2:
                return say(c, approver(), lb::turn_on{});
            case 3:
                return say(c, approver(), lb::turn_off{});
            case 4:
                return say(c, ada, lb::set_audit_visibility{roll_.once_in(2)});
            case 5:
                return say(c, approver(), lb::freeze{comment()});
            case 6:
                return say(c, ada, lb::lift_freeze{});
            case 7:
                return say(c, ada, lb::drill{wish()});
            default:
                return say(c, ada, lb::change_settings{change()});
        }
    }

    void tell_of_role(lb::command& c) {
        const auto of = member();
        const auto role = roll_.word<lb::role>(
            {"global_admin", "compliance_admin", "access_approver", "audit_reader", "clerk"});
        if (roll_.once_in(5)) {
            lockbox::permission_set permits;
            for (std::size_t at = 0; at < lockbox::names_of<lockbox::permission>.size(); ++at)
                if (roll_.once_in(2)) permits |= {static_cast<lockbox::permission>(at)};
            return say(c, {"ada", capacity::member}, lb::define_role{role, permits});
        }
        const auto who =
            lb::actor{roll_.word<lb::person_id>({"ada", "ada", "bob", "cyn"}), capacity::member};
        if (roll_.once_in(3)) return say(c, who, lb::end_role{of, role});
        lb::assign_role assign{of, role, {}};
        if (roll_.once_in(3)) assign.until = now_ + roll_.one_of<lb::duration>({0ms, 1h, 5h, -1h});
        say(c, who, assign);
    }

    void tell_of_request(lb::command& c) {
        const auto of = request();
        switch (roll_(10)) {
            case 0:
                return say(c, approver(), lb::ask{of, comment()});
            case 1:
                return say(c, engineer(), lb::answer{of, comment()});
            case 2:
                return say(c, engineer(), lb::withdraw{of});
            case 3:
                return say(c, engineer(), lb::finish{of});
            case 4:
                return say(c, roll_.once_in(2) ? approver() : manager(), lb::revoke{of, comment()});
            case 5:
                return say(c, roll_.once_in(2) ? approver() : manager(), lb::deny{of, comment()});
            case 6:
                return say(c, approver(), lb::close_case{case_number()});
            case 7:
                return say(c, manager(), vote());
            default:
                return say(c, {"lockbox", capacity::system}, lb::tick{});
        }
    }

    static void say(lb::command& c, const lb::actor& who, lb::command_body body) {
        c.actor = who;
        c.body = std::move(body);
    }

    lb::change_settings asks_two() {
        lb::change_settings c;
        c.change.approvers_needed = 2;
        if (roll_.once_in(2)) c.change.exempted = {"files"};
        if (roll_.once_in(3)) c.change.limits.emplace().text_bytes = 64;
        return c;
    }
    lb::open_tenant open() {
        return {roll_.word<lb::person_id>({"ada", roll_.once_in(20) ? "" : "ada"})};
    }
    lb::record_entitlement paid() { return {{!roll_.once_in(8), !roll_.once_in(8)}}; }
    lb::actor engineer() {
        return {roll_.word<lb::person_id>({"eve", "eve", "eve", "eli"}), capacity::engineer};
    }
    lb::actor manager() {
        return {roll_.word<lb::person_id>({"mia", "mia", "max", roll_.once_in(4) ? "eve" : "mia"}),
                capacity::manager};
    }
    lb::actor approver() { return {member(), capacity::member}; }
    lb::person_id member() {
        return roll_.word<lb::person_id>({"ada", "ada", "bob", "bob", "cyn",
                                          roll_.once_in(3) ? "eve" : "ada",
                                          roll_.once_in(3) ? "mia" : "bob"});
    }
    lb::actor anybody() {
        const auto acting = static_cast<capacity>(roll_(5));
        return {
            roll_.word<lb::person_id>({"eve", "mia", "ada", "bob", "olga", "lockbox", "", "n/a"}),
            acting};
    }
    lb::request_id request() {
        if (roll_.once_in(40)) return roll_.word<lb::request_id>({"", "R-1", "R-000099"});
        const auto newest = static_cast<std::uint32_t>(state_.submissions);
        if (newest == 0) return "R-000001";
        return V::request_id_of(roll_.once_in(3) ? 1 + roll_(newest) : newest);
    }
    lb::case_id case_number() { return roll_.word<lb::case_id>({"C-1", "C-1", "C-2"}); }
    std::string comment() {
        if (roll_.once_in(60)) return std::string(4097, 'x');
        return roll_.once_in(8) ? roll_.word({"", " \t"}) : "because";
    }
    static std::vector<std::string> with_first(const auto& paths, std::string first) {
        std::vector<std::string> all{paths.begin(), paths.end()};
        all.front() = std::move(first);
        return all;
    }
    lb::scope scope() {
        lb::scope s{"mail", {"Read", "Export"}, {"/a", "/b"}};
        if (roll_.once_in(2)) s.operations = {"Read"};
        if (roll_.once_in(2)) s.resources = {"/a"};
        if (roll_.once_in(6)) s.service = "files";
        if (roll_.once_in(16))
            s.resources = with_first(s.resources, roll_.word({"/", "/a/x", "a", "/a//b"}));
        if (roll_.once_in(60)) s.operations = {};
        return s;
    }
    lb::duration length() {
        if (roll_.once_in(12)) return roll_.one_of<lb::duration>({0ms, -1h, 169h, 1ms, 168h});
        return roll_.one_of<lb::duration>({1h, 2h, 4h, 5h, 90s});
    }
    lb::submit wish() {
        lb::submit c;
        c.support_case = {
            case_number(),
            roll_.word<lb::person_id>({"rita", "rita", roll_.once_in(4) ? "eve" : "ada"}),
            !roll_.once_in(30), comment()};
        c.scope = scope();
        c.reason = lb::reason{std::string{roll_.once_in(30) ? "" : "production_alert"}};
        c.justification = roll_.once_in(4) ? comment() : "it does not open";
        c.duration = length();
        if (roll_.once_in(6)) c.start = now_ + roll_.one_of<lb::duration>({0ms, 6h, 169h, -1h});
        return c;
    }
    lb::approve vote() {
        lb::approve c{request(), comment(), {}};
        if (roll_.once_in(4)) c.narrowed.scope = scope();
        if (roll_.once_in(4)) c.narrowed.duration = length();
        return c;
    }
    lb::attempt attempt() {
        return {roll_.word<lb::service>({"mail", "mail", "mail", "files"}),
                roll_.word<lb::operation>({"Read", "Read", "Export"}),
                roll_.word({"/a", "/a", "/a/x", "/a/x", "/b", roll_.once_in(2) ? "/ab" : "/",
                            roll_.once_in(9) ? "a" : "/a"})};
    }
    lb::settings_change change() {
        lb::settings_change c;
        if (roll_.once_in(4)) c.manager_window = roll_.one_of<lb::duration>({1h, 24h, 12h, 0ms});
        if (roll_.once_in(4)) c.customer_window = roll_.one_of<lb::duration>({1h, 24h, 999h});
        if (roll_.once_in(4)) c.longest_access = roll_.one_of<lb::duration>({1h, 8h, -1ms});
        if (roll_.once_in(5)) c.managers_needed = roll_(3);
        if (roll_.once_in(5)) c.approvers_needed = roll_(4);
        if (roll_.once_in(5)) c.comment_required = roll_.once_in(2);
        if (roll_.once_in(4)) c.exempted.emplace();
        if (roll_.once_in(4)) c.exempted = {roll_.word<lb::service>({"files", "mail"})};
        if (roll_.once_in(5)) c.recipients = {roll_.word({"a@b.example", "", "x"})};
        if (roll_.once_in(6)) {
            auto& limits = c.limits.emplace();
            limits.denials_before_wait = 1 + roll_(3);
            limits.open_requests = roll_(5);
            limits.pending_per_engineer = roll_(4);
            limits.refusals_per_hour = 1 + roll_(4);
            limits.rounds = roll_(3);
        }
        return c;
    }

    dice roll_;
    lb::tenant state_{};
    lb::time_point now_ = monday;
    std::string line_{};
};

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fputs("usage: courses COUNT SEED\n", stderr);
        return 2;
    }
    const auto courses = std::strtoull(words[1], nullptr, 10);
    const auto seed = std::strtoull(words[2], nullptr, 10);
    for (std::uint64_t at = 0; at < courses; ++at) {
        std::printf("{\"course\":%llu}\n", static_cast<unsigned long long>(at));
        course{seed * 1'000'003U + at}.run();
    }
    return 0;
}
