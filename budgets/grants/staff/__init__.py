"""Where officers and councillors look after grants. Forms end in a verb."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from budgets.grants.staff.bank import BankViewSet
from budgets.grants.staff.check import ApplicationViewSet
from budgets.grants.staff.claims import ClaimViewSet
from budgets.grants.staff.pay import RunViewSet
from budgets.grants.staff.reconcile import SpendViewSet
from budgets.grants.staff.reports import RecoveryViewSet, ReportViewSet
from budgets.grants.staff.scheme import SchemeViewSet
from budgets.grants.staff.signatories import SignatoryViewSet


class GrantsGroup(ViewSetGroup):
    menu_label = _("Grants")
    menu_icon = "form"
    menu_order = 285
    items = (
        ApplicationViewSet(),
        BankViewSet(),
        SignatoryViewSet(),
        ClaimViewSet(),
        RunViewSet(),
        SpendViewSet(),
        ReportViewSet(),
        RecoveryViewSet(),
        SchemeViewSet(),
    )


grants_group = GrantsGroup()

__all__ = ["grants_group"]
