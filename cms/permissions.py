"""Who looks after what everybody sees. Pages and pictures are granted with the site (see actions.set_up_site)."""

GRANTS: dict[str, set[str]] = {
    "cms.change_brand": {"editor", "administrator"},
    "cms.change_menu": {"editor", "administrator"},
    "cms.change_notice": {"editor", "officer", "administrator"},
    "kit.add_theme": {"editor", "administrator"},
    "kit.change_theme": {"editor", "administrator"},
    "kit.delete_theme": {"administrator"},
    "kit.view_theme": {"editor", "officer", "moderator", "administrator"},
    "wagtailredirects.add_redirect": {"editor", "administrator"},
    "wagtailredirects.change_redirect": {"editor", "administrator"},
    "wagtailredirects.delete_redirect": {"editor", "administrator"},
    "wagtailcore.add_collection": {"administrator"},
    "wagtailcore.change_collection": {"administrator"},
    "wagtailcore.delete_collection": {"administrator"},
    "wagtailcore.add_workflow": {"administrator"},
    "wagtailcore.change_workflow": {"administrator"},
    "wagtailcore.add_task": {"administrator"},
    "wagtailcore.change_task": {"administrator"},
    "wagtailcore.change_site": {"administrator"},
}

# On the whole tree of pages, and on the root collection of pictures and documents.
PAGES = {
    "editor": {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
    "administrator": {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
}
FILES = {
    "editor": {"add", "change", "choose"},
    "administrator": {"add", "change", "choose"},
    "officer": {"add", "choose"},
    "councillor": {"choose"},
}
