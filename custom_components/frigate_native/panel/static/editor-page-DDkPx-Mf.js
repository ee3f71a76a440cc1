import{$ as e,E as t,K as n,L as r,O as i,a,c as o,d as s,et as c,g as l,k as u,l as d,m as f,n as p,o as m,p as h,q as g,r as _,s as v,t as y,y as b}from"./decorate-Cl3hOdFa.js";import{n as x}from"./ha-DvA74_1X.js";import{n as S,t as C}from"./style-map-Bwqfn15m.js";import"./camera-still-CLQ-5xST.js";import{o as w}from"./format-DdgV-Lfp.js";function T([e,t]){return[Math.min(Math.max(e,0),1),Math.min(Math.max(t,0),1)]}function E(e,t,n){return e.map((e,r)=>r===t?T(n):e)}function D(e,t,n){return e.toSpliced(t+1,0,T(n))}function O(e,t){return e.length>3?e.toSpliced(t,1):e}function k(e,[t,n]){let r=e.map(([e])=>e),i=e.map(([,e])=>e),a=Math.min(Math.max(t,-Math.min(...r)),1-Math.max(...r)),o=Math.min(Math.max(n,-Math.min(...i)),1-Math.max(...i));return e.map(([e,t])=>[e+a,t+o])}function A([e,t],[n,r]){return[(e+n)/2,(t+r)/2]}function j(e,t,n){let r=t.map(t=>({corner:t,far:Math.hypot(t[0]-e[0],t[1]-e[1])})).filter(({far:e})=>e<n).toSorted((e,t)=>e.far-t.far)[0];if(r)return r.corner;let i=e=>e<n?0:e>1-n?1:e;return[i(e[0]),i(e[1])]}function M(e){let t=e.reduce(([e,t],[n,r])=>[e+n,t+r],[0,0]);return[t[0]/e.length,t[1]/e.length]}function N(e){return e.flatMap(e=>e.map(e=>String(Number(e.toFixed(4))))).join(`,`)}var P=12,F=.002,I=.02,L=class extends o{constructor(...e){super(...e),this.shapes=[],this.picked=``,this.pickedPoint=-1,this.snap=!0,this.drawing=!1,this.draft=[],this.cursor=[.5,.5]}render(){let e=(this.camera.width??16)/(this.camera.height??9);return s`<div class="stage" style=${C({"--aspect":e.toFixed(4)})}>
      <fn-camera-still .app=${this.app} .camera=${this.camera} .height=${1080} .interval=${5e3}></fn-camera-still>
      <svg
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        tabindex=${this.drawing?0:-1}
        role="application"
        aria-label=${this.app.text(this.drawing?`editor.drawing`:`editor.canvas`)}
        class=${this.drawing?`drawing`:``}
        @pointerdown=${this.press}
        @pointermove=${this.move}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @keydown=${this.key}
      >
        ${this.shapes.map(e=>this.renderShape(e))}
        ${this.draft.length?h`<polyline class="draft" points=${R([...this.draft,this.cursor])}></polyline>`:d}
      </svg>
      ${this.drawing?this.renderDraft():this.renderHandles()}
      ${this.shapes.filter(({kind:e,name:t})=>e===`zone`&&t).map(({name:e,points:t})=>s`<span class="label" style=${C(z(M(t)))}><bdi>${e}</bdi></span>`)}
    </div>`}reset(){this.draft=[],this.cursor=[.5,.5],this.drawing&&this.updateComplete.then(()=>this.svg.focus())}finish(){if(this.draft.length<3)return;let e=this.draft;this.draft=[],this.dispatchEvent(new CustomEvent(`drawn`,{detail:e}))}renderShape(e){return h`<polygon
      class="${e.kind} ${e.id===this.picked?`picked`:``}"
      data-shape=${e.id}
      points=${R(e.points)}
    ></polygon>`}renderHandles(){let e=this.shape;if(!e)return d;let{points:t}=e,{text:n}=this.app;return s`${t.map((e,r)=>{let i=A(e,t[(r+1)%t.length]??e);return s`<button
          class="point ${r===this.pickedPoint?`picked`:``}"
          style=${C(z(e))}
          aria-label=${n(`editor.point`,{number:r+1,count:t.length,x:Math.round(e[0]*100),y:Math.round(e[1]*100)})}
          @pointerdown=${e=>this.pressPoint(e,r)}
          @pointermove=${this.move}
          @pointerup=${this.release}
          @focus=${()=>this.fire(`point`,r)}
          @keydown=${e=>this.keyPoint(e,r)}
        ></button>
        <button
          class="edge"
          style=${C(z(i))}
          aria-label=${n(`editor.insert`,{number:r+1})}
          @click=${()=>this.change(D(t,r,i),r+1)}
        ></button>`})}`}renderDraft(){return s`${this.draft.map((e,t)=>s`<i class="point ${t===0?`first`:``}" style=${C(z(e))}></i>`)}<i class="cross" style=${C(z(this.cursor))}></i>`}get shape(){return this.shapes.find(({id:e})=>e===this.picked)}at(e){let t=this.svg.getBoundingClientRect();return T([(e.clientX-t.left)/t.width,(e.clientY-t.top)/t.height])}near(e){if(!this.snap)return T(e);let t=this.shapes.filter(({id:e})=>e!==this.picked).flatMap(({points:e})=>e);return j(T(e),t,P/this.svg.clientWidth)}press(e){if(this.drawing){this.addPoint(this.near(this.at(e)));return}let t=e.target.getAttribute(`data-shape`)??``;this.fire(`pick`,t);let n=this.shapes.find(e=>e.id===t);n&&(this.svg.setPointerCapture(e.pointerId),this.drag={index:-1,from:this.at(e),points:n.points,isStep:!0})}pressPoint(e,t){let n=this.shape;n&&(e.target.setPointerCapture(e.pointerId),this.fire(`point`,t),this.drag={index:t,from:this.at(e),points:n.points,isStep:!0})}move(e){let t=this.at(e);this.drawing&&(this.cursor=this.near(t));let{drag:n}=this;if(!n)return;let r=[t[0]-n.from[0],t[1]-n.from[1]];if(n.isStep&&Math.hypot(...r)*this.svg.clientWidth<3)return;let i=n.index<0?k(n.points,r):E(n.points,n.index,this.near(t));this.fire(`change`,{id:this.picked,points:i,isStep:n.isStep}),n.isStep=!1}release(){this.drag=void 0}addPoint(e){let t=this.draft[0],n=P/this.svg.clientWidth;t&&this.draft.length>=3&&Math.hypot(t[0]-e[0],t[1]-e[1])<n?this.finish():this.draft=[...this.draft,e],this.cursor=e}key(e){if(!this.drawing)return;let t=B(e);if(t)this.cursor=T([this.cursor[0]+t[0],this.cursor[1]+t[1]]);else if(e.key===` `)this.addPoint(this.near(this.cursor));else if(e.key===`Enter`)this.finish();else if(e.key===`Backspace`)this.draft=this.draft.slice(0,-1);else return;e.preventDefault(),e.stopPropagation()}keyPoint(e,t){let n=this.shape?.points??[],r=n[t],i=B(e);if(r){if(i)this.change(E(n,t,[r[0]+i[0],r[1]+i[1]]),t);else if(e.key===`Delete`||e.key===`Backspace`)this.change(O(n,t),Math.max(0,t-1));else return;e.preventDefault(),e.stopPropagation()}}change(e,t){this.fire(`change`,{id:this.picked,points:e,isStep:!0}),this.fire(`point`,t)}fire(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[p,f`
      :host {
        display: block;
        direction: ltr; /* pictures are not mirrored */
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 220px) * var(--aspect)));
        min-width: min(100%, 320px);
        margin-inline: auto;
        background: #101214;
        border-radius: 8px;
      }
      fn-camera-still,
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        border-radius: 8px;
        overflow: hidden;
      }
      svg {
        touch-action: none;
      }
      svg.drawing {
        cursor: crosshair;
      }
      polygon {
        --tone: #29b6f6;
        fill: color-mix(in srgb, var(--tone) 22%, transparent);
        stroke: var(--tone);
        stroke-width: 2.5px;
        vector-effect: non-scaling-stroke;
        cursor: pointer;
      }
      polygon.motion_mask {
        --tone: #ff7043;
        fill: color-mix(in srgb, var(--tone) 40%, transparent);
      }
      polygon.object_mask {
        --tone: #ab47bc;
        fill: color-mix(in srgb, var(--tone) 40%, transparent);
      }
      polygon.picked {
        stroke-width: 4px;
        cursor: move;
      }
      .drawing polygon {
        pointer-events: none;
      }
      .draft {
        fill: none;
        stroke: #fff;
        stroke-width: 2.5px;
        stroke-dasharray: 7 5;
        vector-effect: non-scaling-stroke;
        filter: drop-shadow(0 0 2px #000);
      }
      .point,
      .edge,
      .cross,
      .label {
        position: absolute;
        translate: -50% -50%;
      }
      .point,
      .edge {
        width: 28px;
        height: 28px;
        display: grid;
        place-items: center;
        touch-action: none;
        cursor: grab;
        border-radius: 50%;
      }
      .point::after {
        content: "";
        width: 14px;
        height: 14px;
        border-radius: 50%;
        background: #fff;
        border: 3px solid #0277bd;
        box-shadow: 0 0 4px rgb(0 0 0 / 60%);
      }
      .point.picked::after {
        background: #ffb300;
        border-color: #fff;
      }
      .point.first::after {
        border-color: #ffb300;
      }
      i.point {
        pointer-events: none;
      }
      .edge {
        cursor: copy;
        width: 24px;
        height: 24px;
      }
      .edge::after {
        content: "";
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: rgb(255 255 255 / 75%);
        box-shadow: 0 0 3px rgb(0 0 0 / 70%);
      }
      .cross {
        width: 21px;
        height: 21px;
        pointer-events: none;
        background:
          linear-gradient(#fff, #fff) center / 1.5px 100% no-repeat,
          linear-gradient(#fff, #fff) center / 100% 1.5px no-repeat;
        filter: drop-shadow(0 0 1px #000);
      }
      .label {
        max-width: 40%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding: 2px 10px;
        border-radius: 12px;
        background: rgb(0 0 0 / 66%);
        color: #fff;
        font-weight: 500;
        pointer-events: none;
      }
    `]}};y([m({attribute:!1})],L.prototype,`app`,void 0),y([m({attribute:!1})],L.prototype,`camera`,void 0),y([m({attribute:!1})],L.prototype,`shapes`,void 0),y([m()],L.prototype,`picked`,void 0),y([m({type:Number})],L.prototype,`pickedPoint`,void 0),y([m({type:Boolean})],L.prototype,`snap`,void 0),y([m({type:Boolean})],L.prototype,`drawing`,void 0),y([a()],L.prototype,`draft`,void 0),y([a()],L.prototype,`cursor`,void 0),y([S(`svg`)],L.prototype,`svg`,void 0),L=y([v(`fn-area-canvas`)],L);function R(e){return e.map(e=>e.join(`,`)).join(` `)}function z([e,t]){return{left:`${e*100}%`,top:`${t*100}%`}}function B(e){let t=e.shiftKey?I:F;return{ArrowLeft:[-t,0],ArrowRight:[t,0],ArrowUp:[0,-t],ArrowDown:[0,t]}[e.key]}var V={name:``,objects:[],inertia:1,loitering_time:0,is_required:!1};async function H(e,t){let n=await e.call(`panel/areas/get`,{entry_id:t.entry_id,camera:t.name}),r=(e,t)=>t.map((t,n)=>({...V,id:`${e}${n}`,kind:e,points:t}));return[...n.zones.map((e,t)=>({...e,id:`zone${t}`,kind:`zone`})),...r(`motion_mask`,n.motion_masks),...r(`object_mask`,n.object_masks)]}async function U(e,t,n){let r=e=>n.filter(t=>t.kind===e).map(({points:e})=>e);await e.call(`panel/areas/save`,{entry_id:t.entry_id,camera:t.name,zones:n.filter(({kind:e})=>e===`zone`).map(({name:e,points:t,objects:n,inertia:r,loitering_time:i,is_required:a})=>({name:e,points:t,objects:n,inertia:r,loitering_time:i,is_required:a})),motion_masks:r(`motion_mask`),object_masks:r(`object_mask`)})}var W=class{constructor(e){this.now=e,this.past=[],this.future=[]}get canUndo(){return this.past.length>0}get canRedo(){return this.future.length>0}push(e){this.past=[...this.past,this.now].slice(-200),this.now=e,this.future=[]}replace(e){this.now=e}undo(){let e=this.past.pop();e!==void 0&&(this.future.push(this.now),this.now=e)}redo(){let e=this.future.pop();e!==void 0&&(this.past.push(this.now),this.now=e)}},G=/^[a-z][a-z0-9_]*$/;function K(e,t){let n=t.filter(({kind:e})=>e===`zone`);return[`cameras:`,`  ${X(e)}:`,...n.length?[`    zones:`,...n.flatMap(q)]:[],...J(`motion`,t,`motion_mask`),...J(`objects`,t,`object_mask`),``].join(`
`)}function q(e){let t=[`      ${X(Y(e.name))}:`,`        coordinates: ${N(e.points)}`];return Y(e.name)!==e.name&&t.push(`        friendly_name: ${JSON.stringify(e.name)}`),e.objects.length&&t.push(`        objects: [${e.objects.map(X).join(`, `)}]`),e.inertia>1&&t.push(`        inertia: ${e.inertia}`),e.loitering_time&&t.push(`        loitering_time: ${e.loitering_time}`),t}function J(e,t,n){let r=t.filter(({kind:e})=>e===n);return r.length?[`    ${e}:`,`      mask:`,...r.map(({points:e})=>`        - ${N(e)}`)]:[]}function Y(e){return e.normalize(`NFKD`).replace(/\p{M}/gu,``).toLowerCase().replace(/[^a-z0-9]+/g,`_`).replace(/^_+|_+$/g,``)||e}function X(e){return G.test(e)?e:JSON.stringify(e)}var Z=class extends o{constructor(...e){super(...e),this.labels=[]}render(){let{app:e,zone:t}=this;return s`
      <label
        ><span>${e.text(`editor.name`)}</span>
        <input
          type="text"
          maxlength="100"
          .value=${t.name}
          @change=${e=>this.fire({name:e.target.value.trim()})}
        />
      </label>
      <fieldset>
        <legend>${e.text(`editor.objects`)}</legend>
        ${this.labels.map(e=>this.renderLabel(e))}
        <p class="quiet">${e.text(`editor.objects_help`)}</p>
      </fieldset>
      ${this.number(`editor.loitering`,`loitering_time`,0)} ${this.number(`editor.inertia`,`inertia`,1)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${t.is_required}
          @change=${e=>this.fire({is_required:e.target.checked})}
        /><span>${e.text(`editor.required`)}</span>
      </label>
    `}renderLabel(e){let t=this.zone.objects.includes(e),n=t?this.zone.objects.filter(t=>t!==e):[...this.zone.objects,e];return s`<button class="button" aria-pressed=${t} @click=${()=>this.fire({objects:n})}>
      ${w(e)}
    </button>`}number(e,t,n){return s`<label
      ><span>${this.app.text(e)}</span>
      <input
        type="number"
        min=${n}
        step="1"
        inputmode="numeric"
        .value=${String(this.zone[t])}
        @change=${e=>{let r=Math.round(Number(e.target.value));this.fire({[t]:Number.isFinite(r)?Math.max(n,r):n})}}
      />
    </label>`}fire(e){this.dispatchEvent(new CustomEvent(`rules`,{detail:e}))}static{this.styles=[p,f`
      :host {
        display: grid;
        gap: 14px;
      }
      label {
        display: grid;
        gap: 4px;
      }
      .check {
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 10px;
        min-height: 40px;
      }
      input[type="checkbox"] {
        width: 20px;
        height: 20px;
        accent-color: var(--accent);
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      legend {
        padding: 0 0 6px;
      }
      fieldset .button {
        min-height: 36px;
      }
      fieldset p {
        font-size: 12px;
        line-height: 16px;
      }
    `]}};y([m({attribute:!1})],Z.prototype,`app`,void 0),y([m({attribute:!1})],Z.prototype,`zone`,void 0),y([m({attribute:!1})],Z.prototype,`labels`,void 0),Z=y([v(`fn-zone-rules`)],Z);var Q=[`zone`,`motion_mask`,`object_mask`],$=class extends o{constructor(...e){super(...e),this.slug=``,this.picked=``,this.point=-1,this.drawing=``,this.snap=!0,this.problem=``,this.status=``,this.saved=[],this.asked=``,this.key=e=>{let t=e.composedPath()[0];if(!(t instanceof HTMLElement&&t.matches(`input`))){if((e.ctrlKey||e.metaKey)&&e.key.toLowerCase()===`z`)this.travel(e.shiftKey?`redo`:`undo`);else if((e.ctrlKey||e.metaKey)&&e.key.toLowerCase()===`y`)this.travel(`redo`);else if(e.key===`Escape`)this.drawing?this.draw(``):this.pick(``);else return;e.preventDefault()}},this.warn=e=>{this.isChanged&&e.preventDefault()}}connectedCallback(){super.connectedCallback(),window.addEventListener(`keydown`,this.key),window.addEventListener(`beforeunload`,this.warn)}disconnectedCallback(){window.removeEventListener(`keydown`,this.key),window.removeEventListener(`beforeunload`,this.warn),super.disconnectedCallback()}willUpdate(){let e=this.app.bySlug(this.slug);e&&this.app.isAdmin&&this.asked!==this.slug&&(this.asked=this.slug,this.load(e))}render(){let{app:e}=this,t=e.bySlug(this.slug);if(!t)return s`<p class="empty">${e.text(`camera.unknown`)}</p>`;if(!e.isAdmin)return s`<p class="empty">${e.text(`editor.admins`)}</p>`;let n=this.shapes.find(({id:e})=>e===this.picked);return s`
      <div class="head">
        <a class="round" href=${e.href(`camera`,t.slug)} aria-label=${e.text(`back`)}>${_(l)}</a>
        <h2 class="clip">${e.text(`camera.edit`)} · <bdi>${t.title}</bdi></h2>
        ${this.renderSave(t)}
      </div>
      ${this.problem?s`<p class="problem" role="alert">${this.problem}</p>`:d}
      <p class="unseen" role="status">${this.status===`saved`?e.text(`editor.saved`):``}</p>
      <div class="columns">
        <div class="main">
          ${this.renderTools(n)}
          <fn-area-canvas
            .app=${e}
            .camera=${t}
            .shapes=${this.shapes}
            .picked=${this.picked}
            .pickedPoint=${this.point}
            .snap=${this.snap}
            .drawing=${this.drawing!==``}
            @pick=${e=>this.pick(e.detail)}
            @point=${e=>this.point=e.detail}
            @change=${e=>this.reshape(e.detail)}
            @drawn=${e=>this.add(e.detail)}
          ></fn-area-canvas>
        </div>
        <aside>
          ${Q.map(e=>this.renderList(e))}
          ${n?.kind===`zone`?s`<section class="card">
                <h3>${e.text(`editor.rules`)}</h3>
                <fn-zone-rules
                  .app=${e}
                  .zone=${n}
                  .labels=${t.labels}
                  @rules=${e=>this.revise(n.id,e.detail)}
                ></fn-zone-rules>
              </section>`:d}
          ${this.isEditable(t)?d:this.renderYaml(t)}
        </aside>
      </div>
    `}renderSave(e){let{text:t}=this.app;if(!this.isEditable(e))return d;let n=this.status===`saving`?`editor.saving`:this.isChanged||this.status!==`saved`?`editor.save`:`editor.saved`;return s`<button
      class="button filled"
      ?disabled=${!this.isChanged||this.status===`saving`}
      @click=${()=>void this.save(e)}
    >
      ${_(b)}${t(n)}
    </button>`}renderTools(n){let{text:i}=this.app;return this.drawing?s`<div class="tools">
        <span class="hint">${i(`editor.draw_hint`)}</span>
        ${this.tool(`editor.finish`,b,()=>this.canvas.finish())}
        ${this.tool(`editor.cancel`,t,()=>this.draw(``))}
      </div>`:s`<div class="tools">
      ${this.tool(`undo`,e,()=>this.travel(`undo`),!this.steps?.canUndo)}
      ${this.tool(`redo`,g,()=>this.travel(`redo`),!this.steps?.canRedo)}
      <button class="button" aria-pressed=${this.snap} @click=${()=>this.snap=!this.snap}>
        ${_(r)}${i(`editor.snap`)}
      </button>
      <span class="hint">${i(n?`editor.edit_hint`:`editor.pick_hint`)}</span>
      ${this.tool(`editor.delete_point`,c,()=>this.deletePoint(n),!n||this.point<0||n.points.length<=3)}
      ${this.tool(`editor.delete`,u,()=>this.delete(),!n)}
    </div>`}tool(e,t,n,r=!1){let i=this.app.text(e);return s`<button class="round" aria-label=${i} title=${i} ?disabled=${r} @click=${n}>
      ${_(t)}
    </button>`}renderList(e){let{text:t}=this.app,r=this.shapes.filter(t=>t.kind===e);return s`<section class="card ${e}">
      <div class="row">
        <h3><i></i>${t(`editor.${e}s`)}</h3>
        <button class="round" aria-label=${t(`editor.add_${e}`)} @click=${()=>this.draw(e)}>
          ${_(n)}
        </button>
      </div>
      ${r.length?s`<ul>
            ${r.map((n,r)=>s`<li>
                  <button aria-pressed=${n.id===this.picked} @click=${()=>this.pick(n.id)}>
                    <bdi class="clip">${e===`zone`?n.name:t(`editor.mask`,{number:r+1})}</bdi>
                  </button>
                </li>`)}
          </ul>`:s`<p class="quiet">${t(`editor.${e}_help`)}</p>`}
    </section>`}renderYaml(e){let{text:t}=this.app,n=K(e.name,this.shapes);return s`<section class="card">
      <h3>${t(`editor.yaml`)}</h3>
      <p class="quiet">${t(`editor.yaml_help`)}</p>
      <pre tabindex="0" role="region" aria-label=${t(`editor.yaml`)}>${n}</pre>
      <button class="button" @click=${()=>void this.copy(n)}>
        ${_(i)}${t(this.status===`copied`?`editor.copied`:`editor.copy`)}
      </button>
    </section>`}get shapes(){return this.steps?.now??[]}get isChanged(){return JSON.stringify(this.shapes)!==JSON.stringify(this.saved)}isEditable(e){return this.app.system(e.entry_id)?.is_editable??!1}async load(e){try{this.saved=await H(this.app.api,e),this.steps=new W(this.saved),this.picked=``}catch(e){this.problem=x(e)}}async save(e){let t=this.shapes;this.status=`saving`,this.problem=``;try{await U(this.app.api,e,t),this.saved=t,this.status=`saved`}catch(e){this.status=``,this.problem=x(e)}}async copy(e){try{await navigator.clipboard.writeText(e),this.status=`copied`}catch{let e=this.renderRoot.querySelector(`pre`);e&&getSelection()?.selectAllChildren(e)}}pick(e){this.picked=e,this.point=-1}draw(e){this.drawing=e,e&&this.pick(``),this.updateComplete.then(()=>this.canvas.reset())}add(e){let t=this.drawing||`zone`,n=crypto.randomUUID?.()??String(Math.random()),r=this.shapes.filter(e=>e.kind===`zone`).length+1,i={id:n,kind:t,points:e,name:t===`zone`?this.app.text(`editor.zone`,{number:r}):``,objects:[],inertia:1,loitering_time:0,is_required:!1};this.step([...this.shapes,i]),this.drawing=``,this.pick(n)}reshape({id:e,points:t,isStep:n}){let r=this.shapes.map(n=>n.id===e?{...n,points:t}:n);n?this.step(r):(this.steps?.replace(r),this.requestUpdate())}revise(e,t){this.step(this.shapes.map(n=>n.id===e?{...n,...t}:n))}deletePoint(e){!e||this.point<0||(this.revise(e.id,{points:O(e.points,this.point)}),this.point=-1)}delete(){this.step(this.shapes.filter(({id:e})=>e!==this.picked)),this.pick(``)}step(e){this.steps?.push(e),this.status=``,this.requestUpdate()}travel(e){this.steps?.[e](),this.point=-1,this.status=``,this.requestUpdate()}static{this.styles=[p,f`
      :host {
        display: grid;
        gap: 12px;
        grid-template-columns: minmax(0, 1fr);
      }
      .head,
      .row,
      .tools {
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
        grid-template-columns: minmax(0, 1fr) 320px;
        align-items: start;
      }
      .main,
      aside {
        display: grid;
        gap: 12px;
        min-width: 0;
      }
      .tools {
        min-height: 44px;
      }
      .hint {
        flex: 1;
        color: var(--quiet);
        text-align: center;
        min-width: 0;
      }
      section {
        padding: 10px 16px 14px;
        display: grid;
        gap: 8px;
        --tone: #0288d1;
      }
      .motion_mask {
        --tone: #f4511e;
      }
      .object_mask {
        --tone: #8e24aa;
      }
      .row {
        justify-content: space-between;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      h3 i {
        width: 12px;
        height: 12px;
        border-radius: 3px;
        background: var(--tone);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 4px;
      }
      li button {
        display: flex;
        width: 100%;
        min-height: 40px;
        padding: 0 12px;
        align-items: center;
        text-align: start;
        border-radius: 8px;
        border-inline-start: 4px solid transparent;
      }
      li button:hover {
        background: color-mix(in srgb, var(--text) 6%, transparent);
      }
      li button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--tone) 16%, transparent);
        border-color: var(--tone);
        font-weight: 500;
      }
      pre {
        margin: 0;
        padding: 12px;
        max-height: 320px;
        overflow: auto;
        border-radius: 8px;
        background: color-mix(in srgb, var(--text) 7%, transparent);
        font-size: 12px;
        line-height: 18px;
        direction: ltr;
      }
      @media (max-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 600px) {
        .tools {
          flex-wrap: wrap;
        }
        .hint {
          order: 9;
          flex-basis: 100%;
        }
      }
    `]}};y([m({attribute:!1})],$.prototype,`app`,void 0),y([m({attribute:!1})],$.prototype,`hass`,void 0),y([m()],$.prototype,`slug`,void 0),y([a()],$.prototype,`steps`,void 0),y([a()],$.prototype,`picked`,void 0),y([a()],$.prototype,`point`,void 0),y([a()],$.prototype,`drawing`,void 0),y([a()],$.prototype,`snap`,void 0),y([a()],$.prototype,`problem`,void 0),y([a()],$.prototype,`status`,void 0),y([S(`fn-area-canvas`)],$.prototype,`canvas`,void 0),$=y([v(`fn-editor-page`)],$);export{$ as EditorPage};