"""Draw the icons of the integration and its container: a frigate bird before a camera's lens.

Its red throat is the recording light.

Run it from the repository's root: .venv/test/bin/python script/lib/draw_icon.py
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

type Point = tuple[float, float]

ROOT = Path(__file__).parents[2]
BRAND = ROOT / "custom_components" / "frigate_native" / "brand"
ADDON = ROOT / "addon"
ICONS = {BRAND / "icon.png": 256, BRAND / "icon@2x.png": 512, ADDON / "icon.png": 128}
LOGO = ADDON / "logo.png"
LOGO_SIZE = (250, 100)
SCALE = 4  # drawn larger and reduced, which smooths the edges

RIM = (16, 42, 67)
RINGS = (  # radius on a canvas of 100, colour; from outside in
    (50.0, RIM),
    (46.5, (36, 78, 112)),
    (43.5, RIM),
    (38.0, (24, 90, 132)),
    (29.0, (32, 122, 166)),
    (18.0, (58, 160, 198)),
)
GLINT = (255, 255, 255, 70)
BIRD = (250, 252, 255)
THROAT = (229, 57, 53)

# The bird from above its back, one half; the other is its mirror image. Curves are quadratic: start, control, end.
WING_FRONT: tuple[tuple[Point, Point, Point], ...] = (
    ((50.0, 26.5), (54.0, 27.5), (54.5, 35.5)),  # head to shoulder
    ((54.5, 35.5), (66.0, 26.0), (73.0, 29.5)),  # shoulder to wrist
    ((73.0, 29.5), (86.0, 37.0), (95.0, 55.0)),  # wrist to the wing's tip
)
WING_BACK: tuple[tuple[Point, Point, Point], ...] = (
    ((95.0, 55.0), (82.0, 44.0), (72.5, 43.0)),  # tip back to the elbow
    ((72.5, 43.0), (62.0, 45.5), (55.5, 53.0)),  # elbow to the body
    ((55.5, 53.0), (56.5, 66.0), (61.5, 83.0)),  # body to the tail's tip
    ((61.5, 83.0), (53.0, 76.0), (50.0, 65.5)),  # tail's tip to its fork
)


def sample_curve(curve: tuple[Point, Point, Point], steps: int = 40) -> list[Point]:
    """Return points along a quadratic curve."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))
    return points


def outline_bird() -> list[Point]:
    """Return the bird's outline on a canvas of 100."""
    half = [point for curve in (*WING_FRONT, *WING_BACK) for point in sample_curve(curve)]
    return [*half, *((100 - x, y) for x, y in reversed(half))]


def draw_icon(size: int) -> Image.Image:
    """Return the icon in one size."""
    unit = size * SCALE / 100
    image = Image.new("RGBA", (size * SCALE, size * SCALE))
    draw = ImageDraw.Draw(image)
    for radius, colour in RINGS:
        draw.circle((50 * unit, 50 * unit), radius * unit, fill=colour)
    glint = Image.new("RGBA", image.size)
    ImageDraw.Draw(glint).ellipse([value * unit for value in (22, 62, 36, 76)], fill=GLINT)
    image.alpha_composite(glint)
    draw.polygon([(x * unit, y * unit) for x, y in outline_bird()], fill=BIRD)
    draw.ellipse([value * unit for value in (47.4, 29.5, 52.6, 36.5)], fill=THROAT)
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(256, Image.Quantize.FASTOCTREE)


def draw_logo() -> Image.Image:
    """Return the container's logo: the icon, and its name in a colour that both themes show."""
    width, height = (side * SCALE for side in LOGO_SIZE)
    image = Image.new("RGBA", (width, height))
    icon = draw_icon(height * 9 // 10).convert("RGBA")
    image.alpha_composite(icon, (0, height // 20))
    font = ImageFont.load_default(height * 0.26)
    draw = ImageDraw.Draw(image)
    for line, top in (("Frigate", 0.2), ("Native", 0.5)):
        draw.text((height, height * top), line, fill=RINGS[4][1], font=font, stroke_width=SCALE // 2)
    return image.resize(LOGO_SIZE, Image.Resampling.LANCZOS).quantize(256, Image.Quantize.FASTOCTREE)


def main() -> None:
    """Write all pictures."""
    BRAND.mkdir(exist_ok=True)
    for path, size in ICONS.items():
        draw_icon(size).save(path, optimize=True)
    draw_logo().save(LOGO, optimize=True)


if __name__ == "__main__":
    main()
