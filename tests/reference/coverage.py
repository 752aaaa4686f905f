"""What random courses are to reach, and what they did."""

import re
from collections import Counter

from own_policy import DEMANDS, FACTS
from proposals import LOOSER, TAKES

EVENTS = """tenant_opened entitlement_recorded turned_on turned_off settings_changed
audit_visibility_changed role_defined role_assigned role_ended frozen freeze_lifted submitted
terms_tightened approved gate_opened granted denied asked answered reminded withdrawn accessed
access_refused finished revoked expired ended case_closed refused throttled undeliverable
consent_given consent_withdrawn consent_used change_proposed change_agreed change_declined
change_lapsed""".split()
GROUNDS = """malformed id_reused already_used not_allowed already_open clock_behind frozen not_open
same_person already_voted missing out_of_range too_long not_escalated comment_required
question_open no_question widens narrows_to_nothing unchanged not_entitled beyond_own
last_administrator unknown_role policy bad_terms no_terms no_approver too_soon too_many_pending
too_many_open no_grant not_yet not_covered outside_hours no_consents""".split()
OF_MEMBERS = ["too_long: consent", "not_open: consent", "too_many_open: proposal",
              "not_open: proposal", "not_allowed: proposal", "same_person: proposal"]
CAUSES = ["denied by person", "denied by freeze", "denied by turned_on",
          "withdrawn by person", "withdrawn by case_closed", "finished by person",
          "finished by drill", "revoked by person", "revoked by freeze", "revoked by turned_on",
          "revoked by case_closed", "revoked by consent_withdrawn", "change_declined by person",
          "change_declined by settings_changed"]
TERMS = ["clauses", "approval hours", "access hours"]
BARS = """used scope reason longest until drill terms ended requester manager roles needed
clauses hours""".split()  # to a consent, or none
AGREED = "beyond_own frozen out_of_range unchanged".split()
NOT_OPEN = ["none", "lapsed", "its proposer lost the permission",
            "its proposer could not assign so far"]
FAULTS = """malformed missing out_of_range too_long unknown_role no_terms no_approver
bad_terms""".split()

REACHED = (
    ["event " + e for e in EVENTS] + ["event " + c for c in CAUSES]
    + ["event reminded, escalated", "repeat of a recorded command"]
    + ["refused " + g for g in GROUNDS + OF_MEMBERS]
    + ["policy not set: " + g for g in FAULTS]
    + ["terms with " + t for t in TERMS] + ["terms tightened with " + t for t in TERMS]
    + ["%s %s: %s" % (part, key, how) for part in ("when", "unless") for key in FACTS
       for how in ("holds", "does not hold")]
    + ["ask " + key for key in DEMANDS]
    + ["consent: " + bar for bar in BARS]
    + ["proposed " + kind for kind in TAKES]
    + ["loosens %s alone" % name for name in LOOSER]
    + ["agreed, but refused " + g for g in AGREED]
    + ["proposal not open: " + why for why in NOT_OPEN]
    + ["void: overdue", "void: its proposer lost the permission"])


def count(met, step, repeated):
    """What one step reached."""
    if step["refused"]:
        met["refused " + step["refused"]["why"]] += 1
        if step["refused"]["about"] in ("consent", "proposal"):
            met["refused %(why)s: %(about)s" % step["refused"]] += 1
    if step["where"].startswith("rules") and "change_settings" in step["command"]["body"]:
        met["policy not set: " + step["refused"]["why"]] += 1
        met["place " + re.sub("[0-9]+", "", step["where"])] += 1
    if repeated:
        met["repeat of a recorded command"] += 1
        return
    for event in step["events"]:
        kind, body = next(iter(event["body"].items()))
        met["event " + kind] += 1
        if "cause" in body:
            met["event %s by %s" % (kind, body["cause"])] += 1
        if kind == "reminded" and body["escalated"]:
            met["event reminded, escalated"] += 1
        if "terms" in body:
            count_terms(met, "tightened " if kind == "terms_tightened" else "", body["terms"])


def count_terms(met, how, terms):
    found = Counter()
    found["clauses"] = sum(len(g["clauses"]) for g in terms["gates"])
    found["approval hours"] = sum(len(g["hours"]) for g in terms["gates"])
    found["access hours"] = len(terms["access_hours"])
    for name, number in found.items():
        met["terms %swith %s" % (how, name)] += bool(number)
