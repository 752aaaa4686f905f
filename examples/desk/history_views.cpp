// The past: the listing of requests, one request's timeline, and the audit log in its
// presentations.
#include <algorithm>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include <lockbox/audit/office365.hpp>
#include <lockbox/describe.hpp>
#include <lockbox/log/json.hpp>

#include "narrate.hpp"
#include "print.hpp"
#include "views.hpp"

namespace desk {
namespace {

using V = lb::vocabulary;

std::string status_of(const lb::request_summary& s) {
    std::string text{lockbox::name_of(s.status)};
    if (s.gate) text += s.gate == lockbox::side::provider ? ", manager" : ", customer";
    return text + (s.drill ? " (drill)" : "");
}

const lb::submitted* submission_in(const lockbox::page<lb::audit_event>& steps) {
    for (const auto& event : steps.entries)
        if (const auto* asked = event.body.get_if<lb::submitted>()) return asked;
    return nullptr;
}

void tell_what_was_asked(const lb::submitted& s) {
    const auto line = [](const char* name, const std::string& text) {
        if (!text.empty()) fmt::print("  {:<14}{}\n", name, wrapped(text, 80, 16));
    };
    const auto& asked = *s.asked;
    line("case", inert(asked.case_number.text()) + ", reported by " + inert(s.reporter.text()));
    line("engineer", inert(asked.requester.text()));
    line("wants", narrate(asked.scope));
    line("for", length(asked.duration) + (asked.start ? ", not before " + when(*asked.start) : ""));
    line("reason", inert(asked.reason.text()));
    line("justification", inert(s.justification));
    line("tried before", inert(s.tried));
    std::string before;
    for (const auto& id : s.denied_before)
        before += (before.empty() ? "" : ", ") + inert(id.text());
    line("denied before", before);
}

void tell_step(const lb::audit_event& event) {
    fmt::print("  {}  {:<15}  {} ({})\n", when(event.at), lockbox::name_of<V>(event.body),
               who_did(event), lockbox::name_of(event.actor.acting));
    const auto indented = [](const std::string& text) {
        if (!text.empty()) fmt::print("{:23}{}\n", "", wrapped(text, 75, 23));
    };
    indented(narrate(event));
    const auto told = who_was_told(event);
    indented(told.empty() ? told : "told " + told);
}

/// Prints a page in one presentation; keeps what it has looked up for the next.
class log_printer {
  public:
    log_printer(desk_engine& on, const lb::actor& who, log_format as)
        : on_(on), who_(who), as_(as) {}

    [[nodiscard]] expected<void> print(const lockbox::page<lb::audit_event>& page) {
        if (as_ == log_format::table) return print_table(page);
        for (const auto& event : page.entries) {
            std::string text;
            if (as_ == log_format::json) {
                lockbox::log::write(text, event);
            } else {
                const auto asked = submission_of(event);
                if (!asked) return tl::unexpected{asked.error()};
                text = lockbox::office365_record(event, *asked).value_or(std::string{});
            }
            if (!text.empty()) fmt::print("{}\n", harmless(text));
        }
        return {};
    }

  private:
    static expected<void> print_table(const lockbox::page<lb::audit_event>& page) {
        table out{{"#", "when (UTC)", "who", "activity", "item", "detail"}};
        for (const auto& event : page.entries) {
            const auto item = event.request ? inert(event.request->text(), 12) : std::string{};
            out.add({std::to_string(event.sequence), when(event.at).substr(5, 11),
                     cut(who_did(event), 20), std::string{lockbox::name_of<V>(event.body)}, item,
                     narrate(event)});
        }
        out.cut(100);
        fmt::print("{}", out.text());
        return {};
    }

    /// The submission behind an event; null when it is about no request.
    expected<const lb::audit_event*> submission_of(const lb::audit_event& event) {
        if (!event.request) return nullptr;
        const auto known = submissions_.find(*event.request);
        if (known != submissions_.end()) return &known->second;
        lb::log_query query;
        query.tenant = event.tenant;
        query.item = event.request;
        query.activity = std::string{lb::submitted::name};
        auto found = on_.search(query, who_);
        if (!found) return tl::unexpected{problem_of(found.error())};
        if (found->entries.empty()) return nullptr;
        return &submissions_.emplace(*event.request, std::move(found->entries.front()))
                    .first->second;
    }

    desk_engine& on_;
    const lb::actor& who_;
    log_format as_;
    std::map<lb::request_id, lb::audit_event> submissions_;
};

}  // namespace

expected<void> list_requests(desk_engine& on, const lb::request_query& query,
                             const lb::actor& who) {
    const auto page = on.requests(query, who);
    if (!page) return tl::unexpected{problem_of(page.error())};
    table out{{"request", "status", "engineer", "case", "submitted (UTC)", "over (UTC)"}};
    for (const auto& s : page->entries) {
        out.add({inert(s.id.text(), 12), status_of(s), inert(s.engineer.text(), 22),
                 inert(s.case_number.text(), 12), when(s.submitted).substr(0, 16),
                 when(s.over).substr(0, 16)});
    }
    if (out.empty()) {
        fmt::print("no requests\n");
        return {};
    }
    fmt::print("{}", out.text());
    if (page->next) fmt::print("more: --before {}\n", *page->next);
    return {};
}

expected<void> show_request(desk_engine& on, const lb::tenant_id& of, const lb::request_id& item,
                            const lb::actor& who) {
    lb::request_query query;
    query.tenant = of;
    query.item = item;
    const auto listing = on.requests(query, who);
    if (!listing) return tl::unexpected{problem_of(listing.error())};
    const auto steps = on.history(of, item, who);
    if (!steps) return tl::unexpected{problem_of(steps.error())};
    if (!listing->entries.empty()) {
        fmt::print("{} of {}: {}\n", inert(item.text()), inert(of.text()),
                   status_of(listing->entries.front()));
    }
    if (const auto* asked = submission_in(*steps)) tell_what_was_asked(*asked);
    fmt::print("\n");
    std::for_each(steps->entries.rbegin(), steps->entries.rend(), tell_step);
    return {};
}

expected<void> show_log(desk_engine& on, lb::log_query query, const lb::actor& who, log_format as,
                        bool all_pages) {
    log_printer printer{on, who, as};
    if (all_pages) query.limit = lockbox::largest_page;
    while (true) {
        const auto page = on.search(query, who);
        if (!page) return tl::unexpected{problem_of(page.error())};
        if (page->entries.empty() && as == log_format::table)
            fmt::print("no events\n");
        else if (auto printed = printer.print(*page); !printed)
            return printed;
        if (!page->next) return {};
        if (!all_pages) {
            (void)std::fflush(stdout);
            fmt::print(as == log_format::table ? stdout : stderr, "more: --before {}\n",
                       *page->next);
            return {};
        }
        query.before = page->next;
    }
}

}  // namespace desk
