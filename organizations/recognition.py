"""What a body's name tells of it: its kind and its level. Staff may know better."""

import re

from organizations.enums import Level, OrganizationKind

_KINDS = (
    (
        OrganizationKind.PARTY,
        r"^(?:民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟)",
    ),
    (OrganizationKind.FEDERATION, r"工商联|工商业联合会|总商会$"),
    (OrganizationKind.OFFICE, r"政协.*(?:办公厅|办公室|研究室)$"),
    (OrganizationKind.SPECIAL_COMMITTEE, r".政协.+(?:委员会|专委会)$"),
    (OrganizationKind.COMMITTEE, r"政协$|^政协.+委员会$|人民政治协商会议"),
    (OrganizationKind.SECTOR, r"界$|界别"),
    (
        OrganizationKind.PEOPLES_ORGANIZATION,
        r"妇联|妇女联合会|总工会|共青团|团委$|文联|科协|侨联|台联|青联|残联",
    ),
    (OrganizationKind.ENTERPRISE, r"公司|集团|企业|合作社|银行|厂$"),
    (OrganizationKind.INSTITUTE, r"大学|学院|学校|中学|小学|医院|研究院|研究所|科学院"),
    (
        OrganizationKind.GOVERNMENT,
        r"人民政府|法院|检察院|(?:厅|局|委|办)$",
    ),
)
_LEVELS = (
    (Level.NATIONAL, r"^(?:全国|中央|中国)|中央$"),
    (Level.TOWNSHIP, r"[乡镇]|街道"),
    (Level.COUNTY, r"[县旗]|(?<!自治)(?<!地)区(?=政协|委|工商联|人民)"),
    (Level.MUNICIPAL, r"市|自治州|州(?=政协)"),
    (Level.PROVINCIAL, r"省|自治区"),
)


def kind_of(name: str) -> OrganizationKind:
    """Return the kind that ``name`` tells; OTHER where it tells none."""
    return next(
        (kind for kind, pattern in _KINDS if re.search(pattern, name)), OrganizationKind.OTHER
    )


def level_of(name: str) -> Level | str:
    """Return the lowest level that ``name`` tells, empty where it tells none."""
    return next((level for level, pattern in _LEVELS if re.search(pattern, name)), "")
