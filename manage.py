#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command; a wrong configuration is told without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc_cms.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"配置错误：{error}")


if __name__ == "__main__":
    main()
