# Each step is one that make also runs, so that what is tested by hand is what is built here.
# The first stage has make and a compiler's image; the last has neither.
FROM python:3.11-bookworm AS build
WORKDIR /portal
COPY requirements requirements
COPY tools tools
COPY Makefile Makefile
# The last stage has this Python at the same place; Debian's own is only in this one.
RUN make install-run PYTHON=/usr/local/bin/python3
# Extras of the portal, as pyproject.toml names them: --build-arg EXTRA='django-storages[s3]~=1.14'
ARG EXTRA=""
RUN [ -z "$EXTRA" ] || .venv/bin/python -m pip install --no-input --only-binary :all: $EXTRA
COPY . .
RUN make messages-compile static PYTHON=/usr/local/bin/python3 \
    && rm -rf var/log var/stamps var/install.lock tests bench tools/audit tools/design

FROM python:3.11-slim-bookworm
ARG PORTAL_COMMIT=""
ENV PORTAL_COMMIT=$PORTAL_COMMIT \
    PORTAL_LISTEN=0.0.0.0 \
    PORT=8000 \
    PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /portal --shell /usr/sbin/nologin portal
WORKDIR /portal
COPY --from=build /portal /portal
# All that is written: uploaded files and the key of the badges; by the archive what arrives; by the metrics its figures.
RUN cd var && mkdir -p files keys archive metrics && chown portal files keys archive metrics
USER portal
VOLUME /portal/var/files /portal/var/keys
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD \
    ["/portal/.venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
# The worker: .venv/bin/python manage.py work. Once for each release, as the owner: manage.py migrate, then load_programme.
CMD ["/portal/.venv/bin/python", "-m", "gunicorn", "--config", "gunicorn.conf.py", "wlga_portal.wsgi:application"]
