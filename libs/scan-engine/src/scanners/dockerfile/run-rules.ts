import type { DockerfileInstruction, DockerfileStage } from './dockerfile-model';
import { isShell } from './instruction-pipelines';
import { programOf } from './program-of';
import {
  allInstructions,
  at,
  programsOf,
  type DockerfileRule,
  type RuleMatch,
  type RunningProgram,
} from './rule';
import type { ShellPipeline } from './shell-commands';

const INTERPRETER = /^(?:python|perl|ruby|node|php)[\d.]*$/u;
const SUBSTITUTED_DOWNLOAD = /(?:\$\(|`|<\()\s*(?:curl|wget)\b/u;
const PIP = /^pip[\d.]*$/u;
const PYTHON = /^python[\d.]*$/u;
const WORLD_WRITABLE = /^(?:0?777|(?:a|ugo)[+=]\w*w\w*|o[+=]\w*w\w*)$/u;

export const pipedInstaller: DockerfileRule = {
  id: 'DL003',
  severity: 'high',
  title: 'A download is run without being checked',
  description:
    'What curl or wget receives goes straight into an interpreter. Whoever controls the server, or the way to it, runs commands in the build.',
  remediation:
    'Download to a file, compare its digest or signature with the one that you expect, and run it then. A package of the distribution is better still.',
  cwe: 'CWE-494',
  references: ['https://docs.docker.com/reference/dockerfile/#run'],
  check: (model) =>
    allInstructions(model).flatMap(({ pipelines }) => pipelines.flatMap(checkPipeline)),
};

function checkPipeline(pipeline: ShellPipeline): RuleMatch[] {
  const programs = pipeline.map(programOf);
  const download = programs.findIndex((program) => isDownload(program?.name));
  const piped = download !== -1 && programs.slice(download + 1).some(readsScriptFromInput);
  const substituted = programs.some(
    (program) =>
      program !== null &&
      (isShell(program.name) || ['eval', 'source', '.'].includes(program.name)) &&
      program.args.some((argument) => SUBSTITUTED_DOWNLOAD.test(argument)),
  );
  const first = pipeline[piped ? download : 0];
  if (first === undefined || !(piped || substituted)) return [];
  const detail = piped
    ? `${programs[download]?.name ?? ''} feeds an interpreter.`
    : 'A shell evaluates the answer of a server.';
  return [{ line: first.line, endLine: pipeline.at(-1)?.endLine ?? first.endLine, detail }];
}

function isDownload(name: string | undefined): boolean {
  return name === 'curl' || name === 'wget';
}

/** A shell without a script of its own, or another interpreter that is told to read its input. */
function readsScriptFromInput(program: ReturnType<typeof programOf>): boolean {
  if (program === null) return false;
  const operands = program.args.filter((argument) => !/^[-+<>\d]/u.test(argument));
  if (isShell(program.name)) return program.args.includes('-s') || operands.length === 0;
  return (
    INTERPRETER.test(program.name) && (program.args.includes('-') || program.args.length === 0)
  );
}

export const recommendedPackages: DockerfileRule = {
  id: 'DL004',
  severity: 'low',
  title: 'apt installs recommended packages too',
  description:
    'Without --no-install-recommends, apt-get adds packages that nobody asked for. Each is more software that must be kept free of known flaws.',
  remediation: 'Write `apt-get install --no-install-recommends …` and name what you need.',
  cwe: 'CWE-1125',
  references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(
        ({ name, args }) =>
          (name === 'apt-get' || name === 'apt') &&
          args.find((argument) => !argument.startsWith('-')) === 'install' &&
          !args.some(declinesRecommended),
      )
      .map((program) => at(program, `${program.name} install has no such option.`)),
};

function declinesRecommended(argument: string): boolean {
  return (
    argument === '--no-install-recommends' ||
    /APT::Install-Recommends="?(?:false|0|no)/iu.test(argument)
  );
}

export const openPermissions: DockerfileRule = {
  id: 'DL008',
  severity: 'medium',
  title: 'Files are made writable for everyone',
  description:
    'With mode 777 every account in the container can change the files, programs among them. A flaw in one service then becomes a foothold in all.',
  remediation:
    'Give the files to the account that needs them (`COPY --chown=…`, `chown`) and a mode such as 755 or 640.',
  cwe: 'CWE-732',
  references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  check: (model) => allInstructions(model).flatMap(checkModes),
};

function checkModes(instruction: DockerfileInstruction): RuleMatch[] {
  const { flags, line, endLine, keyword } = instruction;
  const flag = flags.find((one) => one.startsWith('--chmod='));
  if (flag !== undefined && WORLD_WRITABLE.test(flag.slice('--chmod='.length))) {
    return [{ line, endLine, detail: `${keyword} sets such a mode.` }];
  }
  return programsOf([instruction])
    .filter(
      ({ name, args }) =>
        name === 'chmod' &&
        WORLD_WRITABLE.test(args.find((argument) => !argument.startsWith('-')) ?? ''),
    )
    .map((program) => at(program, 'chmod sets such a mode.'));
}

export const pipCache: DockerfileRule = {
  id: 'DL009',
  severity: 'low',
  title: 'pip leaves its cache in the image',
  description:
    'Without --no-cache-dir the downloaded archives stay in the layer. The image grows, and it keeps copies of packages that scanners then report.',
  remediation:
    'Write `pip install --no-cache-dir …`, set `PIP_NO_CACHE_DIR=1`, or mount a cache for the step with `RUN --mount=type=cache,target=/root/.cache/pip`.',
  cwe: 'CWE-459',
  references: ['https://pip.pypa.io/en/stable/topics/caching/#disabling-caching'],
  check: ({ stages }) => stages.flatMap(checkPip),
};

function checkPip(stage: DockerfileStage): RuleMatch[] {
  if (switchesCacheOff(stage)) return [];
  return programsOf(stage.instructions)
    .filter((program) => isPipInstall(program) && !program.args.includes('--no-cache-dir'))
    .filter(
      ({ instruction }) => !instruction.flags.some((flag) => /^--mount=.*type=cache/u.test(flag)),
    )
    .map((program) => at(program, 'The installation keeps its cache.'));
}

function isPipInstall({ name, args }: RunningProgram): boolean {
  if (PIP.test(name)) return isInstall(args);
  const module = args.indexOf('-m');
  return PYTHON.test(name) && args[module + 1] === 'pip' && isInstall(args.slice(module + 2));
}

function isInstall(args: readonly string[]): boolean {
  return args.find((argument) => !argument.startsWith('-')) === 'install';
}

function switchesCacheOff(stage: DockerfileStage): boolean {
  const isOff = stage.instructions.some(
    ({ keyword, properties }) =>
      keyword === 'ENV' &&
      properties.some(
        ({ name, value }) => name === 'PIP_NO_CACHE_DIR' && value !== null && value !== '',
      ),
  );
  return isOff || (stage.parent !== null && switchesCacheOff(stage.parent));
}
