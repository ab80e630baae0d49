import { randomToken } from '@securescan/testing';
import { DOCKERFILE_RULES } from './rules';
import { checkDockerfile } from './scanner';

/** One or more instructions, and the lines of them on which the rule fires. */
type Example = readonly [text: string, ...lines: number[]];

interface Examples {
  readonly fires: readonly Example[];
  readonly silent: readonly string[];
}

const TOKEN = randomToken(24, 15);
const COMMIT = '0a'.repeat(20);

const EXAMPLES: Readonly<Record<string, Examples>> = {
  DL011: {
    fires: [
      ['RUN sudo apt-get update', 1],
      ['RUN ls && \\\n  FOO=1 /usr/bin/sudo -E make install', 2],
    ],
    silent: [
      'RUN apt-get install -y --no-install-recommends sudo',
      'RUN sudo -u app npm ci',
      'RUN echo sudo',
      "RUN echo 'sudo make'",
    ],
  },
  DL012: {
    fires: [
      ['RUN curl -k https://x.test', 1],
      ['RUN curl -fsSLk -o a https://x.test && curl --insecure https://y.test', 1, 1],
      ['RUN ls \\\n && wget --no-check-certificate https://x.test', 2],
      ['RUN python3 -m pip install --trusted-host pypi.test a', 1],
      ['RUN npm config set strict-ssl false', 1],
      ['RUN yarn config set "strict-ssl" false -g', 1],
      ['RUN npm ci --strict-ssl=false', 1],
      ['RUN git -c http.sslVerify=false clone --branch v1 https://x.test/a', 1],
      ['RUN git config --global http.sslVerify "false"', 1],
      ['RUN yum --setopt=sslverify=0 install a', 1],
      ['RUN echo "sslverify=false" >> /etc/yum.conf', 1],
      ['RUN apt-get -o Acquire::https::Verify-Peer=false update', 1],
      ['RUN helm repo add a https://x.test --insecure-skip-tls-verify', 1],
    ],
    silent: [
      'RUN curl -fsSLo /opt/k https://x.test/k',
      'RUN curl -okeys.txt --cacert k.pem https://x.test',
      'RUN wget -q https://x.test/no-check-certificate',
      'RUN npm config set strict-ssl true',
      'RUN git config --global http.sslVerify true',
      'RUN echo "curl -k"',
      'RUN pip install --no-cache-dir --index-url https://x.test a',
    ],
  },
  DL013: {
    fires: [
      ['ENV A=1 \\\n  NODE_TLS_REJECT_UNAUTHORIZED=0', 2],
      ['ENV PYTHONHTTPSVERIFY 0', 1],
      ['ARG GIT_SSL_NO_VERIFY=true', 1],
      ['ENV npm_config_strict_ssl=false', 1],
      ['ENV PIP_TRUSTED_HOST="pypi.test"', 1],
      ['RUN ls \\\n && GIT_SSL_NO_VERIFY=1 git fetch', 2],
      ['RUN export NODE_TLS_REJECT_UNAUTHORIZED=0; npm ci', 1],
    ],
    silent: [
      'ENV NODE_TLS_REJECT_UNAUTHORIZED=1',
      'ENV NPM_CONFIG_STRICT_SSL=true',
      'ARG NODE_TLS_REJECT_UNAUTHORIZED',
      'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/own.pem',
      'RUN echo GIT_SSL_NO_VERIFY=1',
    ],
  },
  DL014: {
    fires: [
      ['RUN apt-get install -y --no-install-recommends --allow-unauthenticated a', 1],
      ['RUN apt-get --force-yes install a', 1],
      ['RUN apt-get -o APT::Get::AllowUnauthenticated=true update', 1],
      ['RUN ls \\\n && apk add --allow-untrusted a.apk', 2],
      ['RUN dnf install -y --nogpgcheck a', 1],
      ['RUN yum install --setopt=base.gpgcheck=0 a', 1],
      ['RUN rpm -i --nosignature a.rpm', 1],
      ['RUN zypper --no-gpg-checks install a', 1],
      ['RUN echo "deb [arch=amd64 trusted=yes] https://x.test ./" > /etc/apt/sources.list', 1],
    ],
    silent: [
      'RUN apk add --no-cache a',
      'RUN yum install --setopt=gpgcheck=1 a',
      'RUN echo "deb [signed-by=/etc/apt/keyrings/x.gpg] https://x.test ./" > /etc/apt/x.list',
      'RUN echo "deb [ trusted=yes ] file:///tmp/own ./" > /etc/apt/own.list',
      'RUN rpm --import https://x.test/key',
    ],
  },
  DL015: {
    fires: [
      [`RUN git clone --branch v1 https://bot:${TOKEN}@x.test/a`, 1],
      [`RUN npm i git+https://${TOKEN}@x.test/a`, 1],
      [`RUN ls \\\n && curl -u bot:${TOKEN} https://x.test`, 2],
      [`RUN curl --user=bot:${TOKEN} https://x.test`, 1],
      [`RUN curl -H "Authorization: Bearer ${TOKEN}" https://x.test`, 1],
      [`RUN wget --http-password=${TOKEN} https://x.test`, 1],
      [`RUN echo "//x.test/:_authToken=${TOKEN}" > .npmrc`, 1],
      [`RUN docker login -u bot -p ${TOKEN} x.test`, 1],
      [`RUN sshpass -p ${TOKEN} ssh x.test`, 1],
    ],
    silent: [
      'RUN --mount=type=secret,id=t git clone --branch v1 https://bot:$(cat /run/secrets/t)@x.test/a',
      'RUN git clone --branch v1 git@x.test:team/a && git clone --branch v1 ssh://git@x.test:22/a',
      'RUN curl -u bot:$TOKEN https://x.test && curl -u bot https://x.test',
      'RUN curl -H "Authorization: Bearer ${TOKEN}" https://x.test:8443/a@b',
      'RUN echo "//x.test/:_authToken=${NPM_TOKEN}" > .npmrc',
      'RUN docker run -p 8080:80 x.test',
      'RUN echo $TOKEN | docker login -u bot --password-stdin x.test',
    ],
  },
  DL016: {
    fires: [
      ['RUN ls && \\\n  echo "root:$PW" | chpasswd', 2],
      ['RUN passwd -d app', 1],
      ['RUN echo $PW | passwd --stdin root', 1],
      ['RUN useradd -m -p "$HASH" app', 1],
    ],
    silent: [
      'RUN useradd --create-home --shell /usr/sbin/nologin app',
      "RUN usermod -p '!' root && passwd -l root",
      'RUN --mount=type=secret,id=p chpasswd < /run/secrets/p',
      'RUN adduser --disabled-password app',
    ],
  },
  DL017: {
    fires: [
      ['COPY package.json \\\n  .env ./', 2],
      ['COPY .env.production /app/', 1],
      ['COPY ["ssh/id_rsa", "/root/.ssh/"]', 1],
      ['ADD certs/server.key /etc/tls/', 1],
      ['ARG NAME=privkey\nCOPY certs/$NAME.pem /etc/tls/', 2],
      ['COPY .aws/ /root/.aws/', 1],
      ['COPY service-account-prod.json /app/', 1],
    ],
    silent: [
      'COPY .env.example ./',
      'COPY --from=build /app/.env ./',
      'COPY ca.pem server.crt public-key.pem /etc/ssl/',
      'COPY docker.gpg.key repo.key /tmp/',
      'COPY nodesource.key /etc/apt/keyrings/',
      'COPY truststore.jks /etc/',
      'COPY <<EOF /app/.env\nA=1\nEOF',
      'COPY environment.ts keyboard.json ./',
    ],
  },
  DL018: {
    fires: [
      ['RUN chmod u+s /bin/a', 1],
      ['RUN ls \\\n && chmod 4755 /bin/a', 2],
      ['COPY --chmod=6755 a /bin/a', 1],
      ['RUN setcap cap_sys_admin+ep /bin/a', 1],
    ],
    silent: [
      'RUN chmod g+s /srv && chmod 2775 /srv && chmod 1777 /tmp',
      'RUN chmod 755 4755 && chmod u-s /bin/a',
      "RUN setcap 'cap_net_bind_service=+ep' /bin/a",
      'RUN find / -perm /6000 -exec chmod a-s {} +',
    ],
  },
  DL019: {
    fires: [
      ['RUN --security=insecure make', 1],
      ['RUN --network=host make', 1],
    ],
    silent: ['RUN --network=none make', 'RUN make --network=host'],
  },
  DL020: {
    fires: [
      ['VOLUME ["/data", "/var/run/docker.sock"]', 1],
      ['RUN --mount=type=bind,source=/var/run/docker.sock,target=/var/run/docker.sock make', 1],
      ['EXPOSE 80 2375/tcp', 1],
      ['ENV DOCKER_HOST=tcp://0.0.0.0:2375', 1],
      ['CMD ["dockerd", "-H", "tcp://0.0.0.0:2375"]', 1],
      ['RUN dockerd --host=tcp://:2375', 1],
    ],
    silent: [
      'VOLUME /data',
      'EXPOSE 2376',
      'CMD ["dockerd", "-H", "unix:///var/run/docker.sock"]',
      'RUN ls /var/run/docker.sock.example',
    ],
  },
  DL021: {
    fires: [
      ['RUN apt-get update \\\n && apt-get install -y openssh-server=1:9.2', 2],
      ['RUN apk add --no-cache dropbear', 1],
      ['CMD ["/usr/sbin/sshd", "-D"]', 1],
    ],
    silent: [
      'RUN apk add --no-cache openssh-client git',
      'RUN apt-get remove openssh-server',
      'CMD ["node", "sshd.js"]',
    ],
  },
  DL022: {
    fires: [
      ['RUN ls \\\n && ssh -o StrictHostKeyChecking=no x.test', 2],
      ['RUN echo "StrictHostKeyChecking no" >> /root/.ssh/config', 1],
      ['ENV GIT_SSH_COMMAND="ssh -o UserKnownHostsFile=/dev/null"', 1],
    ],
    silent: [
      'RUN ssh -o StrictHostKeyChecking=yes x.test',
      'RUN ssh -o StrictHostKeyChecking=accept-new x.test',
    ],
  },
  DL023: {
    fires: [
      ['RUN ls \\\n && curl -o a http://x.test/a', 2],
      ['RUN git clone --branch v1 git://x.test/a', 1],
      ['RUN pip install --index-url=http://x.test a', 1],
      ['RUN npm ci --registry http://bot@x.test', 1],
    ],
    silent: [
      'RUN curl -o a http://localhost:8080/a && wget http://127.0.0.1/a',
      'RUN curl -o a http://x.test/a && echo "abc a" | sha256sum -c -',
      'RUN curl -x http://proxy.test:3128 -o a https://x.test/a',
      'RUN npm config set https-proxy http://proxy.test:3128',
      'RUN echo http://x.test',
      'HEALTHCHECK CMD curl -f http://x.test/',
    ],
  },
  DL024: {
    fires: [
      ['RUN ls \\\n && git clone --depth 1 https://x.test/a', 2],
      ['RUN pip install git+https://x.test/team/a', 1],
      ['RUN pip install "a @ git+https://bot@x.test/team/a.git"', 1],
      ['RUN go install x.test/a/cmd/b@latest', 1],
      ['RUN cargo install --git https://x.test/a', 1],
    ],
    silent: [
      'RUN git clone --depth 1 --branch v1.2 https://x.test/a',
      `RUN git clone https://x.test/a /a\nWORKDIR /a\nRUN git checkout ${COMMIT}`,
      `RUN pip install git+https://x.test/team/a@${COMMIT}`,
      'RUN go install x.test/a/cmd/b@v1.2.3 && go install ./...',
      'RUN cargo install --git https://x.test/a --rev abc',
      'RUN git submodule update',
    ],
  },
  DL025: {
    fires: [
      ['ENV FLASK_DEBUG=1', 1],
      ['CMD ["node", "--inspect=0.0.0.0:9229", "a.js"]', 1],
      ['ENTRYPOINT java -agentlib:jdwp=transport=dt_socket,server=y,address=*:5005 -jar a.jar', 1],
      ['ENV NODE_OPTIONS="--inspect=0.0.0.0"', 1],
    ],
    silent: [
      'ENV FLASK_DEBUG=0',
      'CMD ["node", "--inspect=127.0.0.1:9229", "a.js"]',
      'CMD ["node", "--inspect", "a.js"]',
      'ENV FLASK_DEBUG=1\nFROM b:1\nCMD ["node", "a.js"]',
    ],
  },
  DL026: {
    fires: [
      ['RUN ls \\\n && echo "app ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/app', 2],
      ["RUN sed -i 's/^%sudo.*/%sudo ALL=(ALL) NOPASSWD:SETENV: ALL/' /etc/sudoers", 1],
    ],
    silent: [
      'RUN echo "app ALL=(root) NOPASSWD: /usr/sbin/nginx" > /etc/sudoers.d/app',
      'RUN echo "app ALL=(ALL) ALL" > /etc/sudoers.d/app',
    ],
  },
  DL027: {
    fires: [
      ['ENV PATH=.:$PATH', 1],
      ['ENV A=1 \\\n  PATH="$PATH:"', 2],
      ['ENV PATH ./node_modules/.bin:$PATH', 1],
      ['ENV PATH=/tmp/bin:$PATH', 1],
    ],
    silent: [
      'ENV PATH=/opt/app/bin:$PATH',
      'ENV PATH="${PATH}:/root/.local/bin"',
      'ENV PATH=/a${PATH:+:$PATH}',
      'ENV MANPATH=:/a',
    ],
  },
};

/** The lines of the example on which a rule fires. */
function linesOf(rule: string, text: string): (number | null)[] {
  const found = checkDockerfile('Dockerfile', `FROM a:1\n${text}`) ?? [];
  return found
    .filter(({ ruleId }) => ruleId === `dockerfile/${rule}`)
    .map(({ lineStart }) => (lineStart === null ? null : lineStart - 1));
}

describe('dockerfile rules on how an image is built', () => {
  const all = Object.entries(EXAMPLES);
  const firing = all.flatMap(([rule, { fires }]) =>
    fires.map(([text, ...lines]) => ({ rule, text, lines })),
  );
  const quiet = all.flatMap(([rule, { silent }]) => silent.map((text) => ({ rule, text })));

  it.each(firing)('$rule fires: $text', ({ rule, text, lines }) => {
    expect(linesOf(rule, text)).toEqual(lines);
  });

  it.each(quiet)('$rule is silent: $text', ({ rule, text }) => {
    expect(linesOf(rule, text)).toEqual([]);
  });

  it('gives every rule examples of both kinds', () => {
    const ids = DOCKERFILE_RULES.map(({ id }) => id).slice(10);
    expect(all.map(([rule]) => rule)).toEqual(ids);
    for (const [, { fires, silent }] of all) {
      expect(fires.length).toBeGreaterThan(1);
      expect(silent.length).toBeGreaterThan(1);
    }
  });

  it('never shows a credential', () => {
    const texts = EXAMPLES['DL015']?.fires.map(([text]) => text) ?? [];
    const found = checkDockerfile('Dockerfile', ['FROM a:1', ...texts].join('\n'));
    expect(found?.length).toBeGreaterThan(texts.length);
    expect(JSON.stringify(found)).not.toContain(TOKEN);
  });

  it.each([
    ['RUN echo ', '['],
    ['RUN curl ', 'a:'],
    ['RUN curl ', 'http://a:'],
    ['RUN pip install ', 'git+https://a/'],
    ['RUN apt-get ', '-o A=sslverify '],
    ['RUN java ', '-agentlib:jdwp=address='],
    ['CMD ', 'dockerd '],
    ['COPY ', 'key.pem '],
    ['COPY ', 'key'],
    ['ENV PATH=', ':.'],
    ['ENV NODE_OPTIONS=', ' --inspect='],
    ['RUN ', 'sudo '],
    ['RUN ', 'git clone a;'],
  ])('is done in a moment with %s and very much of %s', (start, part) => {
    const text = `FROM a:1\n${start}${part.repeat(Math.floor(180_000 / part.length))}`;
    const begin = performance.now();
    expect(checkDockerfile('Dockerfile', text)).not.toBeNull();
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  it('weighs what holds in a build step alone less than what holds in the service', () => {
    const text = 'FROM a:1\nENV PYTHONHTTPSVERIFY=0\nRUN PYTHONHTTPSVERIFY=0 make';
    const found = checkDockerfile('Dockerfile', text) ?? [];
    const severities = found
      .filter(({ ruleId }) => ruleId === 'dockerfile/DL013')
      .map(({ severity }) => severity);
    expect(severities).toEqual(['high', 'medium']);
  });
});
