// @odoo-module ignore
// The small map beside an address comes with its scripts once it is about to be seen: most readers want the address alone.
(function () {
    "use strict";

    let loaded = null;

    function loadScript(source) {
        return new Promise((resolve, reject) => {
            document.head.append(Object.assign(document.createElement("script"), {src: source, onload: resolve, onerror: reject}));
        });
    }

    function load({styles, scripts}) {
        for (const href of styles.split(" ").filter(Boolean)) {
            document.head.append(Object.assign(document.createElement("link"), {rel: "stylesheet", href}));
        }
        return Promise.all(scripts.split(" ").filter(Boolean).map(loadScript));
    }

    const seen = new IntersectionObserver((entries) => {
        for (const entry of entries.filter((one) => one.isIntersecting)) {
            seen.unobserve(entry.target);
            loaded ??= load(entry.target.dataset);
            // Without it there is the address, and a link to the map.
            loaded.then(() => window.collabSmallMap(entry.target)).catch(() => entry.target.remove());
        }
    }, {rootMargin: "200px"});
    document.querySelectorAll("[data-small-map]").forEach((box) => seen.observe(box));
})();
