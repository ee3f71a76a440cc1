import{D as e,F as t,W as n,a as r,at as i,c as a,d as o,g as s,it as c,l,m as u,n as d,o as f,r as p,rt as m,s as h,t as g,tt as _}from"./decorate-Cl3hOdFa.js";import{n as v,t as y}from"./style-map-Bwqfn15m.js";import{n as b,t as x}from"./feed-iX30POfh.js";import{n as S}from"./live-video-DuPgc0mW.js";import"./review-card-xU7B18Nu.js";import"./camera-still-CLQ-5xST.js";var C=86400,w=12,T=class extends a{constructor(...e){super(...e),this.shown=``}willUpdate(e){if(!e.has(`camera`)||this.shown===this.camera.entity_id)return;this.shown=this.camera.entity_id,this.feed??=new x(this.app,()=>this.requestUpdate());let t=Date.now()/1e3-C;this.feed.open({slugs:[this.camera.slug],after:t,limit:w}).catch(()=>void 0)}disconnectedCallback(){this.feed?.close(),this.shown=``,super.disconnectedCallback()}render(){let e=this.feed?.items??[];return o`<h3>${this.app.text(`camera.recent`)}</h3>
      ${e.length?o`<div class="grid">
            ${b(e,({id:e})=>e,e=>o`<fn-review-card
                  .app=${this.app}
                  .hass=${this.hass}
                  .item=${e}
                  .href=${this.app.href(`review`,e.id)}
                ></fn-review-card>`)}
          </div>`:o`<p class="quiet">${this.app.text(`camera.recent_none`)}</p>`}`}static{this.styles=[d,u`
      :host {
        display: grid;
        gap: 10px;
      }
      .grid {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
      }
    `]}};g([f({attribute:!1})],T.prototype,`app`,void 0),g([f({attribute:!1})],T.prototype,`hass`,void 0),g([f({attribute:!1})],T.prototype,`camera`,void 0),T=g([h(`fn-camera-recent`)],T);var E=[`bbox`,`motion`,`zones`,`mask`,`regions`,`timestamp`],D=class extends a{constructor(...e){super(...e),this.slug=``,this.isPlaying=!1,this.isMuted=!0,this.overlays=[]}render(){let t=this.app.bySlug(this.slug);return t?o`
      <div class="head">
        <a class="round" href=${this.app.href(`live`)} aria-label=${this.app.text(`back`)}>${p(s)}</a>
        <h2 class="clip"><bdi>${t.title}</bdi></h2>
        ${this.app.isAdmin?o`<a class="button" href=${this.app.href(`edit`,t.slug)}
              >${p(_)}<span>${this.app.text(`camera.edit`)}</span></a
            >`:l}
      </div>
      <div class="columns">
        <div class="main">
          ${this.renderStage(t)}
          <fn-camera-recent .app=${this.app} .hass=${this.hass} .camera=${t}></fn-camera-recent>
        </div>
        <aside>
          <section class="card">
            <h3>${this.app.text(`camera.switches`)}</h3>
            <fn-camera-switches .app=${this.app} .hass=${this.hass} .camera=${t}></fn-camera-switches>
            ${this.app.isAdmin?o`<a class="button" href="/config/integrations/integration/frigate_native"
                  >${p(e)}${this.app.text(`camera.settings`)}</a
                >`:l}
          </section>
          ${this.renderOverlays()}
        </aside>
      </div>
    `:o`<p class="empty">${this.app.text(`camera.unknown`)}</p>`}renderStage(e){let{app:r}=this,a=S(this.hass,e),s=(e.width??16)/(e.height??9);return o`<div class="stage" style=${y({"--aspect":s.toFixed(3)})}>
      <fn-camera-still
        .app=${r}
        .camera=${e}
        .height=${720}
        .interval=${this.isPlaying||this.overlays.length?0:1e3}
      ></fn-camera-still>
      ${this.overlays.length?this.renderDebug(e):this.renderLive(e,a.isOffline)}
      ${a.isOffline?o`<div class="over">
            ${p(m)}<strong>${r.text(`live.offline`)}</strong><span>${a.problem}</span>
          </div>`:l}
      <div class="controls">
        ${this.isPlaying?o`<span class="chip on-air">${r.text(`live.live`)}</span>`:l}
        <span class="space"></span>
        ${this.control(this.isMuted?`camera.sound`:`camera.mute`,this.isMuted?i:c,()=>{this.isMuted=!this.isMuted})}
        ${document.pictureInPictureEnabled?this.control(`camera.picture_in_picture`,n,()=>{this.live?.video.requestPictureInPicture().catch(()=>void 0)}):l}
        ${this.control(`camera.full_screen`,t,()=>void this.toggleFullScreen())}
      </div>
    </div>`}renderLive(e,t){return t?l:o`<fn-live-video
      class=${this.isPlaying?``:`waiting`}
      .hass=${this.hass}
      .entity=${e.entity_id}
      .muted=${this.isMuted}
      @playing=${()=>this.isPlaying=!0}
      @stalled=${()=>this.isPlaying=!1}
    ></fn-live-video>`}renderDebug(e){let t=this.overlays;return o`<fn-signed-image
      .key=${t.join()}
      .source=${()=>this.app.media.debugView(e,t)}
    ></fn-signed-image>`}renderOverlays(){let{app:e}=this;return o`<section class="card">
      <h3>${e.text(`camera.overlays`)}</h3>
      <p class="quiet">${e.text(`camera.overlays_help`)}</p>
      <div class="toggles">
        ${E.map(t=>o`<button
              class="button"
              aria-pressed=${this.overlays.includes(t)}
              @click=${()=>this.toggleOverlay(t)}
            >
              ${e.text(`overlay.${t}`)}
            </button>`)}
      </div>
    </section>`}control(e,t,n){let r=this.app.text(e);return o`<button class="round" aria-label=${r} title=${r} @click=${n}>${p(t)}</button>`}toggleOverlay(e){let t=this.overlays.includes(e);this.overlays=t?this.overlays.filter(t=>t!==e):[...this.overlays,e],this.isPlaying=!1}async toggleFullScreen(){document.fullscreenElement?await document.exitFullscreen():await this.stage.requestFullscreen().catch(()=>void 0)}static{this.styles=[d,u`
      :host {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .head h2 {
        flex: 1;
      }
      .columns {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr) 300px;
        align-items: start;
      }
      .main,
      aside {
        display: grid;
        gap: var(--gap);
        min-width: 0;
      }
      section.card {
        padding: 14px 16px;
        display: grid;
        gap: 8px;
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 190px) * var(--aspect)));
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
      fn-camera-still,
      fn-live-video,
      fn-signed-image {
        position: absolute;
        inset: 0;
        --fit: contain;
      }
      .waiting {
        opacity: 0;
      }
      .over {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 8px;
        padding: 24px;
        text-align: center;
        background: rgb(10 12 14 / 72%);
        overflow-wrap: anywhere;
      }
      .controls {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 28px 10px 8px;
        background: linear-gradient(transparent, rgb(0 0 0 / 65%));
      }
      .space {
        flex: 1;
      }
      .on-air {
        background: #b3261e;
      }
      .toggles {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .toggles .button {
        min-height: 36px;
        padding-inline: 14px;
      }
      @media (max-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `]}};g([f({attribute:!1})],D.prototype,`app`,void 0),g([f({attribute:!1})],D.prototype,`hass`,void 0),g([f()],D.prototype,`slug`,void 0),g([r()],D.prototype,`isPlaying`,void 0),g([r()],D.prototype,`isMuted`,void 0),g([r()],D.prototype,`overlays`,void 0),g([v(`.stage`)],D.prototype,`stage`,void 0),g([v(`fn-live-video`)],D.prototype,`live`,void 0),D=g([h(`fn-camera-page`)],D);export{D as CameraPage};