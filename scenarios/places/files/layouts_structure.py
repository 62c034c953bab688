"""Layouts of tables that say what schools there are: the register, groups, links, school information."""

from __future__ import annotations

from typing import Final

from scenarios.places.files import shapes
from scenarios.places.files.kinds import count, date, la, name_of_row, number, text, urn
from scenarios.places.files.layout import Layout

REGISTER: Final = Layout(
    name="GIAS register",
    source="register",
    what="Get Information About Schools: one row a school (edubasealldata)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA (code)"),
        "la_name": text("LA (name)"),
        "estab": text("EstablishmentNumber"),
        "name": text("EstablishmentName"),
        "type": text("TypeOfEstablishment (name)"),
        "type_group": text("EstablishmentTypeGroup (name)"),
        "status": text("EstablishmentStatus (name)"),
        "open_date": date("OpenDate"),
        "close_date": date("CloseDate"),
        "phase": text("PhaseOfEducation (name)"),
        "low_age": number("StatutoryLowAge", low=0, high=99),
        "high_age": number("StatutoryHighAge", low=0, high=99),
        "gender": text("Gender (name)"),
        "religious": text("ReligiousCharacter (name)"),
        "admissions": text("AdmissionsPolicy (name)"),
        "capacity": number("SchoolCapacity", low=0, high=20_000),
        "pupils": number("NumberOfPupils", low=0, high=20_000),
        "fsm_percent": number("PercentageFSM", low=0, high=100),
        "trust_uid": text("Trusts (code)"),
        "trust_name": text("Trusts (name)"),
        "trust_type": text("TrustGroupType", "TrustSchoolFlag (name)"),
        "trust_joined": date("TrustJoinedDate"),
        "sponsor": text("SchoolSponsors (name)"),
        "federation_uid": text("Federations (code)"),
        "federation_name": text("Federations (name)"),
        "inspected_on": date("OfstedLastInsp"),
        "inspection_rating": text("OfstedRating (name)"),
        "town": text("Town"),
        "postcode": text("Postcode"),
        "district": text("DistrictAdministrative (name)"),
        "easting": number("Easting", low=0, high=700_000),
        "northing": number("Northing", low=0, high=1_300_000),
        "lsoa": text("LSOA (code)"),
        "urban_rural": text("UrbanRural (name)"),
        "nursery_provision": text("NurseryProvision (name)"),
        "sixth_form": text("OfficialSixthForm (name)"),
        "reason_opened": text("ReasonEstablishmentOpened (name)"),
        "reason_closed": text("ReasonEstablishmentClosed (name)"),
        "previous_la_code": la("PreviousLA (code)"),
        "changed_on": date("LastChangedDate"),
    },
    essential=("urn", "la_code", "name", "type", "status", "phase"),
    auxiliary=("fsm_percent", "trust_joined", "inspected_on", "previous_la_code", "changed_on"),
    tidy=shapes.register,
)

GROUPS: Final = Layout(
    name="GIAS groups",
    source="groups",
    what="trusts, federations and other groups: one row a group (allgroupsdata)",
    columns={
        "group_uid": name_of_row("Group UID", form=r"\d{1,7}"),
        "group_id": text("Group ID"),
        "name": text("Group Name"),
        "group_type": text("Group Type"),
        "status": text("Group Status"),
        "opened": date("Open date", "Incorporated on (open date)"),
        "closed": date("Closed Date"),
    },
    essential=("group_uid", "name", "group_type"),
    absent=("URN", "LinkURN", "EstablishmentName", "Joined date"),
    key=("group_uid",),
)

GROUP_LINKS: Final = Layout(
    name="GIAS group links",
    source="group_links",
    what="which school is in which group, and since when (alllinksdata, grouplinks)",
    columns={
        "urn": urn("URN"),
        "group_uid": name_of_row("Group UID", "Linked UID", form=r"\d{1,7}"),
        "group_id": text("Group ID"),
        "name": text("Group Name"),
        "group_type": text("Group Type"),
        "joined": date("Joined date"),
        "status": text("Group Status"),
        "opened": date("Open date"),
        "closed": date("Closed Date"),
        "la_code": la("LA (code)"),
    },
    essential=("urn", "group_uid", "group_type", "joined"),
    key=("urn", "group_uid"),
)

LINKS: Final = Layout(
    name="GIAS links",
    source="links",
    what="predecessors and successors of schools (links_edubasealldata)",
    columns={
        "urn": urn("URN"),
        "link_urn": urn("LinkURN"),
        "link_name": text("LinkName"),
        "link_type": text("LinkType"),
        "established": date("LinkEstablishedDate"),
    },
    essential=("urn", "link_urn", "link_type"),
    key=("urn", "link_urn", "link_type"),
)

INFORMATION: Final = Layout(
    name="school information",
    source="information",
    what="performance tables: one row a school (england_spine, england_school_information)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA", "LEA"),
        "la_name": text("LANAME"),
        "estab": text("ESTAB"),
        "name": text("SCHNAME"),
        "town": text("TOWN"),
        "postcode": text("POSTCODE"),
        "open_date": date("OPENDATE"),
        "close_date": date("CLOSEDATE"),
        "type": text("NFTYPE", "SCHOOLTYPE"),
        "is_primary": count("ISPRIMARY"),
        "is_secondary": count("ISSECONDARY"),
        "is_post16": count("ISPOST16"),
        "low_age": number("AGEL", "AGELOW", low=0, high=99),
        "high_age": number("AGEH", "AGEHIGH", low=0, high=99),
        "gender": text("GENDER"),
        "religious": text("RELDENOM", "RELCHAR"),
        "admissions": text("ADMPOL"),
        "minor_group": text("MINORGROUP"),
        "closed": text("ICLOSE", "SCHSTATUS"),
    },
    essential=("urn", "la_code", "name", "minor_group", "is_primary", "is_secondary"),
)

STRUCTURE: Final = (REGISTER, GROUPS, GROUP_LINKS, LINKS, INFORMATION)
