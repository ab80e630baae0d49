/** A setting of a file of settings, with its place. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

const LOGIN_DEFS_LINE = /^[ \t]*([A-Z][A-Z0-9_]{1,40})[ \t]+"?([^"\r]{0,200})/u;
const SYSCTL_LINE = /^[ \t]*(?:-[ \t]*)?([\w./*-]{1,200}?)[ \t]*=[ \t]*([^\r]{0,200})/u;

/** `/etc/login.defs`: of several lines about one setting the last holds. Pure, and takes any text. */
export function parseLoginDefs(text: string): ReadonlyMap<string, Setting> {
  return new Map(settings(text, LOGIN_DEFS_LINE).map((setting) => [setting.name, setting]));
}

/** A file of `sysctl`, in order, names apart by dots. Pure, and takes any text. */
export function parseSysctl(text: string): Setting[] {
  return settings(text, SYSCTL_LINE).map((setting) => ({
    ...setting,
    name: dotted(setting.name),
  }));
}

function settings(text: string, form: RegExp): Setting[] {
  return text.split('\n').flatMap((content, index) => {
    const [, name, value] = form.exec(content) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name, value: value.trim(), line: index + 1 }];
  });
}

/** Which of the two separators comes first says which is one. */
function dotted(name: string): string {
  const [first] = /[./]/u.exec(name) ?? [];
  if (first !== '/') return name;
  return name.replace(/[./]/gu, (character) => (character === '/' ? '.' : '/'));
}

/** Whether a name of a file of `sysctl` means the setting: a `*` stands for one part. */
export function namesSetting(pattern: string, name: string): boolean {
  const wanted = pattern.split('.');
  const parts = name.split('.');
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => part === '*' || part === parts[index])
  );
}

/** A whole number as C reads it: decimal, `0x…`, or octal with a leading 0. `null` for everything else. */
export function wholeNumber(text: string): number | null {
  if (/^-?(?:0|[1-9]\d{0,14})$/u.test(text)) return Number(text);
  if (/^0x[\da-f]{1,12}$/iu.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]{1,15}$/u.test(text)) return Number.parseInt(text, 8);
  return null;
}
