"""The stages that each frame of one camera passes, from motion to events."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from .config.fit import fit_camera
from .config.masks import fit_masks
from .config.model import CameraConfig, StationaryConfig
from .events import EventKeeper
from .events.activity import ActivityMeter
from .events.counts import Count, CountKey
from .events.preview_sampler import PreviewSampler
from .filters import DetectionFilter
from .frame import Frame
from .geometry import Box, Size
from .messages import Message, MotionMessage
from .motion import MotionDetector, is_same_scene
from .objects import TrackedObject
from .pictures import Overlay, OverlayObject, OverlayZone, Picture
from .region_detection import RegionDetector
from .region_detection.region_detector import Detector
from .regions import DetectionScheduler, plan_regions
from .reviews import ActiveObject, ReviewKeeper
from .tracking import Tracker
from .tracking.appearance import appearance_of
from .tracking.stillness import StillnessRules, look_at
from .zones import Zone

_DEFAULT_FPS = 5
_STILL_S = 10  # without movement: stationary; also between detections of a stationary object


class Pipeline:
    """One camera's stages in order, for frames of one size. For one thread unless a method says so."""

    def __init__(
        self,
        camera: CameraConfig,
        size: Size,
        detector: Detector,
        *,
        on_message: Callable[[Message], None],
        on_counts: Callable[[Mapping[CountKey, Count]], None],
    ) -> None:
        """Build the stages; ConfigError when a mask does not fit frames of this size."""
        self._configured = camera
        self._detector = detector
        self._on_message = on_message
        self._fit(size)
        fps, detect = camera.fps or _DEFAULT_FPS, camera.detect
        self._tracker = Tracker(
            size, detect.max_disappeared or 2 * fps, detect.min_initialized, _stillness_rules(detect.stationary, fps)
        )
        self._keeper = EventKeeper(self._camera, self._zones, on_message, on_counts)
        self._activity = ActivityMeter(camera.name, on_message)
        self._preview = PreviewSampler(camera.name, on_message)
        self._reviews = ReviewKeeper(camera.name, camera.review, on_message)
        self._motion_until: float | None = None
        self._seen: tuple[Frame, list[Box], list[Box], tuple[OverlayObject, ...]] | None = None

    def _fit(self, size: Size) -> None:
        """Build what depends on the size of frames."""
        camera = fit_camera(self._configured, size)
        path = f"cameras.{camera.name}"
        masks = {f"{path}.mask": camera.mask, f"{path}.motion.mask": camera.motion.mask}
        self._mask = fit_masks(masks, size, camera.drawn_for)
        self.size = size
        self._camera = camera
        self._motion = MotionDetector(camera.motion, size, self._mask)
        self._filter = DetectionFilter(camera, size)
        self._min_side = max(self._detector.input_size)
        fps, interval = camera.fps or _DEFAULT_FPS, camera.detect.stationary.interval
        self._scheduler = DetectionScheduler(size, self._min_side, _STILL_S * fps if interval is None else interval)
        min_scores = {label: camera.objects.filters[label].min_score for label in camera.objects.track}
        self._region_detector = RegionDetector(self._detector, size, min_scores)
        self._zones = [Zone(zone) for zone in camera.zones.values() if zone.enabled]

    def adapt(self, frame: Frame) -> bool:
        """Continue with frames of this one's size, with the same objects; False if it shows another scene.

        ConfigError when a mask does not fit.
        """
        if self._seen is None or not is_same_scene(self._seen[0], frame):
            return False
        self._fit(frame.size)
        self._tracker.resize(frame.size)
        self._keeper.fit(self._camera, self._zones)
        return True

    def follow(self, camera: CameraConfig) -> None:
        """Report events and make review items as features are switched now, from the next frame on."""
        self._keeper.follow(camera)
        self._reviews.follow(camera.review)

    @property
    def objects(self) -> list[TrackedObject]:
        """The objects tracked after the latest frame."""
        return self._tracker.reported

    def process(self, frame: Frame) -> int:
        """Process the next frame; return the number of regions given to the detector."""
        motion = self._motion.detect(frame.luma)
        self._notify_motion(frame.time, bool(motion))
        self._tracker.predict(frame.time)
        before = list(self._tracker.objects)
        is_blind = self._motion.is_blind
        due = self._scheduler.due(frame.time, motion, before, is_blind=is_blind)
        regions = plan_regions(due, self.size, self._min_side)
        regions += self._scheduler.sweep(frame.time, motion, before, is_blind=is_blind, picture=self._motion.picture)
        result = self._region_detector.detect(frame, regions, [(tracked.label, tracked.box) for tracked in before])
        detections = [found for found in result.detections if self._filter.passes(found)]
        gone = self._tracker.update(
            frame.time,
            detections,
            result.examined,
            motion,
            partial(appearance_of, frame),
            look_at=partial(look_at, frame.luma),
        )
        examined = [box for box in motion if box in due] if result.examined else []
        self._scheduler.record(
            frame.time, examined, [tracked.box for tracked in self._tracker.objects], result.examined
        )
        objects = self._tracker.reported
        self._keeper.update(frame, objects, gone)
        active = [tracked for tracked in objects if self._is_active(tracked)]
        self._activity.add(frame.time, motion=len(motion), objects=len(active))
        self._preview.add(frame, is_moving=bool(motion or active))
        self._reviews.update(frame, [self._to_review(tracked) for tracked in active])
        self._seen = (frame, motion, result.examined, _overlay_objects(objects))
        return result.requested

    def watch(self, frame: Frame) -> None:
        """Process the next frame without detection; tracked objects end."""
        motion = self._motion.detect(frame.luma)
        self._notify_motion(frame.time, bool(motion))
        self._keeper.update(frame, [], self._tracker.clear())
        self._activity.add(frame.time, motion=len(motion), objects=0)
        self._preview.add(frame, is_moving=bool(motion))
        self._reviews.update(frame, [])
        self._seen = (frame, motion, [], ())

    def end(self) -> None:
        """End all events: the camera has stopped."""
        if self._seen is not None:
            self._keeper.update(self._seen[0], [], self._tracker.clear())
        self._activity.flush()
        self._reviews.end()
        if self._motion_until is not None:
            self._motion_until = None
            self._on_message(MotionMessage(camera=self._camera.name, has_motion=False))

    def latest(self) -> tuple[Frame, Overlay] | None:
        """Return the newest processed frame and what was found in it. For any thread."""
        seen = self._seen
        if seen is None:
            return None
        frame, motion, regions, objects = seen
        zones = tuple(_overlay_zone(zone, objects) for zone in self._zones)
        return frame, Overlay(
            objects=objects, motion=tuple(motion), regions=tuple(regions), zones=zones, mask=self._mask
        )

    def best_picture(self, label: str) -> Picture | None:
        """Return the best picture of a label. For any thread."""
        return self._keeper.best_picture(label)

    def _is_active(self, tracked: TrackedObject) -> bool:
        """Return whether a confirmed object was seen in this frame, has ever moved, and moves or loiters."""
        is_restless = not tracked.is_stationary or self._keeper.is_loitering(tracked.id)
        return tracked.is_seen and tracked.position_changes > 0 and is_restless and self._keeper.is_true(tracked.id)

    def _to_review(self, tracked: TrackedObject) -> ActiveObject:
        zones = self._keeper.current_zones(tracked.id)
        return ActiveObject(id=tracked.id, label=tracked.label, zones=zones, box=tracked.box)

    def _notify_motion(self, frame_time: float, has_motion: bool) -> None:
        if has_motion:
            if self._motion_until is None:
                self._on_message(MotionMessage(camera=self._camera.name, has_motion=True))
            self._motion_until = frame_time + self._camera.motion.mqtt_off_delay
        elif self._motion_until is not None and frame_time > self._motion_until:
            self._motion_until = None
            self._on_message(MotionMessage(camera=self._camera.name, has_motion=False))


def _stillness_rules(config: StationaryConfig, fps: int) -> StillnessRules:
    return StillnessRules(
        threshold=config.threshold or _STILL_S * fps,
        max_frames=config.max_frames.objects,
        usual_max_frames=config.max_frames.default,
        compares_pictures=config.classifier,
    )


def _overlay_objects(objects: Sequence[TrackedObject]) -> tuple[OverlayObject, ...]:
    return tuple(
        OverlayObject(
            label=tracked.label,
            score=tracked.score,
            box=tracked.box,
            area=(tracked.box[2] - tracked.box[0]) * (tracked.box[3] - tracked.box[1]),
            is_seen=tracked.is_seen,
        )
        for tracked in objects
    )


def _overlay_zone(zone: Zone, objects: tuple[OverlayObject, ...]) -> OverlayZone:
    return OverlayZone(
        name=zone.name,
        coordinates=tuple(zone.coordinates),
        is_occupied=any(zone.holds(tracked.label, tracked.box, 1.0, was_inside=True) for tracked in objects),
    )
