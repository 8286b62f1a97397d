// @odoo-module ignore
// What maps have in common: the outlines of the départements, the names of the places, the buttons, and the pictures of a
// service if an administrator has chosen one. Without them nothing is asked of anybody.
(function () {
    "use strict";

    const L = window.L;
    const {departments, towns} = window.collabRegion;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    // [latitude, longitude], of the whole region and of where one may go.
    const REGION = L.latLngBounds([46.26, -2.57], [48.57, 0.92]);
    const AROUND = REGION.pad(0.35);
    const ZOOM_MAX = 13;
    // How many of the largest communes may be named, by zoom; from the last one on, all of them.
    const NAMED = {7: 8, 8: 14, 9: 45, 10: 160};
    const LABELS_MAX = 70;

    // The texts of a template of the page, by name.
    window.collabWords = (template) =>
        Object.fromEntries([...(template?.content.querySelectorAll("[data-text]") || [])].map((one) => [one.dataset.text, one.textContent]));

    function label(text, point, kind) {
        const icon = L.divIcon({className: `c-map__name ${kind}`, html: `<span aria-hidden="true"></span>`, iconSize: [0, 0]});
        const marker = L.marker(point, {icon, pane: "names", interactive: false, keyboard: false});
        marker.on("add", () => {
            marker.getElement().firstChild.textContent = text;
        });
        return marker;
    }

    // The names that there is room for, the largest places first.
    function nameTowns(map, layer) {
        layer.clearLayers();
        const bounds = map.getBounds();
        const named = towns.slice(0, NAMED[Math.max(7, Math.floor(map.getZoom()))] ?? towns.length);
        const taken = [];
        if (map.getZoom() < 9.5) {
            for (const department of departments) {
                const at = map.latLngToContainerPoint(department.label);
                taken.push([at.x - 60, at.y - 12, at.x + 60, at.y + 12]);
            }
        }
        for (const [name, latitude, longitude] of named) {
            if (taken.length >= LABELS_MAX) {
                break;
            }
            if (!bounds.contains([latitude, longitude])) {
                continue;
            }
            const at = map.latLngToContainerPoint([latitude, longitude]);
            const box = [at.x - name.length * 3.4 - 4, at.y + 4, at.x + name.length * 3.4 + 4, at.y + 24];
            if (taken.every((other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1])) {
                taken.push(box);
                layer.addLayer(label(name, [latitude, longitude], "is-town"));
            }
        }
    }

    // box: its element; still: a picture, which one does not move. Returns the map of Leaflet, showing the region.
    window.collabGround = function (box, still = false) {
        const ground = box.querySelector("template[data-ground]");
        const words = window.collabWords(ground);
        const {tiles, attribution, zoom} = ground?.dataset || {};
        const map = L.map(box, {
            attributionControl: Boolean(tiles),
            fadeAnimation: !calm,
            zoomAnimation: !calm,
            // A thousand pins that move are a thousand layers: they come back where they are, once the ground has moved.
            markerZoomAnimation: false,
            inertia: !calm,
            zoomControl: false,
            zoomSnap: 0.25,
            zoomDelta: 1,
            minZoom: 6.5,
            maxZoom: Number(zoom) || ZOOM_MAX,
            maxBounds: AROUND,
            // The wheel moves the page, until somebody is in the map.
            scrollWheelZoom: false,
            ...(still ? {dragging: false, keyboard: false, touchZoom: false, doubleClickZoom: false, boxZoom: false, tap: false} : {}),
        });
        map.fitBounds(REGION, {animate: false, padding: [8, 8]});
        if (!still) {
            map.on("focus", () => map.scrollWheelZoom.enable());
            map.on("blur", () => map.scrollWheelZoom.disable());
            L.control.zoom({position: "bottomright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out}).addTo(map);
        }
        if (tiles) {
            map.attributionControl.setPrefix(false);
            L.tileLayer(tiles, {attribution, maxZoom: Number(zoom)}).addTo(map);
        }
        const names = map.createPane("names");
        names.style.zIndex = 450;
        names.style.pointerEvents = "none";
        const outlines = departments.map(({name, coordinates}) => ({type: "Feature", properties: {name}, geometry: {type: "MultiPolygon", coordinates}}));
        // On a canvas: a browser moves a picture faster than a drawing.
        const token = (name) => window.getComputedStyle(box).getPropertyValue(name).trim();
        const style = {weight: 1.5, color: token("--map-edge"), fill: !tiles, fillColor: token("--map-land"), fillOpacity: 1};
        L.geoJSON(outlines, {interactive: false, renderer: L.canvas({padding: 0.3}), style}).addTo(map);
        if (!tiles) {
            const layer = L.layerGroup().addTo(map);
            const regions = L.layerGroup(departments.map((one) => label(one.name, one.label, "is-department")));
            const draw = () => {
                nameTowns(map, layer);
                map[map.getZoom() < 9.5 ? "addLayer" : "removeLayer"](regions);
            };
            map.on("moveend", draw);
            draw();
        }
        return map;
    };
    window.collabGround.region = REGION;
    window.collabGround.calm = calm;
})();
