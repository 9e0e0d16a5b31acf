"""Which roles may enter the back office, and who looks after accounts."""

ENTER_BACK_OFFICE = "wagtailadmin.access_admin"

GRANTS: dict[str, set[str]] = {
    ENTER_BACK_OFFICE: {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "accounts.add_account": {"administrator"},
    "accounts.change_account": {"administrator"},
    "accounts.delete_account": {"administrator"},
    "accounts.view_account": {"administrator", "auditor"},
    "auth.add_group": {"administrator"},
    "auth.change_group": {"administrator"},
    "auth.delete_group": {"administrator"},
    "auth.view_group": {"administrator", "auditor"},
}
