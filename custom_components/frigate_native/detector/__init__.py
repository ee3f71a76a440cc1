"""The detector process: reads regions from shared memory and returns detections."""
