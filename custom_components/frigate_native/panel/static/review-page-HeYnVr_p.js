import{$ as e,C as t,E as n,M as r,S as i,V as a,Y as o,_ as s,a as c,b as l,c as u,d,l as f,m as p,n as m,nt as h,o as g,r as _,s as v,t as y,v as b,w as x}from"./decorate-Cl3hOdFa.js";import{n as S,t as C}from"./feed-iX30POfh.js";import{n as w,o as T,r as E}from"./format-DdgV-Lfp.js";import{n as D}from"./ha-DvA74_1X.js";import{n as O,r as k}from"./route-BEOA-wPe.js";import"./review-card-xU7B18Nu.js";import{t as A}from"./preload-helper-BAlEavIC.js";var j=Object.defineProperty,M=(e,t)=>{let n={};for(var r in e)j(n,r,{get:e[r],enumerable:!0});return t||j(n,Symbol.toStringTag,{value:`Module`}),n};function N(e){let t=e.get(`show`);return{tab:t===`detection`||t===`all`?t:`alert`,cameras:O(e,`cameras`),labels:O(e,`labels`),zones:O(e,`zones`),showReviewed:e.get(`reviewed`)===`1`,day:/^\d{4}-\d\d-\d\d$/.test(e.get(`day`)??``)?e.get(`day`)??``:``}}function P(e){return{show:e.tab===`alert`?``:e.tab,cameras:e.cameras.join(`,`),labels:e.labels.join(`,`),zones:e.zones.join(`,`),reviewed:e.showReviewed?`1`:``,day:e.day}}function F(e){let t=e.day?new Date(`${e.day}T00:00:00`).getTime()/1e3:void 0;return{slugs:e.cameras,labels:e.labels,zones:e.zones,...e.tab===`all`?{}:{severity:e.tab},...e.showReviewed?{}:{reviewed:!1},...t===void 0?{}:{after:t,before:t+86400}}}var I=class extends u{constructor(...e){super(...e),this.icon=``,this.label=``,this.all=``,this.options=[],this.chosen=[],this.isOpen=!1}render(){let e=this.options.filter(({value:e})=>this.chosen.includes(e)).map(e=>e.title);return d`<button
        class="button"
        aria-pressed=${e.length>0}
        aria-expanded=${this.isOpen}
        popovertarget="list"
        aria-label=${e.length?`${this.label}: ${e.join(`, `)}`:this.label}
      >
        ${_(this.icon)}<bdi class="clip">${e.length===1?e[0]:this.label}</bdi>
        ${e.length>1?d`<b>${e.length}</b>`:f}${_(a)}
      </button>
      <div
        id="list"
        popover
        role="group"
        aria-label=${this.label}
        @toggle=${e=>this.isOpen=e.newState===`open`}
      >
        ${this.isOpen?d`${this.options.map(e=>this.renderOption(e))}
              <button class="option quiet" ?disabled=${!e.length} @click=${()=>this.fire([])}>${this.all}</button>`:f}
      </div>`}renderOption({value:e,title:n}){let r=this.chosen.includes(e),i=r?this.chosen.filter(t=>t!==e):[...this.chosen,e];return d`<button class="option" role="checkbox" aria-checked=${r} @click=${()=>this.fire(i)}>
      ${_(r?x:t)}<bdi class="clip">${n}</bdi>
    </button>`}fire(e){this.dispatchEvent(new CustomEvent(`choose`,{detail:e}))}static{this.styles=[m,p`
      .button {
        anchor-name: --menu;
        max-width: 220px;
      }
      b {
        min-width: 20px;
        padding: 0 6px;
        border-radius: 10px;
        background: var(--fn-filled, #00708f);
        color: #fff;
        font-size: 12px;
      }
      [popover] {
        color: var(--text);
        background: var(--card);
        border: var(--border);
        border-radius: 12px;
        padding: 6px;
        min-width: 200px;
        max-width: min(320px, 92vw);
        max-height: 60vh;
        overflow-y: auto;
        box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
        inset: auto;
        margin: 4px 0;
        position-anchor: --menu;
        position-area: bottom span-right;
        position-try-fallbacks: flip-inline, flip-block;
      }
      .option {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 44px;
        padding: 0 12px;
        border-radius: 8px;
        text-align: start;
      }
      .option:hover:not(:disabled) {
        background: color-mix(in srgb, var(--text) 7%, transparent);
      }
      .option[aria-checked="true"] .icon {
        color: var(--accent);
      }
    `]}};y([g()],I.prototype,`icon`,void 0),y([g()],I.prototype,`label`,void 0),y([g()],I.prototype,`all`,void 0),y([g({attribute:!1})],I.prototype,`options`,void 0),y([g({attribute:!1})],I.prototype,`chosen`,void 0),y([c()],I.prototype,`isOpen`,void 0),I=y([v(`fn-choice-menu`)],I);var L=[`alert`,`detection`,`all`],R=class extends u{render(){let{app:e,choice:t}=this,n=[...new Set(e.cameras.flatMap(e=>e.labels))].toSorted(),i=new Map(e.cameras.flatMap(e=>e.zones.map(e=>[e.name,e.title])));return d`
      <div class="tabs" role="radiogroup" aria-label=${e.text(`filter.severity`)}>
        ${L.map(n=>d`<button
              role="radio"
              class=${n}
              aria-checked=${t.tab===n}
              @click=${()=>this.fire({tab:n})}
            >
              ${e.text(`filter.${n}`)}
            </button>`)}
      </div>
      <div class="filters">
        ${this.menu(`cameras`,b,e.cameras.map(e=>({value:e.slug,title:e.title})))}
        ${this.menu(`labels`,o,n.map(e=>({value:e,title:T(e)})))}
        ${i.size?this.menu(`zones`,h,[...i].map(([e,t])=>({value:e,title:t}))):f}
        <label class="button day" ?data-set=${t.day!==``}>
          ${_(s)}
          <input
            type="date"
            aria-label=${e.text(`filter.day`)}
            .value=${t.day}
            @change=${e=>this.fire({day:e.target.value})}
          />
        </label>
        <button
          class="button"
          aria-pressed=${t.showReviewed}
          @click=${()=>this.fire({showReviewed:!t.showReviewed})}
        >
          ${_(r)}${e.text(`filter.reviewed`)}
        </button>
      </div>
    `}menu(e,t,n){return d`<fn-choice-menu
      .icon=${t}
      .label=${this.app.text(`filter.${e}`)}
      .options=${n}
      .chosen=${this.choice[e]}
      .all=${this.app.text(`filter.clear`)}
      @choose=${t=>this.fire({[e]:t.detail})}
    ></fn-choice-menu>`}fire(e){this.dispatchEvent(new CustomEvent(`choose`,{detail:{...this.choice,...e}}))}static{this.styles=[m,p`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: center;
        justify-content: space-between;
      }
      .tabs {
        display: flex;
        padding: 3px;
        border-radius: 22px;
        background: color-mix(in srgb, var(--text) 8%, transparent);
      }
      .tabs button {
        min-height: 38px;
        padding-inline: 18px;
        border-radius: 19px;
        font-weight: 500;
      }
      .tabs button[aria-checked="true"] {
        background: var(--card);
        box-shadow: 0 1px 4px rgb(0 0 0 / 22%);
      }
      .tabs button::before {
        content: "";
        display: inline-block;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        margin-inline-end: 8px;
        background: var(--alert);
      }
      .tabs button.detection::before {
        background: var(--detection);
      }
      .tabs button.all::before {
        display: none;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .day {
        cursor: text;
      }
      .day[data-set] {
        background: color-mix(in srgb, var(--accent) 18%, var(--card));
      }
      .day input {
        border: 0;
        background: none;
        padding: 0;
        min-height: 0;
        color-scheme: light dark;
      }
      @media (max-width: 600px) {
        :host {
          gap: 10px;
        }
        .tabs {
          width: 100%;
        }
        .tabs button {
          flex: 1;
          padding-inline: 8px;
        }
        .filters {
          flex-wrap: nowrap;
          overflow-x: auto;
          margin-inline: calc(-1 * var(--gap));
          padding: 2px var(--gap);
          scrollbar-width: none;
          flex: 0 0 calc(100% + 2 * var(--gap));
        }
        .filters > * {
          flex: none;
        }
      }
    `]}};y([g({attribute:!1})],R.prototype,`app`,void 0),y([g({attribute:!1})],R.prototype,`choice`,void 0),R=y([v(`fn-filter-bar`)],R);var z=class e{constructor(e=[],t=``){this.last=t,this.ids=new Set(e)}get size(){return this.ids.size}toggled(t){let n=new Set(this.ids);return n.delete(t)||n.add(t),new e(n,t)}extended(t,n){let r=n.indexOf(this.last),i=n.indexOf(t);return r<0||i<0?this.toggled(t):new e([...this.ids,...n.slice(Math.min(r,i),Math.max(r,i)+1)],t)}within(t){let n=new Set(t);return new e([...this.ids].filter(e=>n.has(e)),this.last)}},B=M({ReviewPage:()=>H}),V=8e3,H=class extends u{constructor(...e){super(...e),this.item=``,this.selection=new z,this.problem=``,this.timer=0,this.end=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.feed?.loadMore()},{rootMargin:`1200px`}),this.undo=()=>{let e=this.undone??[];this.undone=void 0,this.feed?.mark(e,!1).catch(e=>this.problem=D(e))},this.press=e=>{let t=e.composedPath()[0];if(this.item||t instanceof HTMLElement&&t.matches(`input, select, textarea`))return;let n=e.key.toLowerCase();n===`a`&&(e.ctrlKey||e.metaKey)?(e.preventDefault(),this.selection=new z(this.listed.map(({id:e})=>e))):n===`r`&&this.selection.size&&!e.ctrlKey&&!e.metaKey?this.mark(this.selected):n===`escape`&&this.selection.size&&(this.selection=new z)}}connectedCallback(){super.connectedCallback(),window.addEventListener(`keydown`,this.press)}disconnectedCallback(){window.removeEventListener(`keydown`,this.press),window.clearTimeout(this.timer),this.feed?.close(),this.asked=void 0,this.end.disconnect(),super.disconnectedCallback()}willUpdate(){let e=N(this.query),t=JSON.stringify(e);this.asked!==t&&(this.asked=t,this.selection=new z,this.feed??=new C(this.app,()=>this.requestUpdate()),this.problem=``,this.feed.open(F(e)).catch(e=>this.problem=D(e)))}updated(){this.item&&A(()=>import(`./player-page-DJvo64LV.js`),[],import.meta.url);let e=this.renderRoot.querySelector(`#end`);this.end.disconnect(),e&&this.end.observe(e)}render(){if(this.item)return d`<fn-player-page
        .app=${this.app}
        .hass=${this.hass}
        .item=${this.item}
        .neighbours=${this.feed?.items??[]}
        .query=${this.query}
        @viewed=${e=>void this.feed?.mark([e.detail],!0)}
      ></fn-player-page>`;let e=N(this.query);return d`
      <fn-filter-bar .app=${this.app} .choice=${e} @choose=${this.choose}></fn-filter-bar>
      ${this.renderActions()}
      ${this.problem?d`<p class="problem" role="alert">${this.problem}</p>`:f}
      ${this.listed.length?this.renderDays():this.renderEmpty()}
      <div id="end"></div>
      <div class="toast" role="status">${this.renderUndo()}</div>
    `}get listed(){let{showReviewed:e}=N(this.query);return(this.feed?.items??[]).filter(t=>e||!t.has_been_reviewed)}renderActions(){let{text:e}=this.app,t=this.selection.size;return t?d`<div class="actions selecting">
      <button class="round" aria-label=${e(`review.clear`)} @click=${()=>this.selection=new z}>
        ${_(n)}
      </button>
      <strong>${e(`review.selected`,{count:t})}</strong>
      <button class="button filled" @click=${()=>void this.mark(this.selected)}>
        ${_(l)}${e(`alerts.mark`)}
      </button>
    </div>`:d`<div class="actions">
        <span class="quiet">${this.feed?.isLoading?e(`loading`):e(`review.count`,{count:this.listed.length})}</span>
        <button class="button" ?disabled=${!this.unseen.length} @click=${()=>void this.mark(this.unseen)}>
          ${_(l)}${e(`alerts.mark_all`)}
        </button>
      </div>`}renderDays(){let e=Map.groupBy(this.listed,e=>w(this.hass,e.start_time)),t=P(N(this.query));return d`${S(e,([e])=>e,([,e])=>d`<section>
          <h2 class="small">${E(this.hass,e[0]?.start_time??0,Date.now()/1e3)}</h2>
          <div class="grid">
            ${S(e,({id:e})=>e,e=>this.renderCard(e,this.app.href(`review`,e.id,t)))}
          </div>
        </section>`)}`}renderCard(e,t){return d`<fn-review-card
      can-mark
      .app=${this.app}
      .hass=${this.hass}
      .item=${e}
      .href=${t}
      .selected=${this.selection.ids.has(e.id)}
      .selecting=${this.selection.size>0}
      @mark=${()=>void this.mark([e])}
      @select=${()=>this.selection=this.selection.toggled(e.id)}
    ></fn-review-card>`}renderEmpty(){let{text:e}=this.app;return this.feed?.isLoading===!1?d`<div class="empty">
      ${_(i)}<strong>${e(`review.empty`)}</strong>
      <p>${e(`review.empty_text`)}</p>
    </div>`:f}renderUndo(){let{text:t}=this.app;return this.undone?d`<span>${t(`review.marked`,{count:this.undone.length})}</span>
      <button @click=${this.undo}>${_(e)}${t(`undo`)}</button>`:f}get unseen(){return this.listed.filter(e=>!e.has_been_reviewed)}get selected(){return this.listed.filter(e=>this.selection.ids.has(e.id))}async mark(e){e.length&&(this.selection=new z,this.undone=e,window.clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.undone=void 0,V),await this.feed?.mark(e,!0).catch(e=>this.problem=D(e)))}choose(e){k(this.app.href(`review`,``,P(e.detail)),!0)}static{this.styles=[m,p`
      :host {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr);
      }
      .actions {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 48px;
        position: sticky;
        top: var(--header-height, 56px);
        z-index: 3;
        background: var(--primary-background-color, #fafafa);
      }
      .actions > :nth-last-child(2) {
        flex: 1;
      }
      section {
        display: grid;
        gap: 10px;
      }
      section + section {
        margin-top: 8px;
      }
      .grid {
        display: grid;
        gap: var(--gap);
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
      }
      @media (max-width: 600px) {
        .grid {
          gap: 10px;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @media (min-width: 2000px) {
        .grid {
          grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
        }
      }
      .toast {
        position: fixed;
        inset-block-end: calc(24px + env(safe-area-inset-bottom));
        inset-inline: 16px;
        margin-inline: auto;
        width: fit-content;
        z-index: 6;
        display: flex;
        align-items: center;
        gap: 16px;
        border-radius: 24px;
        background: #2b2f33;
        color: #fff;
        box-shadow: 0 4px 18px rgb(0 0 0 / 35%);
      }
      .toast > span {
        padding-inline-start: 20px;
      }
      .toast button {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 48px;
        padding-inline: 12px 20px;
        font-weight: 500;
        color: #7fd6f2;
      }
      @media (max-width: 870px) {
        .toast {
          inset-block-end: calc(76px + env(safe-area-inset-bottom));
        }
      }
    `]}};y([g({attribute:!1})],H.prototype,`app`,void 0),y([g({attribute:!1})],H.prototype,`hass`,void 0),y([g({attribute:!1})],H.prototype,`query`,void 0),y([g()],H.prototype,`item`,void 0),y([c()],H.prototype,`selection`,void 0),y([c()],H.prototype,`undone`,void 0),y([c()],H.prototype,`problem`,void 0),H=y([v(`fn-review-page`)],H);export{H as ReviewPage,N as n,P as r,B as t};