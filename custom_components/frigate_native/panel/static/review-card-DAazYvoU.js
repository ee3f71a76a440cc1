import{T as e,a as t,c as n,f as r,i,l as a,m as o,n as s,r as c,s as l,u,x as d,y as f}from"./preload-helper-Mcwnyy_m.js";import{a as p,n as m,s as h}from"./feed-CupYt1L4.js";var g=class extends a{constructor(...e){super(...e),this.href=``,this.selected=!1,this.selecting=!1,this.canMark=!1}render(){let{app:e,item:n}=this,i=e.camera(n.entry_id,n.camera)?.title??h(n.camera),a=n.data.objects.map(h).join(`, `)||e.text(`live.motion`),o=n.data.zones.map(h).join(`, `);return r`<article class="${n.severity} ${this.selected?`selected`:``} ${n.has_been_reviewed?`seen`:``}">
      <a
        href=${this.href}
        aria-label=${`${a}, ${i}, ${m(this.hass,n.start_time)}`}
        @click=${this.open}
      >
        <fn-signed-image
          .key=${`${n.id}/${n.end_time===null}`}
          .source=${()=>e.media.reviewThumbnail(n.entry_id,n.id)}
        ></fn-signed-image>
        <span class="time"
          >${m(this.hass,n.start_time)}${n.end_time===null?r` · ${e.text(`review.ongoing`)}`:r` · ${p(n.end_time-n.start_time)}`}</span
        >
        <span class="what">
          <span class="labels">${n.data.objects.slice(0,4).map(t)}<bdi class="clip">${a}</bdi></span>
          <span class="where clip"><bdi>${i}</bdi>${o?r` · <bdi>${o}</bdi>`:u}</span>
        </span>
      </a>
      ${this.canMark?this.renderButtons():u}
    </article>`}renderButtons(){let{app:t,item:n}=this;return r`<button
        class="round select"
        role="checkbox"
        aria-checked=${this.selected}
        aria-label=${t.text(`review.select`)}
        @click=${()=>this.fire(`select`)}
      >
        ${i(this.selected?d:e)}
      </button>
      ${n.has_been_reviewed||this.selecting?u:r`<button
            class="round mark"
            aria-label=${t.text(`alerts.mark`)}
            title=${t.text(`alerts.mark`)}
            @click=${()=>this.fire(`mark`)}
          >
            ${i(f)}
          </button>`}`}open(e){this.canMark&&(this.selecting||e.ctrlKey||e.metaKey)&&(e.preventDefault(),this.fire(`select`))}fire(e){this.dispatchEvent(new CustomEvent(e))}static{this.styles=[c,o`
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
    `]}};s([l({attribute:!1})],g.prototype,`app`,void 0),s([l({attribute:!1})],g.prototype,`hass`,void 0),s([l({attribute:!1})],g.prototype,`item`,void 0),s([l()],g.prototype,`href`,void 0),s([l({type:Boolean})],g.prototype,`selected`,void 0),s([l({type:Boolean})],g.prototype,`selecting`,void 0),s([l({type:Boolean,attribute:`can-mark`})],g.prototype,`canMark`,void 0),g=s([n(`fn-review-card`)],g);