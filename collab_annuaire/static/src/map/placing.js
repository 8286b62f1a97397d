// @odoo-module ignore
// A pin that one puts down: by a click, by dragging it, or by its latitude and longitude, which two fields of the page hold.
(function () {
    "use strict";

    const box = document.querySelector("[data-place]");
    if (!box) {
        return;
    }
    const L = window.L;
    const words = window.collabWords(box.querySelector("template[data-words]"));
    const fields = [box.dataset.latitude, box.dataset.longitude].map((id) => document.getElementById(id));
    const typed = () => fields.map((field) => Number(field.value.replace(",", ".")));
    const map = window.collabGround(box);
    const marker = L.marker(typed().every(Number.isFinite) ? typed() : map.getCenter(), {draggable: true, icon: window.collabPin([]), keyboard: false}).addTo(map);
    marker.getElement().setAttribute("role", "img");
    marker.getElement().setAttribute("aria-label", words.pin);
    map.setView(marker.getLatLng(), 13, {animate: false});

    function put(point) {
        marker.setLatLng(point);
        [fields[0].value, fields[1].value] = [point.lat, point.lng].map((degrees) => degrees.toFixed(5));
        // The draft of the form is kept.
        fields.forEach((field) => field.dispatchEvent(new Event("input", {bubbles: true})));
    }

    map.on("click", (event) => put(event.latlng));
    marker.on("dragend", () => put(marker.getLatLng()));
    for (const field of fields) {
        field.addEventListener("change", () => {
            if (typed().every(Number.isFinite)) {
                marker.setLatLng(typed());
                map.panTo(typed());
            }
        });
    }
    box.dataset.ready = "";
})();
