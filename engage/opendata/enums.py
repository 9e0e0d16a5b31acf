from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, Licence


class LicenceChoice(models.TextChoices):
    """Under what anybody may use the files. All three conform to the Open Definition, as 360Giving asks."""

    OGL = "ogl", _("Open Government Licence v3.0")
    CC_BY = "cc-by", _("Creative Commons Attribution 4.0")
    CC0 = "cc0", _("Creative Commons Zero: no rights reserved")


LICENCES = {
    LicenceChoice.OGL: OPEN_GOVERNMENT_LICENCE,
    LicenceChoice.CC_BY: Licence(
        "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
    ),
    LicenceChoice.CC0: Licence(
        "Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"
    ),
}
