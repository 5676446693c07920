"""Every write of the product: keyword-only, atomic, checked. Admin, commands and API call these."""
