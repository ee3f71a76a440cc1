"""Names of ffmpeg's options, by what they mean to libav."""

from typing import Final

from ..ffmpeg.arguments import FLAGS

# Ignored: they affect ffmpeg's console, streams other than video, or its outputs.
HARMLESS_FLAGS: Final = FLAGS - {"re"}
HARMLESS_VALUES: Final = frozenset(
    {
        *("loglevel", "v", "avoid_negative_ts", "vsync", "fps_mode", "thread_queue_size", "extra_hw_frames"),
        *("max_muxing_queue_size", "hwaccel_output_format", "q", "qscale", "max_error_rate", "vaapi_device"),
    }
)
# Passed to libav's demuxers and protocols unchanged.
CONTAINER_OPTIONS: Final = frozenset(
    {
        *(
            "fflags",
            "analyzeduration",
            "probesize",
            "fpsprobesize",
            "formatprobesize",
            "max_delay",
            "max_probe_packets",
        ),
        *(
            "use_wallclock_as_timestamps",
            "correct_ts_overflow",
            "seek2any",
            "max_ts_probe",
            "rw_timeout",
            "f_err_detect",
        ),
        *("rtsp_transport", "rtsp_flags", "allowed_media_types", "reorder_queue_size", "buffer_size", "pkt_size"),
        *("min_port", "max_port", "localaddr", "local_addr", "localport", "fifo_size", "overrun_nonfatal", "ttl"),
        *("user_agent", "user-agent", "headers", "referer", "cookies", "auth_type", "http_proxy", "content_type"),
        *("reconnect", "reconnect_at_eof", "reconnect_streamed", "reconnect_delay_max", "reconnect_on_network_error"),
        *("reconnect_on_http_error", "multiple_requests", "http_persistent", "seekable", "live_start_index"),
        *("tls_verify", "ca_file", "cert_file", "key_file", "verifyhost", "tcp_nodelay", "recv_buffer_size"),
        *("rtmp_live", "rtmp_buffer", "rtmp_app", "rtmp_playpath", "rtmp_tcurl", "rtmp_conn", "rtmp_flashver"),
        *("rtmp_swfurl", "rtmp_pageurl", "rtmp_subscribe", "framerate", "video_size", "pixel_format", "input_format"),
        *("channel", "standard", "timestamps", "protocol_whitelist", "mode", "latency", "passphrase", "streamid"),
    }
)
# Options of libav's decoders.
CODEC_OPTIONS: Final = frozenset(
    {
        "flags",
        "flags2",
        "err_detect",
        "ec",
        "skip_frame",
        "skip_loop_filter",
        "skip_idct",
        "lowres",
        "strict",
        "threads",
    }
)
# Options that select hardware or a decoder.
HARDWARE_OPTIONS: Final = frozenset(
    {
        *("hwaccel", "hwaccel_device", "hwaccel_output_format", "hwaccel_flags", "extra_hw_frames", "init_hw_device"),
        *("filter_hw_device", "qsv_device", "vaapi_device", "c", "codec", "vcodec"),
    }
)
