"""The two-person rule for changes that loosen (S9): what loosens, and what becomes of a proposal.

Letters and numbers are those of reference.py, which this is a part of.
"""

from own_policy import in_order
from values import Refusal, show_instant

MOST_PROPOSALS = 20  # M
TAKES = {  # S10: the permissions that a change takes, all of them
    "turn_off": ("switch",), "change_settings": ("settings",),
    "set_audit_visibility": ("settings",), "define_role": ("assign_roles",),
    "assign_role": ("assign_roles",), "lift_freeze": ("assign_roles",),
    "consent": ("settings", "decide"),
}

# S9, M: of two values of a setting, which is the stricter.
LOWER = ("manager_window", "customer_window", "longest_access", "consents")
HIGHER = ("managers_needed", "approvers_needed", "comment_required", "two_person_changes")
MORE = ("recipients", "reminders")
LOWER_LIMITS = ("text_bytes", "resources", "operations", "pending_per_engineer", "open_requests",
                "denials_before_wait", "clock_tolerance")
HIGHER_LIMITS = ("rounds", "refusals_per_hour", "wait_after_denials")
LOOSER = LOWER + HIGHER + MORE + LOWER_LIMITS + HIGHER_LIMITS + (
    "exempted", "escalation", "policy")


def loosened(old, new):
    """S9: the settings that differ from the stricter of old and new."""
    found = [name for name in LOWER if new[name] > old[name]]
    found += [name for name in HIGHER if new[name] < old[name]]
    found += [name for name in LOWER_LIMITS if new["limits"][name] > old["limits"][name]]
    found += [name for name in HIGHER_LIMITS if new["limits"][name] < old["limits"][name]]
    found += [name for name in MORE if not set(old[name]) <= set(new[name])]
    if not set(new["exempted"]) <= set(old["exempted"]):
        found.append("exempted")
    if loosens_escalation(old, new):
        found.append("escalation")
    both = {"rules": old["policy"]["rules"] + new["policy"]["rules"]}
    if in_order(both) != in_order(new["policy"]):
        found.append("policy")
    return found


def loosens_escalation(old, new):
    """M: the stricter the earlier it comes, and one that never comes is none."""
    before, after = old["escalation"], new["escalation"]
    return bool(before["recipients"]) and (
        after["before"] < before["before"]
        or not set(before["recipients"]) <= set(after["recipients"])
        or comes(old) and not comes(new))


def comes(settings):
    """D: an escalation that is as long as the window, or longer, is left out."""
    escalation = settings["escalation"]
    return bool(escalation["recipients"]) and escalation["before"] < settings["customer_window"]


def asks_for_two(settings):
    """S9, D: a threshold above one, wherever it stands."""
    return settings["approvers_needed"] > 1 or any(
        people_of(s) > 1 for rule in settings["policy"]["rules"] for s in rule["ask"])


def people_of(s):
    """How many approvers a demand asks for at least."""
    if s["key"] == "approvals":
        return s["number"]
    if s["key"] == "each_of":
        return sum(min(q["needed"] for q in c["any_of"]) for c in s["clauses"])
    return 0


class Proposal:
    """A change that waits."""

    def __init__(self, number, proposer, kind, body, decide_by):
        self.number, self.proposer, self.kind, self.body = number, proposer, kind, body
        self.decide_by = decide_by


class Proposals:
    """What becomes of the changes that loosen."""

    def is_proposed(self, kind, body, loosens):
        """Looked at when all else is judged (D): whether the change only waits from now on."""
        if self.agreed is not None:
            proposal = self.agreed
            del self.proposals[proposal.number]
            self.emit("change_agreed",
                      {"number": proposal.number, "proposer": proposal.proposer},
                      told=self.tell_proposer(proposal))
            return False
        if not loosens or not (self.settings["two_person_changes"]
                               or asks_for_two(self.settings)):
            return False
        if len(self.waiting()) >= MOST_PROPOSALS:
            raise Refusal("too_many_open", "proposal", MOST_PROPOSALS)
        self.met["proposed %s" % kind] += 1
        self.changes_proposed += 1
        proposal = Proposal(self.changes_proposed, self.person, kind, body,
                            self.at + self.settings["customer_window"])
        self.proposals[proposal.number] = proposal
        self.emit("change_proposed",
                  {"number": proposal.number, "change": {kind: body},
                   "decide_by": show_instant(proposal.decide_by)},
                  told=[("administrator", m, "") for m in self.holds
                        if m != self.person and self.has_permission(m, proposal)])
        return True

    def tell_proposer(self, proposal):
        """N1: but not of what he did himself."""
        if self.acting == "member" and self.person == proposal.proposer:
            return []
        return [("administrator", proposal.proposer, "")]

    def has_permission(self, member, proposal):
        return all(self.permits(member, p) for p in TAKES[proposal.kind])

    def may_assign_so_far(self, member, proposal):
        try:
            self.check_own(member, proposal.kind, proposal.body)
        except Refusal:
            return False
        return True

    def waiting(self):
        """M: not at its end, and not when its proposer could not make it any more. As recorded:
        one who could only not assign so far any more keeps it from being agreed to, no more."""
        return [p for p in self.proposals.values()
                if self.at < p.decide_by and self.has_permission(p.proposer, p)]

    def find_proposal(self, number):
        proposal = self.proposals.get(number)
        if proposal is None or proposal not in self.waiting():
            self.met["proposal not open: %s" % (
                "none" if proposal is None else "lapsed" if proposal.decide_by <= self.at
                else "its proposer lost the permission")] += 1
            raise Refusal("not_open", "proposal")
        if not self.has_permission(self.person, proposal):
            raise Refusal("not_allowed", "proposal")
        return proposal

    def do_agree(self, body):
        proposal = self.find_proposal(body["proposal"])
        if proposal.proposer == self.person:
            raise Refusal("same_person", "proposal")
        if not self.may_assign_so_far(proposal.proposer, proposal):
            self.met["proposal not open: its proposer could not assign so far"] += 1
            raise Refusal("not_open", "proposal")
        if self.frozen and proposal.kind == "consent":
            self.met["agreed, but refused frozen"] += 1
            raise Refusal("frozen")
        self.agreed = proposal
        try:
            getattr(self, "do_" + proposal.kind)(proposal.body)  # D: judged anew
        except Refusal as refusal:
            self.met["agreed, but refused %s" % refusal.why] += 1
            raise

    def do_decline(self, body):
        self.decline(self.find_proposal(body["proposal"]), "person")

    def decline(self, proposal, cause):
        del self.proposals[proposal.number]
        self.emit("change_declined",
                  {"number": proposal.number, "proposer": proposal.proposer, "cause": cause},
                  told=self.tell_proposer(proposal))

    def void_proposals(self):
        """D: they were made against other settings."""
        waiting = self.waiting()
        for proposal in list(self.proposals.values()):
            if proposal.decide_by <= self.at:
                self.met["void: overdue"] += 1  # K2: only a tick records it
                continue
            if proposal not in waiting:
                self.met["void: its proposer lost the permission"] += 1
            self.decline(proposal, "settings_changed")

    def lapse(self, proposal, since):
        del self.proposals[proposal.number]
        self.emit("change_lapsed", {"number": proposal.number, "proposer": proposal.proposer,
                                    "since": since}, told=self.tell_proposer(proposal))
