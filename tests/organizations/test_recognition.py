import pytest

from organizations.enums import Level, OrganizationKind
from organizations.recognition import kind_of, level_of


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("白鹭县政协", OrganizationKind.COMMITTEE, Level.COUNTY),
        ("青禾市政协", OrganizationKind.COMMITTEE, Level.MUNICIPAL),
        ("鹤湾区政协", OrganizationKind.COMMITTEE, Level.COUNTY),
        ("云岭省政协", OrganizationKind.COMMITTEE, Level.PROVINCIAL),
        ("省政协经济委员会", OrganizationKind.SPECIAL_COMMITTEE, Level.PROVINCIAL),
        ("云岭省政协办公厅", OrganizationKind.OFFICE, Level.PROVINCIAL),
        ("民革青禾市委会", OrganizationKind.PARTY, Level.MUNICIPAL),
        ("民革中央", OrganizationKind.PARTY, Level.NATIONAL),
        ("市工商联", OrganizationKind.FEDERATION, Level.MUNICIPAL),
        ("云岭自治区妇联", OrganizationKind.PEOPLES_ORGANIZATION, Level.PROVINCIAL),
        ("青禾宏远机电有限公司", OrganizationKind.ENTERPRISE, ""),
        ("白鹭县第一中学校", OrganizationKind.INSTITUTE, Level.COUNTY),
        ("云岭省农业农村厅", OrganizationKind.GOVERNMENT, Level.PROVINCIAL),
        ("政协青禾市第十届委员会", OrganizationKind.COMMITTEE, Level.MUNICIPAL),
        ("青年合唱", OrganizationKind.OTHER, ""),
    ],
)
def test_a_name_tells_kind_and_level(name, kind, level):
    assert (kind_of(name), level_of(name)) == (kind, level)
