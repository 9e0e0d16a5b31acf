"""The accounts one can sign in with, the residents, and the councillors with their portraits and terms."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from engage.accounts.actions import open_account
from engage.councillors.actions import save_councillor, save_term
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.pictures.portraits import WIDE, draw_portrait
from engage.demo.plan import START, councillors, people, position, regulars
from engage.demo.signins import PEOPLE, SIGN_INS
from engage.kit.progress import track
from engage.residents.actions import join
from engage.residents.models import Resident

STAFF_WHO_ADMINISTER = {"administrator"}


def load_accounts(loaded: Loaded) -> None:
    # Hashing is slow on purpose, so each password is hashed once for all who share it.
    hashes = {password: make_password(password) for password in {each.password for each in SIGN_INS}}
    for who, email, password, role in SIGN_INS:
        first, last = PEOPLE[who].split(" ", 1)
        account = open_account(
            email=email,
            roles=[role],
            first_name=first,
            last_name=last,
            superuser=role in STAFF_WHO_ADMINISTER,
            at=START,
        )
        account.password = hashes[password]
        account.save(update_fields=["password"])
        loaded.accounts[who] = account
        if PEOPLE[who] not in regulars():
            join(account=account, name=PEOPLE[who], at=START)


def load_residents(loaded: Loaded) -> None:
    """Nearly all without a login, as when a council brings over those who took part before."""
    residents = Resident.objects.bulk_create(
        Resident(name=person.name, home=loaded.places[person.division]) for person in people()
    )
    for resident, person in zip(residents, people(), strict=True):
        resident.joined_at = person.joined_at
    Resident.objects.bulk_update(residents, ["joined_at"], batch_size=500)
    loaded.residents = residents
    for who, account in loaded.accounts.items():
        if PEOPLE[who] in regulars():
            resident = residents[position(PEOPLE[who])]
            resident.account = account
            resident.save(update_fields=["account"])


def load_councillors(loaded: Loaded) -> None:
    terms = read("councillors")["terms"]
    for slug, row in track(list(councillors().items()), "Councillors"):
        signs_in = row["name"] == PEOPLE["councillor"]
        account = (
            loaded.accounts["councillor"]
            if signs_in
            else open_account(email=f"{slug}@demo.example", roles=["councillor"], at=START)
        )
        councillor = save_councillor(
            by=None,
            name=row["name"],
            slug=slug,
            group=row["group"],
            email=f"{slug}@tidewold.example",
            statement=row["statement"],
            portrait=_portrait(slug, row),
            account=account,
            at=START,
        )
        save_term(
            by=None,
            councillor=councillor,
            place=loaded.places[row["division"]],
            starts_on=terms["starts_on"],
            at=START,
        )
        loaded.councillors[slug] = councillor
        loaded.voices[slug] = join(account=account, name=f"Councillor {row['name']}", at=START)
        if signs_in:
            loaded.voices[slug].name = f"Councillor {row['name']}"
            loaded.voices[slug].save(update_fields=["name"])


def _portrait(slug: str, row: dict[str, object]) -> AbstractImage:
    file = ContentFile(draw_portrait(slug, row["looks"]), f"{slug}.jpg")  # type: ignore[arg-type]
    return get_image_model().objects.create(
        title=str(row["name"]),
        description=f"Drawn portrait of Councillor {row['name']}.",
        file=file,
        # Said here, the picture is not read once more to find out.
        width=WIDE,
        height=WIDE,
    )
