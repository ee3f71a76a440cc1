import{c as e,f as t,l as n,m as r,n as i,o as a,r as o,s,t as c,u as l}from"./preload-helper-Mcwnyy_m.js";import{n as u}from"./style-map-CBiA56lK.js";import{t as d}from"./ha-DvA74_1X.js";function f(e,t){let n=e.states[t.entities.connectivity??``],r=n?.state===`off`,i=n?.attributes.last_error;return{hasMotion:d(e,t.entities.motion),labels:t.labels.filter(n=>d(e,t.entities[`occupancy/${n}`])),problem:r&&typeof i==`string`?i:``,isOffline:r,isDetecting:t.entities.detect===void 0||d(e,t.entities.detect)}}function p({hasMotion:e,labels:t,isOffline:n}){return!n&&(e||t.length>0)}var m=3e4,h=class{constructor(){this.last=new Map}note(e,t,n){if(!t)return;let r=this.last.get(e);r&&r.until>=n?r.until=n+m:this.last.set(e,{since:n,until:n+m})}isRecent(e,t){return(this.last.get(e)?.until??-1/0)>=t}sorted(e,t,n){return[...e.filter(e=>this.isRecent(t(e),n)),...e.filter(e=>!this.isRecent(t(e),n))]}},g=0,_=class extends n{constructor(...e){super(...e),this.height=480,this.interval=1e4,this.shown=``,this.timer=0,this.isInSight=!1,this.isLoading=!1,this.observer=new IntersectionObserver(e=>{this.isInSight=e.some(e=>e.isIntersecting),this.isInSight&&this.renew()}),this.wake=()=>void this.renew()}connectedCallback(){super.connectedCallback(),this.observer.observe(this),document.addEventListener(`visibilitychange`,this.wake)}disconnectedCallback(){this.observer.disconnect(),document.removeEventListener(`visibilitychange`,this.wake),window.clearTimeout(this.timer),super.disconnectedCallback()}willUpdate(e){e.has(`camera`)&&e.get(`camera`)?.entity_id!==this.camera.entity_id&&(this.shown=``),e.has(`interval`)&&this.hasUpdated&&this.renew()}render(){return this.shown?t`<img src=${this.shown} alt="" draggable="false" />`:l}async renew(){if(window.clearTimeout(this.timer),!this.isLoading&&this.isConnected&&this.isInSight&&!document.hidden){this.isLoading=!0;try{let e=await this.app.media.still(this.camera,this.height,++g),t=new Image;t.src=e,await t.decode(),this.shown=e,this.dispatchEvent(new Event(`load`))}catch{}finally{this.isLoading=!1}this.interval&&this.isConnected&&(this.timer=window.setTimeout(()=>void this.renew(),this.interval))}}static{this.styles=r`
    :host {
      display: block;
    }
    img {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `}};i([s({attribute:!1})],_.prototype,`app`,void 0),i([s({attribute:!1})],_.prototype,`camera`,void 0),i([s({type:Number})],_.prototype,`height`,void 0),i([s({type:Number})],_.prototype,`interval`,void 0),i([a()],_.prototype,`shown`,void 0),_=i([e(`fn-camera-still`)],_);var v=[`detect`,`clips`,`snapshots`,`review_alerts`,`review_detections`],y=class extends n{render(){return t`${v.map(e=>this.renderSwitch(e))} ${this.renderRecording()}`}renderSwitch(e){let n=this.camera.entities[e];if(!n||!this.hass.states[n])return l;let r=d(this.hass,n);return t`<button role="switch" aria-checked=${r} @click=${()=>void this.toggle(n,!r)}>
      <span>${this.app.text(`feature.${e}`)}</span><i></i>
    </button>`}renderRecording(){let e=this.hass.states[this.camera.entities.recording??``];return e?t`<p class="row">
      <span>${this.app.text(`feature.recording`)}</span>
      <span class="quiet">${this.app.text(e.state===`on`?`on`:`off`)}</span>
    </p>`:l}async toggle(e,t){await this.hass.callService(`switch`,t?`turn_on`:`turn_off`,{entity_id:e})}static{this.styles=[o,r`
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
    `]}};i([s({attribute:!1})],y.prototype,`app`,void 0),i([s({attribute:!1})],y.prototype,`hass`,void 0),i([s({attribute:!1})],y.prototype,`camera`,void 0),y=i([e(`fn-camera-switches`)],y);async function b(e,t,n,r){let i=await e.callWS({type:`camera/webrtc/get_client_config`,entity_id:t}),a=new RTCPeerConnection(i.configuration);i.dataChannel&&a.createDataChannel(i.dataChannel);for(let e of[`audio`,`video`])a.addTransceiver(e,{direction:`recvonly`});let o=new MediaStream;n.srcObject=o,a.addEventListener(`track`,({track:e})=>o.addTrack(e)),a.addEventListener(`connectionstatechange`,()=>{a.connectionState===`failed`&&r()});let s=await x(e,t,a,r);return()=>{s(),a.close(),n.srcObject=null}}async function x(e,t,n,r){let i=``,a=[],o=n=>{e.callWS({type:`camera/webrtc/candidate`,entity_id:t,session_id:i,candidate:n.toJSON()}).catch(()=>void 0)};n.addEventListener(`icecandidate`,({candidate:e})=>{e?.candidate&&(i?o:e=>a.push(e))(e)});let s=await n.createOffer({offerToReceiveAudio:!0,offerToReceiveVideo:!0});return await n.setLocalDescription(s),e.connection.subscribeMessage(e=>{e.type===`session`?(i=e.session_id,a.splice(0).forEach(o)):e.type===`answer`?n.setRemoteDescription({type:`answer`,sdp:e.answer}).catch(r):e.type===`candidate`?n.addIceCandidate(e.candidate).catch(()=>void 0):r()},{type:`camera/webrtc/offer`,entity_id:t,offer:s.sdp})}var S=[2e3,5e3,1e4,3e4],C=class extends n{constructor(...e){super(...e),this.entity=``,this.muted=!0,this.stop=()=>void 0,this.attempt=0,this.timer=0,this.run=0,this.lost=()=>{if(!this.isConnected)return;this.end(),this.dispatchEvent(new Event(`stalled`));let e=S[Math.min(this.attempt,S.length-1)];this.attempt+=1,this.timer=window.setTimeout(()=>void this.start(),e)}}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.start()}disconnectedCallback(){this.end(),super.disconnectedCallback()}render(){return t`<video
      playsinline
      autoplay
      .muted=${this.muted}
      @playing=${this.playing}
      @ended=${this.lost}
      @error=${this.lost}
    ></video>`}updated(e){e.has(`entity`)&&this.start()}async start(){this.end();let e=++this.run;try{let{frontend_stream_types:t}=await this.hass.callWS({type:`camera/capabilities`,entity_id:this.entity});if(e!==this.run||!this.isConnected)return;let n=t.includes(`web_rtc`)?await b(this.hass,this.entity,this.video,()=>this.lost()):await this.playHls();e===this.run&&this.isConnected?this.stop=n:n()}catch{e===this.run&&this.lost()}}async playHls(){let{url:e}=await this.hass.callWS({type:`camera/stream`,entity_id:this.entity}),{default:t}=await c(async()=>{let{default:e}=await import(`./hls.light-GfIr9Rzd.js`);return{default:e}},[],import.meta.url),n=this.hass.hassUrl(e);if(!t.isSupported())return this.video.src=n,()=>this.video.removeAttribute(`src`);let r=new t({backBufferLength:20,liveDurationInfinity:!0,lowLatencyMode:!0});return r.on(t.Events.ERROR,(e,t)=>{t.fatal&&this.lost()}),r.loadSource(n),r.attachMedia(this.video),()=>r.destroy()}playing(){this.attempt=0,this.dispatchEvent(new Event(`playing`))}end(){this.run+=1,window.clearTimeout(this.timer),this.stop(),this.stop=()=>void 0}static{this.styles=r`
    :host {
      display: block;
    }
    video {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `}};i([s({attribute:!1})],C.prototype,`hass`,void 0),i([s()],C.prototype,`entity`,void 0),i([s({type:Boolean})],C.prototype,`muted`,void 0),i([u(`video`)],C.prototype,`video`,void 0),C=i([e(`fn-live-video`)],C);export{f as n,p as r,h as t};