"""The detector's own process: takes pictures from shared slots, answers with detections."""
