"""The council's name for the site and its colour, for the head of emails that lower apps write."""

from wagtail.models import Site

from cms.models import Brand
from engage.kit.letterhead import Letterhead, register_letterhead


@register_letterhead
def letterhead() -> Letterhead:
    """Of the site that emails come from: the default one."""
    site = Site.objects.filter(is_default_site=True).first()
    brand = Brand.objects.filter(site=site).first() or Brand()
    return Letterhead(site_name=brand.site_name, colour=brand.colour)
