import{A as e,C as t,E as n,J as r,R as i,S as a,W as o,X as s,_ as c,b as l,c as u,f as d,i as f,l as p,m,n as h,o as g,r as _,s as v,t as y,u as b,v as x,w as S}from"./preload-helper-Mcwnyy_m.js";import{c as C,i as w,r as T,s as E,t as D}from"./feed-CupYt1L4.js";import{n as O}from"./ha-DvA74_1X.js";import{n as k,r as A}from"./route-BEOA-wPe.js";import"./review-card-DAazYvoU.js";var j=Object.defineProperty,M=(e,t)=>{let n={};for(var r in e)j(n,r,{get:e[r],enumerable:!0});return t||j(n,Symbol.toStringTag,{value:`Module`}),n};function N(e){let t=e.get(`show`);return{tab:t===`detection`||t===`all`?t:`alert`,cameras:k(e,`cameras`),labels:k(e,`labels`),zones:k(e,`zones`),showReviewed:e.get(`reviewed`)===`1`,day:/^\d{4}-\d\d-\d\d$/.test(e.get(`day`)??``)?e.get(`day`)??``:``}}function P(e){return{show:e.tab===`alert`?``:e.tab,cameras:e.cameras.join(`,`),labels:e.labels.join(`,`),zones:e.zones.join(`,`),reviewed:e.showReviewed?`1`:``,day:e.day}}function F(e){let t=e.day?new Date(`${e.day}T00:00:00`).getTime()/1e3:void 0;return{slugs:e.cameras,labels:e.labels,zones:e.zones,...e.tab===`all`?{}:{severity:e.tab},...e.showReviewed?{}:{reviewed:!1},...t===void 0?{}:{after:t,before:t+86400}}}var I=class extends p{constructor(...e){super(...e),this.icon=``,this.label=``,this.all=``,this.options=[],this.chosen=[],this.isOpen=!1}render(){let e=this.options.filter(({value:e})=>this.chosen.includes(e)).map(e=>e.title);return d`<button
        class="button"
        aria-pressed=${e.length>0}
        aria-expanded=${this.isOpen}
        popovertarget="list"
        aria-label=${e.length?`${this.label}: ${e.join(`, `)}`:this.label}
      >
        ${f(this.icon)}<bdi class="clip">${e.length===1?e[0]:this.label}</bdi>
        ${e.length>1?d`<b>${e.length}</b>`:b}${f(i)}
      </button>
      <div
        id="list"
        popover
        role="group"
        aria-label=${this.label}
        @toggle=${e=>this.isOpen=e.newState===`open`}
      >
        ${this.isOpen?d`${this.options.map(e=>this.renderOption(e))}
              <button class="option quiet" ?disabled=${!e.length} @click=${()=>this.fire([])}>${this.all}</button>`:b}
      </div>`}renderOption({value:e,title:n}){let r=this.chosen.includes(e),i=r?this.chosen.filter(t=>t!==e):[...this.chosen,e];return d`<button class="option" role="checkbox" aria-checked=${r} @click=${()=>this.fire(i)}>
      ${f(r?S:t)}<bdi class="clip">${n}</bdi>
    </button>`}fire(e){this.dispatchEvent(new CustomEvent(`choose`,{detail:e}))}static{this.styles=[_,m`
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
    `]}};h([v()],I.prototype,`icon`,void 0),h([v()],I.prototype,`label`,void 0),h([v()],I.prototype,`all`,void 0),h([v({attribute:!1})],I.prototype,`options`,void 0),h([v({attribute:!1})],I.prototype,`chosen`,void 0),h([g()],I.prototype,`isOpen`,void 0),I=h([u(`fn-choice-menu`)],I);var L=[`alert`,`detection`,`all`],R=class extends p{render(){let{app:t,choice:n}=this,r=[...new Set(t.cameras.flatMap(e=>e.labels))].toSorted(),i=new Map(t.cameras.flatMap(e=>e.zones.map(e=>[e.name,e.title])));return d`
      <div class="tabs" role="radiogroup" aria-label=${t.text(`filter.severity`)}>
        ${L.map(e=>d`<button
              role="radio"
              class=${e}
              aria-checked=${n.tab===e}
              @click=${()=>this.fire({tab:e})}
            >
              ${t.text(`filter.${e}`)}
            </button>`)}
      </div>
      <div class="filters">
        ${this.menu(`cameras`,x,t.cameras.map(e=>({value:e.slug,title:e.title})))}
        ${this.menu(`labels`,o,r.map(e=>({value:e,title:E(e)})))}
        ${i.size?this.menu(`zones`,s,[...i].map(([e,t])=>({value:e,title:t}))):b}
        <label class="button day" ?data-set=${n.day!==``}>
          ${f(c)}
          <input
            type="date"
            aria-label=${t.text(`filter.day`)}
            .value=${n.day}
            @change=${e=>this.fire({day:e.target.value})}
          />
        </label>
        <button
          class="button"
          aria-pressed=${n.showReviewed}
          @click=${()=>this.fire({showReviewed:!n.showReviewed})}
        >
          ${f(e)}${t.text(`filter.reviewed`)}
        </button>
      </div>
    `}menu(e,t,n){return d`<fn-choice-menu
      .icon=${t}
      .label=${this.app.text(`filter.${e}`)}
      .options=${n}
      .chosen=${this.choice[e]}
      .all=${this.app.text(`filter.clear`)}
      @choose=${t=>this.fire({[e]:t.detail})}
    ></fn-choice-menu>`}fire(e){this.dispatchEvent(new CustomEvent(`choose`,{detail:{...this.choice,...e}}))}static{this.styles=[_,m`
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
          max-width: calc(100% + 2 * var(--gap));
        }
        .filters > * {
          flex: none;
        }
      }
    `]}};h([v({attribute:!1})],R.prototype,`app`,void 0),h([v({attribute:!1})],R.prototype,`choice`,void 0),R=h([u(`fn-filter-bar`)],R);var z=class e{constructor(e=[],t=``){this.last=t,this.ids=new Set(e)}get size(){return this.ids.size}toggled(t){let n=new Set(this.ids);return n.delete(t)||n.add(t),new e(n,t)}extended(t,n){let r=n.indexOf(this.last),i=n.indexOf(t);return r<0||i<0?this.toggled(t):new e([...this.ids,...n.slice(Math.min(r,i),Math.max(r,i)+1)],t)}within(t){let n=new Set(t);return new e([...this.ids].filter(e=>n.has(e)),this.last)}},B=M({ReviewPage:()=>H}),V=8e3,H=class extends p{constructor(...e){super(...e),this.item=``,this.selection=new z,this.problem=``,this.timer=0,this.end=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.feed?.loadMore()},{rootMargin:`1200px`}),this.undo=()=>{let e=this.undone??[];this.undone=void 0,this.feed?.mark(e,!1).catch(e=>this.problem=O(e))},this.press=e=>{let t=e.composedPath()[0];if(this.item||t instanceof HTMLElement&&t.matches(`input, select, textarea`))return;let n=e.key.toLowerCase();n===`a`&&(e.ctrlKey||e.metaKey)?(e.preventDefault(),this.selection=new z(this.listed.map(({id:e})=>e))):n===`r`&&this.selection.size&&!e.ctrlKey&&!e.metaKey?this.mark(this.selected):n===`escape`&&this.selection.size&&(this.selection=new z)}}connectedCallback(){super.connectedCallback(),window.addEventListener(`keydown`,this.press)}disconnectedCallback(){window.removeEventListener(`keydown`,this.press),window.clearTimeout(this.timer),this.feed?.close(),this.asked=void 0,this.end.disconnect(),super.disconnectedCallback()}willUpdate(){let e=N(this.query),t=JSON.stringify(e);this.asked!==t&&(this.asked=t,this.selection=new z,this.feed??=new D(this.app,()=>this.requestUpdate()),this.problem=``,this.feed.open(F(e)).catch(e=>this.problem=O(e)))}updated(){this.item&&y(()=>import(`./player-page-C2WY6Ub-.js`),[],import.meta.url);let e=this.renderRoot.querySelector(`#end`);this.end.disconnect(),e&&this.end.observe(e)}render(){if(this.item)return d`<fn-player-page
        .app=${this.app}
        .hass=${this.hass}
        .item=${this.item}
        .neighbours=${this.feed?.items??[]}
        .query=${this.query}
        @viewed=${e=>void this.feed?.mark([e.detail],!0)}
      ></fn-player-page>`;let e=N(this.query);return d`
      <fn-filter-bar .app=${this.app} .choice=${e} @choose=${this.choose}></fn-filter-bar>
      ${this.renderActions()}
      ${this.problem?d`<p class="problem" role="alert">${this.problem}</p>`:b}
      ${this.listed.length?this.renderDays():this.renderEmpty()}
      <div id="end"></div>
      <div class="toast" role="status">${this.renderUndo()}</div>
    `}get listed(){let{showReviewed:e}=N(this.query);return(this.feed?.items??[]).filter(t=>e||!t.has_been_reviewed)}renderActions(){let{text:e}=this.app,t=this.selection.size;return t?d`<div class="actions selecting">
      <button class="round" aria-label=${e(`review.clear`)} @click=${()=>this.selection=new z}>
        ${f(n)}
      </button>
      <strong>${e(`review.selected`,{count:t})}</strong>
      <button class="button filled" @click=${()=>void this.mark(this.selected)}>
        ${f(l)}${e(`alerts.mark`)}
      </button>
    </div>`:d`<div class="actions">
        <span class="quiet">${this.feed?.isLoading?e(`loading`):e(`review.count`,{count:this.listed.length})}</span>
        <button class="button" ?disabled=${!this.unseen.length} @click=${()=>void this.mark(this.unseen)}>
          ${f(l)}${e(`alerts.mark_all`)}
        </button>
      </div>`}renderDays(){let e=Map.groupBy(this.listed,e=>T(this.hass,e.start_time)),t=P(N(this.query));return d`${C(e,([e])=>e,([,e])=>d`<section>
          <h3>${w(this.hass,e[0]?.start_time??0,Date.now()/1e3)}</h3>
          <div class="grid">
            ${C(e,({id:e})=>e,e=>this.renderCard(e,this.app.href(`review`,e.id,t)))}
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
      ${f(a)}<strong>${e(`review.empty`)}</strong>
      <p>${e(`review.empty_text`)}</p>
    </div>`:b}renderUndo(){let{text:e}=this.app;return this.undone?d`<span>${e(`review.marked`,{count:this.undone.length})}</span>
      <button @click=${this.undo}>${f(r)}${e(`undo`)}</button>`:b}get unseen(){return this.listed.filter(e=>!e.has_been_reviewed)}get selected(){return this.listed.filter(e=>this.selection.ids.has(e.id))}async mark(e){e.length&&(this.selection=new z,this.undone=e,window.clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.undone=void 0,V),await this.feed?.mark(e,!0).catch(e=>this.problem=O(e)))}choose(e){A(this.app.href(`review`,``,P(e.detail)),!0)}static{this.styles=[_,m`
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
    `]}};h([v({attribute:!1})],H.prototype,`app`,void 0),h([v({attribute:!1})],H.prototype,`hass`,void 0),h([v({attribute:!1})],H.prototype,`query`,void 0),h([v()],H.prototype,`item`,void 0),h([g()],H.prototype,`selection`,void 0),h([g()],H.prototype,`undone`,void 0),h([g()],H.prototype,`problem`,void 0),H=h([u(`fn-review-page`)],H);export{H as ReviewPage,N as n,P as r,B as t};