"""The shape of what people send. Whether it may be done is the verbs' to say."""

from budgets.grants.forms.agree import SignForm
from budgets.grants.forms.apply import (
    LINES,
    MOST_DOCUMENTS,
    PAGE_FORMS,
    AnswerForm,
    DocumentForm,
    Lines,
    SendForm,
    StartForm,
    WithdrawForm,
    page_now,
)
from budgets.grants.forms.check import (
    AskGroupForm,
    AssignApplicationForm,
    CheckForm,
    DeclineApplicationForm,
    OfficerDecideForm,
    OverrideForm,
    TakeOnForm,
    WaiveForm,
)
from budgets.grants.forms.decide import DecideForm, DeclineForm, InterestForm
from budgets.grants.forms.group import (
    BankForm,
    ClaimForm,
    GroupForm,
    InviteMemberForm,
    SignatoryForm,
    group_now,
)

__all__ = [
    "LINES",
    "MOST_DOCUMENTS",
    "PAGE_FORMS",
    "AnswerForm",
    "AskGroupForm",
    "AssignApplicationForm",
    "BankForm",
    "CheckForm",
    "ClaimForm",
    "DecideForm",
    "DeclineApplicationForm",
    "DeclineForm",
    "DocumentForm",
    "GroupForm",
    "InterestForm",
    "InviteMemberForm",
    "Lines",
    "OfficerDecideForm",
    "OverrideForm",
    "SendForm",
    "SignForm",
    "SignatoryForm",
    "StartForm",
    "TakeOnForm",
    "WaiveForm",
    "WithdrawForm",
    "group_now",
    "page_now",
]
