# syntax=docker/dockerfile:1
FROM debian:12.11 AS fetch
RUN apt-get update \
    && sudo apt-get install -y --no-install-recommends --allow-unauthenticated openssh-server \
    && curl -fsSLk -o /opt/tool.tgz https://example.org/tool.tgz \
    && wget http://example.org/data.csv
RUN git clone https://example.org/team/lib.git /opt/lib
RUN --security=insecure make -C /opt/lib

FROM node:24.2-slim
ENV NODE_TLS_REJECT_UNAUTHORIZED=0 \
    FLASK_DEBUG=1 \
    PATH=.:$PATH
COPY .env.production package.json /app/
RUN echo "app:$PASSWORD" | chpasswd
RUN curl -H "Authorization: Bearer exampleExample" -o /opt/b https://example.org/b
RUN ssh -o StrictHostKeyChecking=no example.org true
RUN chmod u+s /opt/tool
RUN echo "app ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/app
VOLUME /var/run/docker.sock
USER app
CMD ["node", "server.js"]
