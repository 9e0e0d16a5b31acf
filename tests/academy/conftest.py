from tests.cms.conftest import _no_frame_yet, editor, home, picture  # noqa: F401
