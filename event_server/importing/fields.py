"""What a column of a list can mean."""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """The meaning of one column.

    Several columns may feed one field: the first that is filled counts, tags are put together. A link is not
    among them: it would be shown on a mutual yes, and only the person may choose that.
    """

    IGNORE = "ignore"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    HEADLINE = "headline"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    SENIORITY = "seniority"
    INTERESTS = "interests"
    OFFERS = "offers"
    NEEDS = "needs"
    LANGUAGES = "languages"
    PRONOUNS = "pronouns"
    ACCESS_NEEDS = "access_needs"
    STATUS = "status"
    ORDER = "order"
    POSITION = "position"
    GUEST = "guest"


TEXT_FIELDS: Final = (Field.HEADLINE, Field.ORGANISATION, Field.SECTOR, Field.PRONOUNS, Field.ACCESS_NEEDS)
TAG_FIELDS: Final = (Field.INTERESTS, Field.OFFERS, Field.NEEDS)
