export { readBillText, type BillContent, type BillHead, type BillPart } from './bill/stored-bill';
export { childEnvironment } from './child-environment';
export {
  dataDirectory,
  defaultJournalDirectory,
  ensureDataDirectory,
  installedToolsDirectory,
} from './data-directory';
export { openFileTree } from './file-tree';
export { normaliseOrigin } from './git-origin';
export { createHostPorts, type HostPortsOptions, type NodeHostPorts } from './host-ports';
export { installRoot, productVersion } from './install-root';
export {
  findProjectConfig,
  readProjectConfigFile,
  type ProjectConfigFile,
} from './project-config/find-project-config';
export {
  checkProjectConfig,
  loadProjectConfig,
  useProjectConfig,
  type LoadedProjectConfig,
  type ProjectConfigCheck,
} from './project-config/load-project-config';
export { readScanReportFile, readSnapshotFile } from './project-config/read-snapshot-file';
export { isInside } from './path-inside';
export { findBrowser } from './pdf/find-browser';
export { NodeProcessRunner } from './process-runner';
export type { Revisions } from './revisions/revisions';
export type { TreeLimits, WrittenTree } from './revisions/tree-writer';
export { RunJournal, sweepRunJournal, type SweepReport } from './run-journal';
export type {
  AdviceOrder,
  ImportFacts,
  ImportOrder,
  ScanConclusion,
  ScanOrder,
} from './scan-thread/thread-messages';
export type { ImportUse, ThreadUse } from './scan-thread/threaded-scan';
export { resolveTarget, targetWithinRoot } from './target';
export { type ToolInstallation } from './tool-installer';
