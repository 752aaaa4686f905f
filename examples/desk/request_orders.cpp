// Each command about a request: its fields, and how a filled-in form becomes its body.
#include <array>

#include "orders.hpp"

namespace desk {
namespace {

expected<lb::submit> asked_in(const form& f) {
    const auto duration = f.duration("duration");
    if (!duration) return tl::unexpected{duration.error()};
    const auto start = f.instant("start");
    if (!start) return tl::unexpected{start.error()};
    lb::submit asked;
    asked.support_case = {lb::case_id{f.text("case")}, lb::person_id{f.text("reporter")},
                          f.truth("escalated"), f.text("tried")};
    asked.scope = {lb::service{f.text("service")}, ids<lb::operation>(f.list("operations")),
                   f.list("resources")};
    asked.reason = lb::reason{f.text("reason")};
    asked.justification = f.text("justification");
    asked.duration = duration->value_or(lb::duration::zero());
    asked.start = *start;
    return asked;
}
expected<draft> submit(const form& f) {
    return asked_in(f).map([](lb::submit asked) { return draft{std::move(asked)}; });
}
expected<draft> drill(const form& f) {
    return asked_in(f).map([](lb::submit trial) { return draft{lb::drill{std::move(trial)}}; });
}

expected<draft> approve(const form& f) {
    const auto shorter = f.duration("narrow_duration");
    if (!shorter) return tl::unexpected{shorter.error()};
    lb::approve vote{lb::request_id{f.text("request")}, f.text("comment"), {{}, *shorter}};
    draft made;
    made.same_operations = !f.has("narrow_operations");
    made.same_resources = !f.has("narrow_resources");
    if (!made.same_operations || !made.same_resources) {
        vote.narrowed.scope = lb::scope{
            {}, ids<lb::operation>(f.list("narrow_operations")), f.list("narrow_resources")};
    }
    made.body = std::move(vote);
    return made;
}
expected<draft> deny(const form& f) {
    return draft{lb::deny{lb::request_id{f.text("request")}, f.text("comment")}};
}
expected<draft> ask(const form& f) {
    return draft{lb::ask{lb::request_id{f.text("request")}, f.text("question")}};
}
expected<draft> answer(const form& f) {
    return draft{lb::answer{lb::request_id{f.text("request")}, f.text("answer")}};
}
expected<draft> withdraw(const form& f) {
    return draft{lb::withdraw{lb::request_id{f.text("request")}}};
}
expected<draft> access(const form& f) {
    return draft{lb::access{
        {lb::service{f.text("service")}, lb::operation{f.text("operation")}, f.text("resource")}}};
}
expected<draft> finish(const form& f) {
    return draft{lb::finish{lb::request_id{f.text("request")}}};
}
expected<draft> revoke(const form& f) {
    return draft{lb::revoke{lb::request_id{f.text("request")}, f.text("comment")}};
}
expected<draft> close_case(const form& f) {
    return draft{lb::close_case{lb::case_id{f.text("case")}}};
}

constexpr field the_request{"request", kind::text, true, "The request's id"};
constexpr field comment{"comment", kind::text, false, "Why"};

constexpr std::array asking{
    field{"case", kind::text, true, "The support case"},
    field{"reporter", kind::text, true, "Who reported it"},
    field{"escalated", kind::truth, false, "The case was escalated"},
    field{"tried", kind::text, true, "What was tried before"},
    field{"service", kind::text, true, "The service"},
    field{"operations", kind::list, true, "An operation on it"},
    field{"resources", kind::list, true, "A path, with all under it"},
    field{"reason", kind::text, true, "A reason code, as customer_initiated_support"},
    field{"justification", kind::text, true, "Why access is needed"},
    field{"duration", kind::duration, true, "For how long"},
    field{"start", kind::instant, false, "Not before that instant"}};
constexpr std::array approving{
    the_request, comment, field{"narrow_duration", kind::duration, false, "For so long at most"},
    field{"narrow_operations", kind::list, false, "Only this operation"},
    field{"narrow_resources", kind::list, false, "Only this path"}};
constexpr std::array deciding{the_request, comment};
constexpr std::array questioning{the_request, field{"question", kind::text, true, "The question"}};
constexpr std::array answering{the_request, field{"answer", kind::text, true, "The answer"}};
constexpr std::array naming{the_request};
constexpr std::array accessing{field{"service", kind::text, true, "The service"},
                               field{"operation", kind::text, true, "The operation"},
                               field{"resource", kind::text, true, "The path"}};
constexpr std::array closing{field{"case", kind::text, true, "The support case"}};

constexpr std::array on_requests{
    order{"submit", "Ask for access to content (engineer)", asking, submit},
    order{"drill", "Try the set-up with a marked request that grants nothing (member)", asking,
          drill},
    order{"approve", "Agree to a request, or to less (manager, member)", approving, approve},
    order{"deny", "Close a request for good (manager, member)", deciding, deny},
    order{"ask", "Ask the engineer for more information (member)", questioning, ask},
    order{"answer", "Answer the open question (engineer)", answering, answer},
    order{"withdraw", "Take a pending request back (engineer)", naming, withdraw},
    order{"access", "Perform one operation on one resource (engineer)", accessing, access},
    order{"finish", "Hand access back early (engineer)", naming, finish},
    order{"revoke", "Cut access off (manager, member)", deciding, revoke},
    order{"close-case", "Close a case with all that is open on it", closing, close_case}};

}  // namespace

std::span<const order> request_orders() { return on_requests; }

}  // namespace desk
