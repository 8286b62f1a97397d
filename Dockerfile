# The platform on the official image of Odoo. Everything else comes from the lock files, with their hashes.
FROM node:22-bookworm-slim AS npm
WORKDIR /npm
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM odoo:19.0 AS platform
USER root
# rsync: backups; libmagic: the type of a file by its content. The rest of what bin/ needs is in the image.
RUN apt-get update \
    && apt-get install -y --no-install-recommends rsync libmagic1 python3-pip \
    && rm -rf /var/lib/apt/lists/*
COPY pyproject.toml uv.lock /tmp/lock/
# Odoo's own requirements are in the image; what the addons bring is not.
RUN pip install --break-system-packages --no-cache-dir uv==0.13.9 \
    && uv export --quiet --frozen --project /tmp/lock --only-group addons --no-emit-project -o /tmp/lock/requirements.txt \
    && pip install --break-system-packages --no-cache-dir --no-deps --require-hashes -r /tmp/lock/requirements.txt \
    && rm -rf /root/.cache

WORKDIR /opt/collab
COPY bin ./bin
COPY config ./config
COPY uv.lock ./
COPY collab_actualites ./collab_actualites
COPY collab_agenda ./collab_agenda
COPY collab_annuaire ./collab_annuaire
COPY collab_charte ./collab_charte
COPY collab_courrier ./collab_courrier
COPY collab_fichiers ./collab_fichiers
COPY collab_contribution ./collab_contribution
COPY collab_suivi ./collab_suivi
COPY collab_comptes ./collab_comptes
COPY collab_forum ./collab_forum
COPY collab_habillage ./collab_habillage
COPY collab_portail ./collab_portail
COPY collab_recherche ./collab_recherche
COPY collab_reseaux ./collab_reseaux
COPY collab_ressources ./collab_ressources
COPY collab_serveur ./collab_serveur
COPY --from=npm /npm/node_modules/@fontsource/atkinson-hyperlegible/files ./.local/npm/node_modules/@fontsource/atkinson-hyperlegible/files
COPY --from=npm /npm/node_modules/dompurify/dist ./.local/npm/node_modules/dompurify/dist
COPY --from=npm /npm/node_modules/leaflet/dist ./.local/npm/node_modules/leaflet/dist
COPY --from=npm /npm/node_modules/leaflet.markercluster/dist ./.local/npm/node_modules/leaflet.markercluster/dist
COPY --from=npm /npm/node_modules/squire-rte/dist ./.local/npm/node_modules/squire-rte/dist

# bin/ finds its way by these: nothing is built here, data live in a volume, the production settings hold.
ENV ODOO_PYTHON=/usr/bin/python3 \
    COLLAB_LOCAL=/var/lib/collab \
    ODOO_CONF=config/odoo.production.conf \
    ODOO_HTTP_INTERFACE=0.0.0.0
RUN install -d -o odoo -g odoo /var/lib/collab /var/lib/collab/backups /var/lib/collab/data/run/filestore
USER odoo
VOLUME /var/lib/collab
EXPOSE 8069 8072
ENTRYPOINT []
CMD ["bin/odoo", "run", "server", "-d", "collab", "--db-filter", "^collab$"]

# With the demonstration, for showing it; never for production.
FROM platform AS demo
USER root
RUN uv export --quiet --frozen --project /tmp/lock --only-group demo --no-emit-project -o /tmp/lock/requirements.txt \
    && pip install --break-system-packages --no-cache-dir --no-deps --require-hashes -r /tmp/lock/requirements.txt
COPY demo ./demo
ENV ODOO_ADDONS_PATH=.,demo
USER odoo
