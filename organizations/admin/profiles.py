"""What readers see of bodies and people: it passes no review, so only some may change it."""


class PublicProfileMixin:
    """Locks ``profile_fields``, and ``identity_fields`` once stored, for those without the right.

    Names come to the public with a reviewed speech; changing one afterwards, or telling readers
    anything else of a body or a person, takes ``organizations.change_public_profile``.
    """

    identity_fields: tuple[str, ...] = ()
    profile_fields: tuple[str, ...] = ()

    def get_readonly_fields(self, request, obj=None):
        """Lock what this user may not tell readers."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if request.user.has_perm("organizations.change_public_profile"):
            return fields
        return (*fields, *self.profile_fields, *(self.identity_fields if obj else ()))
