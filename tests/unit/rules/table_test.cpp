// Every command at every stage of a request: compared with tests/data/stages.golden.txt, and drawn
// as the state diagram of docs/model.md (V9). After a change that is meant, run
// `lockbox_tests "draw the stages"`.
#include "support/scenario.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "support/catch.hpp"

using namespace support;

namespace {

const std::string picture_file = LOCKBOX_SOURCE_DIR "/tests/data/stages.golden.txt";
const std::string model_file = LOCKBOX_SOURCE_DIR "/docs/model.md";
const std::string begin_mark = "<!-- state diagram -->\n";
const std::string end_mark = "<!-- end of state diagram -->\n";

struct setting {
    std::string_view name;
    void (*reach)(scenario&);  ///< and the request is the last one
};

scenario unprotected() { return scenario{scenario::stage::off}; }

void exempt(scenario& s) {
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
}

/// Gives a consent that covers `wish()`.
void agree(scenario& s) {
    s.settings([](auto& c) { c.consents = true; });
    s.given(carl, lb::consent{{wish().scope, {wish().reason}, wish().duration, day_one + 24h}});
}

/// Where a request can be, each in a tenant that is on; with `off`, in one that is off.
std::vector<setting> stages() {
    return {
        {"no request", [](auto&) {}},
        {"at the manager's gate", [](auto& s) { s.pending_at_manager(); }},
        {"at the customer's gate", [](auto& s) { s.pending_at_customer(); }},
        {"awaiting an answer",
         [](auto& s) {
             s.given(bea, lb::ask{s.pending_at_customer(), "why?"});
         }},
        {"active", [](auto& s) { s.active(); }},
        {"a drill at the manager's gate", [](auto& s) { s.drilling(); }},
        {"a drill at the customer's gate",
         [](auto& s) {
             s.given(mia, lb::approve{s.drilling(), {}, {}});
         }},
        {"exempted, at the manager's gate", [](auto& s) { exempt(s), s.pending_at_manager(); }},
        {"exempted, active", [](auto& s) { exempt(s), s.active(); }},
        {"off, at the manager's gate", [](auto& s) { s = unprotected(), s.pending_at_manager(); }},
        {"off, with nobody to approve",
         [](auto& s) {
             s = unprotected(), s.pending_at_manager();
             s.settings([](auto& c) { c.approvers_needed = 9; });
         }},
        {"exempted, with nobody to approve",
         [](auto& s) {
             exempt(s), s.pending_at_manager();
             s.settings([](auto& c) { c.approvers_needed = 9; });
         }},
        {"off, at the customer's gate, with nobody to approve",
         [](auto& s) {
             s.pending_at_customer(), s.given(ada, lb::turn_off{});
             s.settings([](auto& c) { c.approvers_needed = 9; });
         }},
        {"off, active", [](auto& s) { s = unprotected(), s.active(); }},
        {"with a consent, at the manager's gate",
         [](auto& s) { agree(s), s.pending_at_manager(); }},
        {"with a consent, a drill at the manager's gate", [](auto& s) { agree(s), s.drilling(); }},
        {"with a consent, active", [](auto& s) { agree(s), s.active(); }},
        {"overdue at the manager's gate", [](auto& s) { s.pending_at_manager(), s.later(12h); }},
        {"overdue at the customer's gate", [](auto& s) { s.pending_at_customer(), s.later(12h); }},
        {"overdue, active", [](auto& s) { s.active(), s.later(2h); }},
        {"denied",
         [](auto& s) {
             s.given(mia, lb::deny{s.pending_at_manager(), {}});
         }},
        {"expired",
         [](auto& s) { s.pending_at_manager(), s.later(12h).given(machine, lb::tick{}); }},
        {"withdrawn", [](auto& s) { s.given(eve, lb::withdraw{s.pending_at_manager()}); }},
        {"ended", [](auto& s) { s.active(), s.later(2h).given(machine, lb::tick{}); }},
        {"finished", [](auto& s) { s.given(eve, lb::finish{s.active()}); }},
        {"revoked",
         [](auto& s) {
             s.given(bea, lb::revoke{s.active(), {}});
         }},
    };
}

struct step {
    lb::command_body body;
    std::vector<lb::actor> by;  ///< the first whom the rules do not send away
};

std::vector<step> steps(const lb::request_id& id) {
    lb::change_settings protects;
    protects.change.exempted = std::vector<lb::service>{};
    return {{wish(), {eve}},
            {lb::drill{wish()}, {carl}},
            {lb::approve{id, {}, {}}, {mia, bea}},
            {lb::deny{id, {}}, {mia, bea}},
            {lb::ask{id, "why?"}, {bea}},
            {lb::answer{id, "so"}, {eve}},
            {lb::withdraw{id}, {eve}},
            {lb::access{mail()}, {eve}},
            {lb::finish{id}, {eve}},
            {lb::revoke{id, {}}, {mia}},
            {lb::close_case{"CASE-7"}, {mia}},
            {lb::freeze{}, {bea}},
            {lb::withdraw_consent{1}, {ada}},
            {lb::turn_on{}, {ada}},
            {protects, {ada}},
            {lb::tick{}, {machine}}};
}

/// How the log leaves a request: "manager_gate", "active", or its ending.
std::string stage_of(const scenario& s, const lb::request_id& id) {
    for (const auto& one : s.state.open) {
        if (one.id != id) continue;
        const auto* waits = one.stage.get_if<lockbox::pending<lb::vocabulary>>();
        if (waits == nullptr) return "active";
        return one.terms->gates[waits->gate].side == side::provider ? "manager_gate"
                                                                    : "customer_gate";
    }
    std::string ending = "[*]";
    for (const auto& event : s.log)
        if (event.request == id && !event.body.is<lb::refused>())
            ending = lockbox::name_of(event.body);
    return ending;
}

/// The open stages in their order, then the endings by name.
struct by_life {
    using edge = std::pair<std::string, std::string>;
    static std::size_t rank(std::string_view stage) {
        constexpr std::string_view open[] = {"[*]", "manager_gate", "customer_gate", "active"};
        return static_cast<std::size_t>(std::find(std::begin(open), std::end(open), stage) - open);
    }
    bool operator()(const edge& a, const edge& b) const {
        return std::tuple{rank(a.first), rank(a.second), a.second} <
               std::tuple{rank(b.first), rank(b.second), b.second};
    }
};

struct walk {
    std::ostringstream picture;
    /// From, to, and the commands that lead there, in the order of a request's life.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>, by_life> edges;

    walk() {
        for (const auto& stage : stages()) {
            scenario s;
            stage.reach(s);
            picture << stage.name << '\n';
            const auto id = r(std::max<std::uint64_t>(s.state.submissions, 1));
            for (const auto& one : steps(id)) take(s, id, one);
        }
    }

  private:
    void take(const scenario& from, const lb::request_id& id, const step& one) {
        const auto name = lockbox::name_of(one.body);
        for (const auto& who : one.by) {
            auto s = from;
            const auto line = s.when(who, one.body);
            if (line == recorded(ground::not_allowed) && &who != &one.by.back()) continue;
            picture << "    " << name << std::string(17 - name.size(), ' ')
                    << (line.empty() ? "nothing happens" : line) << '\n';
            return draw(from, s, id, name);
        }
    }
    void draw(const scenario& before, const scenario& after, const lb::request_id& id,
              std::string_view name) {
        for (auto number = std::uint64_t{1}; number <= after.state.submissions; ++number) {
            const auto edge = std::pair{stage_of(before, r(number)), stage_of(after, r(number))};
            if (edge.first == edge.second) continue;
            CHECK((r(number) == id || edge.first == "[*]"));
            const bool drill = edge.second == "finished" && edge.first != "active";
            auto label = std::string{name}.append(drill ? " of a drill" : "");
            auto& labels = edges[edge];
            if (std::find(labels.begin(), labels.end(), label) == labels.end())
                labels.push_back(std::move(label));
        }
    }
};

std::string diagram(const walk& walked) {
    std::ostringstream out;
    out << "```mermaid\nstateDiagram-v2\n"
        << "    state \"pending at the manager's gate\" as manager_gate\n"
        << "    state \"pending at the customer's gate\" as customer_gate\n";
    std::set<std::string> endings;
    for (const auto& [edge, commands] : walked.edges) {
        out << "    " << edge.first << " --> " << edge.second << ": ";
        for (std::size_t i = 0; i < commands.size(); ++i)
            out << (i == 0 ? "" : ", ") << commands[i];
        out << '\n';
        if (by_life::rank(edge.second) == 4) endings.insert(edge.second);
    }
    for (const auto& ending : endings) out << "    " << ending << " --> [*]\n";
    out << "```\n";
    return out.str();
}

std::string text_of(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Where the diagram stands in the model's page.
std::pair<std::size_t, std::size_t> diagram_in(const std::string& page) {
    const auto begin = page.find(begin_mark);
    const auto end = page.find(end_mark);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    return {begin + begin_mark.size(), end};
}

}  // namespace

TEST_CASE("what each command does at each stage is what the picture shows", "[V9][K2]") {
    CHECK(walk{}.picture.str() == text_of(picture_file));
}

TEST_CASE("the published diagram shows every step that occurs, and no other", "[V9]") {
    const auto page = text_of(model_file);
    const auto [begin, end] = diagram_in(page);
    CHECK(diagram(walk{}) == page.substr(begin, end - begin));
}

TEST_CASE("nothing leads out of an ending", "[V7][V9][V11]") {
    const walk walked;
    for (const auto& [edge, commands] : walked.edges) {
        CHECK(by_life::rank(edge.first) < 4);
    }
    CHECK(walked.edges.size() > 10);
}

TEST_CASE("draw the stages", "[.update]") {
    const walk walked;
    std::ofstream{picture_file, std::ios::binary} << walked.picture.str();
    auto page = text_of(model_file);
    const auto [begin, end] = diagram_in(page);
    page.replace(begin, end - begin, diagram(walked));
    std::ofstream{model_file, std::ios::binary} << page;
}
