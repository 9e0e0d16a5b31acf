from wagtail import hooks

from engage.residents.staff import block_viewset


@hooks.register("register_admin_viewset")
def register_blocks():
    return block_viewset
