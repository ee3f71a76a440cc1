"""Every runtime scores objects as the float network does, whatever the processor."""

import numpy as np
import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType
from custom_components.frigate_native.engine.detection import DetectorPool
from tests.detector.reference import read_regions, score_difference
from tests.engine.detection.pools import cpu, filler, running

_FOUND = 0.5  # Frigate's default min_score
_TOLERANCE, _MAX = 0.05, 0.08  # 8 bits cost up to 0.07 where the network itself is unsure
_SHARE_WITHIN = 0.97


@pytest.mark.parametrize(("runtime", "package"), [("litert", "ai_edge_litert"), ("ncnn", "ncnn")])
def test_cpu_runtime_scores_as_the_float_network(runtime: str, package: str) -> None:
    pytest.importorskip(package, reason=f"{package} has no wheel for this machine", exc_type=ImportError)
    with running(cpu(), runtime=runtime) as pool:
        _compare_with_float_network(pool)


@pytest.mark.parametrize(
    ("device", "instructions"),
    [("CPU", ""), ("AUTO", ""), ("CPU", "AVX2"), ("AUTO", "AVX2"), ("CPU", "AVX512_CORE")],
    ids=["CPU", "AUTO", "CPU with AVX2", "AUTO with AVX2", "CPU with AVX-512"],
)
def test_openvino_scores_as_the_float_network(device: str, instructions: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without VNNI, 8-bit products overflow; OpenVINO's own switch turns VNNI off where the processor has it."""
    pytest.importorskip(
        "custom_components.frigate_native.detector.backends.openvino",
        reason="OpenVINO has no wheel for this C library",
        exc_type=ImportError,
    )
    if instructions:
        monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", instructions)
    with running(DetectorConfig(name="intel", type=DetectorType.OPENVINO, device=device, num_threads=1)) as pool:
        _compare_with_float_network(pool)


def _compare_with_float_network(pool: DetectorPool) -> None:
    differences: list[float] = []
    for region in read_regions(pool.labels):
        (answer,) = pool.detect([filler(region.rgb)])
        assert answer is not None
        differences += [score_difference(each, answer) for each in region.objects if each.score >= _FOUND]
    assert len(differences) > 50
    assert max(differences) <= _MAX
    assert np.mean(np.array(differences) <= _TOLERANCE) >= _SHARE_WITHIN
