"""Two-step login: setting up an authenticator, and its code after the password."""

import textwrap
from base64 import b32encode
from urllib.parse import urlencode

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp import login

from speeches.exceptions import CodeRefused
from speeches.services import second_factor

FEW_CODES = 3
"""Recovery codes that are left when staff are told so."""


class CodeForm(forms.Form):
    """A code as typed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class ChangeForm(CodeForm):
    """A code of the old authenticator and one of the new."""

    new_code = forms.CharField(
        label=_("Code of the new telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["code"].label = _("Code of the present telephone, or a recovery code")


def enrol_view(request, *, site) -> HttpResponse:
    """Show the QR code of a new authenticator and, once it is proven, the recovery codes."""
    if second_factor.has_factor(request.user):
        address = reverse("admin:second_factor_verify")
        return HttpResponseRedirect(f"{address}?{urlencode({'next': _next(request)})}")
    form = CodeForm(request.POST or None)
    codes, device = _tried(form, second_factor.enrol, request.user) or ([], None)
    if device is not None:
        return _codes_page(site, request, codes, device)
    return _setting_up(
        site, request, "second_factor_enrol", title=gettext("Set up two-step login"), form=form
    )


def change_view(request, *, site) -> HttpResponse:
    """Change the telephone by oneself: a code of the present one, and one of the new."""
    if not second_factor.has_factor(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor_enrol"))
    form = ChangeForm(request.POST or None)
    codes, device = _tried(form, second_factor.change, request.user) or ([], None)
    if device is not None:
        return _codes_page(site, request, codes, device)
    return _setting_up(
        site, request, "second_factor_change", title=gettext("Change telephone"), form=form
    )


def _codes_page(site, request, codes: list[str], device) -> TemplateResponse:
    _remember(request, device)
    title = gettext("Keep these recovery codes")
    context = {"title": title, "codes": codes, "next": _next(request)}
    return _page(site, request, "second_factor_codes", **context)


def _setting_up(site, request, name: str, **context) -> TemplateResponse:
    """A page that shows the key of the candidate, as a QR code and in letters."""
    device = second_factor.candidate(user=request.user)
    return _page(
        site,
        request,
        name,
        picture=segno.make(device.config_url, error="l").svg_data_uri(scale=4, light="#fff"),
        secret=" ".join(textwrap.wrap(b32encode(device.bin_key).decode(), 4)),
        **context,
    )


def verify_view(request, *, site) -> HttpResponse:
    """Ask for the code; then go on to where the way led."""
    if request.user.is_verified():
        return HttpResponseRedirect(_next(request))
    if not second_factor.has_factor(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor_enrol"))
    form = CodeForm(request.POST or None)
    device = _tried(form, second_factor.verify, request.user)
    if device is None:
        return _page(
            site, request, "second_factor_verify", title=gettext("Two-step login"), form=form
        )
    _remember(request, device)
    left = second_factor.recovery_codes_left(request.user)
    if left <= FEW_CODES:
        text = ngettext(
            "%(left)d recovery code is left. Have two-step login reset to get new ones.",
            "%(left)d recovery codes are left. Have two-step login reset to get new ones.",
            left,
        )
        messages.warning(request, text % {"left": left})
    return HttpResponseRedirect(_next(request))


def _tried(form: CodeForm, service, user):
    """Return what ``service`` answers to the codes of ``form``; None where they are not right."""
    if not form.is_valid():
        return None
    try:
        return service(user=user, **form.cleaned_data)
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
        return None


def _remember(request, device) -> None:
    request.session.cycle_key()
    login(request, device)


def _next(request) -> str:
    """Where the way leads afterwards: a page of this site, or the desk."""
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("admin:index")


def _page(site, request, name: str, **context) -> TemplateResponse:
    return TemplateResponse(
        request, f"admin/{name}.html", {**site.each_context(request), **context}
    )
