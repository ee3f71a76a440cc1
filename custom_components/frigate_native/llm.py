"""Tools with which language models answer questions about events, review items and what cameras see now."""

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext

from .assist.cameras import async_exposed_cameras
from .assist.tools import EventsTool, ReviewsTool, StateTool

_PROMPT = (
    "Frigate watches cameras. Use its tools for questions about persons, cars, animals and other objects that cameras"
    " saw or see, such as who was at the door today."
)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools for the cameras that are exposed to the assistant; None if there are none."""
    if api_id != LLM_API_ASSIST:
        return None
    titles = sorted({camera.title for camera in async_exposed_cameras(hass, llm_context.assistant)})
    if not titles:
        return None
    return LLMTools(tools=[EventsTool(titles), ReviewsTool(titles), StateTool(titles)], prompt=_PROMPT)
