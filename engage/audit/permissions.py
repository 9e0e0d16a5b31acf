"""Who reads the record. It tells who did what, so only those who check."""

GRANTS: dict[str, set[str]] = {
    "audit.view_record": {"auditor", "administrator"},
}
