import type { ShellPipeline } from './shell-commands';

export interface DockerfileWord {
  readonly text: string;
  readonly line: number;
  /** With the defaults of variables put in; `null` where that is only known at build time. */
  readonly expanded: string | null;
}

export interface DockerfileProperty {
  readonly name: string;
  /** As written, without quotes; `null` for a declaration without a value. */
  readonly value: string | null;
  readonly line: number;
}

export interface DockerfileInstruction {
  /** In capitals. That of an ONBUILD instruction is the one it triggers. */
  readonly keyword: string;
  readonly isOnbuild: boolean;
  readonly line: number;
  readonly endLine: number;
  /** `--name=value`, as written. */
  readonly flags: readonly string[];
  /** Empty for RUN, which has commands instead. */
  readonly words: readonly DockerfileWord[];
  /** Of ENV and ARG. */
  readonly properties: readonly DockerfileProperty[];
  /** Of RUN. */
  readonly pipelines: readonly ShellPipeline[];
}

export interface DockerfileStage {
  readonly from: DockerfileInstruction;
  /** The image or stage that it begins with, variables put in; `null` where that is only known at build time. */
  readonly base: string | null;
  /** The earlier stage that it continues, if it does. */
  readonly parent: DockerfileStage | null;
  readonly name: string | null;
  /** What follows FROM. */
  readonly instructions: readonly DockerfileInstruction[];
}

export interface DockerfileModel {
  /** Before the first FROM: ARG alone may stand there. */
  readonly preamble: readonly DockerfileInstruction[];
  readonly stages: readonly DockerfileStage[];
}
