import{F as e,G as t,J as n,P as r,R as i,U as a,X as o,Z as s,a as c,c as l,d as u,g as d,i as f,j as p,l as m,m as h,n as g,o as _,r as v,s as y,t as b,z as x}from"./decorate-Cl3hOdFa.js";import{n as S,t as C}from"./style-map-Bwqfn15m.js";import{i as w,o as T,r as E,t as D}from"./format-DdgV-Lfp.js";import"./feed-iX30POfh.js";import{r as O}from"./route-BEOA-wPe.js";import{n as k,r as A}from"./review-page-HeYnVr_p.js";import{t as j}from"./preload-helper-BAlEavIC.js";var M=3600,N=300,P=2;function F(e){let t=Math.floor(e/M)*M;return{start:t-N,end:t+M+N}}function I(e,t){let n=e.find(e=>t<e.time+e.duration);if(n)return n.offset+Math.max(0,t-n.time);let r=e.at(-1);return r?r.offset+r.duration-.1:0}function L(e,t){let n=e.findLast(e=>e.offset<=t+.001)??e[0];return n?n.time+Math.min(t-n.offset,n.duration):0}function R(e){let t=[];for(let{time:n,duration:r}of e){let e=t.at(-1);e&&n-e.end<=P?e.end=n+r:t.push({start:n,end:n+r})}return t}var z=class extends l{constructor(...e){super(...e),this.speed=1,this.pieces=[],this.run=0}disconnectedCallback(){this.close(),super.disconnectedCallback()}render(){return u`<video
      playsinline
      @timeupdate=${this.report}
      @seeked=${this.seeked}
      @playing=${()=>this.fire(`play`)}
      @pause=${()=>this.fire(`pause`)}
      @loadeddata=${()=>this.fire(`ready`)}
      @ended=${this.goOn}
    ></video>`}updated(e){e.has(`speed`)&&(this.video.playbackRate=this.speed)}async seek(e){this.wanted=e,!this.stretch||e<this.stretch.start||e>=this.stretch.end?await this.load(e):this.apply()}async play(){try{await this.video.play()}catch{this.video.muted=!0,await this.video.play().catch(()=>void 0)}}pause(){this.video.pause()}async load(e){this.close();let t=++this.run,n=F(e);this.stretch=n;try{let[e,{default:r}]=await Promise.all([this.app.media.recording(this.camera,n.start,n.end),j(()=>import(`./hls.light-GfIr9Rzd.js`),[],import.meta.url)]);if(t!==this.run||!this.isConnected)return;this.attach(r,e)}catch{t===this.run&&this.fire(`missing`)}}attach(e,t){let n=new e({maxBufferLength:60,maxMaxBufferLength:120,startPosition:0});this.hls=n,n.on(e.Events.LEVEL_LOADED,(e,{details:t})=>{this.pieces=t.fragments.map(e=>({offset:e.start,duration:e.duration,time:(e.programDateTime??0)/1e3})),this.dispatchEvent(new CustomEvent(`pieces`,{detail:this.pieces})),this.apply()}),n.on(e.Events.ERROR,(t,r)=>{r.fatal&&(r.type===e.ErrorTypes.MEDIA_ERROR?n.recoverMediaError():this.fire(`missing`))}),n.loadSource(t),n.attachMedia(this.video),this.video.playbackRate=this.speed}apply(){if(this.wanted===void 0||!this.pieces.length||this.video.seeking&&this.video.readyState>0)return;let e=I(this.pieces,this.wanted);this.wanted=void 0,this.video.currentTime=e}seeked(){this.report(),this.apply()}report(){if(this.wanted!==void 0||!this.pieces.length)return;let e=L(this.pieces,this.video.currentTime);this.dispatchEvent(new CustomEvent(`time`,{detail:e}))}goOn(){let e=this.stretch?.end??1/0;e<Date.now()/1e3&&this.seek(e).then(()=>this.play())}close(){this.run+=1,this.hls?.destroy(),this.hls=void 0,this.pieces=[],this.stretch=void 0}fire(e){this.dispatchEvent(new CustomEvent(e))}static{this.styles=h`
    :host {
      display: block;
    }
    video {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `}};b([_({attribute:!1})],z.prototype,`app`,void 0),b([_({attribute:!1})],z.prototype,`camera`,void 0),b([_({type:Number})],z.prototype,`speed`,void 0),b([S(`video`)],z.prototype,`video`,void 0),z=b([y(`fn-recorded-video`)],z);var B=[120,600,1800,3600,21600,86400],V=[10,30,60,300,600,1800,3600,10800,21600],H=8;function U(e,t,n=H,r=0){let i=V.find(e=>t/e<=n)??21600,a=e-t/2,o=Math.ceil((a+r)/i)*i-r,s=[];for(let e=o;e<=a+t;e+=i)s.push({time:e,place:(e-a)/t});return s}function W(e,t){let n=B.findIndex(t=>t>=e);return B[Math.min(Math.max((n<0?B.length-1:n)+t,0),B.length-1)]??e}var G=6,K=class extends l{constructor(...e){super(...e),this.time=0,this.items=[],this.recorded=[],this.span=B[1],this.width=800,this.sizes=new ResizeObserver(([e])=>this.width=e?.contentRect.width||800)}firstUpdated(){this.sizes.observe(this.line)}disconnectedCallback(){this.sizes.disconnect(),super.disconnectedCallback()}updated(e){(e.has(`span`)||e.has(`time`))&&this.dispatchEvent(new CustomEvent(`range`,{detail:{start:this.center-this.span,end:this.center+this.span}}))}render(){let{text:e}=this.app,t=this.center-this.span/2,n=-new Date(this.center*1e3).getTimezoneOffset()*60,r=U(this.center,this.span,Math.max(3,Math.floor(this.width/110)),n);return u`
      <div
        class="line"
        role="slider"
        tabindex="0"
        aria-label=${e(`player.timeline`)}
        aria-valuemin="0"
        aria-valuemax=${Math.floor(Date.now()/1e3)}
        aria-valuenow=${Math.floor(this.center)}
        aria-valuetext=${D(this.hass,this.center,!0)}
        @pointerdown=${this.press}
        @pointermove=${this.drag}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @wheel=${this.wheel}
        @keydown=${this.key}
      >
        <div class="track">
          ${this.recorded.map(e=>u`<i class="recorded" style=${C(this.placed(e,t))}></i>`)}
        </div>
        ${this.items.map(e=>this.renderItem(e,t))}
        ${r.map(({time:e,place:t})=>u`<span class="tick" style=${C({left:`${t*100}%`})}
              >${D(this.hass,e,this.span<=600)}</span
            >`)}
        <b></b>
      </div>
      <div class="zoom">
        <button
          class="round"
          aria-label=${e(`player.zoom_out`)}
          ?disabled=${this.span>=(B.at(-1)??0)}
          @click=${()=>this.span=W(this.span,1)}
        >
          ${v(i)}
        </button>
        <output>${D(this.hass,this.center,!0)}</output>
        <button
          class="round"
          aria-label=${e(`player.zoom_in`)}
          ?disabled=${this.span<=B[0]}
          @click=${()=>this.span=W(this.span,-1)}
        >
          ${v(x)}
        </button>
      </div>
    `}get center(){return this.dragged??this.time}renderItem(e,t){let n=e.end_time??Date.now()/1e3;return u`<i
      class="item ${e.severity}"
      title=${e.data.objects.map(T).join(`, `)}
      style=${C(this.placed({start:e.start_time,end:n},t))}
    ></i>`}placed(e,t){let n=Math.max(-5,(e.start-t)/this.span*100),r=Math.min(105,(e.end-t)/this.span*100);return{left:`${n}%`,width:`${Math.max(0,r-n)}%`,display:r<0||n>100?`none`:``}}press(e){this.line.setPointerCapture(e.pointerId),this.from={x:e.clientX,time:this.center,moved:!1}}drag(e){if(!this.from)return;let t=e.clientX-this.from.x;this.from.moved||=Math.abs(t)>G,this.from.moved&&this.scrub(this.from.time-t/this.width*this.span)}release(e){if(this.from){if(!this.from.moved&&e.type===`pointerup`){let t=this.line.getBoundingClientRect();this.scrub(this.center+((e.clientX-t.left)/t.width-.5)*this.span)}this.from=void 0,this.dragged!==void 0&&(this.time=this.dragged),this.dragged=void 0}}scrub(e){let t=Math.min(e,Date.now()/1e3);this.dragged=t,this.from||(this.time=t,this.dragged=void 0),this.dispatchEvent(new CustomEvent(`scrub`,{detail:t}))}wheel(e){e.preventDefault(),e.ctrlKey||Math.abs(e.deltaY)>Math.abs(e.deltaX)?this.span=W(this.span,e.deltaY>0?1:-1):this.scrub(this.center+e.deltaX/this.width*this.span)}key(e){let t={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-15,PageUp:15}[e.key];if(e.key===`+`||e.key===`-`)this.span=W(this.span,e.key===`-`?1:-1);else if(t!==void 0)this.scrub(this.center+t*this.span/60);else return;e.preventDefault(),e.stopPropagation()}static{this.styles=[g,h`
      :host {
        display: grid;
        gap: 4px;
        direction: ltr; /* time runs to the right everywhere */
      }
      .line {
        position: relative;
        height: 84px;
        border-radius: var(--radius);
        border: var(--border);
        background: var(--card);
        overflow: hidden;
        touch-action: pan-y;
        cursor: grab;
        user-select: none;
        -webkit-user-select: none;
      }
      .line:active {
        cursor: grabbing;
      }
      .line:focus-visible {
        outline-offset: 0;
      }
      .track {
        position: absolute;
        inset: 12px 0 auto;
        height: 40px;
        background: repeating-linear-gradient(
          -45deg,
          color-mix(in srgb, var(--text) 9%, transparent) 0 4px,
          transparent 4px 9px
        );
      }
      i {
        position: absolute;
        display: block;
      }
      .recorded {
        inset-block: 0;
        background: color-mix(in srgb, var(--accent) 26%, var(--card));
      }
      .item {
        top: 12px;
        height: 40px;
        min-width: 4px;
        border-radius: 3px;
        background: color-mix(in srgb, var(--alert) 82%, transparent);
      }
      .item.detection {
        top: 26px;
        height: 26px;
        background: color-mix(in srgb, var(--detection) 82%, transparent);
      }
      .tick {
        position: absolute;
        bottom: 6px;
        transform: translateX(-50%);
        font-size: 12px;
        line-height: 16px;
        color: var(--quiet);
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
        pointer-events: none;
      }
      b {
        position: absolute;
        inset: 4px auto 24px calc(50% - 1.5px);
        width: 3px;
        border-radius: 2px;
        background: var(--text);
        box-shadow: 0 0 0 2px var(--card);
        pointer-events: none;
      }
      .zoom {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
      }
      output {
        min-width: 110px;
        text-align: center;
        font-size: 16px;
        font-weight: 500;
        font-variant-numeric: tabular-nums;
      }
    `]}};b([_({attribute:!1})],K.prototype,`app`,void 0),b([_({attribute:!1})],K.prototype,`hass`,void 0),b([_({type:Number})],K.prototype,`time`,void 0),b([_({attribute:!1})],K.prototype,`items`,void 0),b([_({attribute:!1})],K.prototype,`recorded`,void 0),b([_({attribute:!1})],K.prototype,`loaded`,void 0),b([c()],K.prototype,`span`,void 0),b([c()],K.prototype,`width`,void 0),b([c()],K.prototype,`dragged`,void 0),b([S(`.line`)],K.prototype,`line`,void 0),K=b([y(`fn-time-line`)],K);var q=[.5,1,2,4,8,16],J=3,Y=1e3,X=class extends l{constructor(...e){super(...e),this.item=``,this.neighbours=[],this.isGone=!1,this.isMissing=!1,this.isReady=!1,this.isPlaying=!1,this.time=0,this.speed=1,this.around=[],this.recorded=[],this.asked=``,this.toggle=()=>{this.isPlaying?this.video?.pause():this.video?.play()},this.press=e=>{let t=e.composedPath()[0];if(!(t instanceof HTMLElement&&t.matches(`input, select, textarea, button, a`))){if(e.key===` `)this.toggle();else if(e.key===`ArrowLeft`)this.seek(this.time-5);else if(e.key===`ArrowRight`)this.seek(this.time+5);else return;e.preventDefault()}}}connectedCallback(){super.connectedCallback(),window.addEventListener(`keydown`,this.press)}disconnectedCallback(){window.removeEventListener(`keydown`,this.press),super.disconnectedCallback()}willUpdate(){this.asked!==this.item&&(this.asked=this.item,this.open(this.item))}render(){let{app:e,shown:t}=this;if(this.isGone)return u`<p class="empty">${e.text(`player.gone`)}</p>`;if(!t)return u`<p class="empty">${e.text(`loading`)}</p>`;let n=e.camera(t.entry_id,t.camera),r=n?.title??T(t.camera);return u`
      <div class="head">
        <a class="round" href=${e.href(`review`,``,A(k(this.query)))} aria-label=${e.text(`back`)}
          >${v(d)}</a
        >
        <div class="words">
          <h2 class="clip">
            <i class=${t.severity}></i>${t.data.objects.slice(0,4).map(f)}<bdi class="clip"
              >${t.data.objects.map(T).join(`, `)||e.text(`live.motion`)}</bdi
            >
          </h2>
          <p class="quiet clip">
            <bdi>${r}</bdi> · ${E(this.hass,t.start_time,Date.now()/1e3)},
            ${D(this.hass,t.start_time,!0)}
            ${t.end_time===null?u`· ${e.text(`review.ongoing`)}`:u`· ${w(t.end_time-t.start_time)}`}
            ${t.data.zones.map(e=>u`· <bdi>${T(e)}</bdi>`)}
          </p>
        </div>
      </div>
      ${this.renderStage(t,n,r)}
      ${this.isMissing||!n?m:this.renderControls(t,n)}
    `}renderStage(e,t,n){let{app:r}=this,i=(t?.width??16)/(t?.height??9),a=e.data.detections[0];return u`<div class="stage" style=${C({"--aspect":i.toFixed(3)})}>
      ${this.isReady?m:u`<fn-signed-image
            class=${this.isMissing?``:`waiting`}
            .key=${e.id}
            .alt=${n}
            .source=${()=>this.isMissing&&a?r.media.eventSnapshot(e.entry_id,a):r.media.reviewThumbnail(e.entry_id,e.id)}
          ></fn-signed-image>`}
      ${t&&!this.isMissing?u`<fn-recorded-video
            aria-label=${r.text(`player.clip_of`,{camera:n})}
            .app=${r}
            .camera=${t}
            .speed=${this.speed}
            @time=${e=>this.time=e.detail}
            @pieces=${e=>this.recorded=R(e.detail)}
            @ready=${()=>this.isReady=!0}
            @play=${()=>this.isPlaying=!0}
            @pause=${()=>this.isPlaying=!1}
            @missing=${()=>this.isMissing=!0}
            @click=${this.toggle}
          ></fn-recorded-video>`:m}
      ${this.isMissing?u`<p class="note">${r.text(`player.no_recording`)}</p>`:m}
      ${this.isReady||this.isMissing?m:u`<p class="note">${r.text(`player.loading`)}</p>`}
    </div>`}renderControls(i,c){let{text:l}=this.app,d=this.neighbours.findIndex(({id:e})=>e===i.id),f=d<0?void 0:this.neighbours[d+1],m=this.neighbours[d-1];return u`
      <div class="controls">
        ${this.button(`player.previous`,s,()=>this.go(f),!f)}
        ${this.button(`player.back_10`,n,()=>this.seek(this.time-10))}
        <button class="round play" aria-label=${l(this.isPlaying?`player.pause`:`player.play`)} @click=${this.toggle}>
          ${v(this.isPlaying?a:t)}
        </button>
        ${this.button(`player.forward_10`,r,()=>this.seek(this.time+10))}
        ${this.button(`player.next`,o,()=>this.go(m),!m)}
        <select
          aria-label=${l(`player.speed`)}
          @change=${e=>this.speed=Number(e.target.value)}
        >
          ${q.map(e=>u`<option value=${e} ?selected=${e===this.speed}>${e}×</option>`)}
        </select>
        ${this.button(`player.download`,p,()=>void this.download(i,c))}
        ${this.button(`camera.full_screen`,e,()=>void this.fullScreen())}
      </div>
      <fn-time-line
        .app=${this.app}
        .hass=${this.hass}
        .time=${this.time}
        .items=${this.around}
        .recorded=${this.recorded}
        @scrub=${e=>this.seek(e.detail)}
        @range=${e=>void this.fetch(e.detail)}
      ></fn-time-line>
    `}button(e,t,n,r=!1){let i=this.app.text(e);return u`<button class="round" aria-label=${i} title=${i} ?disabled=${r} @click=${n}>
      ${v(t)}
    </button>`}async open(e){this.isGone=this.isMissing=this.isReady=this.isPlaying=!1,this.shown=void 0;let t=this.neighbours.find(t=>t.id===e)??await this.find(e);e===this.item&&(this.isGone=t===void 0,t&&(this.shown=t,this.fetched=void 0,this.time=t.start_time,this.dispatchEvent(new CustomEvent(`viewed`,{detail:t})),await this.updateComplete,this.video||(this.isMissing=!0),await this.video?.seek(t.start_time-J),await this.video?.play()))}async find(e){for(let{entry_id:t}of this.app.systems){let n=await this.app.api.review(t,e).catch(()=>void 0);if(n)return{...n,entry_id:t}}}async fetch(e){let{shown:t,fetched:n}=this;if(!t||n&&n.start<=e.start&&n.end>=e.end)return;let r=e.end-e.start,i={start:e.start-r,end:e.end+r};this.fetched=i;let a=await this.app.api.reviews(t.entry_id,{cameras:[t.camera],after:i.start,before:i.end,limit:Y}).catch(()=>[]);this.fetched===i&&(this.around=a.map(e=>({...e,entry_id:t.entry_id})))}seek(e){let t=Math.min(e,Date.now()/1e3-1);this.time=t,this.video?.seek(t)}go(e){e&&O(this.app.href(`review`,e.id,A(k(this.query))),!0)}async download(e,t){let n=Math.min(e.end_time??1/0,Date.now()/1e3),r=document.createElement(`a`);r.href=await this.app.media.clip(t,e.start_time-J,n),r.download=`${t.name}-${Math.round(e.start_time)}.mp4`,r.click()}async fullScreen(){document.fullscreenElement?await document.exitFullscreen():await this.stage?.requestFullscreen().catch(()=>void 0)}static{this.styles=[g,h`
      :host {
        display: grid;
        gap: 12px;
        grid-template-columns: minmax(0, 1fr);
        width: 100%;
        max-width: 1500px;
        margin-inline: auto;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .words {
        min-width: 0;
        flex: 1;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      h2 i {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--alert);
        flex: none;
      }
      h2 i.detection {
        background: var(--detection);
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 330px) * var(--aspect)));
        min-width: min(100%, 320px);
        margin-inline: auto;
        border-radius: var(--radius);
        overflow: hidden;
        background: #101214;
        color: #fff;
      }
      .stage:fullscreen {
        width: 100%;
        border-radius: 0;
      }
      fn-recorded-video,
      fn-signed-image {
        position: absolute;
        inset: 0;
        --fit: contain;
      }
      .waiting {
        filter: blur(6px) brightness(0.75);
      }
      .note {
        position: absolute;
        inset-block-end: 12px;
        inset-inline: 12px;
        width: fit-content;
        margin-inline: auto;
        padding: 6px 14px;
        border-radius: 16px;
        background: var(--over);
      }
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 4px;
      }
      .play {
        background: var(--fn-filled, #00708f);
        color: #fff;
        width: 48px;
        height: 48px;
      }
      .play:hover:not(:disabled) {
        background: color-mix(in srgb, #000 14%, var(--fn-filled, #00708f));
      }
    `]}};b([_({attribute:!1})],X.prototype,`app`,void 0),b([_({attribute:!1})],X.prototype,`hass`,void 0),b([_()],X.prototype,`item`,void 0),b([_({attribute:!1})],X.prototype,`query`,void 0),b([_({attribute:!1})],X.prototype,`neighbours`,void 0),b([c()],X.prototype,`shown`,void 0),b([c()],X.prototype,`isGone`,void 0),b([c()],X.prototype,`isMissing`,void 0),b([c()],X.prototype,`isReady`,void 0),b([c()],X.prototype,`isPlaying`,void 0),b([c()],X.prototype,`time`,void 0),b([c()],X.prototype,`speed`,void 0),b([c()],X.prototype,`around`,void 0),b([c()],X.prototype,`recorded`,void 0),b([S(`fn-recorded-video`)],X.prototype,`video`,void 0),b([S(`.stage`)],X.prototype,`stage`,void 0),X=b([y(`fn-player-page`)],X);export{X as PlayerPage};