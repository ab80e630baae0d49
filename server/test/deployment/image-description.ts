import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  Copy,
  DockerfileParser,
  Healthcheck,
  JSONInstruction,
  PropertyInstruction,
} from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';

export const REPOSITORY = join(__dirname, '../../..');

/** What one COPY brings into an image. */
export interface CopiedPath {
  /** The stage it comes from, or null for the repository. */
  readonly stage: string | null;
  /** Within the repository, or absolute within the stage. */
  readonly source: string;
  /** Absolute within the image. */
  readonly target: string;
}

/** What is known of a stage once its instructions have been read. */
export interface Stage {
  readonly name: string | null;
  readonly base: string;
  readonly copied: readonly CopiedPath[];
  readonly commands: readonly { readonly workdir: string; readonly command: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  readonly healthCheck: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

type OpenStage = { -readonly [Key in keyof Stage]: Stage[Key] };

/** Reads `server/Dockerfile` stage by stage, the final image last. */
export function readStages(): readonly Stage[] {
  const text = readFileSync(join(REPOSITORY, 'server/Dockerfile'), 'utf8');
  const stages: OpenStage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const stage = stages.at(-1);
    if (instruction.getKeyword() === 'FROM') stages.push(openStage(words));
    else if (stage !== undefined) read(stage, instruction, words);
  }
  return stages;
}

function openStage([base = '', , name = null]: readonly (string | null)[]): OpenStage {
  return {
    name,
    base: base ?? '',
    copied: [],
    commands: [],
    environment: {},
    workdir: '/',
    user: 'root',
    volumes: [],
    stopSignal: 'SIGTERM',
    healthCheck: [],
    entrypoint: [],
    command: [],
  };
}

function read(stage: OpenStage, instruction: Instruction, words: readonly string[]): void {
  const [first = ''] = words;
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      stage.workdir = resolve(stage.workdir, first);
      break;
    case 'USER':
      stage.user = first;
      break;
    case 'VOLUME':
      stage.volumes = [...stage.volumes, ...words];
      break;
    case 'STOPSIGNAL':
      stage.stopSignal = first;
      break;
    case 'RUN':
      stage.commands = [
        ...stage.commands,
        { workdir: stage.workdir, command: shellOf(instruction) },
      ];
      break;
    default:
      readStructured(stage, instruction, words);
  }
}

function readStructured(
  stage: OpenStage,
  instruction: Instruction,
  words: readonly string[],
): void {
  if (instruction instanceof Copy) {
    stage.copied = [...stage.copied, ...copiedBy(instruction, words, stage.workdir)];
  } else if (instruction instanceof Healthcheck) {
    stage.healthCheck = wordsOf(instruction.getRawArgumentsContent()?.replace(/^[^[]*/, '') ?? '');
  } else if (instruction instanceof JSONInstruction) {
    const parsed = instruction.getJSONStrings().map((part) => part.getJSONValue());
    if (instruction.getKeyword() === 'ENTRYPOINT') stage.entrypoint = parsed;
    else stage.command = parsed;
  } else if (instruction instanceof PropertyInstruction) {
    const pairs = instruction
      .getProperties()
      .map((property) => [property.getName(), property.getValue() ?? '']);
    stage.environment = { ...stage.environment, ...Object.fromEntries(pairs) };
  }
}

/** A directory's content goes to the target; a file goes into it where it ends with a slash. */
function copiedBy(copy: Copy, words: readonly string[], workdir: string): CopiedPath[] {
  const from = copy.getFlags().find((flag) => flag.getName() === 'from');
  const last = words.at(-1) ?? '';
  const target = resolve(workdir, last);
  return words.slice(0, -1).map((source) => ({
    stage: from?.getValue() ?? null,
    source,
    target: last.endsWith('/') ? join(target, source) : target,
  }));
}

function shellOf(instruction: Instruction): string {
  return (instruction.getRawArgumentsContent() ?? '').replace(/\\\n/g, ' ');
}

function wordsOf(json: string): readonly string[] {
  return JSON.parse(json) as string[];
}
