"""Single pictures of a camera: the newest frame, and the best of a label."""

from functools import partial

from aiohttp import web

from .drawing import Debug, draw_best, draw_latest, read_height
from .event_request import Question, jpeg
from .parameters import switch


async def latest(question: Question) -> web.Response:
    """Answer with the newest frame that was processed."""
    data, camera = question.camera()
    debug = Debug.from_query(question.request.query, data.config.cameras[camera])
    return jpeg(await question.async_draw(data, partial(draw_latest, data, camera, debug)))


async def best(question: Question) -> web.Response:
    """Answer with the best picture of a label; black as long as there is none."""
    data, camera = question.camera()
    query = question.request.query
    height, is_cropped = read_height(query), switch(query, "crop", False)
    job = partial(draw_best, data, camera, question.part("label"), height, is_cropped)
    return jpeg(await question.async_draw(data, job))
