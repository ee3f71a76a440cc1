import{A as e,N as t,Q as n,S as r,a as i,b as a,c as o,d as s,i as c,l,m as u,n as d,o as f,r as p,rt as m,s as h,t as g,y as _}from"./decorate-Cl3hOdFa.js";import{t as v}from"./style-map-Bwqfn15m.js";import{n as y,t as b}from"./feed-iX30POfh.js";import{n as x,r as S,t as C}from"./live-video-DuPgc0mW.js";import{a as w,o as T}from"./format-DdgV-Lfp.js";import"./camera-still-CLQ-5xST.js";var E=30,D=15e3,O=class extends o{constructor(...e){super(...e),this.now=Date.now()/1e3,this.timer=0}connectedCallback(){super.connectedCallback(),this.timer=window.setInterval(()=>this.now=Date.now()/1e3,D),this.feed=new b(this.app,()=>this.requestUpdate()),this.feed.open({severity:`alert`,reviewed:!1,limit:E}).catch(()=>void 0)}disconnectedCallback(){window.clearInterval(this.timer),this.feed?.close(),super.disconnectedCallback()}render(){let{text:e}=this.app,t=(this.feed?.items??[]).filter(e=>!e.has_been_reviewed);return t.length?s`<section aria-label=${e(`alerts.title`)}>
      <div class="head">
        <h2 class="small">${e(`alerts.title`)}</h2>
        <button class="button" @click=${()=>void this.feed?.mark(t,!0)}>
          ${p(a)}${e(`alerts.mark_all`)}
        </button>
      </div>
      <ul>
        ${y(t,e=>e.id,e=>this.renderItem(e))}
      </ul>
    </section>`:s`<p class="none quiet">${p(r)}${e(`alerts.none`)}</p>`}renderItem(e){let{app:t}=this,n=t.camera(e.entry_id,e.camera)?.title??T(e.camera),r=e.data.objects.map(T).join(`, `),i=e.end_time===null?t.text(`review.ongoing`):w(this.hass.locale.language,e.start_time,this.now);return s`<li>
      <a href=${t.href(`review`,e.id)}>
        <fn-signed-image
          .key=${`${e.id}/${e.end_time===null}`}
          .source=${()=>t.media.reviewThumbnail(e.entry_id,e.id)}
        ></fn-signed-image>
        <span class="what">
          <span class="labels">${e.data.objects.slice(0,3).map(c)}<bdi class="clip">${r}</bdi></span>
          <span class="when clip"><bdi>${n}</bdi> · ${i}</span>
        </span>
      </a>
      <button
        class="round"
        aria-label=${`${t.text(`alerts.mark`)}: ${r}, ${n}`}
        title=${t.text(`alerts.mark`)}
        @click=${()=>void this.feed?.mark([e],!0)}
      >
        ${p(_)}
      </button>
    </li>`}static{this.styles=[d,u`
      :host {
        display: block;
      }
      .none {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 40px;
      }
      .none .icon {
        color: var(--good);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        margin-bottom: 10px;
      }
      ul {
        display: flex;
        gap: 12px;
        margin: 0 calc(-1 * var(--gap));
        padding: 2px var(--gap) 8px;
        overflow-x: auto;
        list-style: none;
        scroll-snap-type: x proximity;
        scroll-padding-inline: var(--gap);
        scrollbar-width: thin;
      }
      li {
        position: relative;
        flex: 0 0 196px;
        scroll-snap-align: start;
      }
      a {
        display: block;
        height: 124px;
        border-radius: var(--radius);
        overflow: hidden;
        text-decoration: none;
        color: #fff;
        position: relative;
        box-shadow: inset 0 0 0 1px rgb(127 127 127 / 30%);
      }
      fn-signed-image {
        position: absolute;
        inset: 0;
      }
      .what {
        position: absolute;
        inset: auto 0 0;
        padding: 26px 12px 8px;
        background: linear-gradient(transparent, rgb(0 0 0 / 82%));
        text-shadow: 0 1px 2px rgb(0 0 0 / 80%);
      }
      .labels {
        display: flex;
        align-items: center;
        gap: 4px;
        font-weight: 500;
      }
      .labels .icon {
        width: 18px;
        height: 18px;
      }
      .when {
        display: block;
        font-size: 12px;
        line-height: 16px;
      }
      li > button {
        position: absolute;
        inset-block-start: 6px;
        inset-inline-end: 6px;
        background: rgb(0 0 0 / 60%);
        color: #fff;
      }
      li > button:hover:not(:disabled) {
        background: var(--good);
      }
      @media (max-width: 600px) {
        li {
          flex-basis: 168px;
        }
        a {
          height: 108px;
        }
      }
    `]}};g([f({attribute:!1})],O.prototype,`app`,void 0),g([f({attribute:!1})],O.prototype,`hass`,void 0),g([i()],O.prototype,`now`,void 0),O=g([h(`fn-alert-strip`)],O);var k=1e4,A=1e3,j=class extends o{constructor(...e){super(...e),this.live=!1,this.isPlaying=!1,this.hasPicture=!1,this.isOpen=!1}render(){let{app:t,camera:n,activity:r}=this,i=r.labels.length>0&&!r.isOffline;return s`<article class=${i?`tracking`:``}>
      <a href=${t.href(`camera`,n.slug)}>
        <fn-camera-still
          .app=${t}
          .camera=${n}
          .interval=${this.isPlaying?0:this.live?A:k}
          @load=${()=>this.hasPicture=!0}
        ></fn-camera-still>
        ${this.live&&!r.isOffline?s`<fn-live-video
              class=${this.isPlaying?``:`waiting`}
              .hass=${this.hass}
              .entity=${n.entity_id}
              @playing=${()=>this.isPlaying=!0}
              @stalled=${()=>this.isPlaying=!1}
            ></fn-live-video>`:l}
        ${this.renderProblem()} ${this.renderChips()}
        <span class="name"><bdi class="clip">${n.title}</bdi></span>
      </a>
      <button
        class="round more"
        aria-label=${t.text(`live.switches`,{camera:n.title})}
        aria-expanded=${this.isOpen}
        popovertarget="switches"
      >
        ${p(e)}
      </button>
      <div id="switches" popover class="menu" @toggle=${e=>this.isOpen=e.newState===`open`}>
        ${this.isOpen?s`<h3 class="clip"><bdi>${n.title}</bdi></h3>
              <fn-camera-switches .app=${t} .hass=${this.hass} .camera=${n}></fn-camera-switches>`:l}
      </div>
    </article>`}willUpdate(){(!this.live||this.activity.isOffline)&&(this.isPlaying=!1)}renderProblem(){let{app:e,activity:t}=this;return t.isOffline?s`<span class="over">
        ${p(m)}<strong>${e.text(`live.offline`)}</strong>
        ${t.problem?s`<span class="why">${t.problem}</span>`:l}
      </span>`:this.hasPicture?l:s`<span class="over">${e.text(`live.no_picture`)}</span>`}renderChips(){let{app:e,activity:n}=this;return s`<span class="chips">
      ${this.isPlaying?s`<span class="chip on-air">${e.text(`live.live`)}</span>`:l}
      ${n.isDetecting?l:s`<span class="chip">${p(t)}${e.text(`live.detection_off`)}</span>`}
      ${n.isOffline?l:n.labels.map(e=>s`<span class="chip">${c(e)}<bdi class="clip">${T(e)}</bdi></span>`)}
      ${n.hasMotion&&!n.isOffline?s`<span class="chip motion"><i></i>${e.text(`live.motion`)}</span>`:l}
    </span>`}static{this.styles=[d,u`
      :host {
        display: block;
        min-width: 0;
      }
      article {
        position: relative;
        height: 100%;
        border-radius: var(--radius);
        overflow: hidden;
        background: #101214;
        color: #fff;
      }
      article::after {
        content: "";
        position: absolute;
        inset: 0;
        border-radius: inherit;
        pointer-events: none;
        box-shadow: inset 0 0 0 1px rgb(127 127 127 / 22%);
        transition: box-shadow 300ms;
      }
      article.tracking::after {
        box-shadow: inset 0 0 0 3px var(--fn-tracking, #ffb300);
      }
      a {
        position: absolute;
        inset: 0;
        text-decoration: none;
        border-radius: inherit;
      }
      a:focus-visible {
        outline-offset: -5px;
        outline-width: 3px;
      }
      fn-camera-still,
      fn-live-video {
        position: absolute;
        inset: 0;
      }
      fn-live-video {
        transition: opacity 250ms;
      }
      .waiting {
        opacity: 0;
      }
      .name {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        padding: 28px 14px 12px;
        background: linear-gradient(transparent, rgb(0 0 0 / 70%));
        font-size: 15px;
        font-weight: 500;
        text-shadow: 0 1px 3px rgb(0 0 0 / 80%);
      }
      .chips {
        position: absolute;
        inset: 10px 52px auto 10px;
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      :host(:dir(rtl)) .chips {
        inset: 10px 10px auto 52px;
      }
      .chip {
        background: var(--over);
      }
      .on-air {
        background: #b3261e;
      }
      .motion i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: #ff8a65;
        animation: beat 1.4s infinite;
      }
      @keyframes beat {
        50% {
          opacity: 0.35;
        }
      }
      .over {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 4px;
        padding: 44px 16px;
        text-align: center;
        background: rgb(10 12 14 / 72%);
        overflow: hidden;
      }
      .over .icon {
        width: 36px;
        height: 36px;
      }
      .why {
        font-size: 12px;
        line-height: 16px;
        overflow-wrap: anywhere;
        display: -webkit-box;
        -webkit-line-clamp: 3;
        line-clamp: 3;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      .more {
        position: absolute;
        inset-block-start: 6px;
        inset-inline-end: 6px;
        background: rgb(0 0 0 / 45%);
        anchor-name: --more;
      }
      .menu {
        color: var(--text);
        background: var(--card);
        border: var(--border);
        border-radius: 12px;
        padding: 12px 16px;
        width: min(280px, 90vw);
        box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
        inset: auto;
        margin: 4px 0;
        position-anchor: --more;
        position-area: bottom span-left;
        position-try-fallbacks:
          flip-block,
          flip-inline;
      }
      .menu::backdrop {
        background: rgb(0 0 0 / 20%);
      }
    `]}};g([f({attribute:!1})],j.prototype,`app`,void 0),g([f({attribute:!1})],j.prototype,`hass`,void 0),g([f({attribute:!1})],j.prototype,`camera`,void 0),g([f({attribute:!1})],j.prototype,`activity`,void 0),g([f({type:Boolean})],j.prototype,`live`,void 0),g([i()],j.prototype,`isPlaying`,void 0),g([i()],j.prototype,`hasPicture`,void 0),g([i()],j.prototype,`isOpen`,void 0),j=g([h(`fn-camera-tile`)],j);var M=`frigate-native-activity-first`,N=6,P=16/9,F=class extends o{constructor(...e){super(...e),this.activityFirst=localStorage.getItem(M)!==`no`,this.order=new C,this.timer=0}connectedCallback(){super.connectedCallback(),this.timer=window.setInterval(()=>this.requestUpdate(),5e3)}disconnectedCallback(){window.clearInterval(this.timer),super.disconnectedCallback()}render(){let{app:e,hass:t}=this,r=Date.now(),i=new Map(e.cameras.map(e=>[e.entity_id,x(t,e)]));for(let[e,t]of i)this.order.note(e,S(t),r);let a=this.order.sorted(e.cameras,({entity_id:e})=>e,r),o=this.activityFirst?a:e.cameras,c=new Set(a.map(({entity_id:e})=>e).filter(e=>this.order.isRecent(e,r)).slice(0,N));return s`
      <fn-alert-strip .app=${e} .hass=${t}></fn-alert-strip>
      <div class="head">
        <h2>${e.text(`live.title`)}</h2>
        <button class="button" aria-pressed=${this.activityFirst} @click=${this.toggleOrder}>
          ${p(n)}${e.text(`live.activity_first`)}
        </button>
      </div>
      <div class="grid">
        ${y(o,({entity_id:e})=>e,e=>this.renderTile(e,i.get(e.entity_id),c.has(e.entity_id)))}
      </div>
    `}renderTile(e,t,n){let r=e.width&&e.height?e.width/e.height:P;return s`<fn-camera-tile
      style=${v({"--aspect":r.toFixed(3)})}
      .app=${this.app}
      .hass=${this.hass}
      .camera=${e}
      .activity=${t}
      .live=${n}
    ></fn-camera-tile>`}toggleOrder(){this.activityFirst=!this.activityFirst,localStorage.setItem(M,this.activityFirst?`yes`:`no`)}static{this.styles=[d,u`
      :host {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        min-height: 40px;
      }
      .grid {
        --row: clamp(190px, 17vw, 420px);
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
      }
      fn-camera-tile {
        flex: var(--aspect) 1 calc(var(--aspect) * var(--row));
        aspect-ratio: var(--aspect);
        max-width: min(100%, calc(var(--aspect) * var(--row) * 2));
      }
      @media (max-width: 600px) {
        fn-camera-tile {
          flex-basis: 100%;
        }
      }
    `]}};g([f({attribute:!1})],F.prototype,`app`,void 0),g([f({attribute:!1})],F.prototype,`hass`,void 0),g([i()],F.prototype,`activityFirst`,void 0),F=g([h(`fn-live-page`)],F);export{F as LivePage};