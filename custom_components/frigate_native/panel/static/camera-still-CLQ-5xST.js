import{a as e,c as t,d as n,l as r,m as i,o as a,s as o,t as s}from"./decorate-Cl3hOdFa.js";var c=0,l=class extends t{constructor(...e){super(...e),this.height=480,this.interval=1e4,this.shown=``,this.timer=0,this.isInSight=!1,this.isLoading=!1,this.observer=new IntersectionObserver(e=>{this.isInSight=e.some(e=>e.isIntersecting),this.isInSight&&this.renew()}),this.wake=()=>void this.renew()}connectedCallback(){super.connectedCallback(),this.observer.observe(this),document.addEventListener(`visibilitychange`,this.wake)}disconnectedCallback(){this.observer.disconnect(),document.removeEventListener(`visibilitychange`,this.wake),window.clearTimeout(this.timer),super.disconnectedCallback()}willUpdate(e){e.has(`camera`)&&e.get(`camera`)?.entity_id!==this.camera.entity_id&&(this.shown=``),e.has(`interval`)&&this.hasUpdated&&this.renew()}render(){return this.shown?n`<img src=${this.shown} alt="" draggable="false" />`:r}async renew(){if(window.clearTimeout(this.timer),!this.isLoading&&this.isConnected&&this.isInSight&&!document.hidden){this.isLoading=!0;try{let e=await this.app.media.still(this.camera,this.height,++c),t=new Image;t.src=e,await t.decode(),this.shown=e,this.dispatchEvent(new Event(`load`))}catch{}finally{this.isLoading=!1}this.interval&&this.isConnected&&(this.timer=window.setTimeout(()=>void this.renew(),this.interval))}}static{this.styles=i`
    :host {
      display: block;
    }
    img {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `}};s([a({attribute:!1})],l.prototype,`app`,void 0),s([a({attribute:!1})],l.prototype,`camera`,void 0),s([a({type:Number})],l.prototype,`height`,void 0),s([a({type:Number})],l.prototype,`interval`,void 0),s([e()],l.prototype,`shown`,void 0),l=s([o(`fn-camera-still`)],l);