import {
  DockerfileParser,
  type Instruction,
  type ModifiableInstruction,
  type Onbuild,
  type PropertyInstruction,
} from 'dockerfile-ast';
import type {
  DockerfileInstruction,
  DockerfileModel,
  DockerfileProperty,
  DockerfileStage,
  DockerfileWord,
} from './dockerfile-model';
import { instructionPipelines } from './instruction-pipelines';
import { expandVariables } from './variables';

interface OpenStage extends DockerfileStage {
  readonly instructions: DockerfileInstruction[];
}

/** Reads a Dockerfile into what the rules look at. Unknown instructions are kept: no rule knows them. */
export function readDockerfile(text: string): DockerfileModel {
  const document = DockerfileParser.parse(text);
  const reader = new ModelReader(document.getEscapeCharacter());
  for (const instruction of document.getInstructions()) reader.add(instruction);
  return { preamble: reader.preamble, stages: reader.stages };
}

class ModelReader {
  readonly preamble: DockerfileInstruction[] = [];
  readonly stages: OpenStage[] = [];
  /** ARGs before the first FROM: seen by FROM, and by a stage that declares them again. */
  private readonly globals = new Map<string, string | null>();
  private locals = new Map<string, string | null>();

  constructor(private readonly escape: string) {}

  add(parsed: Instruction): void {
    const stage = this.stages.at(-1);
    const scope = parsed.getKeyword() === 'FROM' ? this.globals : this.locals;
    const instruction = toInstruction(parsed, scope, this.escape);
    if (instruction.keyword === 'FROM' && !instruction.isOnbuild) {
      this.openStage(instruction);
      return;
    }
    this.declare(instruction, stage === undefined);
    (stage?.instructions ?? this.preamble).push(instruction);
  }

  private openStage(from: DockerfileInstruction): void {
    const [image, as, name] = from.words;
    const base = image?.expanded ?? null;
    this.locals = new Map();
    this.stages.push({
      from,
      base,
      parent: base === null ? null : this.stageNamed(base),
      name: as?.text.toUpperCase() === 'AS' ? (name?.text ?? null) : null,
      instructions: [],
    });
  }

  private stageNamed(base: string): DockerfileStage | null {
    const wanted = base.toLowerCase();
    return this.stages.find(({ name }) => name?.toLowerCase() === wanted) ?? null;
  }

  private declare(instruction: DockerfileInstruction, isGlobal: boolean): void {
    if (instruction.isOnbuild) return;
    for (const { name, value } of instruction.properties) {
      const scope = isGlobal ? this.globals : this.locals;
      const known = value === null ? (this.globals.get(name) ?? null) : value;
      scope.set(name, known === null ? null : expandVariables(known, scope));
    }
  }
}

function toInstruction(
  parsed: Instruction,
  scope: ReadonlyMap<string, string | null>,
  escape: string,
): DockerfileInstruction {
  const trigger = isOnbuild(parsed) ? parsed.getTriggerInstruction() : null;
  const inner = trigger ?? parsed;
  const keyword = inner.getKeyword();
  const range = parsed.getRange();
  return {
    keyword,
    isOnbuild: trigger !== null,
    line: range.start.line + 1,
    endLine: range.end.line + 1,
    flags: flagsOf(inner),
    words: keyword === 'RUN' ? [] : wordsOf(inner, scope),
    properties: propertiesOf(inner),
    pipelines: keyword === 'RUN' ? instructionPipelines(inner, escape) : [],
  };
}

function isOnbuild(parsed: Instruction): parsed is Onbuild {
  return 'getTriggerInstruction' in parsed;
}

function flagsOf(parsed: Instruction): string[] {
  return isModifiable(parsed) ? parsed.getFlags().map(String) : [];
}

function isModifiable(parsed: Instruction): parsed is ModifiableInstruction {
  return 'getFlags' in parsed;
}

function wordsOf(parsed: Instruction, scope: ReadonlyMap<string, string | null>): DockerfileWord[] {
  return parsed.getArguments().map((argument) => {
    // The exec form: brackets, commas and quotes hang on the words.
    const text = argument.getValue().replace(/^\[?\s*"|",?\]?$/gu, '');
    const line = argument.getRange().start.line + 1;
    return { text, line, expanded: expandVariables(text, scope) };
  });
}

function propertiesOf(parsed: Instruction): DockerfileProperty[] {
  if (!isDeclaration(parsed)) return [];
  return parsed.getProperties().map((property) => ({
    name: property.getName(),
    value: property.getValue(),
    line: property.getNameRange().start.line + 1,
  }));
}

function isDeclaration(parsed: Instruction): parsed is PropertyInstruction {
  return ['ENV', 'ARG'].includes(parsed.getKeyword()) && 'getProperties' in parsed;
}
