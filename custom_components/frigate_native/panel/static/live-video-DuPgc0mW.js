import{c as e,d as t,l as n,m as r,n as i,o as a,s as o,t as s}from"./decorate-Cl3hOdFa.js";import{n as c}from"./style-map-Bwqfn15m.js";import{t as l}from"./ha-DvA74_1X.js";import{t as u}from"./preload-helper-BAlEavIC.js";function d(e,t){let n=e.states[t.entities.connectivity??``],r=n?.state===`off`,i=n?.attributes.last_error;return{hasMotion:l(e,t.entities.motion),labels:t.labels.filter(n=>l(e,t.entities[`occupancy/${n}`])),problem:r&&typeof i==`string`?i:``,isOffline:r,isDetecting:t.entities.detect===void 0||l(e,t.entities.detect)}}function f({hasMotion:e,labels:t,isOffline:n}){return!n&&(e||t.length>0)}var p=3e4,m=class{constructor(){this.last=new Map}note(e,t,n){if(!t)return;let r=this.last.get(e);r&&r.until>=n?r.until=n+p:this.last.set(e,{since:n,until:n+p})}isRecent(e,t){return(this.last.get(e)?.until??-1/0)>=t}sorted(e,t,n){return[...e.filter(e=>this.isRecent(t(e),n)),...e.filter(e=>!this.isRecent(t(e),n))]}},h=[`detect`,`clips`,`snapshots`,`review_alerts`,`review_detections`],g=class extends e{render(){return t`${h.map(e=>this.renderSwitch(e))} ${this.renderRecording()}`}renderSwitch(e){let r=this.camera.entities[e];if(!r||!this.hass.states[r])return n;let i=l(this.hass,r);return t`<button role="switch" aria-checked=${i} @click=${()=>void this.toggle(r,!i)}>
      <span>${this.app.text(`feature.${e}`)}</span><i></i>
    </button>`}renderRecording(){let e=this.hass.states[this.camera.entities.recording??``];return e?t`<p class="row">
      <span>${this.app.text(`feature.recording`)}</span>
      <span class="quiet">${this.app.text(e.state===`on`?`on`:`off`)}</span>
    </p>`:n}async toggle(e,t){await this.hass.callService(`switch`,t?`turn_on`:`turn_off`,{entity_id:e})}static{this.styles=[i,r`
      :host {
        display: block;
      }
      button,
      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
        width: 100%;
        min-height: 44px;
        text-align: start;
        border-radius: 6px;
      }
      i {
        width: 40px;
        height: 24px;
        border-radius: 12px;
        flex: none;
        background: color-mix(in srgb, var(--text) 30%, transparent);
        position: relative;
        transition: background 150ms;
      }
      i::after {
        content: "";
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        width: 18px;
        height: 18px;
        border-radius: 50%;
        background: #fff;
        box-shadow: 0 1px 2px rgb(0 0 0 / 40%);
        transition: inset-inline-start 150ms;
      }
      [aria-checked="true"] i {
        background: var(--accent);
      }
      [aria-checked="true"] i::after {
        inset-inline-start: 19px;
      }
    `]}};s([a({attribute:!1})],g.prototype,`app`,void 0),s([a({attribute:!1})],g.prototype,`hass`,void 0),s([a({attribute:!1})],g.prototype,`camera`,void 0),g=s([o(`fn-camera-switches`)],g);async function _(e,t,n,r){let i=await e.callWS({type:`camera/webrtc/get_client_config`,entity_id:t}),a=new RTCPeerConnection(i.configuration);i.dataChannel&&a.createDataChannel(i.dataChannel);for(let e of[`audio`,`video`])a.addTransceiver(e,{direction:`recvonly`});let o=new MediaStream;n.srcObject=o,a.addEventListener(`track`,({track:e})=>o.addTrack(e)),a.addEventListener(`connectionstatechange`,()=>{a.connectionState===`failed`&&r()});let s=await v(e,t,a,r);return()=>{s(),a.close(),n.srcObject=null}}async function v(e,t,n,r){let i=``,a=[],o=n=>{e.callWS({type:`camera/webrtc/candidate`,entity_id:t,session_id:i,candidate:n.toJSON()}).catch(()=>void 0)};n.addEventListener(`icecandidate`,({candidate:e})=>{e?.candidate&&(i?o:e=>a.push(e))(e)});let s=await n.createOffer({offerToReceiveAudio:!0,offerToReceiveVideo:!0});return await n.setLocalDescription(s),e.connection.subscribeMessage(e=>{e.type===`session`?(i=e.session_id,a.splice(0).forEach(o)):e.type===`answer`?n.setRemoteDescription({type:`answer`,sdp:e.answer}).catch(r):e.type===`candidate`?n.addIceCandidate(e.candidate).catch(()=>void 0):r()},{type:`camera/webrtc/offer`,entity_id:t,offer:s.sdp})}var y=[2e3,5e3,1e4,3e4],b=class extends e{constructor(...e){super(...e),this.entity=``,this.muted=!0,this.stop=()=>void 0,this.attempt=0,this.timer=0,this.run=0,this.lost=()=>{if(!this.isConnected)return;this.end(),this.dispatchEvent(new Event(`stalled`));let e=y[Math.min(this.attempt,y.length-1)];this.attempt+=1,this.timer=window.setTimeout(()=>void this.start(),e)}}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.start()}disconnectedCallback(){this.end(),super.disconnectedCallback()}render(){return t`<video
      playsinline
      autoplay
      .muted=${this.muted}
      @playing=${this.playing}
      @ended=${this.lost}
      @error=${this.lost}
    ></video>`}updated(e){e.has(`entity`)&&this.start()}async start(){this.end();let e=++this.run;try{let{frontend_stream_types:t}=await this.hass.callWS({type:`camera/capabilities`,entity_id:this.entity});if(e!==this.run||!this.isConnected)return;let n=t.includes(`web_rtc`)?await _(this.hass,this.entity,this.video,()=>this.lost()):await this.playHls();e===this.run&&this.isConnected?this.stop=n:n()}catch{e===this.run&&this.lost()}}async playHls(){let{url:e}=await this.hass.callWS({type:`camera/stream`,entity_id:this.entity}),{default:t}=await u(async()=>{let{default:e}=await import(`./hls.light-GfIr9Rzd.js`);return{default:e}},[],import.meta.url),n=this.hass.hassUrl(e);if(!t.isSupported())return this.video.src=n,()=>this.video.removeAttribute(`src`);let r=new t({backBufferLength:20,liveDurationInfinity:!0,lowLatencyMode:!0});return r.on(t.Events.ERROR,(e,t)=>{t.fatal&&this.lost()}),r.loadSource(n),r.attachMedia(this.video),()=>r.destroy()}playing(){this.attempt=0,this.dispatchEvent(new Event(`playing`))}end(){this.run+=1,window.clearTimeout(this.timer),this.stop(),this.stop=()=>void 0}static{this.styles=r`
    :host {
      display: block;
    }
    video {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `}};s([a({attribute:!1})],b.prototype,`hass`,void 0),s([a()],b.prototype,`entity`,void 0),s([a({type:Boolean})],b.prototype,`muted`,void 0),s([c(`video`)],b.prototype,`video`,void 0),b=s([o(`fn-live-video`)],b);export{d as n,f as r,m as t};