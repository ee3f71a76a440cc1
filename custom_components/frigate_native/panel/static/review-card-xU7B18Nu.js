import{T as e,c as t,d as n,i as r,l as i,m as a,n as o,o as s,r as c,s as l,t as u,x as d,y as f}from"./decorate-Cl3hOdFa.js";import{i as p,o as m,t as h}from"./format-DdgV-Lfp.js";import"./feed-iX30POfh.js";var g=class extends t{constructor(...e){super(...e),this.href=``,this.selected=!1,this.selecting=!1,this.canMark=!1}render(){let{app:e,item:t}=this,a=e.camera(t.entry_id,t.camera)?.title??m(t.camera),o=t.data.objects.map(m).join(`, `)||e.text(`live.motion`),s=t.data.zones.map(m).join(`, `);return n`<article class="${t.severity} ${this.selected?`selected`:``} ${t.has_been_reviewed?`seen`:``}">
      <a href=${this.href} @click=${this.open}>
        <fn-signed-image
          .key=${`${t.id}/${t.end_time===null}`}
          .source=${()=>e.media.reviewThumbnail(t.entry_id,t.id)}
        ></fn-signed-image>
        <span class="time"
          >${h(this.hass,t.start_time)}${t.end_time===null?n` · ${e.text(`review.ongoing`)}`:n` · ${p(t.end_time-t.start_time)}`}</span
        >
        <span class="what">
          <span class="labels">${t.data.objects.slice(0,4).map(r)}<bdi class="clip">${o}</bdi></span>
          <span class="where clip"><bdi>${a}</bdi>${s?n` · <bdi>${s}</bdi>`:i}</span>
        </span>
      </a>
      ${this.canMark?this.renderButtons():i}
    </article>`}renderButtons(){let{app:t,item:r}=this;return n`<button
        class="round select"
        role="checkbox"
        aria-checked=${this.selected}
        aria-label=${t.text(`review.select`)}
        @click=${()=>this.fire(`select`)}
      >
        ${c(this.selected?d:e)}
      </button>
      ${r.has_been_reviewed||this.selecting?i:n`<button
            class="round mark"
            aria-label=${t.text(`alerts.mark`)}
            title=${t.text(`alerts.mark`)}
            @click=${()=>this.fire(`mark`)}
          >
            ${c(f)}
          </button>`}`}open(e){this.canMark&&(this.selecting||e.ctrlKey||e.metaKey)&&(e.preventDefault(),this.fire(`select`))}fire(e){this.dispatchEvent(new CustomEvent(e))}static{this.styles=[o,a`
      :host {
        display: block;
        content-visibility: auto;
        contain-intrinsic-size: auto 210px;
      }
      article {
        position: relative;
        border-radius: var(--radius);
        background: var(--card);
        border: var(--border);
        overflow: hidden;
        --severity: var(--alert);
      }
      .detection {
        --severity: var(--detection);
      }
      a {
        display: block;
        text-decoration: none;
        border-radius: inherit;
      }
      a:focus-visible {
        outline-offset: -3px;
        outline-width: 3px;
      }
      fn-signed-image {
        aspect-ratio: 16 / 10;
        transition: opacity 200ms;
      }
      article::after {
        content: "";
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        width: 4px;
        background: var(--severity);
        pointer-events: none;
      }
      .seen::after {
        opacity: 0.3;
      }
      .seen fn-signed-image {
        opacity: 0.62;
      }
      .selected {
        box-shadow: 0 0 0 3px var(--accent);
      }
      .time {
        position: absolute;
        inset-block-start: 8px;
        inset-inline-end: 8px;
        padding: 2px 8px;
        border-radius: 10px;
        background: var(--over);
        color: #fff;
        font-size: 12px;
        line-height: 18px;
        font-variant-numeric: tabular-nums;
      }
      .what {
        display: block;
        padding: 8px 12px 10px 14px;
      }
      .labels {
        display: flex;
        align-items: center;
        gap: 6px;
        font-weight: 500;
      }
      .labels .icon {
        width: 18px;
        height: 18px;
      }
      .where {
        display: block;
        color: var(--quiet);
        font-size: 13px;
      }
      .round {
        position: absolute;
        color: #fff;
        background: var(--over);
        width: 36px;
        height: 36px;
      }
      .select {
        inset-block-start: 6px;
        inset-inline-start: 10px;
      }
      .mark {
        inset-block-end: 12px;
        inset-inline-end: 8px;
        background: none;
        color: var(--quiet);
      }
      .mark:hover:not(:disabled) {
        color: #fff;
        background: #2e7d32;
      }
      .labels,
      .where {
        padding-inline-end: 34px;
      }
      @media (hover: hover) {
        .select {
          opacity: 0;
        }
        article:hover .select,
        .select:focus-visible,
        .selected .select {
          opacity: 1;
        }
      }
    `]}};u([s({attribute:!1})],g.prototype,`app`,void 0),u([s({attribute:!1})],g.prototype,`hass`,void 0),u([s({attribute:!1})],g.prototype,`item`,void 0),u([s()],g.prototype,`href`,void 0),u([s({type:Boolean})],g.prototype,`selected`,void 0),u([s({type:Boolean})],g.prototype,`selecting`,void 0),u([s({type:Boolean,attribute:`can-mark`})],g.prototype,`canMark`,void 0),g=u([l(`fn-review-card`)],g);