import{$ as e,D as t,N as n,Q as r,V as i,Y as a,Z as o,c as s,f as c,g as l,i as u,l as d,m as f,n as p,o as m,r as h,s as g,u as _}from"./preload-helper-Mcwnyy_m.js";import{n as v,t as y}from"./style-map-CBiA56lK.js";import{c as b,t as x}from"./feed-CupYt1L4.js";import{n as S}from"./live-video-Czh7bYx4.js";import"./review-card-DAazYvoU.js";var C=86400,w=12,T=class extends d{constructor(...e){super(...e),this.shown=``}willUpdate(e){if(!e.has(`camera`)||this.shown===this.camera.entity_id)return;this.shown=this.camera.entity_id,this.feed??=new x(this.app,()=>this.requestUpdate());let t=Date.now()/1e3-C;this.feed.open({slugs:[this.camera.slug],after:t,limit:w}).catch(()=>void 0)}disconnectedCallback(){this.feed?.close(),this.shown=``,super.disconnectedCallback()}render(){let e=this.feed?.items??[];return c`<h3>${this.app.text(`camera.recent`)}</h3>
      ${e.length?c`<div class="grid">
            ${b(e,({id:e})=>e,e=>c`<fn-review-card
                  .app=${this.app}
                  .hass=${this.hass}
                  .item=${e}
                  .href=${this.app.href(`review`,e.id)}
                ></fn-review-card>`)}
          </div>`:c`<p class="quiet">${this.app.text(`camera.recent_none`)}</p>`}`}static{this.styles=[h,f`
      :host {
        display: grid;
        gap: 10px;
      }
      .grid {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
      }
    `]}};p([g({attribute:!1})],T.prototype,`app`,void 0),p([g({attribute:!1})],T.prototype,`hass`,void 0),p([g({attribute:!1})],T.prototype,`camera`,void 0),T=p([s(`fn-camera-recent`)],T);var E=[`bbox`,`motion`,`zones`,`mask`,`regions`,`timestamp`],D=class extends d{constructor(...e){super(...e),this.slug=``,this.isPlaying=!1,this.isMuted=!0,this.overlays=[]}render(){let e=this.app.bySlug(this.slug);return e?c`
      <div class="head">
        <a class="round" href=${this.app.href(`live`)} aria-label=${this.app.text(`back`)}>${u(l)}</a>
        <h2 class="clip"><bdi>${e.title}</bdi></h2>
        ${this.app.isAdmin?c`<a class="button" href=${this.app.href(`edit`,e.slug)}
              >${u(a)}<span>${this.app.text(`camera.edit`)}</span></a
            >`:_}
      </div>
      <div class="columns">
        <div class="main">
          ${this.renderStage(e)}
          <fn-camera-recent .app=${this.app} .hass=${this.hass} .camera=${e}></fn-camera-recent>
        </div>
        <aside>
          <section class="card">
            <h3>${this.app.text(`camera.switches`)}</h3>
            <fn-camera-switches .app=${this.app} .hass=${this.hass} .camera=${e}></fn-camera-switches>
            ${this.app.isAdmin?c`<a class="button" href="/config/integrations/integration/frigate_native"
                  >${u(t)}${this.app.text(`camera.settings`)}</a
                >`:_}
          </section>
          ${this.renderOverlays()}
        </aside>
      </div>
    `:c`<p class="empty">${this.app.text(`camera.unknown`)}</p>`}renderStage(t){let{app:a}=this,s=S(this.hass,t),l=(t.width??16)/(t.height??9);return c`<div class="stage" style=${y({"--aspect":l.toFixed(3)})}>
      <fn-camera-still
        .app=${a}
        .camera=${t}
        .height=${720}
        .interval=${this.isPlaying||this.overlays.length?0:1e3}
      ></fn-camera-still>
      ${this.overlays.length?this.renderDebug(t):this.renderLive(t,s.isOffline)}
      ${s.isOffline?c`<div class="over">
            ${u(o)}<strong>${a.text(`live.offline`)}</strong><span>${s.problem}</span>
          </div>`:_}
      <div class="controls">
        ${this.isPlaying?c`<span class="chip on-air">${a.text(`live.live`)}</span>`:_}
        <span class="space"></span>
        ${this.control(this.isMuted?`camera.sound`:`camera.mute`,this.isMuted?e:r,()=>{this.isMuted=!this.isMuted})}
        ${document.pictureInPictureEnabled?this.control(`camera.picture_in_picture`,i,()=>{this.live?.video.requestPictureInPicture().catch(()=>void 0)}):_}
        ${this.control(`camera.full_screen`,n,()=>void this.toggleFullScreen())}
      </div>
    </div>`}renderLive(e,t){return t?_:c`<fn-live-video
      class=${this.isPlaying?``:`waiting`}
      .hass=${this.hass}
      .entity=${e.entity_id}
      .muted=${this.isMuted}
      @playing=${()=>this.isPlaying=!0}
      @stalled=${()=>this.isPlaying=!1}
    ></fn-live-video>`}renderDebug(e){let t=this.overlays;return c`<fn-signed-image
      .key=${t.join()}
      .source=${()=>this.app.media.debugView(e,t)}
    ></fn-signed-image>`}renderOverlays(){let{app:e}=this;return c`<section class="card">
      <h3>${e.text(`camera.overlays`)}</h3>
      <p class="quiet">${e.text(`camera.overlays_help`)}</p>
      <div class="toggles">
        ${E.map(t=>c`<button
              class="button"
              aria-pressed=${this.overlays.includes(t)}
              @click=${()=>this.toggleOverlay(t)}
            >
              ${e.text(`overlay.${t}`)}
            </button>`)}
      </div>
    </section>`}control(e,t,n){let r=this.app.text(e);return c`<button class="round" aria-label=${r} title=${r} @click=${n}>${u(t)}</button>`}toggleOverlay(e){let t=this.overlays.includes(e);this.overlays=t?this.overlays.filter(t=>t!==e):[...this.overlays,e],this.isPlaying=!1}async toggleFullScreen(){document.fullscreenElement?await document.exitFullscreen():await this.stage.requestFullscreen().catch(()=>void 0)}static{this.styles=[h,f`
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
    `]}};p([g({attribute:!1})],D.prototype,`app`,void 0),p([g({attribute:!1})],D.prototype,`hass`,void 0),p([g()],D.prototype,`slug`,void 0),p([m()],D.prototype,`isPlaying`,void 0),p([m()],D.prototype,`isMuted`,void 0),p([m()],D.prototype,`overlays`,void 0),p([v(`.stage`)],D.prototype,`stage`,void 0),p([v(`fn-live-video`)],D.prototype,`live`,void 0),D=p([s(`fn-camera-page`)],D);export{D as CameraPage};