// @odoo-module ignore
// How an organisation is marked: each of its networks by its shape and its colour.
(function () {
    "use strict";

    const L = window.L;

    // networks: [shape, colour] of each; without any, a plain mark.
    window.collabPin = function (networks, size = 34) {
        const element = document.createElement("span");
        element.className = networks.length > 1 ? "c-pin c-pin--several" : "c-pin";
        for (const [shape, color] of networks.length ? networks : [["round", "#55606b"]]) {
            const mark = document.createElement("i");
            mark.className = `is-${shape}`;
            mark.style.setProperty("--network", color);
            element.append(mark);
        }
        return L.divIcon({className: "c-pin-box", html: element, iconSize: [Math.max(size, 8 + 20 * networks.length), size]});
    };

    // The page of an organisation has a picture of where it is.
    window.collabSmallMap = function (box) {
        const map = window.collabGround(box, true);
        const point = [Number(box.dataset.latitude), Number(box.dataset.longitude)];
        const colors = box.dataset.colors.split(" ").filter(Boolean);
        const shapes = box.dataset.shapes.split(" ").filter(Boolean);
        map.setView(point, 9, {animate: false});
        L.marker(point, {icon: window.collabPin(shapes.map((shape, index) => [shape, colors[index]])), interactive: false, keyboard: false}).addTo(map);
        box.dataset.ready = "";
    };
})();
