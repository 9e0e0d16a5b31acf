"""What a resident can do on this site, for buttons and "do this next"; and the front doors of the default menu."""

from django.utils.translation import gettext_lazy as _

from engage.kit.acts import register_act

ACTS = [
    ("budgets", _("See every budget"), "budgets:budgets"),
    ("awards", _("See what was paid for"), "budgets:awards"),
    ("ideas", _("Read and support ideas"), "ideas:ideas"),
    ("suggest", _("Suggest an idea"), "ideas:new"),
    ("councillors", _("Find your councillor"), "councillors:councillors"),
    ("grants", _("See how to get a grant"), "grants:scheme"),
    ("vote", _("Vote on where money goes"), "ballots:ballots"),
    ("join", _("Join"), "account_signup"),
    ("search", _("Search this site"), "cms:search"),
]

# Shown in the main menu while no editor has made one; pages marked "show in menus" follow.
DOORS = [
    (_("Budgets"), "budgets:budgets"),
    (_("Ideas"), "ideas:ideas"),
    (_("Ballots"), "ballots:ballots"),
    (_("Grants"), "grants:scheme"),
    (_("Councillors"), "councillors:councillors"),
]


def register_acts() -> None:
    for key, label, name in ACTS:
        register_act(key, label, name)
