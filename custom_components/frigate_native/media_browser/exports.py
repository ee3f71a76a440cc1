"""The folder of exports."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, quote

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource, PlayMedia

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.store import ExportFilter, StoredExport
from .context import BrowseContext
from .event_query import PAGE
from .items import VIDEO, file, folder
from .texts import TextKey

NAME: Final = "exports"
ITEM_NAME: Final = "export"
"""The start of the identifiers of items."""

_PATH: Final = f"/api/{DOMAIN}/exports"


def browse_exports(context: BrowseContext, query: str) -> BrowseMediaSource:
    """Return a page of the finished exports. Blocks. Raises ValueError if there is no such page."""
    values = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True, max_num_fields=1)) if query else {}
    begin = int(values.pop("from", "0"))
    if values or begin < 0:
        raise ValueError("not a page of exports")
    children, identifier = list(_page(context, begin)), f"{NAME}?from={begin}" if begin else NAME
    return folder(context.identifier(identifier), context.texts(TextKey.EXPORTS), children, holds=MediaClass.VIDEO)


def export_media(data: FrigateNativeData, export_id: str, access: Access) -> PlayMedia | None:
    """Return the file of an export; None if it does not exist. Blocks."""
    export = data.store.exports.export(export_id)
    if export is None or not access.may_see(data, export.camera):
        return None
    path = data.exports.film(export)
    return None if path is None else PlayMedia(f"{_PATH}/{quote(export.file, safe='')}", VIDEO, path=path)


def _page(context: BrowseContext, begin: int) -> Iterator[BrowseMediaSource]:
    selected = context.limit(ExportFilter(in_progress=False, limit=PAGE + 1, offset=begin))
    found = context.data.store.exports.exports(selected)
    for export in found[:PAGE]:
        if context.data.exports.film(export) is not None:
            yield file(context.identifier(f"{ITEM_NAME}/{export.id}"), export.name, VIDEO, _picture(context, export))
    if len(found) > PAGE:
        yield folder(context.identifier(f"{NAME}?from={begin + PAGE}"), context.texts(TextKey.OLDER_PAGE))


def _picture(context: BrowseContext, export: StoredExport) -> str | None:
    """Return the URL of an export's thumbnail, which requires login; unsigned so that browsers can cache it."""
    if context.data.exports.picture(export) is None:
        return None
    return f"{_PATH}/{quote(export.id, safe='')}/thumbnail.webp"
