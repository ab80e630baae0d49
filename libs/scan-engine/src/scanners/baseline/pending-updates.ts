/** Packages for which a newer version is known. */
export interface PendingUpdates {
  readonly security: readonly string[];
  readonly others: readonly string[];
}

const APT_LINE =
  /^([a-z0-9][a-z0-9.+-]{1,100})\/(\S{1,500}) \S{1,200} \S{1,40} \[upgradable from: /u;
const DNF_LINE =
  /^([A-Za-z0-9][\w.+-]{0,100})\.(?:noarch|i[3-6]86|\w{1,10}64|\w{1,10}le|s390x|armv\w{1,5})[ \t]+\S{1,100}[ \t]+\S{1,100}$/u;
const APK_LINE = /^([a-z0-9][\w.+-]{0,100}?)-\d[\w.]{0,60}-r\d{1,6}[ \t]+<[ \t]/u;

/** What `apt list --upgradable` prints: the archive's name tells security updates. Pure, and takes any text. */
export function parseApt(output: string): PendingUpdates {
  const found = output.split('\n').flatMap((line) => {
    const [, name, archives] = APT_LINE.exec(line) ?? [];
    if (name === undefined || archives === undefined) return [];
    return [{ name, isSecurity: archives.toLowerCase().includes('security') }];
  });
  return {
    security: found.filter(({ isSecurity }) => isSecurity).map(({ name }) => name),
    others: found.filter(({ isSecurity }) => !isSecurity).map(({ name }) => name),
  };
}

/** What `dnf check-update` prints, up to the packages that others replace; names only. The same. */
export function parseDnf(output: string): string[] {
  const [updates = ''] = output.split(/^Obsoleting Packages/mu);
  return firstGroups(updates, DNF_LINE);
}

/** What `apk version -l '<'` prints; names only. The same. */
export function parseApk(output: string): string[] {
  return firstGroups(output, APK_LINE);
}

function firstGroups(text: string, form: RegExp): string[] {
  return text.split('\n').flatMap((line) => form.exec(line.trim())?.[1] ?? []);
}
