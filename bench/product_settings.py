"""The benches' settings with the product's applications alone, for what is weighed and started."""

from bench.settings import *  # noqa: F403
from cppcc_cms.settings import INSTALLED_APPS  # noqa: F401
