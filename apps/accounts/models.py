"""People, the roles they hold for a time, and who acts while someone is away.

Everything that asks "may this person?" or "who has to act?" ends here, so that a change of people
never touches a paper.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any, Self

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .rights import RaisedNumber
from .roles import Role, fits


class Language(models.TextChoices):
    """Languages of pages and letters; each is named in itself."""

    KAZAKH = "kk", "Қазақша"
    RUSSIAN = "ru", "Русский"


class Theme(models.TextChoices):
    SYSTEM = "system", _("as in the system")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class Density(models.TextChoices):
    DENSE = "dense", _("dense rows")
    ROOMY = "roomy", _("roomy rows")


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Addresses are kept in lower case: nobody can own the same address twice."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address (the people behind points 1, 4, 22 and 27)."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    position_kk = models.CharField(_("position, in Kazakh"), max_length=250, blank=True)
    position_ru = models.CharField(_("position, in Russian"), max_length=250, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KAZAKH)
    theme = models.CharField(_("look"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("rows of tables"), max_length=5, choices=Density, default=Density.DENSE)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the operators' pages"), default=False)
    is_demonstration = models.BooleanField(_("demonstration account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("account created"), default=timezone.now, editable=False)
    rights_version = RaisedNumber(default=0, editable=False)

    objects = UserManager()

    audit_chain = "national"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = UserManager.normalize_email(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def seat_of(self, actor: Any) -> str:
        """An account is no affair of a group: nobody acts on it as a member."""
        return ""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the rule where there is one: being a superuser bypasses neither a rule nor the workflow."""
        if not self.is_active:
            return False
        if rules.perm_exists(perm):
            return rules.has_perm(perm, self, obj)
        return obj is None and super().has_perm(perm)

    @cached_property
    def assignments(self) -> list["RoleAssignment"]:
        """Roles in force today: one's own, and those of the people one stands in for (see `via`)."""
        today = timezone.localdate()
        absent = Substitution.objects.in_force(today).filter(substitute=self).values("absent")
        assignments = list(
            RoleAssignment.objects.in_force(today)
            .filter(Q(user=self) | Q(user__in=absent))
            .select_related("organisation__region", "user")
            .order_by("starts_on", "pk")
        )
        for assignment in assignments:
            assignment.via = None if assignment.user_id == self.pk else assignment.user
        return assignments

    def has_role(self, *roles: str, region: Any = None, organisation: Any = None) -> bool:
        """Say whether one of the roles is held today, in that region (object or code) or organisation."""
        code, body = getattr(region, "pk", region), getattr(organisation, "pk", organisation)
        return any(
            assignment.role in roles
            and (code is None or assignment.region_code == code)
            and (body is None or assignment.organisation_id == body)
            for assignment in self.assignments
        )

    def regions(self, *roles: str) -> set[str]:
        """Codes of the regions in which one of the roles is held today."""
        held = (assignment for assignment in self.assignments if assignment.role in roles)
        return {assignment.region_code for assignment in held if assignment.region_code}

    def organisations(self, *roles: str) -> set[int]:
        """Keys of the organisations for which one of the roles is held today."""
        return {assignment.organisation_id for assignment in self.assignments if assignment.role in roles}

    def capacity_in(self, paper: Any) -> str:
        """Name the capacity one acts in, without a language: `akimat_staff@12` or `… for 7`, by `; `.

        Roles in the paper's region count first; without any, the roles of bodies above the regions do.
        """
        code = getattr(paper, "region_id", None)
        here = [one for one in self.assignments if code and one.region_code == code]
        above = [one for one in self.assignments if not one.region_code]
        return "; ".join(one.capacity for one in here or above or (self.assignments if not code else []))

    @classmethod
    def acting_persons(
        cls, role: str | Iterable[str], organisation: Any, on: datetime.date
    ) -> models.QuerySet["User"]:
        """Who has to act for the organisation on that day: the substitute instead of the absent."""
        roles = [role] if isinstance(role, str) else list(role)
        holders = RoleAssignment.objects.in_force(on).filter(role__in=roles, organisation=organisation)
        return cls.acting_for(holders.values("user"), on)

    @classmethod
    def acting_for(cls, holders: models.QuerySet[Any, Any], on: datetime.date) -> models.QuerySet["User"]:
        """Who acts on that day for the holders (a query of users' keys): the substitute for the absent."""
        standing_in = Substitution.objects.in_force(on).filter(absent__in=holders, substitute__is_active=True)
        present = Q(pk__in=holders) & ~Q(pk__in=standing_in.values("absent"))
        return cls.objects.filter(is_active=True).filter(present | Q(pk__in=standing_in.values("substitute")))

    @classmethod
    def acting_by_body(
        cls, role: str, organisations: Collection[int], on: datetime.date
    ) -> dict[int, set["User"]]:
        """Who has to act for each of many organisations on that day; three queries however many there are."""
        holders = list(
            RoleAssignment.objects.in_force(on)
            .filter(role=role, organisation__in=organisations)
            .values_list("organisation_id", "user_id")
        )
        standing_in: dict[int, set[int]] = {}
        for absent, substitute in (
            Substitution.objects.in_force(on)
            .filter(absent__in={user for _body, user in holders}, substitute__is_active=True)
            .values_list("absent_id", "substitute_id")
        ):
            standing_in.setdefault(absent, set()).add(substitute)
        keys = {user for _body, user in holders}.union(*standing_in.values())
        people = cls.objects.filter(is_active=True).in_bulk(keys)
        acting: dict[int, set[User]] = {}
        for body, user in holders:
            present = {people[key] for key in standing_in.get(user, {user}) if key in people}
            acting.setdefault(body, set()).update(present)
        return acting


class InForceQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows that hold from a day to a day: roles, substitutions, and the seats of a group."""

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Rows whose days, both inclusive, contain that day (today by default)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class RoleAssignment(models.Model):
    """A role held by a person in an organisation, from a day to a day (points 1, 22, 27)."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_assignments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="role_assignments",
        verbose_name=_("organisation"),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to (inclusive)"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()
    via: User | None = None

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        ordering = ["user", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "starts_on"], name="role_assigned_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="role_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organisation}"

    def clean(self) -> None:
        """A role is given where it can be exercised, an akimat's role in an akimat."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is earlier than the first one.")})
        if self.role and self.organisation_id and not fits(self.role, self.organisation):
            words = _("This role is not held in such a body: {kind}. Choose another role or another body.")
            kind = self.organisation.get_kind_display()
            raise ValidationError({"organisation": str(words).format(kind=kind)})

    @property
    def region_code(self) -> str | None:
        return self.organisation.region_id

    @property
    def capacity(self) -> str:
        """The role, the body, and for whom one stands in; read back by `describe_capacities`."""
        return f"{self.role}@{self.organisation_id}" + (f" for {self.via.pk}" if self.via else "")


class Substitution(models.Model):
    """One person acts for another from a day to a day, on a basis such as an order of the akim."""

    absent = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who is away")
    )
    substitute = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="substitutions", verbose_name=_("substitute")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (inclusive)"))
    basis = models.CharField(_("basis"), max_length=250)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="substitution_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="substitution_by_another_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.substitute}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is earlier than the first one.")})
        if self.absent_id and self.absent_id == self.substitute_id:
            raise ValidationError({"substitute": _("Choose another person: nobody stands in for himself.")})
