"""The keys of `before` and `after` of an event's message, in order."""

KEYS_OF_0_8 = [
    *("id", "camera", "frame_time", "label", "top_score", "false_positive", "start_time", "end_time", "score", "box"),
    *("area", "region", "current_zones", "entered_zones", "thumbnail"),
]
EVENT_KEYS = [
    *KEYS_OF_0_8,
    *("stationary", "active", "motionless_count", "position_changes", "ratio", "computed_score", "sub_label"),
    *("has_clip", "has_snapshot", "attributes", "current_attributes", "snapshot", "snapshot_clean"),
    *("pending_loitering", "max_severity", "current_estimated_speed", "average_estimated_speed", "velocity_angle"),
    *("path_data", "recognized_license_plate"),
]
