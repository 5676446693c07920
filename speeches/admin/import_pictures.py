"""The pictures of an imported file, shown to those who may see the file and to nobody else."""

import mimetypes

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from speeches.admin.import_base import BatchPages


class PicturePages(BatchPages):
    """The address of each picture."""

    def get_urls(self):
        """Add it."""
        return [
            path(
                "<int:pk>/pictures/<int:number>/",
                self.admin_site.admin_view(self.picture_view, cacheable=True),
                name="speeches_importbatch_picture",
            ),
            *super().get_urls(),
        ]

    def picture_view(self, request, pk: int, number: int):
        """Send the picture; it never changes, so that the browser may keep it for an hour."""
        picture = get_object_or_404(self.viewed_batch(request, pk).pictures, number=number)
        kind, _encoding = mimetypes.guess_type(picture.file.name)
        response = FileResponse(picture.file.open("rb"), content_type=kind)
        response["Cache-Control"] = "private, max-age=3600"
        return response
