"""Names of what can happen to the frame."""

SITE_SET_UP = "SITE_SET_UP"
SITE_MOVED = "SITE_MOVED"
PAGE_OUT_BEFORE_ELECTION = "PAGE_OUT_BEFORE_ELECTION"  # data: {"reason": str}
