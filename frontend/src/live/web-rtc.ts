/** WebRTC as Home Assistant's cameras offer it. */

import type { Hass } from "../ha.js";

type Answer =
  | { type: "session"; session_id: string }
  | { type: "answer"; answer: string }
  | { type: "candidate"; candidate: RTCIceCandidateInit }
  | { type: "error"; message: string };

/** Play a camera in a video element; returns the function that ends it. */
export async function playWebRtc(
  hass: Hass,
  entity: string,
  video: HTMLVideoElement,
  onLost: () => void,
): Promise<() => void> {
  const settings = await hass.callWS<{ configuration: RTCConfiguration; dataChannel?: string }>({
    type: "camera/webrtc/get_client_config",
    entity_id: entity,
  });
  const peer = new RTCPeerConnection(settings.configuration);
  if (settings.dataChannel) peer.createDataChannel(settings.dataChannel);
  for (const kind of ["audio", "video"]) peer.addTransceiver(kind, { direction: "recvonly" });
  const media = new MediaStream();
  video.srcObject = media;
  peer.addEventListener("track", ({ track }) => media.addTrack(track));
  peer.addEventListener("connectionstatechange", () => {
    if (peer.connectionState === "failed") onLost();
  });
  const leave = await negotiate(hass, entity, peer, onLost);
  return () => {
    leave();
    peer.close();
    video.srcObject = null;
  };
}

async function negotiate(
  hass: Hass,
  entity: string,
  peer: RTCPeerConnection,
  onLost: () => void,
): Promise<() => void> {
  let session = "";
  const waiting: RTCIceCandidate[] = [];
  const send = (candidate: RTCIceCandidate): void => {
    void hass
      .callWS({
        type: "camera/webrtc/candidate",
        entity_id: entity,
        session_id: session,
        candidate: candidate.toJSON(),
      })
      .catch(() => undefined);
  };
  peer.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate?.candidate) (session ? send : (one: RTCIceCandidate) => waiting.push(one))(candidate);
  });
  const offer = await peer.createOffer({ offerToReceiveAudio: true, offerToReceiveVideo: true });
  await peer.setLocalDescription(offer);
  return hass.connection.subscribeMessage<Answer>(
    (message) => {
      if (message.type === "session") {
        session = message.session_id;
        waiting.splice(0).forEach(send);
      } else if (message.type === "answer") {
        peer.setRemoteDescription({ type: "answer", sdp: message.answer }).catch(onLost);
      } else if (message.type === "candidate") {
        peer.addIceCandidate(message.candidate).catch(() => undefined);
      } else onLost();
    },
    { type: "camera/webrtc/offer", entity_id: entity, offer: offer.sdp },
  );
}
