import type { BuiltinScanner, InspectContext, ScannerReport } from '../../scanner';
import { Audit } from './audit';
import { checkAccounts } from './check-accounts';
import { checkCron } from './check-cron';
import { checkFirewall } from './check-firewall';
import { checkEnvironment, checkPorts, checkUpdates } from './check-machine';
import { checkPermissions } from './check-permissions';
import { checkKernel, checkPasswordPolicy } from './check-settings';
import { checkSsh } from './check-ssh';
import { checkSudo } from './check-sudo';
import { checkWorldWritable } from './check-world-writable';
import { noSystem } from './machine-rules';
import { BASELINE_RULES } from './rules';

async function inspect(context: InspectContext): Promise<ScannerReport> {
  const audit = new Audit(context);
  await checkSsh(audit);
  const accounts = await checkAccounts(audit);
  await checkPermissions(audit, accounts);
  await checkPasswordPolicy(audit);
  await checkKernel(audit);
  await checkSudo(audit);
  await checkCron(audit, accounts);
  await checkFirewall(audit);
  if (audit.scope === 'host') {
    await checkEnvironment(audit);
    await checkPorts(audit);
    await checkUpdates(audit);
  } else if (!audit.isSystem) {
    audit.report(noSystem, {
      subject: 'scope',
      path: '/',
      detail: 'Nothing of this machine was looked at.',
    });
    return audit.toReport();
  }
  await checkWorldWritable(audit);
  return audit.toReport();
}

export const baselineScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'baseline',
  scanType: 'baseline',
  description:
    'Audits how a system is set up: this machine, or a directory that holds the files of one.',
  checks: [
    'SSH: root, passwords, old protocols and algorithms',
    'Accounts: empty passwords, second roots, weak hashes, password policy',
    'Files of the system that others may read or write',
    'Commands that sudo gives away, and what cron runs as root',
    'Settings of the kernel and the firewall',
    'On this machine: open ports, waiting updates, secrets in the environment',
  ],
  timeLimitMs: 180_000,
  rules: BASELINE_RULES,
  inspect,
});
