export { adviseFindings } from './advice/advise-findings';
export {
  ADVICE_BUDGET,
  MOST_ADVICE_CALLS,
  type AdviceBudget,
  type AdviceCall,
} from './advice/advisor';
export { ChatAdvisor, isChatEndpoint, type ChatSettings } from './advice/chat-advisor';
export * from './budgets';
export * from './file-report';
export * from './inspect-files';
export * from './inspect-scanners';
export * from './network-targets';
export * from './ports';
export * from './registry';
export * from './run-scan';
export * from './scan';
export * from './scan-cancelled-error';
export * from './scan-subjects';
export * from './scanner';
export { makeSbom, type SbomRequest, type SbomResult } from './sbom/make-sbom';
export type { UnreadFile } from './sbom/collect-lockfiles';
export * from './scanners/nmap/arguments';
export * from './scanners/nmap/target-host';
export * from './skipped-directories';
export * from './slot-scheduler';
export * from './submodules';
