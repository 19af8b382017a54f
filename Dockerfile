# Coproduction for production: gunicorn as an ordinary user, or the worker with another command.
# Settings come from environment variables; docker-compose.yml shows a whole installation.

FROM python:3.11-slim-bookworm AS packages
COPY requirements/app.txt /tmp/app.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r /tmp/app.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-noto-core fonts-noto-color-emoji fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 coproduction \
    && install -d -o coproduction /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static-built \
    HOST=0.0.0.0 \
    PORT=8000
# Translations and static files belong to the image; the key is for this command alone.
RUN for source in locale/*/LC_MESSAGES/*.po; do \
        [ ! -e "$source" ] || pybabel --quiet compile -i "$source" -o "${source%.po}.mo" || exit 1; \
    done \
    && DATA_DIR=/tmp/build SECRET_KEY=only-while-building SITE_URL=http://localhost \
        python manage.py collectstatic --noinput \
    # What the app's own commands made, here or before, was its owner's alone.
    && chmod -R a+rX . \
    && rm -rf /tmp/build
USER coproduction
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
    python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
# How it serves says gunicorn.conf.py, which it reads from this folder.
CMD ["gunicorn", "coproduction.wsgi:application"]
