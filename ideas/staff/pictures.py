"""What residents send is not for editors: the picture library and its choosers leave it out, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from ideas.models import PICTURES_APART


class WithoutResidentsPictures(CollectionOwnershipPermissionPolicy):
    """Wagtail's own rules for pictures, as if the collection `PICTURES_APART` was not there."""

    def collections_user_has_any_permission_for(self, user: Any, actions: Sequence[str]) -> QuerySet[Any]:
        return super().collections_user_has_any_permission_for(user, actions).exclude(name=PICTURES_APART)

    def instances_user_has_any_permission_for(self, user: Any, actions: Sequence[str]) -> QuerySet[Any]:
        # By number: the search of the library cannot filter by what belongs to another table.
        apart = list(Collection.objects.filter(name=PICTURES_APART).values_list("pk", flat=True))
        return super().instances_user_has_any_permission_for(user, actions).exclude(collection__in=apart)

    def user_has_any_permission_for_instance(self, user: Any, actions: Sequence[str], instance: Any) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and instance.collection.name != PICTURES_APART

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)


def keep_out_of_the_library() -> None:
    image = get_image_model()
    policy = WithoutResidentsPictures(
        image, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
    )
    # Exact, so that it comes before the one that Wagtail registers for all kinds of pictures.
    register_permission_policy(image, policy, exact_class=True)
