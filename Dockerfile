# The portal's image: web, worker, beat and migrate are this one image with four commands (docker-compose.yml).
# It holds no secret and no address: PRODUCTION=1 asks the environment for them.

FROM node:22-slim AS assets
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim-bookworm AS packages
WORKDIR /portal
RUN apt-get -qq update && apt-get -qq install --yes --no-install-recommends gettext
COPY .ci/bootstrap-uv.txt requirements.lock ./
RUN python -m venv /uv \
    && /uv/bin/pip install --quiet --no-cache-dir --require-hashes -r bootstrap-uv.txt \
    && /uv/bin/uv venv --python /usr/local/bin/python /venv \
    && /uv/bin/uv pip install --no-cache --compile-bytecode --python /venv/bin/python --require-hashes -r requirements.lock
COPY locale locale
RUN for catalogue in locale/*/LC_MESSAGES/*.po; do msgfmt -o "${catalogue%.po}.mo" "$catalogue"; done

FROM python:3.13-slim-bookworm
RUN apt-get -qq update \
    && apt-get -qq install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --mode 700 /data
WORKDIR /portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    XDG_CACHE_HOME=/tmp \
    STATIC_ROOT=/portal/staticfiles
COPY --from=packages /venv /venv
COPY --from=assets /portal/node_modules node_modules
COPY manage.py ./
COPY sdgportal sdgportal
COPY apps apps
COPY templates templates
COPY static static
COPY fixtures fixtures
COPY --from=packages /portal/locale locale
# The settings of the embedded start are enough to collect; what they write is thrown away with its folder.
RUN python -m compileall -q manage.py sdgportal apps \
    && DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER portal
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "sdgportal.wsgi:application"]
