import type { AuditVerifyWords } from './audit';
import type { BaselineWords } from './baseline';
import type { CompareWords } from './compare';
import type { CompletionWords } from './completion';
import type { ConfigValidateWords } from './config';
import type { DiffWords } from './diff';
import type { HistoryWords } from './history';
import type { InitWords } from './init';
import type { KeysCreateWords, KeysListWords, KeysRevokeWords } from './keys';
import type { PushWords } from './push';
import type { ReportWords } from './report';
import type { SbomWords } from './sbom';
import type { ScanWords } from './scan';
import type { ServeWords } from './serve';
import type { StatusWords } from './status';
import type { TriageCommentWords, TriageListWords, TriageSetWords } from './triage';

/** Every command and the words that its line may hold. */
export interface CommandWords {
  readonly 'audit verify': AuditVerifyWords;
  readonly baseline: BaselineWords;
  readonly compare: CompareWords;
  readonly completion: CompletionWords;
  readonly diff: DiffWords;
  readonly 'config validate': ConfigValidateWords;
  readonly history: HistoryWords;
  readonly init: InitWords;
  readonly 'keys create': KeysCreateWords;
  readonly 'keys list': KeysListWords;
  readonly 'keys revoke': KeysRevokeWords;
  readonly push: PushWords;
  readonly report: ReportWords;
  readonly sbom: SbomWords;
  readonly scan: ScanWords;
  readonly status: StatusWords;
  readonly serve: ServeWords;
  readonly 'triage comment': TriageCommentWords;
  readonly 'triage list': TriageListWords;
  readonly 'triage set': TriageSetWords;
}

export type CommandName = keyof CommandWords;

/** What the line asks for, in the words of the line: nothing is checked yet but its grammar. */
export type Invocation<Name extends CommandName = CommandName> = {
  [Each in Name]: { readonly command: Each; readonly words: CommandWords[Each] };
}[Name];
