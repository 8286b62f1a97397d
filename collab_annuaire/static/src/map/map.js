// @odoo-module ignore
// The map of the organisations. The list beside it is its twin: what opens a card there is a link, and works without any of
// this. The address holds the filters, the card that is open, and after # where one looks.
(function () {
    "use strict";

    const box = document.querySelector("[data-map]");
    const place = document.querySelector("[data-map-card]");
    if (!box) {
        return;
    }
    const L = window.L;
    const words = window.collabWords(box.querySelector("template[data-words]"));
    const map = window.collabGround(box);
    const cluster = L.markerClusterGroup({
        // With a thousand pins, groups that part slowly would make zooming jerky.
        animate: false,
        chunkedLoading: true,
        // Further apart than a thumb is wide.
        maxClusterRadius: 70,
        showCoverageOnHover: false,
        spiderfyDistanceMultiplier: 1.7,
        spiderLegPolylineOptions: {className: "c-map__leg", weight: 1.5},
        iconCreateFunction: (group) => {
            const number = group.getChildCount();
            const disc = document.createElement("span");
            disc.className = number > 99 ? "c-pins c-pins--many" : "c-pins";
            disc.textContent = number;
            return L.divIcon({className: "c-pin-box", html: disc, iconSize: [34, 34]});
        },
    });
    // It draws nine times what is seen, otherwise: pins that the keyboard would stop at, without anybody seeing where.
    cluster._getExpandedVisibleBounds = () => map.getBounds().pad(0.05);
    // Markers by number of the organisation.
    const pins = new Map();
    let chosen = Number(box.dataset.chosen) || null;
    // Where the focus goes back to, when a card is closed.
    let opener = null;

    const link = (text, attributes) => Object.assign(document.createElement("a"), {textContent: text, ...attributes});

    function address(organisation) {
        const url = new URL(window.location.href);
        if (organisation) {
            url.searchParams.set("structure", organisation);
        } else {
            url.searchParams.delete("structure");
        }
        return url;
    }

    // Shows where the organisation is whose card is open: its pins, or the groups that hold them.
    function ring() {
        for (const element of box.querySelectorAll(".is-chosen")) {
            element.classList.remove("is-chosen");
            element.removeAttribute("aria-current");
        }
        for (const marker of pins.get(chosen) || []) {
            const element = (marker.getElement()?.isConnected ? marker : cluster.getVisibleParent(marker))?.getElement();
            element?.classList.add("is-chosen");
            element?.setAttribute("aria-current", "true");
        }
    }

    function mark(organisation) {
        chosen = organisation;
        ring();
        for (const row of document.querySelectorAll("[data-structure]")) {
            const item = row.closest("li");
            if (Number(row.dataset.structure) === organisation) {
                item.setAttribute("aria-current", "true");
            } else {
                item.removeAttribute("aria-current");
            }
        }
    }

    function showCard(content) {
        place.replaceChildren(...content);
        place.querySelector("h2")?.focus({preventScroll: true});
        place.scrollIntoView({block: "nearest", behavior: window.collabGround.calm ? "auto" : "smooth"});
    }

    async function open(organisation, from) {
        opener = from;
        const url = address(organisation);
        let response = null;
        try {
            response = await window.fetch(`/carte/structures/${organisation}${url.search}`);
        } catch {
            // As below: the page says what is wrong.
        }
        if (!response?.ok || response.redirected) {
            window.location.assign(url);
            return;
        }
        const fragment = new DOMParser().parseFromString(await response.text(), "text/html");
        window.history.replaceState(null, "", url);
        mark(organisation);
        showCard(fragment.body.childNodes);
    }

    function close() {
        if (!place.firstElementChild) {
            return;
        }
        window.history.replaceState(null, "", address(null));
        const marker = (pins.get(chosen) || []).find((one) => one.getElement());
        place.replaceChildren();
        mark(null);
        (opener?.isConnected ? opener : marker?.getElement() || box).focus();
    }

    // Several at one point: their names, as a list.
    function showTogether(markers) {
        const head = document.createElement("div");
        head.className = "c-card__head";
        const title = document.createElement("h2");
        title.tabIndex = -1;
        title.textContent = words.here.replace("%s", markers.length);
        const shut = link(words.close, {href: address(null).href});
        shut.dataset.close = "";
        head.append(title, shut);
        const rows = document.createElement("ul");
        rows.className = "c-rows";
        for (const marker of markers) {
            const row = Object.assign(document.createElement("li"), {className: "c-row c-row--tight"});
            const words_ = Object.assign(document.createElement("p"), {className: "c-row__title"});
            const to = link(marker.name, {href: address(marker.organisation).href});
            to.dataset.structure = marker.organisation;
            words_.append(to);
            row.append(words_);
            rows.append(row);
        }
        const card = Object.assign(document.createElement("section"), {className: "c-card"});
        card.append(head, rows);
        showCard([card]);
    }

    function add(networks, organisations) {
        const icons = new Map();
        const markers = [];
        for (const [organisation, name, its, points] of organisations) {
            const key = its.join();
            if (!icons.has(key)) {
                icons.set(key, its.map((one) => networks[one].slice(1)));
            }
            const said = [name, ...its.map((one) => networks[one][0])].join(", ");
            for (const [, latitude, longitude, approximate] of points) {
                const marker = L.marker([latitude, longitude], {icon: window.collabPin(icons.get(key)), riseOnHover: true});
                Object.assign(marker, {organisation, name, said: approximate ? `${said} ${words.approximate}` : said});
                // Drawn again, it has a new element.
                marker.on("add", () => marker.getElement().setAttribute("aria-label", marker.said));
                marker.on("click keypress", (event) => {
                    if (event.type === "click" || event.originalEvent.key === "Enter") {
                        open(organisation, marker.getElement());
                    }
                });
                pins.set(organisation, [...(pins.get(organisation) || []), marker]);
                markers.push(marker);
            }
        }
        cluster.addLayers(markers);
        cluster.addTo(map);
        return markers;
    }

    // #9.5/47.2184/-1.5536
    function fromAddress() {
        const [zoom, latitude, longitude] = window.location.hash.slice(1).split("/").map(Number);
        return window.location.hash.split("/").length === 3 && [zoom, latitude, longitude].every(Number.isFinite) ? [[latitude, longitude], zoom] : null;
    }

    function look(markers) {
        const view = fromAddress();
        const its = pins.get(chosen);
        if (view) {
            map.setView(...view, {animate: false});
        } else if (its) {
            map.fitBounds(L.featureGroup(its).getBounds().pad(0.2), {animate: false, maxZoom: 11});
        } else if (box.dataset.filtered && markers.length) {
            map.fitBounds(L.featureGroup(markers).getBounds().pad(0.1), {animate: false, maxZoom: 11});
        }
        ring();
        map.on("moveend", () => {
            ring();
            const {lat, lng} = map.getCenter();
            const url = address(chosen);
            url.hash = `${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
            window.history.replaceState(null, "", url);
        });
    }

    cluster.on("spiderfied", (event) => {
        // Those of one organisation are one thing.
        if (new Set(event.markers.map((one) => one.organisation)).size > 1) {
            opener = event.cluster.getElement();
            showTogether(event.markers);
        }
    });
    // Leaflet lets a key press a marker, but says nothing of a group of them to who cannot see it.
    map.on("layeradd", (event) => {
        if (event.layer instanceof L.MarkerCluster) {
            event.layer.getElement()?.setAttribute("aria-label", words.organisations.replace("%s", event.layer.getChildCount()));
        }
    });
    document.addEventListener("click", (event) => {
        const row = event.target.closest("[data-structure]");
        if (event.target.closest("[data-close]")) {
            event.preventDefault();
            close();
        } else if (row && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
            event.preventDefault();
            const organisation = Number(row.dataset.structure);
            const marker = pins.get(organisation)?.[0];
            open(organisation, row);
            if (marker && !map.getBounds().pad(-0.1).contains(marker.getLatLng())) {
                map.panTo(marker.getLatLng(), {animate: !window.collabGround.calm});
            }
        }
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !document.querySelector("details[open]")) {
            close();
        }
    });

    window
        .fetch(box.dataset.points)
        .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
        .then(({networks, organisations}) => {
            look(add(networks, organisations));
            box.dataset.ready = "";
            performance.mark("collab-map");
        })
        .catch(() => {
            const alert = Object.assign(document.createElement("p"), {className: "c-map__none", textContent: words.failed});
            alert.setAttribute("role", "alert");
            box.append(alert);
        });
})();
