"""A second implementation of the approval rules, written from the contract alone.

Every rule names the number of the contract that it implements (S1, G2, ...). "D" stands for the
page of decisions, "M" for the model page, "P" for the page of policies. Left out: a host's policy
and its catalogue.
Instants are whole milliseconds since 1970, durations are milliseconds.
"""

from collections import Counter

from consents import Consents
from own_policy import (
    VOTES, applies, can_fill, check_form, check_terms, gate_of, in_order, open_at, place_of, plain,
    same_facts, statement_order, stricter_terms, tighten)
from proposals import Proposals, loosened
from values import (
    DAY, FORMS, HOUR, ID_BYTES, MINUTE, SECOND, Refusal, blank, good_address, good_id,
    good_identity, need, parse_instant, scope_covers, scope_meet, show_instant, size)

LATEST_START = 7 * DAY  # G9

STANDARD_ROLES = [  # S2
    ("global_admin", ["switch", "settings", "decide", "view", "audit", "assign_roles"]),
    ("compliance_admin", ["switch", "settings", "decide", "view"]),
    ("access_approver", ["switch", "decide", "view"]),
    ("audit_reader", ["view", "audit"]),
]
STANDARD_SETTINGS = {  # S4
    "manager_window": 12 * HOUR, "customer_window": 12 * HOUR, "longest_access": 4 * HOUR,
    "managers_needed": 1, "approvers_needed": 1, "comment_required": False,
    "audit_visible": False, "exempted": [], "recipients": [],
    "reminders": [], "escalation": {"before": HOUR, "recipients": []}, "policy": {"rules": []},
    "consents": False,
    "two_person_changes": False,
    "limits": {  # R9, R6, L1, K1
        "text_bytes": 4096, "resources": 100, "operations": 100, "pending_per_engineer": 20,
        "open_requests": 100, "rounds": 10, "refusals_per_hour": 100, "denials_before_wait": 2,
        "wait_after_denials": HOUR, "clock_tolerance": 5 * SECOND,
    },
}
BOUNDS = {  # S4, M
    "manager_window": (MINUTE, 14 * DAY), "customer_window": (MINUTE, 14 * DAY),
    "longest_access": (MINUTE, 24 * HOUR), "managers_needed": (1, 20),
    "approvers_needed": (1, 20),
}
LIMIT_BOUNDS = {  # M
    "text_bytes": (64, 4096), "resources": (1, 10000), "operations": (1, 10000),
    "pending_per_engineer": (1, 10000), "open_requests": (1, 10000), "rounds": (1, 10000),
    "refusals_per_hour": (1, 10000), "denials_before_wait": (1, 10000),
    "wait_after_denials": (0, 7 * DAY), "clock_tolerance": (0, 5 * MINUTE),
}
REMINDER_BOUNDS = (MINUTE, 14 * DAY)  # M
MOST_EXEMPTED, MOST_RECIPIENTS, MOST_REMINDERS = 1000, 10, 5  # S4, M

# S10: who may give a command: a capacity, or the permissions that a member needs.
WHO = {
    "open_tenant": ("operator",), "record_entitlement": ("operator",),
    "turn_on": ("switch",), "turn_off": ("switch",),
    "change_settings": ("settings",), "set_audit_visibility": ("settings",),
    "define_role": ("assign_roles",), "assign_role": ("assign_roles",),
    "end_role": ("assign_roles",), "freeze": ("decide",), "lift_freeze": ("assign_roles",),
    "agree": ("switch", "settings", "assign_roles"),  # D: whoever could agree to any change
    "decline": ("switch", "settings", "assign_roles"),
    "consent": ({"settings", "decide"},), "withdraw_consent": ({"settings", "decide"},),
    "submit": ("engineer",), "drill": ("settings",),
    "approve": ("manager", "decide"), "deny": ("manager", "decide"), "ask": ("decide",),
    "answer": ("engineer",), "withdraw": ("engineer",), "access": ("engineer",),
    "finish": ("engineer",), "revoke": ("manager", "decide"),
    "close_case": ("engineer", "manager", "decide"),
    "tick": ("system",), "record_undeliverable": ("system",),
}
CAPACITIES = {"engineer", "manager", "operator", "system"}
WAITS = {  # K1, D
    "submit", "drill", "approve", "access", "lift_freeze", "turn_off", "change_settings",
    "define_role", "assign_role", "consent", "agree",
}
STOPPED_BY_FREEZE = {"submit", "drill", "consent"}  # S8, D: an access finds its grant revoked
AUTHORITY = {"not_allowed", "same_person", "already_voted", "beyond_own"}  # L1, M


class Request:
    """One request as the log's events leave it."""

    def __init__(self, id, body):
        self.id = id
        self.asked = body["asked"]
        self.requester = self.asked["requester"]
        self.case = self.asked["case"]
        self.drill = self.asked["drill"]
        self.reporter = body["reporter"]
        self.terms = body["terms"]
        self.status = "pending"
        self.gate = 0
        self.opened = parse_instant(self.asked["at"])
        self.decide_by = parse_instant(body["decide_by"])
        self.votes = []  # (gate, person)
        self.scope, self.duration = self.asked["scope"], self.asked["duration"]  # G7: the meet
        self.question = False
        self.rounds = 0
        self.reminders, self.escalation = [], None  # N4: how long before `decide_by`
        self.begins = self.until = None
        self.consent = None  # the number of the consent that opened the customer's gate (G8)

    def pending(self, at):
        return self.status == "pending" and at < self.decide_by  # G1, G5: half-open

    def active(self, at):
        return self.status == "active" and at < self.until  # A2

    def is_open(self, at):
        return self.pending(at) or self.active(at)


class Tenant(Consents, Proposals):
    """One tenant: its state is the fold of its events (V14)."""

    def __init__(self, met=None):
        self.met = Counter() if met is None else met  # which statements of a policy were judged
        self.opened, self.name = False, None
        self.last = 0            # instant of the last event
        self.sequence = 0
        self.settings = None
        self.roles = {}          # name -> permissions
        self.holds = {}          # member -> {role: until or None}
        self.plan = self.support = self.on = self.frozen = False
        self.requests = {}       # id -> Request
        self.denials = {}        # case -> [(id, instant)]; no drills (D)
        self.recorded = {}       # (person, capacity, command id) -> (body, refusal, events) (V8)
        self.refusals = {}       # (person, capacity) -> [hour's begin, count] (L1)
        self.consents, self.consents_given = {}, 0      # number -> Consent
        self.proposals, self.changes_proposed = {}, 0   # number -> Proposal
        self.where = ""          # the last refusal's place in the tenant's own policy

    # ------------------------------------------------------------------ the frame

    def decide(self, command, clock):
        """One command at one clock instant: the events recorded, and the refusal or None."""
        self.command = command
        self.actor = command["actor"]
        self.person, self.acting = self.actor["person"], self.actor["acting"]
        self.id = command["id"]
        self.at = max(clock, self.last)  # K1
        self.clock = clock
        self.events = []
        self.new_vote = None
        self.agreed = None       # the proposal that this command lets take effect
        self.where = ""
        kind, body = next(iter(command["body"].items()))
        try:
            self.check_form(kind, body)
            self.check_tenant(kind)
        except Refusal as refusal:
            return self.events, refusal.reply()
        key = (self.person, self.acting, self.id)
        before = self.recorded.get(key) if self.id else None
        if before is not None:  # V8
            return self.repeat(kind, body, *before)
        reply = None
        try:
            self.check_actor(kind)
            self.check_clock(kind, body)
            if self.frozen and kind in STOPPED_BY_FREEZE:
                raise Refusal("frozen")  # S8
            getattr(self, "do_" + kind)(body)
        except Refusal as refusal:
            reply = refusal.reply()
            self.where = refusal.where
            self.record_refusal(kind, body, reply)
        if self.events and self.id:
            self.recorded[key] = (command["body"], reply, self.events)
        return self.events, reply

    def repeat(self, kind, body, recorded_body, recorded_reply, recorded_events):
        """V8: the recorded reply; other content is refused; an access is allowed once."""
        if recorded_body != {kind: body}:
            return [], Refusal("id_reused", "command").reply()
        if kind == "access" and recorded_reply is None:
            return [], Refusal("already_used", "command").reply()
        return recorded_events, recorded_reply

    def check_form(self, kind, body):
        """L1: the form of ids and texts comes first. D: a malformed command leaves no record."""
        need(good_id(self.command["tenant"]), "tenant")
        need(good_identity(self.person), "actor")
        need(0 <= size(self.command["origin"]) <= ID_BYTES, "origin")
        if self.id is not None or self.acting != "system":  # D: the system's need no id
            need(self.id is not None and good_id(self.id), "command")
        form = FORMS.get(kind)
        if form:
            form(body)

    def check_tenant(self, kind):
        """D: an unknown tenant answers `not_allowed`, and there is no log to record it in."""
        known = self.opened and self.command["tenant"] == self.name
        opening = not self.opened and kind == "open_tenant" and self.acting == "operator"
        if not known and not opening:
            raise Refusal("not_allowed")

    def check_actor(self, kind):
        """S10."""
        for who in WHO[kind]:
            if who in CAPACITIES:
                if self.acting == who:
                    return
            elif self.acting == "member" and all(
                    self.permits(self.person, p)
                    for p in (who if isinstance(who, set) else {who})):
                return
        raise Refusal("not_allowed")

    def check_clock(self, kind, body):
        """K1; D: after the question of who may."""
        waits = kind in WAITS or (kind == "set_audit_visibility" and not body["visible"])
        if waits and self.opened:
            tolerance = self.settings["limits"]["clock_tolerance"]
            if self.last - self.clock > tolerance:
                raise Refusal("clock_behind", "instant", tolerance)

    def record_refusal(self, kind, body, reply):
        """L1: refusals for lack of authority are recorded; A4: every refused access is."""
        if kind == "access":
            self.emit("access_refused", {"to": body["to"], "refusal": reply})
            return
        if reply["why"] not in AUTHORITY:
            return
        request, case = self.subject(body)
        limit = self.settings["limits"]["refusals_per_hour"]
        hour = self.refusals.get((self.person, self.acting))
        if hour is None or self.at >= hour[0] + HOUR:  # D: the hour begins at the first refusal
            hour = self.refusals[(self.person, self.acting)] = [self.at, 0, False]
        if hour[2]:
            return  # throttled already: leaves nothing
        hour[1] += 1
        if hour[1] >= limit:
            hour[2] = True
            self.emit("throttled", {"until": show_instant(hour[0] + HOUR), "refusal": reply},
                      request, case=case)
        else:
            self.emit("refused", {"command": kind, "refusal": reply}, request, case=case)

    def subject(self, body):
        """L1: the request and the case that a refused command named."""
        if "trial" in body:
            body = body["trial"]
        if "support_case" in body:
            return None, body["support_case"]["number"]
        known = self.requests.get(body.get("request"))
        if known and known.is_open(self.at):  # D: a closed request looks like one that never was
            return known, known.case
        return body.get("request"), body.get("case")

    def emit(self, kind, body, request=None, told=(), case=None):
        """V14: dense numbers. L1: who, from where, when, what, on which request and case."""
        self.sequence += 1
        self.last = self.at
        self.events.append({
            "tenant": self.command["tenant"], "sequence": self.sequence,
            "at": show_instant(self.at), "actor": self.actor, "origin": self.command["origin"],
            "command": self.id or None,
            "request": request.id if isinstance(request, Request) else request,
            "case": request.case if isinstance(request, Request) else case,
            "body": {kind: body},
            "told": [{"as": a, "person": p, "address": d} for a, p, d in told]})

    # ------------------------------------------------------------------ questions to the state

    def holds_role(self, member, role):
        held = self.holds.get(member)
        if held is None or role not in held:
            return False
        until = held[role]
        return until is None or self.at < until  # half-open

    def permits(self, member, permission):
        """S2: by a role held at this instant."""
        return any(permission in self.roles[r] and self.holds_role(member, r)
                   for r in self.holds.get(member, ()))

    def may_decide(self, member, gate):
        """G2, D: an asked-for role, held now, that permits `decide` now."""
        return any("decide" in self.roles.get(r, ()) and self.holds_role(member, r)
                   for r in gate["roles"])

    def set_roles(self, roles, holds):
        """G8, D: a consent has ended for good when an author lost `decide`, also meanwhile."""
        self.end_consents(self.lacks_decide)
        self.roles, self.holds = roles, holds
        self.end_consents(self.lacks_decide)

    def own_end(self, member):
        """S3: until when a member holds `assign_roles`; None is without end."""
        latest = 0
        for role, until in self.holds.get(member, {}).items():
            if "assign_roles" in self.roles[role]:
                if until is None:
                    return None
                latest = max(latest, until)
        return latest

    def has_administrator(self, roles, holds):
        """S3: at least one member holds `assign_roles` without end."""
        return any(until is None and "assign_roles" in roles[role]
                   for held in holds.values() for role, until in held.items())

    def protected(self, service):
        return self.on and service not in self.settings["exempted"]

    def standard_terms(self, service, drill):
        """S6: the customer's gate is for a protected service and for a drill."""
        return self.standard_terms_of(self.settings, drill or self.protected(service))

    def standard_terms_of(self, s, gate):
        """R4, S6: the manager's gate always, then perhaps the customer's."""
        gates = [{"side": "provider", "needed": s["managers_needed"],
                  "window": s["manager_window"], "roles": [], "clauses": [], "hours": []}]
        if gate:
            deciding = [r for r, permits in self.roles.items() if "decide" in permits]
            gates.append({"side": "tenant", "needed": s["approvers_needed"],
                          "window": s["customer_window"], "roles": sorted(deciding),
                          "clauses": [], "hours": []})
        return {"gates": gates, "longest_access": s["longest_access"],
                "comment_required": s["comment_required"], "access_hours": [],
                "no_consents": False}

    def terms_for(self, asked):
        """R4: the stricter of the standard terms and of the tenant's own policy, which is looked
        at when all gates are known (D)."""
        bought = [name for name in ("plan", "support") if getattr(self, name)]
        at = parse_instant(asked["at"])
        demands = [(s, place_of("rules[%d].ask" % i, s["key"]))
                   for i, rule in enumerate(self.settings["policy"]["rules"])
                   if applies(rule, asked, at, bought, self.met) for s in rule["ask"]]
        gate = asked["drill"] or any(s["key"] == "customer_gate" for s, _ in demands)
        terms = self.standard_terms(asked["scope"]["service"], gate)
        for s, where in demands:
            self.met["ask %s" % s["key"]] += 1
            self.check_demand(s, asked, where)
            tighten(terms, s)
            check_terms(terms, where)
        check_terms(terms)
        self.check_approvers(terms, asked["requester"])
        return terms

    def check_demand(self, s, asked, where):
        """P: what a policy refuses, whatever the terms."""
        key, number = s["key"], s["number"]
        denials = self.denials.get(asked["case"], [])
        if key == "refuse":
            raise Refusal("policy", where=where)
        if key == "most_live_grants":
            live = sum(1 for r in self.requests.values() if r.active(self.at))
            if live >= number:
                raise Refusal("policy", where=where)
        if key == "pause_after_denial" and denials and self.at < denials[-1][1] + number:
            raise Refusal("policy", where=where)

    def check_approvers(self, terms, requester):
        """R5, D: enough people for the customer's gate, the requester apart."""
        gate = gate_of(terms, "tenant")
        if gate is None:
            return
        able = [m for m in self.holds if m != requester and self.may_decide(m, gate)]
        if len(able) < gate["needed"] or not self.fill(gate, able):
            raise Refusal("no_approver", "gates")

    def fill(self, gate, members):
        """G3: whether these members fill the gate's clauses, nobody twice."""
        if not gate["clauses"]:
            return True
        return can_fill(gate["clauses"], [
            [r for r in self.holds[m] if "decide" in self.roles[r] and self.holds_role(m, r)]
            for m in members])

    def check_text(self, text, about, required=False):
        """R2, R9: blank is missing; D: the tenant's own limit is looked at here."""
        if required and blank(text):
            raise Refusal("missing", about)
        limit = self.settings["limits"]["text_bytes"]
        if size(text) > limit:
            raise Refusal("too_long", about, limit)

    def check_scope(self, scope):
        if not scope["operations"] or not scope["resources"]:
            raise Refusal("missing", "scope")
        self.check_size(scope)

    def check_size(self, scope):
        """R9."""
        limits = self.settings["limits"]
        for part in ("operations", "resources"):
            if len(scope[part]) > limits[part]:
                raise Refusal("too_long", part, limits[part])

    def open_requests(self):
        return [r for r in self.requests.values() if r.is_open(self.at)]

    # ------------------------------------------------------------------ who is told (N1)

    def approvers(self, request):
        """Everyone who may decide at the customer's gate; managers who voted may not (V5)."""
        gate = request.terms["gates"][request.gate]
        managers = {v for g, v in request.votes if g != request.gate}
        return [m for m in self.holds if m != request.requester and m not in managers
                and self.may_decide(m, gate)]

    def tell_gate(self, request):
        """A gate opens: everyone who may decide, and the extra recipients."""
        if request.terms["gates"][request.gate]["side"] == "provider":
            return [("manager_desk", None, "")]  # the host's address: the log knows no managers
        told = [("approver", m, "") for m in self.approvers(request)]
        return told + [("recipient", None, a) for a in self.settings["recipients"]]

    def tell_party(self, request):
        """Engineer and the managers who had voted; the manager's desk where none had."""
        managers = [("manager", v, "") for g, v in request.votes
                    if request.terms["gates"][g]["side"] == "provider"
                    and (g, v) != self.new_vote]
        return ([("engineer", request.requester, "")]
                + (managers or [("manager_desk", None, "")]))

    def tell_settled(self, request, reporter=False):
        """What was pending is settled: also the other approvers, if they were asked at all."""
        told = self.tell_party(request)
        if request.gate > 0 and request.consent is None:  # nobody was asked: see `consent_used`
            told += [("approver", m, "") for m in self.approvers(request)
                     if not (self.acting == "member" and m == self.person)]
        if reporter:  # after a denial or expiry
            told.append(("reporter", request.reporter, ""))
        return told

    # ------------------------------------------------------------------ tenant, roles, settings

    def do_open_tenant(self, body):
        if self.opened:
            raise Refusal("already_open")
        self.opened, self.name = True, self.command["tenant"]
        self.roles = {r: list(p) for r, p in STANDARD_ROLES}  # S2
        self.settings = dict(STANDARD_SETTINGS, limits=dict(STANDARD_SETTINGS["limits"]))
        self.holds = {body["first_administrator"]: {"global_admin": None}}  # S10
        self.emit("tenant_opened", {
            "first_administrator": body["first_administrator"],
            "roles": [{"role": r, "permits": p} for r, p in self.roles.items()],
            "settings": self.settings})

    def do_record_entitlement(self, body):
        new = body["entitlement"]
        if (self.plan, self.support) == (new["plan"], new["support"]):
            raise Refusal("unchanged")
        self.plan, self.support = new["plan"], new["support"]  # S1: changes nothing else
        self.emit("entitlement_recorded", {"entitlement": new})

    def do_turn_on(self, body):
        if self.on:
            raise Refusal("unchanged")
        if not self.plan:
            raise Refusal("not_entitled", "plan")  # S1
        if not self.support:
            raise Refusal("not_entitled", "support")
        self.on = True
        self.end_consents(lambda consent: True)  # D
        self.emit("turned_on", {})
        self.protect(lambda service: self.protected(service))

    def do_turn_off(self, body):
        if not self.on:
            raise Refusal("unchanged")
        if self.is_proposed("turn_off", body, loosens=True):  # D
            return
        self.on = False  # S5: releases nothing
        self.end_consents(lambda consent: True)  # D
        self.emit("turned_off", {})

    def protect(self, affected):
        """S5: turning on, and removing an exemption, act at once."""
        for r in self.open_requests():
            if not affected(r.asked["scope"]["service"]):
                continue
            if r.status == "active":
                if not any(g["side"] == "tenant" for g in r.terms["gates"]):
                    self.revoke(r, "turned_on")
                continue
            try:
                terms = stricter_terms(r.terms, self.terms_for(r.asked))
                check_terms(terms)
                self.check_approvers(terms, r.requester)
            except Refusal:
                self.deny(r, "turned_on")  # S5: a refusal denies it
                continue
            if terms != r.terms:
                r.terms = terms
                # G1, D: counted from when it opened; it can only end earlier, and not before now.
                end = max(self.at, r.opened + terms["gates"][r.gate]["window"])
                r.decide_by = min(r.decide_by, end)
                self.forget_reminders(r, r.opened)  # D: before the gate opened: left out
                self.emit("terms_tightened",
                          {"terms": terms, "decide_by": show_instant(r.decide_by)}, r)

    def do_change_settings(self, body):
        change = {k: v for k, v in body["change"].items() if v is not None}
        for name, (least, most) in BOUNDS.items():  # S4
            if name in change and not least <= change[name] <= most:
                raise Refusal("out_of_range", name, least if change[name] < least else most)
        for name, most in (("exempted", MOST_EXEMPTED), ("recipients", MOST_RECIPIENTS)):
            if len(change.get(name, ())) > most:
                raise Refusal("too_long", name, most)
        for address in change.get("recipients", ()):
            need(good_address(address), "recipients")
        self.check_reminders(change)
        for name, value in change.get("limits", {}).items():
            least, most = LIMIT_BOUNDS[name]
            if not least <= value <= most:
                raise Refusal("out_of_range", "limits")  # D: names no bound
        new = dict(self.settings, **change)
        if "policy" in change:
            check_form(change["policy"], self.roles, new)
            self.check_gates(change["policy"], new)
            new["policy"] = in_order(change["policy"])
        if new == self.settings:
            raise Refusal("unchanged")
        looser = loosened(self.settings, new)
        if len(looser) == 1:
            self.met["loosens %s alone" % looser[0]] += 1
        if self.is_proposed("change_settings", body, bool(looser)):
            return
        freed = set(self.settings["exempted"]) - set(new["exempted"])
        stand_no_more = self.settings["consents"] and not new["consents"]
        self.settings = new
        self.emit("settings_changed", {"settings": new})
        if self.on and freed:
            self.protect(lambda service: service in freed)
        if stand_no_more:  # D: as if all were withdrawn
            self.consents = {}
            self.revoke_consented(lambda number: True)
        self.void_proposals()

    def check_reminders(self, change):
        """N4, M."""
        least, most = REMINDER_BOUNDS
        reminders = change.get("reminders", ())
        if len(reminders) > MOST_REMINDERS:
            raise Refusal("too_long", "reminders", MOST_REMINDERS)
        for at, before in enumerate(reminders):
            if not least <= before <= most:
                raise Refusal("out_of_range", "reminders", least if before < least else most)
            need(before not in reminders[:at], "reminders")
        if "escalation" in change:
            before, told = change["escalation"]["before"], change["escalation"]["recipients"]
            if not least <= before <= most:
                raise Refusal("out_of_range", "escalation", least if before < least else most)
            if len(told) > MOST_RECIPIENTS:
                raise Refusal("too_long", "escalation", MOST_RECIPIENTS)
            for address in told:
                need(good_address(address), "escalation")

    def check_gates(self, policy, new):
        """P: a gate that all members together could not open, with the rules that have the same
        facts or none: two rules with the same facts are one. The first demand that cannot be met
        with those before it is what the refusal is about."""
        for at, rule in enumerate(policy["rules"]):
            terms, on_people = self.standard_terms_of(new, gate=True), False
            try:
                for other in policy["rules"]:
                    same = same_facts(rule, other)
                    if not same and (other["when"] or other["unless"]):
                        continue
                    for s in sorted(map(plain, other["ask"]), key=statement_order):
                        tighten(terms, s)
                        check_terms(terms)
                        on_people = on_people or same and s["key"] in VOTES
                if on_people:
                    self.check_approvers(terms, None)
            except Refusal as refusal:
                refusal.where = "rules[%d].ask" % at
                raise

    def do_set_audit_visibility(self, body):
        if self.settings["audit_visible"] == body["visible"]:
            raise Refusal("unchanged")
        if self.is_proposed("set_audit_visibility", body, loosens=not body["visible"]):
            return
        self.settings = dict(self.settings, audit_visible=body["visible"])
        told = [("administrator", m, "") for m in self.holds
                if self.permits(m, "assign_roles")]  # L3, D
        self.emit("audit_visibility_changed", {"visible": body["visible"]}, told=told)
        self.void_proposals()  # D: by whatever change

    def do_define_role(self, body):
        role, permits = body["role"], body["permits"]
        old = self.roles.get(role)
        if old is not None and set(old) == set(permits):
            raise Refusal("unchanged", "permits")
        self.check_own(self.person, "define_role", body)
        roles = dict(self.roles, **{role: permits})
        if not self.has_administrator(roles, self.holds):
            raise Refusal("last_administrator", "role")
        if self.is_proposed("define_role", body, loosens=bool(set(permits) - set(old or ()))):
            return
        self.set_roles(roles, self.holds)
        self.emit("role_defined", {"role": role, "permits": permits})

    def check_own(self, member, kind, body):
        """S3, M: nothing beyond the assigner's own hold, and no role widened by a delegate."""
        end = self.own_end(member)
        if end is None:
            return
        if kind == "define_role" and set(body["permits"]) - set(self.roles.get(body["role"], ())):
            raise Refusal("beyond_own", "permits")
        if kind == "assign_role" and (body["until"] is None or parse_instant(body["until"]) > end):
            raise Refusal("beyond_own", "until")

    def do_assign_role(self, body):
        member, role = body["member"], body["role"]
        until = parse_instant(body["until"]) if body["until"] is not None else None
        self.check_own(self.person, "assign_role", body)  # L1: authority before the rest
        if role not in self.roles:
            raise Refusal("unknown_role", "role")
        if until is not None and until <= self.at:
            raise Refusal("out_of_range", "until")
        held = self.holds.get(member, {})
        if role in held and held[role] == until:
            raise Refusal("unchanged", "role")
        holds = dict(self.holds, **{member: dict(held, **{role: until})})
        if not self.has_administrator(self.roles, holds):
            raise Refusal("last_administrator", "role")
        longer = not self.holds_role(member, role) or (
            held[role] is not None and (until is None or until > held[role]))
        if self.is_proposed("assign_role", body, longer):
            return
        self.set_roles(self.roles, holds)
        self.emit("role_assigned", {"member": member, "role": role, "until": body["until"]})

    def do_end_role(self, body):
        member, role = body["member"], body["role"]
        if not self.holds_role(member, role):
            raise Refusal("unchanged", "role")
        holds = dict(self.holds)
        holds[member] = {r: u for r, u in holds[member].items() if r != role}
        if not self.has_administrator(self.roles, holds):
            raise Refusal("last_administrator", "role")
        self.set_roles(self.roles, holds)
        self.emit("role_ended", {"member": member, "role": role})

    def do_freeze(self, body):
        self.check_text(body["comment"], "comment")
        if self.frozen:
            raise Refusal("unchanged")
        self.frozen = True
        self.emit("frozen", {"comment": body["comment"]})
        for r in self.open_requests():  # S8
            if r.status == "pending":
                self.deny(r, "freeze")
            else:
                self.revoke(r, "freeze")

    def do_lift_freeze(self, body):
        if not self.frozen:
            raise Refusal("unchanged")
        if self.is_proposed("lift_freeze", body, loosens=True):
            return
        self.frozen = False
        self.emit("freeze_lifted", {})

    # ------------------------------------------------------------------ submitting

    def do_submit(self, body):
        self.submit(body, drill=False)

    def do_drill(self, body):
        self.submit(body["trial"], drill=True)  # S11

    def submit(self, body, drill):
        case, scope = body["support_case"], body["scope"]
        limits = self.settings["limits"]
        if not drill and not case["escalated"]:
            raise Refusal("not_escalated", "case")  # R1, D: a drill's case need not be
        self.check_text(case["tried"], "tried", required=True)
        self.check_scope(scope)
        self.check_text(body["justification"], "justification", required=True)  # R2
        self.check_duration(body["duration"], self.settings["longest_access"])  # R2
        start = parse_instant(body["start"]) if body["start"] is not None else None
        if start is not None and start > self.at + LATEST_START:
            raise Refusal("out_of_range", "start", LATEST_START)  # G9
        asked = {"requester": self.person, "case": case["number"], "scope": scope,
                 "reason": body["reason"], "duration": body["duration"],
                 "start": body["start"], "at": show_instant(self.at), "drill": drill}
        terms = self.terms_for(asked)  # R4, R5
        self.check_duration(body["duration"], terms["longest_access"])  # D
        denials = self.denials.get(case["number"], [])
        if len(denials) >= limits["denials_before_wait"] \
                and self.at < denials[-1][1] + limits["wait_after_denials"]:
            raise Refusal("too_soon", "case", limits["wait_after_denials"])  # R6
        mine = sum(1 for r in self.requests.values()
                   if r.requester == self.person and r.drill == drill and r.pending(self.at))
        if mine >= limits["pending_per_engineer"]:
            raise Refusal("too_many_pending", "none", limits["pending_per_engineer"])  # R9
        if len(self.open_requests()) >= limits["open_requests"]:
            raise Refusal("too_many_open", "none", limits["open_requests"])  # R9
        number = len(self.requests) + 1  # R6
        made = {
            "number": number, "asked": asked,
            "reporter": case["reporter"], "tried": case["tried"],
            "justification": body["justification"], "terms": terms,
            "decide_by": show_instant(self.at + terms["gates"][0]["window"]),  # G1
            "denied_before": [id for id, _ in denials]}  # R6
        request = Request("R-%06d" % number, made)
        self.requests[request.id] = request
        self.plan_reminders(request)
        self.emit("submitted", made, request, self.tell_gate(request))

    @staticmethod
    def check_duration(duration, longest):
        if not 0 < duration <= longest:
            raise Refusal("out_of_range", "duration", longest)

    def plan_reminders(self, request):
        """N4, D: settled by the settings as the gate opens; the escalation is the customer's."""
        request.reminders = list(self.settings["reminders"])
        escalation = self.settings["escalation"]
        customers = request.terms["gates"][request.gate]["side"] == "tenant"
        request.escalation = (
            escalation["before"] if customers and escalation["recipients"] else None)
        self.forget_reminders(request, request.opened)

    @staticmethod
    def forget_reminders(request, until):
        """Those that came until then, or never will."""
        request.reminders = [b for b in request.reminders if request.decide_by - b > until]
        if request.escalation is not None and request.decide_by - request.escalation <= until:
            request.escalation = None

    # ------------------------------------------------------------------ deciding

    def find(self, id, status):
        """K2: unknown, overdue, closed, at another stage: refused alike."""
        request = self.requests.get(id)
        if request is None or request.status != status or not request.is_open(self.at):
            raise Refusal("not_open", "request")
        return request

    def find_own(self, id, status):
        """S10; D: a drill belongs to nobody."""
        request = self.find(id, status)
        if request.drill or request.requester != self.person:
            raise Refusal("not_allowed")
        return request

    def check_seat(self, request, voting):
        """G2: the gate's side and roles, then distinctness (V5)."""
        gate = request.terms["gates"][request.gate]
        if gate["side"] == "provider":
            if self.acting != "manager":
                raise Refusal("not_allowed")
        elif self.acting != "member" or not self.may_decide(self.person, gate):
            raise Refusal("not_allowed")
        if self.person == request.requester:
            raise Refusal("same_person")
        for at_gate, voter in request.votes:
            if voter == self.person and at_gate != request.gate:
                raise Refusal("same_person")
        if voting and (request.gate, self.person) in request.votes:
            raise Refusal("already_voted")

    def check_comment(self, request, comment):
        self.check_text(comment, "comment")
        if request.terms["comment_required"] and blank(comment):
            raise Refusal("comment_required", "comment")  # G4

    def do_approve(self, body):
        request = self.find(body["request"], "pending")
        self.check_seat(request, voting=True)
        gate = request.terms["gates"][request.gate]
        if not self.within(gate["hours"]):
            raise Refusal("outside_hours", "hours")  # G3
        self.check_comment(request, body["comment"])
        scope, duration = self.narrow(request, body["narrowed"])
        request.scope, request.duration = scope, duration
        self.new_vote = (request.gate, self.person)
        request.votes.append(self.new_vote)
        self.emit("approved", {"gate": request.gate, "comment": body["comment"],
                               "narrowed": body["narrowed"]}, request)
        votes = self.votes_that_count(request, gate)
        if len(votes) >= gate["needed"] and self.fill(gate, votes):
            self.open_gate(request)

    def within(self, all_hours):
        """G3: an instant lies within all of these hours."""
        return all(open_at(hours, self.at) for hours in all_hours)

    def narrow(self, request, narrowed):
        """G7: shorter, smaller, fewer; never wider; never nothing."""
        scope, duration = request.scope, request.duration
        if narrowed is None:
            return scope, duration
        if narrowed["scope"] is not None:
            self.check_size(narrowed["scope"])
            if not scope_covers(request.asked["scope"], narrowed["scope"]):
                raise Refusal("widens", "scope")
            scope = scope_meet(scope, narrowed["scope"])
        if narrowed["duration"] is not None:
            if narrowed["duration"] > request.asked["duration"]:
                raise Refusal("widens", "duration", request.asked["duration"])
            duration = min(duration, narrowed["duration"])
        if not scope["operations"] or not scope["resources"]:
            raise Refusal("narrows_to_nothing", "scope")
        if duration <= 0:
            raise Refusal("narrows_to_nothing", "duration")
        return scope, duration

    def votes_that_count(self, request, gate):
        """G3: a member's vote counts while the role is held; a manager's as it was cast."""
        return [voter for at_gate, voter in request.votes if at_gate == request.gate
                and (gate["side"] == "provider" or self.may_decide(voter, gate))]

    def open_gate(self, request):
        gates = request.terms["gates"]
        if request.gate + 1 < len(gates):  # G1: the next window begins now
            request.gate += 1
            request.opened = self.at
            request.decide_by = self.at + gates[request.gate]["window"]
            self.plan_reminders(request)
            consent = self.consent_for(request, self.begins(request))  # G8: at no other time
            self.emit("gate_opened", {"gate": request.gate,
                                      "decide_by": show_instant(request.decide_by)},
                      request, [] if consent else self.tell_gate(request))
            if consent is not None:
                self.use_consent(request, consent)
                self.open_gate(request)
        elif request.drill:  # S11
            told = self.tell_settled(request)
            request.status = "finished"
            self.emit("finished", {"cause": "drill"}, request, told)
        else:
            begins = request.begins = self.begins(request)
            request.until = begins + min(request.duration, request.terms["longest_access"])  # V4
            told = self.tell_settled(request)
            request.status = "active"
            self.emit("granted", {"scope": request.scope, "from": show_instant(begins),
                                  "until": show_instant(request.until)}, request, told)

    def begins(self, request):
        """G9: when its last gate opens, or at the later start that was asked for."""
        start = request.asked["start"]
        return max(self.at, parse_instant(start)) if start is not None else self.at

    def do_deny(self, body):
        request = self.find(body["request"], "pending")
        self.check_seat(request, voting=True)
        self.check_comment(request, body["comment"])
        self.deny(request, "person", body["comment"])

    def deny(self, request, cause, comment=""):
        """G3: one denial closes it. D: a freeze's denial counts for the case, a drill's not."""
        told = self.tell_settled(request, reporter=True)
        request.status = "denied"
        if not request.drill:
            self.denials.setdefault(request.case, []).append((request.id, self.at))
        self.emit("denied", {"gate": request.gate, "cause": cause, "comment": comment},
                  request, told)

    def do_ask(self, body):
        request = self.find(body["request"], "pending")
        self.check_seat(request, voting=False)  # G4: a member sits at the customer's gate only
        if request.question:
            raise Refusal("question_open")  # G4: one at a time; L1: stage before body
        self.check_text(body["question"], "question", required=True)
        rounds = self.settings["limits"]["rounds"]
        if request.rounds >= rounds:
            raise Refusal("out_of_range", "question", rounds)
        request.question = True
        request.rounds += 1
        self.emit("asked", {"question": body["question"]}, request,
                  [("engineer", request.requester, "")])

    def do_answer(self, body):
        request = self.find_own(body["request"], "pending")
        if not request.question:
            raise Refusal("no_question")  # L1: the stage comes before the body
        self.check_text(body["text"], "answer", required=True)
        request.question = False
        self.emit("answered", {"text": body["text"]}, request, self.tell_gate(request))

    def do_withdraw(self, body):
        request = self.find_own(body["request"], "pending")  # R7
        self.withdraw(request, "person")

    def withdraw(self, request, cause):
        told = self.tell_settled(request)
        request.status = "withdrawn"
        self.emit("withdrawn", {"cause": cause}, request, told)

    def do_finish(self, body):
        request = self.find_own(body["request"], "active")  # R7
        request.status = "finished"
        self.emit("finished", {"cause": "person"}, request, self.tell_party(request))

    def do_revoke(self, body):
        request = self.find(body["request"], "active")  # A3
        self.check_text(body["comment"], "comment")
        self.revoke(request, "person", body["comment"])

    def revoke(self, request, cause, comment=""):
        request.status = "revoked"
        self.emit("revoked", {"cause": cause, "comment": comment}, request,
                  self.tell_party(request))

    def do_close_case(self, body):
        """R8; D: a case with nothing open is unchanged."""
        mine = [r for r in self.open_requests() if r.case == body["case"]]
        if not mine:
            raise Refusal("unchanged", "case")
        self.emit("case_closed", {}, case=body["case"])
        for request in mine:
            if request.status == "pending":
                self.withdraw(request, "case_closed")
            else:
                self.revoke(request, "case_closed")

    # ------------------------------------------------------------------ access and time

    def do_access(self, body):
        """A1: one live grant of this engineer covers it at this instant."""
        to = body["to"]
        wanted = {"service": to["service"], "operations": [to["operation"]],
                  "resources": [to["resource"]]}
        mine = [r for r in self.requests.values()
                if r.requester == self.person and r.active(self.at)]
        why = "not_covered" if mine else "no_grant"
        for request in mine:
            if not scope_covers(request.scope, wanted):
                continue
            if self.at < request.begins:
                why = "not_yet"  # G9
            elif not self.within(request.terms["access_hours"]):
                why = "outside_hours"  # G3
            else:
                self.emit("accessed", {"to": to}, request)  # A4
                return
        raise Refusal(why, "access")

    def do_tick(self, body):
        """K2: records what time made true, ordered by (since, id)."""
        due = []
        for r in self.requests.values():
            if r.status == "pending" and r.decide_by <= self.at:
                due.append((r.decide_by, r.id, self.expire))
            elif r.status == "active" and r.until <= self.at:
                due.append((r.until, r.id, self.end))
            elif r.status == "pending":
                befores = r.reminders + ([] if r.escalation is None else [r.escalation])
                over = [r.decide_by - b for b in befores if r.decide_by - b <= self.at]
                if over:  # D: one event for all of them, since the newest
                    due.append((max(over), r.id, self.remind))
        due = [(since, 0, id, self.requests[id], record) for since, id, record in due]
        due += [(p.decide_by, 1, p.number, p, self.lapse) for p in self.proposals.values()
                if p.decide_by <= self.at]
        for since, _, _, what, record in sorted(due, key=lambda d: d[:3]):
            record(what, show_instant(since))

    def expire(self, request, since):
        told = self.tell_settled(request, reporter=True)
        request.status = "expired"
        self.emit("expired", {"since": since}, request, told)

    def end(self, request, since):
        request.status = "ended"
        self.emit("ended", {"since": since}, request, self.tell_party(request))

    def remind(self, request, since):
        """N4; D: an escalation is a reminder that tells more people."""
        before = request.escalation
        self.forget_reminders(request, self.at)
        escalated = before is not None and request.escalation is None
        self.emit("reminded", {"gate": request.gate, "since": since,
                               "decide_by": show_instant(request.decide_by),
                               "escalated": escalated},
                  request, self.tell_reminded(request, escalated))

    def tell_reminded(self, request, escalated):
        """D: whoever may decide then and has not voted, and the lists as they are then."""
        voted = {voter for _, voter in request.votes}
        told = [t for t in self.tell_gate(request) if t[0] != "approver" or t[1] not in voted]
        if escalated:
            told += [("recipient", None, a) for a in self.settings["escalation"]["recipients"]]
        return list(dict.fromkeys(told))  # D: each address once

    def do_record_undeliverable(self, body):
        self.emit("undeliverable", dict(body))  # N3
