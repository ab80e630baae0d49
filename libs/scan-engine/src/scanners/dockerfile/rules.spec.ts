import fc from 'fast-check';
import { checkDockerfile, isDockerfile } from './scanner';

/** The lines on which a rule fires; `null` for the file as a whole. */
function linesOf(rule: string, text: string): (number | null)[] {
  const found = checkDockerfile('Dockerfile', text) ?? [];
  return found.filter(({ ruleId }) => ruleId === `dockerfile/${rule}`).map((one) => one.lineStart);
}

interface Example {
  readonly rule: string;
  readonly why: string;
  readonly text: string;
  readonly lines: readonly (number | null)[];
}

const DIGEST = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const POSITIVE: readonly Example[] = [
  { rule: 'DL001', why: 'the tag is latest', text: 'FROM node:latest', lines: [1] },
  { rule: 'DL001', why: 'there is no tag', text: 'FROM node', lines: [1] },
  {
    rule: 'DL001',
    why: 'the colon belongs to the registry',
    text: 'FROM --platform=linux/amd64 registry.example.com:5000/team/node AS web',
    lines: [1],
  },
  {
    rule: 'DL001',
    why: 'the default of a variable is latest',
    text: 'ARG TAG=latest\nFROM node:${TAG}\nFROM node:${OTHER:-latest}',
    lines: [2, 3],
  },
  { rule: 'DL001', why: 'every stage counts', text: 'FROM go AS a\nFROM alpine:3.20', lines: [1] },
  { rule: 'DL002', why: 'root is named', text: 'FROM a:1\nUSER root', lines: [2] },
  { rule: 'DL002', why: 'so is its number', text: 'FROM a:1\nuser 0:0', lines: [2] },
  { rule: 'DL002', why: 'the last one holds', text: 'FROM a:1\nUSER app\nUSER root', lines: [3] },
  {
    rule: 'DL002',
    why: 'a stage inherits it',
    text: 'FROM a:1 AS base\nUSER root\nFROM base\nRUN ls',
    lines: [2],
  },
  {
    rule: 'DL002',
    why: 'a variable stands for it',
    text: 'FROM a:1\nARG WHO=root\nUSER ${WHO}',
    lines: [3],
  },
  {
    rule: 'DL003',
    why: 'curl feeds sh',
    text: 'FROM a:1\nRUN curl -s https://x.test | sh',
    lines: [2],
  },
  {
    rule: 'DL003',
    why: 'wget feeds bash',
    text: 'FROM a:1\nRUN wget -qO- x.test|bash -s',
    lines: [2],
  },
  {
    rule: 'DL003',
    why: 'the pipe goes on after a break, and sudo stands between',
    text: 'FROM a:1\nRUN apt-get update \\\n  # now the installer\n  && curl x.test \\\n  | tee log \\\n  | sudo -E bash -',
    lines: [4],
  },
  {
    rule: 'DL003',
    why: 'it stands in a here-document',
    text: 'FROM a:1\nRUN <<EOF\nset -e\ncurl x.test | sh\nEOF',
    lines: [4],
  },
  {
    rule: 'DL003',
    why: 'the exec form names a shell',
    text: 'FROM a:1\nRUN ["/bin/bash", "-o", "pipefail", "-c", "curl x.test | bash"]',
    lines: [2],
  },
  {
    rule: 'DL003',
    why: 'python reads it',
    text: 'FROM a:1\nRUN curl x.test | python3 -',
    lines: [2],
  },
  {
    rule: 'DL003',
    why: 'a shell evaluates the answer',
    text: 'FROM a:1\nRUN sh -c "$(curl -fsSL x.test)"\nRUN bash <(wget -qO- x.test)',
    lines: [2, 3],
  },
  {
    rule: 'DL003',
    why: 'a trigger runs it',
    text: 'FROM a:1\nONBUILD RUN curl x | sh',
    lines: [2],
  },
  {
    rule: 'DL004',
    why: 'the option is missing',
    text: 'FROM a:1\nRUN apt-get install -y git',
    lines: [2],
  },
  {
    rule: 'DL004',
    why: 'each call counts by itself',
    text: 'FROM a:1\nRUN apt-get -y install --no-install-recommends a && \\\n    apt install b',
    lines: [3],
  },
  { rule: 'DL005', why: 'SSH is exposed', text: 'FROM a:1\nEXPOSE 22', lines: [2] },
  { rule: 'DL005', why: 'with its protocol', text: 'FROM a:1\nEXPOSE 80 22/tcp 443', lines: [2] },
  {
    rule: 'DL005',
    why: 'two of them',
    text: 'FROM a:1\nEXPOSE 80 23 \\\n  3389/udp',
    lines: [2, 3],
  },
  { rule: 'DL005', why: 'it lies in a range', text: 'FROM a:1\nEXPOSE 20-30', lines: [2] },
  { rule: 'DL005', why: 'by a variable', text: 'FROM a:1\nARG P=25\nEXPOSE $P', lines: [3] },
  { rule: 'DL006', why: 'over HTTP', text: 'FROM a:1\nADD http://x.test/a.tgz /a', lines: [2] },
  { rule: 'DL006', why: 'over HTTPS', text: 'FROM a:1\nADD https://x.test/a.tgz /a', lines: [2] },
  { rule: 'DL006', why: 'exec form', text: 'FROM a:1\nADD ["https://x.test/a", "/a"]', lines: [2] },
  { rule: 'DL007', why: 'ENV with =', text: 'FROM a:1\nENV A=1 API_KEY=q7Rt2mZw', lines: [2] },
  {
    rule: 'DL007',
    why: 'ENV with a space',
    text: 'FROM a:1\nENV DB_PASSWORD open sesame',
    lines: [2],
  },
  {
    rule: 'DL007',
    why: 'the line of the name is meant',
    text: 'FROM a:1\nENV A=1 \\\n  B=2 \\\n  authToken=q7Rt2mZw',
    lines: [4],
  },
  {
    rule: 'DL007',
    why: 'ARG with a default',
    text: 'ARG NPM_TOKEN=q7Rt2mZw\nFROM a:1',
    lines: [1],
  },
  { rule: 'DL007', why: 'ARG without', text: 'FROM a:1\nARG NPM_TOKEN', lines: [2] },
  { rule: 'DL007', why: 'ENV keeps an ARG', text: 'FROM a:1\nENV SECRET=$X', lines: [2] },
  { rule: 'DL008', why: '777', text: 'FROM a:1\nRUN mkdir /a && chmod -R 777 /a', lines: [2] },
  {
    rule: 'DL008',
    why: '0777 and a+rwx',
    text: 'FROM a:1\nRUN chmod 0777 /a; chmod a+rwx /b',
    lines: [2, 2],
  },
  { rule: 'DL008', why: 'as a flag', text: 'FROM a:1\nCOPY --chmod=777 a /a', lines: [2] },
  { rule: 'DL009', why: 'pip', text: 'FROM a:1\nRUN pip install flask', lines: [2] },
  { rule: 'DL009', why: 'pip3.12', text: 'FROM a:1\nRUN pip3.12 -q install flask', lines: [2] },
  {
    rule: 'DL009',
    why: 'as a module',
    text: 'FROM a:1\nRUN python3 -m pip install flask',
    lines: [2],
  },
  { rule: 'DL010', why: 'there is no USER', text: 'FROM a:1\nRUN ls', lines: [null] },
  {
    rule: 'DL010',
    why: 'another stage has one',
    text: 'FROM a:1 AS build\nUSER app\nFROM b:1\nCOPY --from=build /a /a',
    lines: [null],
  },
];

const NEGATIVE: readonly Omit<Example, 'lines'>[] = [
  { rule: 'DL001', why: 'a version', text: 'FROM node:24.2-slim' },
  { rule: 'DL001', why: 'a digest', text: `FROM node@${DIGEST}\nFROM node:latest@${DIGEST}` },
  { rule: 'DL001', why: 'a stage', text: 'FROM node:24 AS Build\nFROM build' },
  { rule: 'DL001', why: 'nothing at all', text: 'FROM scratch' },
  { rule: 'DL001', why: 'known at build time only', text: 'ARG BASE\nFROM ${BASE}\nFROM a:${TAG}' },
  { rule: 'DL001', why: 'a default with a version', text: 'ARG BASE=node:24\nFROM $BASE' },
  { rule: 'DL002', why: 'an account', text: 'FROM a:1\nUSER root\nRUN ls\nUSER app' },
  {
    rule: 'DL002',
    why: 'root in an earlier stage',
    text: 'FROM a:1\nUSER root\nFROM b:1\nUSER 10001',
  },
  { rule: 'DL002', why: 'a name that begins so', text: 'FROM a:1\nUSER rootless' },
  {
    rule: 'DL002',
    why: 'text for a file',
    text: 'FROM a:1\nCOPY <<EOF /a\nUSER root\nEOF\nUSER app',
  },
  { rule: 'DL003', why: 'to a file', text: 'FROM a:1\nRUN curl -o i.sh x.test && sh i.sh' },
  { rule: 'DL003', why: 'to another program', text: 'FROM a:1\nRUN curl x.test | tar xz' },
  { rule: 'DL003', why: 'in quotes', text: "FROM a:1\nRUN echo 'curl x.test | sh'" },
  { rule: 'DL003', why: 'in a comment', text: 'FROM a:1\nRUN ls \\\n# curl x.test | sh\n && pwd' },
  { rule: 'DL003', why: 'a script with a path', text: 'FROM a:1\nRUN curl x.test | sh check.sh' },
  {
    rule: 'DL003',
    why: 'a script reads data',
    text: 'FROM a:1\nRUN curl x | python3 -c "import json"',
  },
  {
    rule: 'DL004',
    why: 'the option',
    text: 'FROM a:1\nRUN apt-get install -y --no-install-recommends a',
  },
  {
    rule: 'DL004',
    why: 'the option before',
    text: 'FROM a:1\nRUN apt-get --no-install-recommends install a',
  },
  {
    rule: 'DL004',
    why: 'another command',
    text: 'FROM a:1\nRUN apt-get update && apt-get upgrade -y',
  },
  {
    rule: 'DL004',
    why: 'as a setting',
    text: 'FROM a:1\nRUN apt-get install -o APT::Install-Recommends=0 a',
  },
  { rule: 'DL005', why: 'other ports', text: 'FROM a:1\nEXPOSE 80 443/tcp 2222 8022 220' },
  { rule: 'DL005', why: 'not TCP', text: 'FROM a:1\nEXPOSE 22/udp' },
  { rule: 'DL006', why: 'a local file', text: 'FROM a:1\nADD a.tgz /a' },
  {
    rule: 'DL006',
    why: 'a digest',
    text: `FROM a:1\nADD --checksum=${DIGEST} https://x.test/a /a`,
  },
  {
    rule: 'DL006',
    why: 'a commit',
    text: `FROM a:1\nADD https://x.test/a.git#${'0a'.repeat(20)} /a`,
  },
  {
    rule: 'DL007',
    why: 'letters within a word',
    text: 'FROM a:1\nENV MONKEY=banana TOKENIZER=bpe KEYBOARD=us',
  },
  {
    rule: 'DL007',
    why: 'a public key',
    text: 'FROM a:1\nENV GPG_KEY=A035C8C1 PUBLIC_KEY=abcdefgh',
  },
  { rule: 'DL007', why: 'a file', text: 'FROM a:1\nENV POSTGRES_PASSWORD_FILE=/run/secrets/db' },
  { rule: 'DL007', why: 'nothing in it', text: 'FROM a:1\nENV API_KEY= TOKEN=""' },
  { rule: 'DL007', why: 'a switch', text: 'FROM a:1\nENV REQUIRE_AUTH=true' },
  {
    rule: 'DL008',
    why: 'other modes',
    text: 'FROM a:1\nRUN chmod 755 /a && chmod 1777 /tmp && chmod u+rwx /b',
  },
  { rule: 'DL008', why: 'a file of that name', text: 'FROM a:1\nRUN chmod 755 777' },
  { rule: 'DL009', why: 'the option', text: 'FROM a:1\nRUN pip install --no-cache-dir flask' },
  {
    rule: 'DL009',
    why: 'the variable',
    text: 'FROM a:1\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask',
  },
  {
    rule: 'DL009',
    why: 'a mount',
    text: 'FROM a:1\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask',
  },
  { rule: 'DL009', why: 'another command', text: 'FROM a:1\nRUN pip list' },
  { rule: 'DL010', why: 'a USER', text: 'FROM a:1\nUSER app' },
  { rule: 'DL010', why: 'inherited', text: 'FROM a:1 AS base\nUSER app\nFROM base' },
  {
    rule: 'DL010',
    why: 'the image says so',
    text: 'FROM gcr.io/distroless/static-debian12:nonroot',
  },
  { rule: 'DL010', why: 'no FROM', text: '# nothing here' },
];

describe('dockerfile rules', () => {
  it.each(POSITIVE)('$rule fires: $why', ({ rule, text, lines }) => {
    expect(linesOf(rule, text)).toEqual(lines);
  });

  it.each(NEGATIVE)('$rule is silent: $why', ({ rule, text }) => {
    expect(linesOf(rule, text)).toEqual([]);
  });

  it('gives every rule examples of both kinds', () => {
    const rules = Array.from({ length: 10 }, (_, i) => `DL0${String(i + 1).padStart(2, '0')}`);
    expect([...new Set(POSITIVE.map(({ rule }) => rule))]).toEqual(rules);
    expect([...new Set(NEGATIVE.map(({ rule }) => rule))]).toEqual(rules);
  });

  it('never shows the value of a secret', () => {
    const found = checkDockerfile('Dockerfile', 'FROM a:1\nENV API_KEY=q7Rt2mZw\nUSER x') ?? [];
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain('q7Rt2mZw');
  });

  it('weighs a secret that is only handed through less than one that is written down', () => {
    const severities = (
      checkDockerfile('Dockerfile', 'FROM a:1\nENV TOKEN=q7Rt2mZw\nARG SECRET') ?? []
    )
      .filter(({ ruleId }) => ruleId === 'dockerfile/DL007')
      .map(({ severity }) => severity);
    expect(severities).toEqual(['critical', 'medium']);
  });

  it('counts lines the same with both line endings', () => {
    const text = 'FROM a:1\nRUN apt-get update && \\\n  chmod 777 /a\nENV TOKEN=q7Rt2mZw\n';
    expect(checkDockerfile('d', text.replaceAll('\n', '\r\n'))).toEqual(checkDockerfile('d', text));
  });

  it('reads the escape character that the file chooses', () => {
    expect(linesOf('DL008', '# escape=`\nFROM a:1\nRUN ls `\n  && chmod 777 /a')).toEqual([4]);
  });
});

describe('isDockerfile', () => {
  it.each([
    'Dockerfile',
    'a/Dockerfile.web',
    'b/web.dockerfile',
    'Containerfile',
    'Containerfile.ci',
  ])('takes %s', (path) => expect(isDockerfile(path)).toBe(true));

  it.each(['Dockerfile.dockerignore', 'docs/Dockerfile.md', 'MyDockerfile', 'dockerfile/index.ts'])(
    'leaves %s',
    (path) => expect(isDockerfile(path)).toBe(false),
  );
});

describe('checkDockerfile', () => {
  it('survives any text, with lines inside the file', () => {
    const fragment = fc.constantFrom(
      'FROM',
      'RUN ',
      'ENV A=',
      'ARG ',
      '\\\n',
      '\n',
      ' ',
      '<<EOF\n',
      'EOF\n',
      '["a",',
      ']',
      '"',
      "'",
      '`',
      '$(',
      '${',
      '}',
      'curl x | sh',
      '&&',
      '#',
      '# escape=`\n',
      'ONBUILD ',
      'USER root',
      'chmod 777',
      '\0',
      '\u{1F600}',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(fragment, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split('\n').length;
        for (const { lineStart, lineEnd } of checkDockerfile('Dockerfile', text) ?? []) {
          expect(lineStart ?? 1).toBeGreaterThanOrEqual(1);
          expect(lineEnd ?? 1).toBeGreaterThanOrEqual(lineStart ?? 1);
          expect(lineEnd ?? 1).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a text that nobody can have written by hand', () => {
    expect(checkDockerfile('Dockerfile', `FROM a:1\n${'RUN ls\n'.repeat(40_000)}`)).toBeNull();
  });

  it('is done with the longest text that it takes in a moment', () => {
    const text = `FROM a:1\nRUN ${'x $( \\\n'.repeat(10_000)}\nENV ${'A=b '.repeat(20_000)}`;
    expect(checkDockerfile('Dockerfile', text)).not.toBeNull();
  }, 20_000);
});
