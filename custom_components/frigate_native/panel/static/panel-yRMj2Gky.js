import{B as e,H as t,a as n,c as r,d as i,h as a,l as o,m as s,n as c,o as l,r as u,s as d,t as f,v as p}from"./decorate-Cl3hOdFa.js";import{i as m,r as h,t as g}from"./route-BEOA-wPe.js";import{n as _}from"./ha-DvA74_1X.js";import{t as v}from"./preload-helper-BAlEavIC.js";var y=`frigate_native`,b=class{constructor(e){this.hass=e}systems(){return this.call(`panel/systems`)}reviews(e,t){return this.call(`reviews/get`,{entry_id:e,...x(t)})}review(e,t){return this.call(`review/get`,{entry_id:e,id:t})}markReviewed(e,t,n){return this.call(`reviews/viewed`,{entry_id:e,ids:t,viewed:n})}subscribeReviews(e,t){return this.hass().connection.subscribeMessage(t,{type:`${y}/reviews/subscribe`,entry_id:e})}events(e,t){return this.call(`events/get`,{entry_id:e,...x(t)})}event(e,t){return this.call(`event/get`,{entry_id:e,event_id:t})}retain(e,t,n){return this.call(`event/retain`,{entry_id:e,event_id:t,retain:n})}deleteEvent(e,t){return this.call(`event/delete`,{entry_id:e,event_id:t})}call(e,t={}){return this.hass().callWS({type:`${y}/${e}`,...t})}};function x(e){return Object.fromEntries(Object.entries(e).filter(([,e])=>e!==void 0&&!(Array.isArray(e)&&e.length===0)))}var S={"nav.live":`Live`,"nav.review":`Review`,"nav.menu":`Sidebar`,"nav.pages":`Frigate pages`,loading:`Loading`,on:`On`,off:`Off`,back:`Back`,close:`Close`,"empty.title":`No cameras yet`,"empty.text":`Add a camera to see it here, with what it detects.`,"empty.add":`Add camera`,"live.title":`Cameras`,"live.activity_first":`Activity first`,"live.live":`Live`,"live.motion":`Motion`,"live.offline":`Offline`,"live.no_picture":`No picture yet`,"live.detection_off":`Detection is off`,"live.switches":`Switches of {camera}`,"feature.detect":`Detection`,"feature.clips":`Clips`,"feature.snapshots":`Snapshots`,"feature.review_alerts":`Alerts`,"feature.review_detections":`Detections`,"feature.recording":`Recording`,"alerts.title":`Alerts to review`,"alerts.none":`Nothing to review. New alerts appear here.`,"alerts.mark":`Mark as reviewed`,"alerts.mark_all":`Mark all as reviewed`,"review.ongoing":`Ongoing`,"review.select":`Select`,"camera.unknown":`There is no camera with this name, or you may not see it.`,"camera.edit":`Zones and masks`,"camera.settings":`Camera settings`,"camera.sound":`Sound`,"camera.mute":`Mute`,"camera.full_screen":`Full screen`,"camera.picture_in_picture":`Picture in picture`,"camera.overlays":`Detection view`,"camera.overlays_help":`Draw into the picture what detection sees.`,"camera.recent":`Recent activity`,"camera.recent_none":`Nothing happened here in the last day.`,"camera.switches":`Switches`,"overlay.bbox":`Objects`,"overlay.motion":`Motion`,"overlay.zones":`Zones`,"overlay.mask":`Masks`,"overlay.regions":`Regions`,"overlay.timestamp":`Time`,undo:`Undo`,redo:`Redo`,"review.count":`{count} items`,"review.selected":`{count} selected`,"review.clear":`Clear selection`,"review.marked":`{count} marked as reviewed`,"review.empty":`All caught up`,"review.empty_text":`Nothing matches, or you have reviewed everything. New items appear here.`,"filter.severity":`Importance`,"filter.alert":`Alerts`,"filter.detection":`Detections`,"filter.all":`All`,"filter.cameras":`Cameras`,"filter.labels":`Objects`,"filter.zones":`Zones`,"filter.day":`Day`,"filter.reviewed":`Show reviewed`,"filter.clear":`Show all`,"player.play":`Play`,"player.pause":`Pause`,"player.speed":`Speed`,"player.previous":`Previous item`,"player.next":`Next item`,"player.back_10":`Back 10 seconds`,"player.forward_10":`Forward 10 seconds`,"player.timeline":`Time line`,"player.zoom_in":`Zoom in`,"player.zoom_out":`Zoom out`,"player.no_recording":`Nothing was recorded at this time.`,"player.loading":`Loading the recording`,"player.download":`Download`,"player.gone":`This item no longer exists, or you may not see it.`,"player.clip_of":`Recording of {camera}`,"editor.admins":`Only administrators can change zones and masks.`,"editor.canvas":`Picture with zones and masks`,"editor.drawing":`Draw a shape: arrow keys move, Space adds a point, Enter finishes, Escape cancels`,"editor.draw_hint":`Click to add points; click the first one to finish.`,"editor.edit_hint":`Drag points or the whole shape; select a small dot to add a point.`,"editor.pick_hint":`Select a shape, or add one.`,"editor.point":`Point {number} of {count}, {x} % right, {y} % down; arrow keys move it, Delete removes it`,"editor.insert":`Add a point after point {number}`,"editor.finish":`Finish shape`,"editor.cancel":`Cancel drawing`,"editor.snap":`Snap`,"editor.delete_point":`Delete point`,"editor.delete":`Delete shape`,"editor.zones":`Zones`,"editor.motion_masks":`Motion masks`,"editor.object_masks":`Object masks`,"editor.add_zone":`Add zone`,"editor.add_motion_mask":`Add motion mask`,"editor.add_object_mask":`Add object mask`,"editor.zone_help":`Zones are areas with their own entities, such as a driveway.`,"editor.motion_mask_help":`Ignore motion here, such as timestamps, trees or flags.`,"editor.object_mask_help":`Discard objects detected here, such as a statue.`,"editor.zone":`Zone {number}`,"editor.mask":`Mask {number}`,"editor.rules":`Rules of the zone`,"editor.name":`Name`,"editor.objects":`Objects`,"editor.objects_help":`None selected: all objects can enter the zone.`,"editor.loitering":`Loitering time in seconds`,"editor.inertia":`Frames in a row until an object counts as inside`,"editor.required":`Save clips and snapshots only of objects that enter this zone`,"editor.save":`Save`,"editor.saving":`Saving`,"editor.saved":`Saved`,"editor.yaml":`Configuration file`,"editor.yaml_help":`This camera is in a configuration file. Paste this into it, then reload the entry.`,"editor.copy":`Copy`,"editor.copied":`Copied`},C=Object.assign({});async function w(e){return T(await[e,e.split(`-`)[0]??``].map(e=>C[`./texts/${e}.json`]).find(Boolean)?.().catch(()=>void 0)??{})}function T(e={}){return(t,n={})=>(e[t]??S[t]).replace(/\{(\w+)\}/g,(e,t)=>String(n[t]??e))}var E=21600,D=E*1e3/2,O=`/api/frigate_native`,k=class{constructor(e){this.hass=e,this.known=new Map}async sign(e){let t=this.known.get(e);return(t===void 0||Date.now()-t.made>D)&&(t={path:this.request(e),made:Date.now()},t.path.catch(()=>this.known.delete(e)),this.known.size>2e3&&this.known.clear(),this.known.set(e,t)),this.hass().hassUrl(await t.path)}reviewThumbnail(e,t){return this.sign(`${O}/review/${encodeURIComponent(t)}/thumbnail.webp?entry_id=${e}`)}eventThumbnail(e,t){return this.sign(`${O}/events/${encodeURIComponent(t)}/thumbnail.jpg?entry_id=${e}`)}eventSnapshot(e,t){return this.sign(`${O}/events/${encodeURIComponent(t)}/snapshot.jpg?entry_id=${e}`)}recording(e,t,n){return this.sign(`${this.range(`vod`,e,t,n)}/index.m3u8?entry_id=${e.entry_id}`)}clip(e,t,n){return this.sign(`${this.range(``,e,t,n)}/clip.mp4?entry_id=${e.entry_id}`)}async still(e,t,n){return`${await this.sign(this.latest(e,`h=${t}`))}&width=${n}`}debugView(e,t){let n=t.map(e=>`${e}=1`).join(`&`);return this.sign(`${O}/${encodeURIComponent(e.name)}?${n}&h=720&fps=5&entry_id=${e.entry_id}`)}latest(e,t){return`${O}/${encodeURIComponent(e.name)}/latest.jpg?${t}&entry_id=${e.entry_id}`}range(e,t,n,r){let i=encodeURIComponent(t.name);return`${O}${e?`/${e}`:``}/${i}/start/${n.toFixed(3)}/end/${r.toFixed(3)}`}async request(e){return(await this.hass().callWS({type:`auth/sign_path`,path:e,expires:E})).path}},A=class{constructor(e){this.hass=e,this.api=new b(()=>this.hass),this.media=new k(()=>this.hass),this.text=T(),this.systems=[],this.cameras=[],this.prefix=`/frigate-native`}get isAdmin(){return this.hass.user?.is_admin??!1}async load(){this.systems=(await this.api.systems()).systems,this.cameras=this.systems.flatMap(({entry_id:e,cameras:t})=>t.map(t=>({...t,entry_id:e,slug:t.entity_id.split(`.`)[1]??t.name})))}bySlug(e){return this.cameras.find(t=>t.slug===e)}camera(e,t){return this.cameras.find(n=>n.entry_id===e&&n.name===t)}system(e){return this.systems.find(t=>t.entry_id===e)}href(e,t,n){return g(this.prefix,e,t,n)}},j=[{page:`live`,icon:p,label:`nav.live`},{page:`review`,icon:t,label:`nav.review`}],M={live:{load:()=>v(()=>import(`./live-page-DAPU1T5Z.js`),[],import.meta.url),draw:e=>i`<fn-live-page .app=${e} .hass=${e.hass}></fn-live-page>`},review:{load:()=>v(()=>import(`./review-page-HeYnVr_p.js`).then(e=>e.t),[],import.meta.url),draw:(e,{item:t,query:n})=>i`<fn-review-page .app=${e} .hass=${e.hass} .item=${t} .query=${n}></fn-review-page>`},edit:{load:()=>v(()=>import(`./editor-page-DDkPx-Mf.js`),[],import.meta.url),draw:(e,{item:t})=>i`<fn-editor-page .app=${e} .hass=${e.hass} .slug=${t}></fn-editor-page>`},camera:{load:()=>v(()=>import(`./camera-page-CBolQHVZ.js`),[],import.meta.url),draw:(e,{item:t})=>i`<fn-camera-page .app=${e} .hass=${e.hass} .slug=${t}></fn-camera-page>`}},N=3e4,P=class extends r{constructor(...e){super(...e),this.narrow=!1,this.problem=``,this.loaded=new Set,this.timer=0,this.redraw=()=>this.requestUpdate()}connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.redraw),window.addEventListener(`location-changed`,this.redraw),this.timer=window.setInterval(()=>void this.refresh(),N)}disconnectedCallback(){window.clearInterval(this.timer),window.removeEventListener(`popstate`,this.redraw),window.removeEventListener(`location-changed`,this.redraw),super.disconnectedCallback()}willUpdate(e){!this.app&&e.has(`hass`)&&this.start(),this.app&&(this.app.hass=this.hass),this.app&&this.route&&(this.app.prefix=this.route.prefix)}updated(){this.toggleAttribute(`dark`,this.hass.themes?.darkMode??!1);let{page:e}=this.place(),t=M[e];t&&!this.loaded.has(e)&&t.load().then(()=>this.loaded=new Set(this.loaded).add(e),e=>this.problem=_(e))}render(){let t=this.place();return i`
      <header>
        <div class="bar">
          ${this.hasMenu()?i`<button class="round" @click=${this.toggleMenu} aria-label=${this.app?.text(`nav.menu`)??`Menu`}>
                ${u(e)}
              </button>`:o}
          <h1 class="clip">Frigate</h1>
          ${this.narrow?o:this.renderNavigation(t)}
        </div>
      </header>
      <main id="page">${this.renderPage(t)}</main>
      ${this.narrow?this.renderNavigation(t):o}
    `}renderNavigation(e){let t=this.app;if(!t)return o;let n=e.page===`camera`||e.page===`edit`?`live`:e.page;return i`<nav aria-label=${t.text(`nav.pages`)} @click=${this.follow}>
      ${j.map(e=>i`<a href=${t.href(e.page)} aria-current=${e.page===n?`page`:o}>
            ${u(e.icon)}<span>${t.text(e.label)}</span>
          </a>`)}
    </nav>`}renderPage(e){let{app:t}=this;if(this.problem)return i`<p class="problem" role="alert">${u(a)}<span>${this.problem}</span></p>`;let n=M[e.page];return!t||!n||!this.loaded.has(e.page)?i`<div class="loading" role="progressbar" aria-label=${t?.text(`loading`)??`Loading`}></div>`:t.cameras.length?i`<div @click=${this.follow}>${n.draw(t,e)}</div>`:i`<div class="empty">
        ${u(p)}<strong>${t.text(`empty.title`)}</strong>
        <p>${t.text(`empty.text`)}</p>
        ${t.isAdmin?i`<a class="button filled" href="/config/integrations/dashboard/add?domain=frigate_native"
              >${t.text(`empty.add`)}</a
            >`:o}
      </div>`}async start(){let e=new A(this.hass);try{[e.text]=await Promise.all([w(this.hass.language),e.load()]),this.route&&(e.prefix=this.route.prefix),this.app=e}catch(e){this.problem=_(e)}}async refresh(){this.app&&!document.hidden&&(await this.app.load().catch(()=>void 0),this.requestUpdate())}place(){let e=this.route?.prefix??``,t=location.pathname.startsWith(e)?location.pathname.slice(e.length):``;return m(t,location.search)}hasMenu(){return!this.hass.kioskMode&&(this.narrow||this.hass.dockedSidebar===`always_hidden`)}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}follow(e){if(e.defaultPrevented||e.button!==0||e.ctrlKey||e.metaKey||e.shiftKey)return;let t=e.composedPath().find(e=>e instanceof HTMLAnchorElement);!t||t.target||t.download||t.origin!==location.origin||t.pathname.startsWith(`/api/`)||(e.preventDefault(),h(t.pathname+t.search))}static{this.styles=[c,s`
      :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        min-height: 100vh;
        min-height: 100dvh;
        background: var(--primary-background-color, #fafafa);
        font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
        font-size: 14px;
        line-height: 20px;
      }
      header {
        position: sticky;
        top: 0;
        z-index: 5;
        background: var(--app-header-background-color, var(--card));
        color: var(--app-header-text-color, var(--text));
        border-bottom: var(--app-header-border-bottom, none);
        padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 8px;
        height: var(--header-height, 56px);
        padding-inline: 8px 16px;
      }
      h1 {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: 400;
        line-height: 1.5;
        padding-inline: 12px;
      }
      nav {
        display: flex;
        gap: 4px;
      }
      .bar nav {
        margin-inline-start: 16px;
      }
      nav a {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 40px;
        padding-inline: 14px;
        border-radius: 20px;
        text-decoration: none;
        font-weight: 500;
      }
      nav a:hover {
        background: color-mix(in srgb, currentColor 8%, transparent);
      }
      nav a[aria-current] {
        background: color-mix(in srgb, currentColor 16%, transparent);
      }
      main {
        flex: 1;
        min-width: 0;
        padding: var(--gap);
        width: 100%;
        max-width: 2600px;
        margin-inline: auto;
      }
      :host([narrow]) main {
        padding-bottom: 88px;
      }
      :host([narrow]) > nav {
        position: fixed;
        inset: auto 0 0;
        z-index: 5;
        justify-content: space-around;
        background: var(--card);
        border-top: var(--border);
        padding: 6px 4px calc(6px + env(safe-area-inset-bottom));
      }
      :host([narrow]) > nav a {
        flex-direction: column;
        flex: 1;
        gap: 2px;
        height: 48px;
        padding: 4px 0;
        font-size: 12px;
        line-height: 16px;
        border-radius: 12px;
        color: var(--quiet);
      }
      :host([narrow]) > nav a[aria-current] {
        color: var(--text);
        background: none;
      }
      :host([narrow]) > nav a .icon {
        box-sizing: content-box;
        padding: 2px 16px;
        border-radius: 12px;
      }
      :host([narrow]) > nav a[aria-current] .icon {
        background: color-mix(in srgb, var(--accent) 24%, transparent);
      }
      .loading {
        height: 4px;
        margin: calc(-1 * var(--gap)) calc(-1 * var(--gap)) 0;
        background: linear-gradient(90deg, transparent, var(--accent), transparent) 0 0 / 50% 100% no-repeat;
        animation: pass 1.2s infinite linear;
      }
      @keyframes pass {
        from {
          background-position: -100% 0;
        }
        to {
          background-position: 200% 0;
        }
      }
    `]}};f([l({attribute:!1})],P.prototype,`hass`,void 0),f([l({attribute:!1})],P.prototype,`route`,void 0),f([l({type:Boolean,reflect:!0})],P.prototype,`narrow`,void 0),f([n()],P.prototype,`app`,void 0),f([n()],P.prototype,`problem`,void 0),f([n()],P.prototype,`loaded`,void 0),P=f([d(`frigate-native-panel`)],P);export{P as FrigateNativePanel};